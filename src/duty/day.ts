/** Days of Việt Nam as text, `2027-02-06`, and how they meet the world's clock. */

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Asia/Ho_Chi_Minh: the same all year since 1975. */
const OFFSET_MS = 7 * 60 * MINUTE_MS;

export function toDay(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 1 Monday … 7 Sunday. */
export function weekdayOf(day: string): number {
  return new Date(day).getUTCDay() || 7;
}

export function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}

/** The day that a calendar in Việt Nam shows. */
export function dayAt(now: Date): string {
  return new Date(now.getTime() + OFFSET_MS).toISOString().slice(0, 10);
}

/** @param time such as 07:30, up to 24:00 */
export function momentOf(day: string, time: string): number {
  const [hours, minutes] = time.split(':');
  return Date.parse(day) - OFFSET_MS + (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
}
