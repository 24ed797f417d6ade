/** What a colleague told the citizen while somebody else was still writing. Pure. */
import type { TicketEntryView } from '../../../src/contracts/tickets.ts';

/** The newest line of the history; 0: there is none. */
export function newestEntry(entries: readonly TicketEntryView[]): number {
  return entries.at(-1)?.id ?? 0;
}

/** A colleague's newest reply that came after a line of the history; null: there is none. */
export function findLaterReply(
  entries: readonly TicketEntryView[],
  after: number,
  me: string,
): { readonly name: string; readonly text: string } | null {
  for (const { id, kind, by, text } of entries.toReversed()) {
    if (id <= after) return null;
    if (kind === 'reply' && by.kind === 'staff' && by.id !== me) return { name: by.name, text };
  }
  return null;
}
