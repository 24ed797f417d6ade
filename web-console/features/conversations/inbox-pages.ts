/** Pages of the inbox that were read, and rows that have changed since. Pure. */
import type { ConversationRow, InboxPage } from '../../../src/contracts/console.ts';

/** As the query cache keeps them. */
export interface Pages {
  readonly pages: InboxPage[];
  readonly pageParams: unknown[];
}

/** The row in place; what is newer already stays. The same value when nothing changed. */
export function patchPages(data: Pages, row: ConversationRow): Pages {
  let changed = false;
  const pages = data.pages.map((page) => ({
    ...page,
    conversations: page.conversations.map((known) => {
      if (known.id !== row.id || known.revision > row.revision || known.lastSeq > row.lastSeq) return known;
      changed = true;
      return { ...row, found: known.found };
    }),
  }));
  return changed ? { ...data, pages } : data;
}

/** Without the conversation. The same value when it is not there. */
export function dropFromPages(data: Pages, id: string): Pages {
  if (findInPages(data, id) === undefined) return data;
  const pages = data.pages.map((page) => ({
    ...page,
    conversations: page.conversations.filter((row) => row.id !== id),
  }));
  return { ...data, pages };
}

export function findInPages(data: Pages, id: string): ConversationRow | undefined {
  return data.pages.flatMap(({ conversations }) => conversations).find((row) => row.id === id);
}

/** May the change have moved the row into another list, or to another place in one? */
export function movesRow(before: ConversationRow | undefined, row: ConversationRow): boolean {
  return (
    before === undefined ||
    before.status !== row.status ||
    before.agent?.id !== row.agent?.id ||
    before.queuedAt !== row.queuedAt ||
    before.priority !== row.priority ||
    before.skill !== row.skill ||
    before.joined.length !== row.joined.length
  );
}

/** Each conversation once: a row may have slipped from one page to the next between two reads. */
export function rowsOf(pages: readonly InboxPage[]): InboxPage['conversations'] {
  const seen = new Set<string>();
  return pages
    .flatMap(({ conversations }) => conversations)
    .filter(({ id }) => !seen.has(id) && seen.add(id) !== undefined);
}
