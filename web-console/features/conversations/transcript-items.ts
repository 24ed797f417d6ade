/** What stands in the transcript, top to bottom: messages, notes, days, and what is still to be sent. */
import type { Note, StaffMessage } from '../../../src/contracts/console.ts';
import type { OutboxEntry } from '../../sync/outbox.ts';
import { dayKey } from './clock.ts';

export type TranscriptItem =
  | { readonly kind: 'day'; readonly key: string; readonly at: string }
  | { readonly kind: 'message'; readonly key: string; readonly message: StaffMessage }
  | { readonly kind: 'note'; readonly key: string; readonly note: Note }
  | { readonly kind: 'pending'; readonly key: string; readonly entry: OutboxEntry };

/** Notes stand below the message that was the last when they were written; what is to be sent stands at the end. */
export function transcriptItems(
  messages: readonly StaffMessage[],
  notes: readonly Note[],
  pending: readonly OutboxEntry[],
): TranscriptItem[] {
  const items: TranscriptItem[] = [];
  const first = messages[0]?.seq ?? 0;
  // Notes on messages that are further up come with those.
  const waiting = notes.filter(({ after }) => after >= first - 1 || first <= 1);
  let place = 0;
  let day = '';
  const startDay = (at: string): void => {
    const next = dayKey(at);
    if (next === day) return;
    day = next;
    items.push({ kind: 'day', key: `day ${next}`, at });
  };
  const putNotes = (before: number): void => {
    for (let note = waiting[place]; note !== undefined && note.after < before; note = waiting[++place]) {
      startDay(note.at);
      items.push({ kind: 'note', key: note.id, note });
    }
  };
  for (const message of messages) {
    putNotes(message.seq);
    startDay(message.at);
    // By clientId, so that a message that was being sent stays the same row.
    items.push({ kind: 'message', key: message.clientId ?? `message ${message.seq}`, message });
  }
  putNotes(Number.POSITIVE_INFINITY);
  const known = new Set(messages.map(({ clientId }) => clientId));
  for (const entry of pending)
    if (!known.has(entry.clientId)) items.push({ kind: 'pending', key: entry.clientId, entry });
  return items;
}
