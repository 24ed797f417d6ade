/** Days and times as they are in Việt Nam: UTC+7 all year. Old phones do not know its time zone by name. */

const OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;

/** Days since 1970-01-01, counted in Việt Nam. */
export function dayNumber(at: number): number {
  return Math.floor((at + OFFSET_MS) / DAY_MS);
}

export interface CalendarDay {
  /** 0: Sunday. */
  readonly weekday: number;
  readonly day: number;
  /** 1: January. */
  readonly month: number;
  readonly year: number;
}

export function calendarDay(number: number): CalendarDay {
  const date = new Date(number * DAY_MS);
  return {
    weekday: date.getUTCDay(),
    day: date.getUTCDate(),
    month: date.getUTCMonth() + 1,
    year: date.getUTCFullYear(),
  };
}

/** 09:05 */
export function timeOfDay(at: number): string {
  const date = new Date(at + OFFSET_MS);
  return [date.getUTCHours(), date.getUTCMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}
