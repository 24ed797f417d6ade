/** Pages of tickets that were read, and rows that have changed since. Pure. */
import type { DeadlineView, TicketPage, TicketRow, TicketView } from '../../../src/contracts/tickets.ts';
import type { TicketAddress } from './ticket-address.ts';
import { isOver } from './transitions.ts';

/** As the query cache keeps them. */
export interface TicketPages {
  readonly pages: TicketPage[];
  readonly pageParams: unknown[];
}

/** Each ticket once: a row may have slipped from one page to the next between two reads. */
export function rowsOf(pages: readonly TicketPage[]): readonly TicketRow[] {
  const seen = new Set<string>();
  return pages
    .flatMap(({ tickets }) => tickets)
    .filter(({ code }) => !seen.has(code) && seen.add(code) !== undefined);
}

export function findRow(data: TicketPages, code: string): TicketRow | undefined {
  return data.pages.flatMap(({ tickets }) => tickets).find((row) => row.code === code);
}

/** The row in place; what is newer already stays. The same value when nothing changed. */
export function patchPages(data: TicketPages, row: TicketRow): TicketPages {
  const known = findRow(data, row.code);
  if (known === undefined || known.revision >= row.revision) return data;
  return {
    ...data,
    pages: data.pages.map((page) => ({
      ...page,
      tickets: page.tickets.map((one) => (one.code === row.code ? row : one)),
    })),
  };
}

/** For a column of the board: the row comes in on top, or goes. The same value when nothing changed. */
export function placeInColumn(data: TicketPages, row: TicketRow, belongs: boolean): TicketPages {
  const known = findRow(data, row.code);
  if (known !== undefined && belongs) return patchPages(data, row);
  if (known === undefined && !belongs) return data;
  if (known !== undefined && known.revision > row.revision) return data;
  const pages = data.pages.map((page, place) => ({
    ...page,
    tickets: [
      ...(belongs && place === 0 ? [row] : []),
      ...page.tickets.filter(({ code }) => code !== row.code),
    ],
  }));
  return { ...data, pages };
}

/** Does the row belong to the list, as far as that can be told here? With words to look for it cannot. */
export function fits(row: TicketRow, filter: TicketAddress, me: string): boolean {
  return (
    filter.q === undefined &&
    isInView(row, filter.view, me) &&
    has(filter.status, row.status) &&
    has(filter.kind, row.kind) &&
    has(filter.priority, row.priority) &&
    (filter.source === undefined || filter.source === row.source) &&
    (filter.assignee === undefined || filter.assignee === (row.assignee?.id ?? 'none')) &&
    (filter.office === undefined || filter.office === row.office) &&
    (filter.category === undefined || filter.category === row.category) &&
    (filter.tag === undefined || row.tags.includes(filter.tag)) &&
    (filter.from === undefined || filter.from <= dayOf(row.createdAt)) &&
    (filter.to === undefined || filter.to >= dayOf(row.createdAt))
  );
}

function has<Value>(wanted: readonly Value[] | undefined, value: Value): boolean {
  return wanted === undefined || wanted.includes(value);
}

function isInView(row: TicketRow, view: TicketView, me: string): boolean {
  switch (view) {
    case 'all':
      return true;
    case 'open':
      return !isOver(row);
    case 'mine':
      return !isOver(row) && row.assignee?.id === me;
    case 'unassigned':
      return !isOver(row) && row.assignee === null;
    case 'overdue':
      return isBreached(row.firstResponse) || isBreached(row.resolution);
    case 'callbacks':
      return !isOver(row) && row.kind === 'callback';
  }
}

function isBreached({ state }: DeadlineView): boolean {
  return state === 'breached';
}

const dayFormat = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' });

/** 2026-11-29, as it is in Việt Nam. */
function dayOf(at: string): string {
  return dayFormat.format(new Date(at));
}
