/** What must hold of duty hours before they are sent, and how times may be typed. */
import type { DutySettings, Shift, SpecialDay } from '../../../src/contracts/desk-settings.ts';
import { copy } from '../../copy.ts';

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/;

/** `7`, `730`, `7h30` and `7:30` are `07:30`; whatever is no time stays as it was typed. */
export function readTime(typed: string): string {
  const text = typed.trim();
  const [, hours, minutes = '00'] =
    /^(\d{1,2})(?:\s*[:hg.]\s*(\d{2})?)?$/i.exec(text) ?? /^(\d{1,2})(\d{2})$/.exec(text) ?? [];
  if (hours === undefined) return text;
  const time = `${hours.padStart(2, '0')}:${minutes}`;
  return TIME.test(time) ? time : text;
}

/** What is wrong with a shift; null: nothing. */
export function checkShift({ from, to }: Shift): string | null {
  if (!TIME.test(from) || !TIME.test(to)) return copy.duty.shiftMalformed;
  return from < to ? null : copy.duty.shiftOrder;
}

/** What is wrong with a special day among all of them; null: nothing. */
export function checkSpecialDay(special: SpecialDay, all: readonly SpecialDay[]): string | null {
  if (special.day === '') return copy.duty.dayMissing;
  return all.some((other) => other !== special && other.day === special.day) ? copy.duty.dayTwice : null;
}

export interface DutyFaults {
  'settings.duty.week'?: string;
  'settings.duty.specialDays'?: string;
}

export function checkDuty({ week, specialDays }: DutySettings): DutyFaults {
  const shift = week.flat().map(checkShift).find(Boolean);
  const special = specialDays.map((day) => checkSpecialDay(day, specialDays)).find(Boolean);
  return {
    ...(shift ? { 'settings.duty.week': shift } : {}),
    ...(special ? { 'settings.duty.specialDays': special } : {}),
  };
}

/** The days with others added, which take the place of those of the same date; in order. */
export function mergeSpecialDays(days: readonly SpecialDay[], added: readonly SpecialDay[]): SpecialDay[] {
  const byDay = new Map([...days, ...added].map((special) => [special.day, special]));
  return [...byDay.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}
