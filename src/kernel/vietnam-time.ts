/** Days and clocks of Việt Nam, wherever the desk runs. A day is text: `2027-02-06`. */

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Asia/Ho_Chi_Minh: the same all year since 1975. */
const OFFSET_MS = 7 * 60 * MINUTE_MS;

/** A moment whose UTC fields read as clocks and calendars in Việt Nam show this one. */
export function asInVietnam(at: Date): Date {
  return new Date(at.getTime() + OFFSET_MS);
}

/** The day that a calendar in Việt Nam shows. */
export function dayAt(now: Date): string {
  return asInVietnam(now).toISOString().slice(0, 10);
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** In milliseconds, as a Date has it. @param time such as 07:30, up to 24:00 */
export function momentOf(day: string, time: string): number {
  const [hours, minutes] = time.split(':');
  return Date.parse(day) - OFFSET_MS + (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
}
