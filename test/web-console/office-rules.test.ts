/** The rules behind the forms of the office screens. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, shift } from '../../src/contracts/desk-settings.ts';
import { copy } from '../../web-console/copy.ts';
import { describeDetails } from '../../web-console/features/audit/describe-details.ts';
import { nameDevice } from '../../web-console/features/auth/device-name.ts';
import {
  checkDuty,
  checkShift,
  mergeSpecialDays,
  readTime,
} from '../../web-console/features/settings/duty-rules.ts';
import {
  checkTickets,
  hoursOf,
  minutesOf,
  setLimit,
} from '../../web-console/features/settings/ticket-settings-rules.ts';
import { contains } from '../../web-console/shell/contains.ts';

test.each([
  ['7', '07:00'],
  ['730', '07:30'],
  ['1715', '17:15'],
  ['7h30', '07:30'],
  ['7g', '07:00'],
  [' 07:30 ', '07:30'],
  ['24:00', '24:00'],
  ['25:00', '25:00'],
  ['7:3', '7:3'],
  ['sáng', 'sáng'],
])('the time typed as "%s" is %s', (typed, read) => {
  expect(readTime(typed)).toBe(read);
});

test.each([
  [{ from: '07:30', to: '11:30' }, null],
  [{ from: '13:00', to: '24:00' }, null],
  [{ from: '11:30', to: '07:30' }, copy.duty.shiftOrder],
  [{ from: '08:00', to: '08:00' }, copy.duty.shiftOrder],
  [{ from: '8', to: '11:30' }, copy.duty.shiftMalformed],
  [{ from: '00:00', to: '24:30' }, copy.duty.shiftMalformed],
])('a shift %o is judged as the desk judges it', (typed, fault) => {
  expect(checkShift(typed)).toBe(fault);
  expect(shift.safeParse(typed).success).toBe(fault === null);
});

describe('special days', () => {
  const off = { day: '2027-03-26', kind: 'off', name: 'Hội nghị' } as const;
  const working = { day: '2027-02-13', kind: 'working', like: 5, name: 'Làm bù' } as const;
  const week = [[], [], [], [], [], [], []];

  test('that are read from a table take the place of those of the same date, in order', () => {
    const moved = { ...off, name: 'Hội nghị ngành' };
    expect(mergeSpecialDays([off], [moved, working])).toEqual([working, moved]);
  });

  test('need a date, and one of their own', () => {
    const check = (specialDays: Parameters<typeof checkDuty>[0]['specialDays']) =>
      checkDuty({ enabled: true, week, holidays: true, specialDays })['settings.duty.specialDays'];
    expect(check([off, working])).toBeUndefined();
    expect(check([{ ...off, day: '' }])).toBe(copy.duty.dayMissing);
    expect(check([off, { ...off }])).toBe(copy.duty.dayTwice);
  });
});

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0',
    'Edge · Windows',
  ],
  [
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36',
    'Chrome · Android',
  ],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1', 'Safari · iOS'],
  ['curl/8.0', null],
])('%s is %s', (userAgent, name) => {
  expect(nameDevice(userAgent)).toBe(name);
});

test.each([
  ['Đỗ Thị Lan lan@bhxh.vn', 'do lan', true],
  ['Lê Văn Minh', 'minh le', true],
  ['Lê Văn Minh', 'minh lan', false],
  ['Lê Văn Minh', '', true],
])('in "%s", "%s" is found: %s', (text, wanted, found) => {
  expect(contains(text, wanted)).toBe(found);
});

test.each([
  [{}, []],
  [
    { email: 'a@b.vn', reason: 'password' },
    [
      ['email', 'a@b.vn'],
      ['reason', 'password'],
    ],
  ],
  [
    { revision: 2, changes: [{ path: 'duty.enabled', from: false, to: true }] },
    [
      ['revision', '2'],
      ['duty.enabled', 'false → true'],
    ],
  ],
  [
    { before: { role: 'agent', name: 'Lan' }, after: { role: 'admin', name: 'Lan' } },
    [['role', 'agent → admin']],
  ],
  [{ from: null, to: { shortcut: 'chao' } }, [['shortcut', '— → chao']]],
])('the details %o of an entry are read as %o', (details, lines) => {
  expect(describeDetails(details)).toEqual(lines);
});

describe('deadlines of tickets', () => {
  const { tickets } = DEFAULT_SETTINGS;

  test('are typed in hours and kept in minutes', () => {
    expect(minutesOf(1.75)).toBe(105);
    expect(hoursOf(105)).toBe(1.75);
    expect(minutesOf('')).toBe('');
    const changed = setLimit(tickets, ['question', 'high', 'resolutionMinutes'], 600);
    expect(changed.limits.question.high.resolutionMinutes).toBe(600);
    expect(changed.limits.question.low).toEqual(tickets.limits.question.low);
  });

  test.each([
    ['as they come', 60, 600, false],
    ['without a number', '', 600, true],
    ['of no time', 0, 600, true],
    ['whose answer may come behind the end', 601, 600, true],
  ] as const)('%s are objected to: %s and %s minutes', (_what, first, last, isWrong) => {
    const draft = setLimit(
      setLimit(tickets, ['callback', 'urgent', 'firstResponseMinutes'], first),
      ['callback', 'urgent', 'resolutionMinutes'],
      last,
    );
    expect('settings.tickets.limits' in checkTickets(draft)).toBe(isWrong);
  });
});
