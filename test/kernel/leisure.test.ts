import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { createLeisure } from '../../src/kernel/leisure.ts';

describe('leisure', () => {
  it('rests for a multiple of what a piece took', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const leisure = createLeisure({ share: 0.1 });
      let done = false;
      const spent = leisure.spend(() => new Promise((resolve) => setTimeout(resolve, 20)));
      void spent.then(() => {
        done = true;
      });
      await vi.advanceTimersByTimeAsync(20 + 179);
      expect(done).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      expect(done).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  it('gives back what the piece gave, and throws what it threw', async () => {
    const leisure = createLeisure({ share: 0.5 });
    expect(await leisure.spend(async () => 7)).toBe(7);
    await expect(
      leisure.spend(async () => {
        throw new Error('no store');
      }),
    ).rejects.toThrow('no store');
  });

  it('rests no more when the end is near', async () => {
    const leisure = createLeisure({ share: 0.000_01 });
    const resting = leisure.spend(() => sleep(10));
    await sleep(30);
    leisure.hurry();
    await resting;
    await leisure.spend(() => sleep(10));
  });
});
