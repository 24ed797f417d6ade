/** When somebody is on duty: hours by weekday, holidays, and days that are neither. */
import type { DutySettings, Shift, SpecialDay } from '../contracts/desk-settings.ts';
import { addDays, dayAt, momentOf } from '../kernel/vietnam-time.ts';
import { weekdayOf, yearOf } from './day.ts';
import { type Holiday, listHolidays, listMakeUpDays } from './holidays.ts';
import { createWorkingTime, type WorkingTime } from './working-time.ts';

export interface Duty {
  readonly onDuty: boolean;
  /** When this duty ends; null: it is off, or does not end in sight. */
  readonly until: Date | null;
  /** When the next one begins; null: it is on, or none is in sight. */
  readonly backAt: Date | null;
}

export interface DutyCalendar extends WorkingTime {
  readonly at: (now: Date) => Duty;
  /** Public holidays and the days that make up for them, in order. */
  readonly listDaysOff: (year: number) => readonly Holiday[];
}

/** Longer than any closing of an office that its people still wait for. */
const DAYS_IN_SIGHT = 60;

interface Span {
  readonly from: number;
  readonly to: number;
}

/** A calendar that goes by the settings of the moment, and is made anew only when they are others. */
export function createDuty(getSettings: () => DutySettings): DutyCalendar {
  let made: { readonly settings: DutySettings; readonly calendar: DutyCalendar } | null = null;
  const current = (): DutyCalendar => {
    const settings = getSettings();
    if (made?.settings !== settings) made = { settings, calendar: createDutyCalendar(settings) };
    return made.calendar;
  };
  return {
    at: (now) => current().at(now),
    listDaysOff: (year) => current().listDaysOff(year),
    addWorkingTime: (from, ms) => current().addWorkingTime(from, ms),
    workingTimeBetween: (from, to) => current().workingTimeBetween(from, to),
  };
}

/** Time is counted in Asia/Ho_Chi_Minh wherever the desk runs. */
export function createDutyCalendar({ enabled, week, holidays, specialDays }: DutySettings): DutyCalendar {
  const special = groupSpecialDays(specialDays);
  const daysOff = new Map<number, ReadonlySet<string>>();

  const listDaysOff = (year: number): readonly Holiday[] =>
    [...listHolidays(year), ...listMakeUpDays(year, week)].sort(
      (one, other) => Number(one.day > other.day) - Number(one.day < other.day),
    );
  const isHoliday = (day: string): boolean => {
    const year = yearOf(day);
    const found = daysOff.get(year) ?? new Set(listDaysOff(year).map((off) => off.day));
    daysOff.set(year, found);
    return found.has(day);
  };

  const shiftsOf = (day: string): readonly Shift[] => {
    const exception = special.get(day);
    if (exception === 'off') return [];
    if (exception !== undefined) return week[exception - 1] ?? [];
    if (holidays && isHoliday(day)) return [];
    return week[weekdayOf(day) - 1] ?? [];
  };

  return {
    listDaysOff,
    ...createWorkingTime(shiftsOf),
    at(now) {
      if (!enabled) return { onDuty: true, until: null, backAt: null };
      const moment = now.getTime();
      const next = findSpan(dayAt(now), moment, shiftsOf);
      if (next === null) return { onDuty: false, until: null, backAt: null };
      if (next.from > moment) return { onDuty: false, until: null, backAt: new Date(next.from) };
      return { onDuty: true, until: Number.isFinite(next.to) ? new Date(next.to) : null, backAt: null };
    },
  };
}

/** The stretch of duty that holds a moment, or else the next one; shifts that touch are one, also over midnight. */
function findSpan(today: string, moment: number, shiftsOf: (day: string) => readonly Shift[]): Span | null {
  let span: Span | null = null;
  for (const shift of walkShifts(today, shiftsOf)) {
    if (shift.to <= moment) continue;
    if (span !== null && shift.from > span.to) return span;
    span = span === null ? shift : { from: span.from, to: Math.max(span.to, shift.to) };
  }
  const isEndInSight = span !== null && span.to < momentOf(addDays(today, DAYS_IN_SIGHT), '24:00');
  return span === null || isEndInSight ? span : { from: span.from, to: Number.POSITIVE_INFINITY };
}

function* walkShifts(today: string, shiftsOf: (day: string) => readonly Shift[]): Generator<Span> {
  for (let ahead = 0; ahead <= DAYS_IN_SIGHT; ahead++) {
    const day = addDays(today, ahead);
    const shifts = [...shiftsOf(day)].sort((one, other) => (one.from < other.from ? -1 : 1));
    for (const { from, to } of shifts) yield { from: momentOf(day, from), to: momentOf(day, to) };
  }
}

/** Day → closed, or the weekday whose hours it has. Named both, it is closed. */
function groupSpecialDays(specialDays: readonly SpecialDay[]): ReadonlyMap<string, 'off' | number> {
  const found = new Map<string, 'off' | number>();
  for (const { day, kind, like = 1 } of specialDays) {
    if (kind === 'off') found.set(day, 'off');
    else if (found.get(day) !== 'off') found.set(day, like);
  }
  return found;
}
