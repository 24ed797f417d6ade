/** The list of tickets in the address bar: which one, what is looked for, what is left out. Pure. */
import type {
  TicketFilter,
  TicketKind,
  TicketPriority,
  TicketQuery,
  TicketSource,
  TicketStatus,
  TicketView,
} from '../../../src/contracts/tickets.ts';

export const VIEWS: readonly TicketView[] = ['open', 'mine', 'unassigned', 'overdue', 'callbacks', 'all'];
export const STATUSES: readonly TicketStatus[] = ['new', 'in_progress', 'waiting', 'resolved', 'closed'];
export const KINDS: readonly TicketKind[] = ['complaint', 'feedback', 'callback', 'question'];
export const PRIORITIES: readonly TicketPriority[] = ['low', 'normal', 'high', 'urgent'];
export const SOURCES: readonly TicketSource[] = ['bot', 'agent', 'phone', 'email', 'form'];
export type TicketSort = TicketQuery['sort'];
export const SORTS: readonly TicketSort[] = ['updated', 'created', 'due', 'promised'];

/** Narrow the list down to several values of a kind. */
const MANY = { status: STATUSES, kind: KINDS, priority: PRIORITIES } as const;
export type ManyName = keyof typeof MANY;
const MANY_NAMES = Object.keys(MANY) as ManyName[];
/** Narrow it down to one. */
export const ONE_NAMES = ['source', 'assignee', 'office', 'category', 'tag', 'from', 'to'] as const;
export type OneName = (typeof ONE_NAMES)[number];
export type FilterName = ManyName | OneName;

export interface TicketAddress extends TicketFilter {
  readonly sort: TicketSort;
}

const FORMS: Readonly<Record<OneName, (value: string) => boolean>> = {
  source: (value) => (SOURCES as readonly string[]).includes(value),
  assignee: (value) => /^([0-9a-f]{24}|none)$/.test(value),
  office: (value) => value.length <= 200,
  category: (value) => value.length <= 60,
  tag: (value) => value.length <= 40,
  from: (value) => /^\d{4}-\d\d-\d\d$/.test(value),
  to: (value) => /^\d{4}-\d\d-\d\d$/.test(value),
};

/** Calls back are made in the order in which they were promised; what is late is seen to by how late it is. */
export function sortOf(view: TicketView): TicketSort {
  return view === 'callbacks' ? 'promised' : view === 'overdue' ? 'due' : 'updated';
}

/** Whatever in the address makes no sense is left out. */
export function readAddress(search: URLSearchParams): TicketAddress {
  const view = VIEWS.find((name) => name === search.get('view')) ?? 'open';
  const q = search.get('q')?.trim().slice(0, 200) ?? '';
  const many = MANY_NAMES.flatMap((name) => {
    const wanted = search.get(name)?.split(',') ?? [];
    const values = (MANY[name] as readonly string[]).filter((value) => wanted.includes(value));
    return values.length === 0 ? [] : [[name, values] as const];
  });
  const one = ONE_NAMES.flatMap((name) => {
    const value = search.get(name)?.trim() ?? '';
    return value !== '' && FORMS[name](value) ? [[name, value] as const] : [];
  });
  return {
    view,
    sort: SORTS.find((name) => name === search.get('sort')) ?? sortOf(view),
    ...(q === '' ? {} : { q }),
    ...Object.fromEntries([...many, ...one]),
  };
}

/** As the desk is asked: all that is set, one text a name. */
export function queryOf(address: TicketAddress): Record<string, string> {
  const { view, sort } = address;
  return { view, sort, ...narrowing(address) };
}

function narrowing(address: TicketAddress): Record<string, string> {
  const query: Record<string, string> = {};
  if (address.q) query['q'] = address.q;
  for (const name of MANY_NAMES) if (address[name]?.length) query[name] = address[name].join();
  for (const name of ONE_NAMES) if (address[name]) query[name] = address[name];
  return query;
}

/** `?view=mine&q=…`, without what goes without saying. */
export function writeAddress(address: TicketAddress): string {
  const { view, sort } = address;
  const query = new URLSearchParams({
    ...(view === 'open' ? {} : { view }),
    ...(sort === sortOf(view) ? {} : { sort }),
    ...narrowing(address),
  });
  const text = query.toString().replaceAll('%2C', ',');
  return text === '' ? '' : `?${text}`;
}

/** What the list is narrowed down by, one piece each, in a fixed order. */
export function piecesOf(address: TicketAddress): readonly { name: FilterName; value: string }[] {
  return [
    ...MANY_NAMES.flatMap((name) => (address[name] ?? []).map((value) => ({ name, value }))),
    ...ONE_NAMES.flatMap((name) => (address[name] ? [{ name, value: address[name] }] : [])),
  ];
}

/** With one thing set; null or nothing: without it. */
export function withFilter(
  address: TicketAddress,
  name: FilterName,
  value: string | readonly string[] | null,
): TicketAddress {
  const { [name]: _, ...others } = address;
  const isSet = value !== null && value.length > 0;
  return (isSet ? { ...others, [name]: value } : others) as TicketAddress;
}

/** Without one of its pieces. */
export function withoutPiece(address: TicketAddress, name: FilterName, value: string): TicketAddress {
  const now = address[name];
  return withFilter(address, name, Array.isArray(now) ? now.filter((one) => one !== value) : null);
}

/** Another list: the words stay, what this one was narrowed down by does not. */
export function atView(address: TicketAddress, view: TicketView): TicketAddress {
  return { view, sort: sortOf(view), ...(address.q ? { q: address.q } : {}) };
}

export function withoutFilters(address: TicketAddress): TicketAddress {
  const { view, sort, q } = address;
  return { view, sort, ...(q ? { q } : {}) };
}
