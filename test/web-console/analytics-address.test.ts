import { describe, expect, it } from 'vitest';
import {
  daysOf,
  findAddressFaults,
  lengthOf,
  presetOf,
  readAddress,
  writeAddress,
} from '../../web-console/features/analytics/analytics-address.ts';
import { words } from '../../web-console/features/analytics/copy.ts';

const TODAY = '2027-03-10';
const read = (query: string) => readAddress(new URLSearchParams(query), TODAY);

describe('the address of the numbers', () => {
  it('means the last 28 days where it says none', () => {
    expect(read('')).toEqual({ from: '2027-02-11', to: TODAY, tab: 'overview' });
  });

  it.each([
    'from=2027-03-09&to=2027-03-01',
    'from=gestern&to=2027-03-01',
    'from=2027-13-40&to=2027-03-01',
    'from=2027-02-30&to=2027-03-01',
    'from=2020-01-01&to=2027-03-01',
    'to=x',
  ])('does so for %s, and says so', (query) => {
    expect(read(query)).toMatchObject({ from: '2027-02-11', to: TODAY });
    expect(findAddressFaults(new URLSearchParams(query))).toEqual(['range']);
  });

  it.each(['platform=windows', `intent=${'x'.repeat(201)}`, 'tab=nothing'])(
    'leaves out a filter that there is none of, and says so: %.20s',
    (query) => {
      expect(read(query)).toEqual(read(''));
      expect(findAddressFaults(new URLSearchParams(query))).toEqual(['filter']);
    },
  );

  it('comes back as it was written', () => {
    for (const query of ['', 'from=2027-01-01&to=2027-01-31&platform=ios&tab=content', 'appVersion=4.2.0'])
      expect([
        writeAddress(read(query), TODAY).toString(),
        findAddressFaults(new URLSearchParams(query)),
      ]).toEqual([query, []]);
  });

  it('knows its usual stretches', () => {
    for (const preset of ['today', 'week', 'month', 'quarter'] as const)
      expect(presetOf(daysOf(preset, TODAY), TODAY)).toBe(preset);
    expect(lengthOf(daysOf('quarter', TODAY))).toBe(90);
    expect(presetOf({ from: '2027-01-01', to: '2027-01-28' }, TODAY)).toBeNull();
  });
});

describe('a change', () => {
  it.each([
    [120, 100, 28, 'Tăng 20% so với 28 ngày trước'],
    [50, 100, 1, 'Giảm 50% so với ngày liền trước'],
    [7, 7, 7, 'Không đổi so với 7 ngày trước'],
    [7, 0, 7, '7 ngày trước không có'],
    [7, 0, 1, 'Ngày liền trước không có'],
    [7, 0, null, 'Kỳ trước chưa có số liệu'],
  ])('from %2$d to %1$d is said in words', (now, before, days, said) => {
    expect(words.change(now, before, days)).toBe(said);
  });
});
