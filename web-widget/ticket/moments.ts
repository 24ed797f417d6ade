/** Times as they are shown, in Việt Nam. */
import { calendarDay, dayNumber, timeOfDay } from '../sync/days.ts';
import { copy } from './copy.ts';

/** 30/11/2026 */
export function dayOf(iso: string): string {
  return copy.day(calendarDay(dayNumber(Date.parse(iso))));
}

/** 08:05 ngày 30/11/2026 */
export function momentOf(iso: string): string {
  const at = Date.parse(iso);
  return copy.moment(timeOfDay(at), calendarDay(dayNumber(at)));
}
