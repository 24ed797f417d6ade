/** Calendar days of Việt Nam, as `2026-11-29`. Pure but for the clock. */

const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' });
const DAY_MS = 24 * 60 * 60 * 1_000;

export function today(now = new Date()): string {
  return day.format(now);
}

/** `29/11/2026`; of a month or a year as much as there is. */
export function sayDayOf(date: string): string {
  return date.split('-').reverse().join('/');
}

/** The same day some months later; the last of a shorter month. */
export function monthsAfter(date: string, months: number): string {
  const [year = 0, month = 1, dayOfMonth = 1] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  last.setUTCDate(Math.min(dayOfMonth, last.getUTCDate()));
  return last.toISOString().slice(0, 10);
}

/** From one day to another; below 0: it is past. */
export function daysUntil(date: string, from: string): number {
  return Math.round((Date.parse(date) - Date.parse(from)) / DAY_MS);
}

/** What a field of date and time means in Việt Nam, as an instant. */
export function instantOf(local: string): string {
  return new Date(`${local}:00+07:00`).toISOString();
}

/** The instant as such a field shows it. */
export function localOf(instant: string): string {
  return new Date(Date.parse(instant) + 7 * 60 * 60 * 1_000).toISOString().slice(0, 16);
}
