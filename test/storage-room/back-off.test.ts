import { expect, it } from 'vitest';
import { BACK_OFF, waitAfter } from '../../src/storage/back-off.ts';

it('waits twice as long after each failure, up to the bound', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 1000].map((failures) => waitAfter(failures, BACK_OFF, 1));
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
});

it('leaves the upper half to chance', () => {
  expect(waitAfter(3, BACK_OFF, 0)).toBe(1000);
  expect(waitAfter(3, BACK_OFF, 0.5)).toBe(1500);
});
