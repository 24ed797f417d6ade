/** When a call back was promised: from the contact's words to a stretch of working time. Pure. */
import { searchWords } from '../kernel/search-words.ts';
import { addDays, asInVietnam, dayAt, momentOf } from '../kernel/vietnam-time.ts';
import type { WorkingTime } from './deadlines.ts';

export interface PromisedTime {
  readonly from: Date;
  readonly to: Date;
}

interface Part {
  readonly from: string;
  readonly to: string;
}
const MORNING: Part = { from: '08:00', to: '11:30' };
const AFTERNOON: Part = { from: '13:30', to: '17:00' };
/** As people say them, folded. */
const PARTS: readonly (readonly [RegExp, Part])[] = [
  [/\b(?:sang|buoi sang)\b/, MORNING],
  [/\b(?:trua|nghi trua)\b/, { from: '11:00', to: '13:30' }],
  [/\b(?:chieu|buoi chieu)\b/, AFTERNOON],
  [/\b(?:buoi toi|toi nay|toi mai|dem)\b/, { from: '18:00', to: '20:00' }],
];
const WEEKDAYS: readonly RegExp[] = [
  /\b(?:chu nhat|cn)\b/,
  /\b(?:thu (?:hai|2)|t2)\b/,
  /\b(?:thu (?:ba|3)|t3)\b/,
  /\b(?:thu (?:tu|4)|t4)\b/,
  /\b(?:thu (?:nam|5)|t5)\b/,
  /\b(?:thu (?:sau|6)|t6)\b/,
  /\b(?:thu (?:bay|7)|t7)\b/,
];
/** Half an hour around a time that somebody names, a stretch of this length where nobody names any. */
const HOUR_MS = 60 * 60 * 1_000;
const WITHIN_MS = 4 * HOUR_MS;

/**
 * Words such as "9h sáng mai", "chiều thứ ba", "lúc nào cũng được". What names a time that is over means its next
 * return. Without a time that can be read: the next hours of work.
 * @param callAt the contact's words
 */
export function readPromisedTime(callAt: string, now: Date, work: WorkingTime): PromisedTime {
  const said = searchWords(callAt).join(' ');
  const part = PARTS.find(([pattern]) => pattern.test(said))?.[1] ?? null;
  const hour = readHour(callAt, said, part);
  const day = readDay(callAt, said, now);
  if (part === null && hour === null && day === null) return soon(now, work);
  const times = hour ?? part ?? { from: MORNING.from, to: AFTERNOON.to };
  const today = dayAt(now);
  let chosen = day ?? today;
  if (momentOf(chosen, times.to) <= now.getTime()) {
    if (day !== null) return soon(now, work);
    chosen = addDays(today, 1);
  }
  return { from: new Date(momentOf(chosen, times.from)), to: new Date(momentOf(chosen, times.to)) };
}

function soon(now: Date, work: WorkingTime): PromisedTime {
  return { from: work.addWorkingTime(now, 0), to: work.addWorkingTime(now, WITHIN_MS) };
}

/** "9h", "9 giờ 30", "từ 8h đến 10h", "14:00". In the afternoon and evening "3h" is 15:00. */
function readHour(callAt: string, said: string, part: Part | null): Part | null {
  const found = [...callAt.toLowerCase().matchAll(/(\d{1,2})\s?(?:giờ|gio|h|g|:)\s?(\d{1,2}|rưỡi|ruoi)?/g)];
  const times = found.flatMap(([, hours, minutes]) => {
    const hour = Number(hours);
    const isLate = hour < 12 && part !== null && part.from >= '12:00';
    const clock = (isLate ? hour + 12 : hour) * 60 + (/^r/.test(minutes ?? '') ? 30 : Number(minutes ?? 0));
    return clock < 24 * 60 ? [clock] : [];
  });
  const [first, last = first] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return null;
  if (last > first) return { from: clockOf(first), to: clockOf(last) };
  if (/\bsau\b/.test(said)) return { from: clockOf(first), to: clockOf(Math.min(first + 180, 24 * 60)) };
  if (/\btruoc\b/.test(said)) return { from: clockOf(Math.max(first - 180, 0)), to: clockOf(first) };
  return { from: clockOf(Math.max(first - 15, 0)), to: clockOf(Math.min(first + 30, 24 * 60)) };
}

function clockOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function readDay(callAt: string, said: string, now: Date): string | null {
  const today = dayAt(now);
  const written = /(?<!\d)(\d{1,2})[/-](\d{1,2})(?:[/-](20\d\d))?(?!\d)/.exec(callAt);
  if (written !== null) return readDate(written, today);
  if (/\b(?:hom nay|nay|bay gio|chieu nay|sang nay)\b/.test(said)) return today;
  if (/\b(?:ngay mot|ngay kia)\b/.test(said)) return addDays(today, 2);
  if (/\b(?:ngay mai|mai)\b/.test(said)) return addDays(today, 1);
  const weekday = WEEKDAYS.findIndex((pattern) => pattern.test(said));
  if (weekday < 0) return null;
  const ahead = (weekday - asInVietnam(now).getUTCDay() + 7) % 7;
  const isNextWeek = /\btuan (?:sau|toi)\b/.test(said);
  return addDays(today, ahead === 0 || isNextWeek ? ahead + 7 : ahead);
}

function readDate([, day, month, year]: RegExpExecArray, today: string): string | null {
  const at = (written: string): string | null => {
    const iso = `${written}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
    return Number.isNaN(Date.parse(iso)) ? null : iso;
  };
  if (year !== undefined) return at(year);
  const found = at(today.slice(0, 4));
  return found !== null && found < today ? at(String(Number(today.slice(0, 4)) + 1)) : found;
}
