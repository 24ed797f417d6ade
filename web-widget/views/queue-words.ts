/** Where the contact stands in the queue, in words. */
import type { ConversationView } from '../../src/contracts/chat.ts';
import type { Copy } from '../copy.vi.ts';
import { calendarDay, dayNumber, timeOfDay } from '../sync/days.ts';

const MINUTE_MS = 60_000;

/** The bot says it in the same words (src/dialogue/copy.ts). */
export function sayQueue(queue: ConversationView['queue'], copy: Copy, now: number): string {
  if (queue === null) return copy.banner.queued;
  const { position, wait, staffed, backAt } = queue;
  if (backAt !== null) {
    const at = Date.parse(backAt);
    const day = dayNumber(at);
    return copy.queue.back(timeOfDay(at).replace(/^0/, ''), calendarDay(day), day - dayNumber(now));
  }
  if (!staffed) return copy.banner.queued;
  const place = copy.queue.place(position);
  if (wait === null) return `${place}.`;
  const low = Math.floor(wait.lowMs / MINUTE_MS);
  const high = Math.max(1, Math.ceil(wait.highMs / MINUTE_MS));
  // "1–1 minutes" would say no more than "less than 2".
  return `${place}, ${low === high ? copy.queue.wait(0, high + 1) : copy.queue.wait(low, high)}.`;
}
