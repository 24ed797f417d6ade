/** Times of tickets as they are read. */
import { formatDayAndTime, formatSpan } from '../conversations/clock.ts';
import { copy } from './copy.ts';
import type { TicketSort } from './ticket-address.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** "5 phút trước", "3 giờ trước". */
export function sayAge(at: string, now: number): string {
  const span = spanSince(at, now);
  return span === null ? copy.justNow : copy.ago(span);
}

/** How old a row is, by the time that its list is sorted by. */
export function sayRowAge(
  { createdAt, updatedAt }: { readonly createdAt: string; readonly updatedAt: string },
  sort: TicketSort,
  now: number,
): string {
  if (sort !== 'updated') return sayAge(createdAt, now);
  const span = spanSince(updatedAt, now);
  return span === null ? copy.updatedJustNow : copy.updatedAgo(span);
}

/** null: just now. */
function spanSince(at: string, now: number): string | null {
  const ms = now - Date.parse(at);
  if (ms < MINUTE_MS) return null;
  // Minutes of an hour say nothing about a ticket.
  return formatSpan(ms < HOUR_MS ? ms : ms - (ms % HOUR_MS));
}

/** "30/11 08:00 – 11:30"; the day twice only where it is another. */
export function sayStretch({ from, to }: { readonly from: string; readonly to: string }): string {
  const [start, end] = [formatDayAndTime(from), formatDayAndTime(to)];
  const [day, time] = end.split(' ');
  return copy.callbacks.window(start, start.startsWith(`${day} `) ? (time ?? end) : end);
}
