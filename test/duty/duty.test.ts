import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type DutySettings } from '../../src/contracts/desk-settings.ts';
import { createDuty, createDutyCalendar } from '../../src/duty/duty.ts';

/** Monday to Friday 08:00–11:30 and 13:30–17:00. */
const OFFICE: DutySettings = { ...DEFAULT_SETTINGS.duty, enabled: true };
const EVERY_DAY = (...shifts: { from: string; to: string }[]): DutySettings => ({
  ...OFFICE,
  holidays: false,
  week: OFFICE.week.map(() => shifts),
});

/** Việt Nam's time, as `2026-11-30 08:00`. */
const at = (text: string): Date => new Date(`${text.replace(' ', 'T')}:00+07:00`);

function say(settings: DutySettings, now: string): string {
  const { onDuty, until, backAt } = createDutyCalendar(settings).at(at(now));
  const tell = (moment: Date | null): string =>
    moment === null
      ? 'never'
      : new Date(moment.getTime() + 7 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
  expect(onDuty ? backAt : until).toBeNull();
  return onDuty ? `on until ${tell(until)}` : `off until ${tell(backAt)}`;
}

describe('office hours', () => {
  it.each([
    ['2026-11-30 07:59', 'off until 2026-11-30 08:00'],
    ['2026-11-30 08:00', 'on until 2026-11-30 11:30'],
    ['2026-11-30 11:29', 'on until 2026-11-30 11:30'],
    ['2026-11-30 11:30', 'off until 2026-11-30 13:30'],
    ['2026-11-30 17:00', 'off until 2026-12-01 08:00'],
    // Here it is still the day before in UTC.
    ['2026-12-01 00:00', 'off until 2026-12-01 08:00'],
    ['2026-12-04 17:00', 'off until 2026-12-07 08:00'],
    ['2026-12-05 10:00', 'off until 2026-12-07 08:00'],
    // The Friday before Tết of 2027, which begins on a Saturday and is made up for on Wednesday and Thursday.
    ['2027-02-04 17:00', 'off until 2027-02-12 08:00'],
    ['2027-02-08 09:00', 'off until 2027-02-12 08:00'],
    // Giỗ Tổ on a Sunday.
    ['2026-04-27 09:00', 'off until 2026-04-28 08:00'],
    ['2026-08-31 18:00', 'off until 2026-09-03 08:00'],
  ])('at %s: %s', (now, said) => {
    expect(say(OFFICE, now)).toBe(said);
  });

  it('hold on holidays where those do not count', () => {
    expect(say({ ...OFFICE, holidays: false }, '2027-02-08 09:00')).toBe('on until 2027-02-08 11:30');
  });

  it('that are switched off mean duty at all times', () => {
    const { onDuty, until, backAt } = createDutyCalendar(DEFAULT_SETTINGS.duty).at(at('2027-02-07 03:00'));
    expect({ onDuty, until, backAt }).toEqual({ onDuty: true, until: null, backAt: null });
  });
});

describe('shifts', () => {
  it.each([
    [
      'that touch are one',
      EVERY_DAY({ from: '12:00', to: '16:00' }, { from: '08:00', to: '12:00' }),
      '09:00',
      'on until 2026-12-01 16:00',
    ],
    [
      'that overlap are one',
      EVERY_DAY({ from: '08:00', to: '13:00' }, { from: '12:00', to: '16:00' }),
      '09:00',
      'on until 2026-12-01 16:00',
    ],
    [
      'touch over midnight',
      EVERY_DAY({ from: '20:00', to: '24:00' }, { from: '00:00', to: '06:00' }),
      '23:00',
      'on until 2026-12-02 06:00',
    ],
    [
      'that begin at midnight are on then',
      EVERY_DAY({ from: '20:00', to: '24:00' }, { from: '00:00', to: '06:00' }),
      '00:00',
      'on until 2026-12-01 06:00',
    ],
    [
      'that end at midnight end',
      EVERY_DAY({ from: '20:00', to: '24:00' }),
      '23:59',
      'on until 2026-12-02 00:00',
    ],
    ['round the clock do not end', EVERY_DAY({ from: '00:00', to: '24:00' }), '12:00', 'on until never'],
    ['that are nowhere never begin', EVERY_DAY(), '12:00', 'off until never'],
  ])('%s', (_name, settings, time, said) => {
    expect(say(settings, `2026-12-01 ${time}`)).toBe(said);
  });
});

describe('special days', () => {
  const withDays = (...specialDays: DutySettings['specialDays']): DutySettings => ({
    ...OFFICE,
    specialDays,
  });
  const friday = OFFICE.week.map((shifts, at) => (at === 4 ? [{ from: '09:00', to: '10:00' }] : shifts));

  it('off are closed all day', () => {
    const settings = withDays({ day: '2026-12-01', kind: 'off', name: 'Tập huấn' });
    expect(say(settings, '2026-12-01 09:00')).toBe('off until 2026-12-02 08:00');
  });

  it('working open a weekend, with the hours of a Monday', () => {
    const settings = withDays({ day: '2026-12-05', kind: 'working', name: 'Làm bù' });
    expect(say(settings, '2026-12-05 09:00')).toBe('on until 2026-12-05 11:30');
  });

  it('working have the hours of the weekday they name', () => {
    const settings = withDays({ day: '2026-12-05', kind: 'working', like: 5, name: 'Làm bù' });
    expect(say({ ...settings, week: friday }, '2026-12-05 08:00')).toBe('off until 2026-12-05 09:00');
  });

  it('working win over holidays and the days that make up for them', () => {
    const settings = withDays(
      { day: '2027-02-08', kind: 'working', name: 'Trực Tết' },
      { day: '2027-02-10', kind: 'working', name: 'Trực' },
    );
    expect(say(settings, '2027-02-08 14:00')).toBe('on until 2027-02-08 17:00');
    expect(say(settings, '2027-02-08 17:00')).toBe('off until 2027-02-10 08:00');
  });

  it.each([
    ['off', 'working'],
    ['working', 'off'],
  ] as const)('named both %s and %s are closed', (...kinds) => {
    const settings = withDays(...kinds.map((kind) => ({ day: '2026-12-01', kind, name: '' })));
    expect(say(settings, '2026-12-01 09:00')).toBe('off until 2026-12-02 08:00');
  });

  it('that close everything for longer than sixty days leave no time to name', () => {
    const specialDays = Array.from({ length: 70 }, (_, ahead) => ({
      day: new Date(Date.UTC(2026, 11, 1 + ahead)).toISOString().slice(0, 10),
      kind: 'off' as const,
      name: '',
    }));
    expect(say(withDays(...specialDays), '2026-12-01 09:00')).toBe('off until never');
  });
});

describe('the calendar of the desk', () => {
  it('follows the settings', () => {
    let settings = OFFICE;
    const duty = createDuty(() => settings);
    expect(duty.at(at('2026-11-30 09:00')).onDuty).toBe(true);
    settings = EVERY_DAY();
    expect(duty.at(at('2026-11-30 09:00')).onDuty).toBe(false);
  });
});
