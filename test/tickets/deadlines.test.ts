import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/contracts/desk-settings.ts';
import { createDutyCalendar } from '../../src/duty/duty.ts';
import {
  meetClock,
  pauseClock,
  resetLimit,
  resumeClock,
  startClock,
  stateOf,
  tickClock,
  usedBy,
  wakeTimeOf,
} from '../../src/tickets/deadlines.ts';

const HOUR = 60 * 60 * 1_000;
/** 8:00–11:30, 13:30–17:00, Monday to Friday; Việt Nam's holidays. Switched on for the chat or not. */
const work = createDutyCalendar({ ...DEFAULT_SETTINGS.duty, enabled: false });
const rules = { work, warnAtShare: 0.25 };
/** As clocks in Việt Nam show it; 2026-11-30 is a Monday. */
const at = (day: string, time: string): Date => new Date(`${day}T${time}:00+07:00`);
const MONDAY = '2026-11-30';

describe('working time', () => {
  it.each([
    ['within a morning', at(MONDAY, '08:00'), 2 * HOUR, at(MONDAY, '10:00')],
    ['over the midday break', at(MONDAY, '11:00'), HOUR, at(MONDAY, '14:00')],
    ['from before the day begins', at(MONDAY, '05:00'), HOUR, at(MONDAY, '09:00')],
    ['to the very end of a shift', at(MONDAY, '08:00'), 3.5 * HOUR, at(MONDAY, '11:30')],
    ['over the night', at(MONDAY, '16:30'), HOUR, at('2026-12-01', '08:30')],
    ['over the week-end', at('2026-12-04', '16:00'), 2 * HOUR, at('2026-12-07', '09:00')],
    ['over New Year', at('2026-12-31', '16:00'), 2 * HOUR, at('2027-01-04', '09:00')],
    ['over Tết, which takes a week off', at('2027-02-04', '16:00'), 2 * HOUR, at('2027-02-12', '09:00')],
  ])('%s: adding and measuring agree', (_name, from, ms, to) => {
    expect(work.addWorkingTime(from, ms)).toEqual(to);
    expect(work.workingTimeBetween(from, to)).toBe(ms);
  });

  it('of a desk without hours is all time, and none when the clock was put back', () => {
    const always = createDutyCalendar({ ...DEFAULT_SETTINGS.duty, week: [[], [], [], [], [], [], []] });
    const from = at(MONDAY, '08:00');
    expect(always.addWorkingTime(from, 3 * HOUR)).toEqual(at(MONDAY, '11:00'));
    expect(work.workingTimeBetween(at(MONDAY, '10:00'), from)).toBe(0);
  });
});

describe('a deadline', () => {
  const begun = startClock(4 * HOUR, at(MONDAY, '08:00'), rules);

  it('is due when the limit is used up, and warns before', () => {
    expect(begun).toMatchObject({ dueAt: at(MONDAY, '14:00'), warnAt: at(MONDAY, '11:00') });
    expect(wakeTimeOf(begun)).toEqual(begun.warnAt);
    expect(stateOf(begun)).toBe('running');
  });

  it('is told of once when it warns and once when it is late', () => {
    const before = tickClock(begun, at(MONDAY, '10:59'));
    expect(before.told).toBeNull();
    const warned = tickClock(begun, at(MONDAY, '11:00'));
    expect(warned.told).toBe('warned');
    expect(tickClock(warned.clock, at(MONDAY, '11:01')).told).toBeNull();
    expect(wakeTimeOf(warned.clock)).toEqual(begun.dueAt);
    const late = tickClock(warned.clock, at(MONDAY, '14:00'));
    expect([late.told, stateOf(late.clock), wakeTimeOf(late.clock)]).toEqual(['breached', 'breached', null]);
    expect(tickClock(late.clock, at(MONDAY, '15:00')).told).toBeNull();
  });

  it('that nobody looked at for a day is late since it was due, with one word', () => {
    const { clock, told } = tickClock(begun, at('2026-12-01', '14:00'));
    expect([told, clock.breachedAt]).toEqual(['breached', begun.dueAt]);
  });

  it('stands still while the citizen is waited for', () => {
    const paused = pauseClock(begun, at(MONDAY, '10:00'), rules);
    expect([stateOf(paused), wakeTimeOf(paused), usedBy(paused, at('2026-12-04', '10:00'), work)]).toEqual([
      'paused',
      null,
      2 * HOUR,
    ]);
    expect(tickClock(paused, at('2026-12-30', '10:00')).told).toBeNull();
    const on = resumeClock(paused, at('2026-12-03', '09:00'), rules);
    expect(on.dueAt).toEqual(at('2026-12-03', '11:00'));
  });

  it('is met in time or missed, and ends with that', () => {
    const met = meetClock(begun, at(MONDAY, '13:59'), rules);
    expect([stateOf(met), usedBy(met, at('2026-12-30', '10:00'), work)]).toEqual([
      'met',
      3.5 * HOUR + 29 * 60_000,
    ]);
    expect(stateOf(meetClock(begun, at(MONDAY, '14:01'), rules))).toBe('missed');
    expect(meetClock(met, at('2026-12-30', '10:00'), rules)).toBe(met);
  });

  it('with a shorter limit is due sooner, and a longer one takes back that it was late', () => {
    const now = at(MONDAY, '10:00');
    expect(resetLimit(begun, 3 * HOUR, now, rules).dueAt).toEqual(at(MONDAY, '11:00'));
    const late = tickClock(begun, at(MONDAY, '14:00')).clock;
    const longer = resetLimit(late, 8 * HOUR, at(MONDAY, '15:00'), rules);
    expect([stateOf(longer), longer.dueAt]).toEqual(['running', at('2026-12-01', '09:00')]);
    expect(stateOf(resetLimit(late, 2 * HOUR, at(MONDAY, '15:00'), rules))).toBe('breached');
  });
});
