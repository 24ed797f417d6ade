/** Việt Nam's public holidays (Labour Code 2019, articles 111 and 112), the lunar ones computed. */
import { CalendarVietnamese } from 'date-chinese';
import type { Shift } from '../contracts/desk-settings.ts';
import { addDays } from '../kernel/vietnam-time.ts';
import { toDay, weekdayOf } from './day.ts';

export interface Holiday {
  readonly day: string;
  /** As a Vietnamese calendar calls it. */
  readonly name: string;
}

/** Of the Hùng kings, by the lunar calendar. */
const DEATH_ANNIVERSARY = { month: 3, day: 10 };

/** The moons are computed afresh each time otherwise, which takes tens of milliseconds a year. */
const known = new Map<number, readonly Holiday[]>();

/**
 * The holidays of a year, in order. Of the five days of Tết and the two of 2 September the law leaves the choice to
 * the government, which announces it each year: here the usual one, from the last day of the old lunar year to the
 * fourth of the new one, and 1 September. Where a year differs, special days in the settings put it right.
 */
export function listHolidays(year: number): readonly Holiday[] {
  const found = known.get(year) ?? computeHolidays(year);
  known.set(year, found);
  return found;
}

function computeHolidays(year: number): readonly Holiday[] {
  const newYear = findLunarNewYear(year);
  const eve = addDays(newYear, -1);
  const holidays = [
    { day: toDay(year, 1, 1), name: 'Tết Dương lịch' },
    { day: eve, name: `Tết Nguyên đán (${lunarDayOf(eve)} tháng Chạp)` },
    ...[1, 2, 3, 4].map((nth) => ({
      day: addDays(newYear, nth - 1),
      name: `Tết Nguyên đán (mùng ${nth})`,
    })),
    { day: findDeathAnniversary(year), name: 'Giỗ Tổ Hùng Vương' },
    { day: toDay(year, 4, 30), name: 'Ngày Chiến thắng' },
    { day: toDay(year, 5, 1), name: 'Ngày Quốc tế lao động' },
    { day: toDay(year, 9, 1), name: 'Nghỉ lễ Quốc khánh' },
    { day: toDay(year, 9, 2), name: 'Quốc khánh' },
  ];
  return holidays.sort((one, other) => (one.day < other.day ? -1 : Number(one.day > other.day)));
}

/**
 * The days off that make up for holidays on a weekly day off (art. 111.3): the next working day each.
 * @param week seven lists of shifts, Monday first; a day without any is a weekly day off
 */
export function listMakeUpDays(year: number, week: readonly (readonly Shift[])[]): readonly Holiday[] {
  const isDayOff = (day: string): boolean => (week[weekdayOf(day) - 1] ?? []).length === 0;
  if (week.every((shifts) => shifts.length === 0)) return [];
  const holidays = listHolidays(year);
  const taken = new Set(holidays.map(({ day }) => day));
  const madeUp = new Set<string>();
  const found: Holiday[] = [];
  for (const { day, name } of holidays) {
    if (!isDayOff(day) || madeUp.has(day)) continue;
    madeUp.add(day);
    let next = addDays(day, 1);
    while (isDayOff(next) || taken.has(next)) next = addDays(next, 1);
    taken.add(next);
    found.push({ day: next, name: `Nghỉ bù ${name}` });
  }
  return found;
}

/** It may meet the sun's calendar of Việt Nam a day or a month apart from China's (1985, 2007). */
function findLunarNewYear(year: number): string {
  const calendar = new CalendarVietnamese();
  calendar.fromJDE(calendar.newYear(year));
  const { year: at, month, day } = calendar.toGregorian(year);
  return toDay(at, month, day);
}

function findDeathAnniversary(year: number): string {
  const calendar = new CalendarVietnamese();
  calendar.fromJDE(calendar.newYear(year));
  const [cycle = 0, ofCycle = 0] = calendar.get();
  const { month, day } = DEATH_ANNIVERSARY;
  const found = new CalendarVietnamese(cycle, ofCycle, month, false, day).toGregorian(year);
  return toDay(found.year, found.month, found.day);
}

function lunarDayOf(day: string): number {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const calendar = new CalendarVietnamese().fromGregorian(year, month, date);
  return calendar.get()[4]!;
}
