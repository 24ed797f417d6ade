import { expect, test } from 'vitest';
import { EN } from '../../web-widget/copy.en.ts';
import { VI } from '../../web-widget/copy.vi.ts';
import { sayQueue } from '../../web-widget/views/queue-words.ts';

const MINUTE_MS = 60_000;
/** A Friday in Việt Nam: 17:30. */
const NOW = Date.parse('2026-11-27T10:30:00.000Z');
const queue = { position: 3, wait: null, staffed: true, backAt: null };
const wait = (low: number, high: number) => ({ lowMs: low * MINUTE_MS, highMs: high * MINUTE_MS });

test.each([
  ['the place', queue, 'Anh/Chị ở vị trí thứ 3.'],
  ['being the next one', { ...queue, position: 1 }, 'Anh/Chị là người tiếp theo.'],
  ['a range', { ...queue, wait: wait(3.4, 7.2) }, 'Anh/Chị ở vị trí thứ 3, thường chờ 3–8 phút.'],
  ['a short wait', { ...queue, wait: wait(0, 1) }, 'Anh/Chị ở vị trí thứ 3, thường chờ dưới 1 phút.'],
  ['hardly any wait', { ...queue, wait: wait(0, 0) }, 'Anh/Chị ở vị trí thứ 3, thường chờ dưới 1 phút.'],
  [
    'a range from nothing',
    { ...queue, wait: wait(0.6, 4) },
    'Anh/Chị ở vị trí thứ 3, thường chờ dưới 4 phút.',
  ],
  ['a range of one', { ...queue, wait: wait(2, 2) }, 'Anh/Chị ở vị trí thứ 3, thường chờ dưới 3 phút.'],
  ['nobody on duty', { ...queue, staffed: false, wait: wait(0, 1) }, VI.banner.queued],
  ['nothing known', null, VI.banner.queued],
])('says %s', (_what, given, words) => {
  expect(sayQueue(given, VI, NOW)).toBe(words);
});

test.each([
  ['2026-11-27T13:00:00.000Z', 'lúc 20:00 hôm nay', 'today at 20:00'],
  // Past midnight in Việt Nam only.
  ['2026-11-27T17:30:00.000Z', 'lúc 0:30 ngày mai', 'tomorrow at 0:30'],
  ['2026-11-30T01:00:00.000Z', 'lúc 8:00 thứ Hai.', 'on Monday at 8:00'],
  ['2026-12-07T01:00:00.000Z', 'lúc 8:00 thứ Hai, 7/12.', 'on Monday, 7/12 at 8:00'],
])('outside the hours of duty says when they begin: %s', (backAt, vi, en) => {
  const closed = { ...queue, staffed: false, backAt };
  expect(sayQueue(closed, VI, NOW)).toContain(vi);
  expect(sayQueue(closed, EN, NOW)).toContain(en);
});
