import { describe, expect, it } from 'vitest';
import { listHolidays, listMakeUpDays } from '../../src/duty/holidays.ts';

const OFFICE = [1, 2, 3, 4, 5, 6, 7].map((day) => (day <= 5 ? [{ from: '08:00', to: '17:00' }] : []));

function dayOf(year: number, name: string): string | undefined {
  return listHolidays(year).find((holiday) => holiday.name === name)?.day;
}

describe('lunar holidays', () => {
  it.each([
    // Here Việt Nam's new year is not China's.
    '1985-01-21',
    '2007-02-17',
    '2024-02-10',
    '2025-01-29',
    '2026-02-17',
    '2027-02-06',
    '2028-01-26',
    '2029-02-13',
    '2030-02-02',
    '2033-01-31',
  ])('Tết begins on %s', (day) => {
    expect(dayOf(Number(day.slice(0, 4)), 'Tết Nguyên đán (mùng 1)')).toBe(day);
  });

  it.each(['2024-04-18', '2025-04-07', '2026-04-26', '2027-04-16'])('Giỗ Tổ is on %s', (day) => {
    expect(dayOf(Number(day.slice(0, 4)), 'Giỗ Tổ Hùng Vương')).toBe(day);
  });

  it('name the last day of the old year by its number', () => {
    expect(dayOf(2024, 'Tết Nguyên đán (30 tháng Chạp)')).toBe('2024-02-09');
    expect(dayOf(2026, 'Tết Nguyên đán (29 tháng Chạp)')).toBe('2026-02-16');
  });
});

describe('the holidays of a year', () => {
  it('are those of the law, in order', () => {
    expect(listHolidays(2026).map(({ day }) => day)).toEqual([
      '2026-01-01',
      '2026-02-16',
      '2026-02-17',
      '2026-02-18',
      '2026-02-19',
      '2026-02-20',
      '2026-04-26',
      '2026-04-30',
      '2026-05-01',
      '2026-09-01',
      '2026-09-02',
    ]);
  });

  it.each([
    { year: 2026, week: OFFICE, days: ['2026-04-27'], why: 'Giỗ Tổ is a Sunday' },
    {
      year: 2027,
      week: OFFICE,
      days: ['2027-02-10', '2027-02-11', '2027-05-03'],
      why: 'two days of Tết and 1 May are on a weekend, and the days right behind Tết are taken',
    },
    { year: 2027, week: OFFICE.map(() => OFFICE[0]!), days: [], why: 'no day is a weekly day off' },
    { year: 2027, week: OFFICE.map(() => []), days: [], why: 'there is no working day' },
  ])('on a weekly day off are made up for: $why', ({ year, week, days }) => {
    expect(listMakeUpDays(year, week).map(({ day }) => day)).toEqual(days);
  });
});
