/** When contacts are put off, and when no more. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLoad, type Load } from '../../src/kernel/load.ts';

const LIMITS = { inHand: 2, lagMs: 100, samples: 3, sampleEveryMs: 100, calmAfterMs: 500 };

let load: Load;
let at = 0;
const start = (): boolean[] => {
  vi.useFakeTimers();
  at = 0;
  const told: boolean[] = [];
  load = createLoad({
    limits: LIMITS,
    now: () => at,
    random: () => 0.5,
    onChange: (high) => told.push(high),
  });
  return told;
};
/** The next look comes so late. */
const look = (lateMs: number): void => {
  at += LIMITS.sampleEveryMs + lateMs;
  vi.advanceTimersByTime(LIMITS.sampleEveryMs);
};
afterEach(() => {
  load.stop();
  vi.useRealTimers();
});

describe('the load', () => {
  it('puts off what is more than it may have in hand, with a time to try again, and is calm a while after', async () => {
    const told = start();
    const [first, second] = [load.begin(), load.begin()];
    await expect(load.carryOut(() => 1)).rejects.toMatchObject({ code: 'busy', retryAfterMs: 4_000 });
    first?.();
    first?.();
    second?.();
    expect(load.inHand()).toBe(0);
    expect(load.isHigh()).toBe(true);
    for (let looks = 0; looks < 6; looks++) look(0);
    expect(await load.carryOut(async () => 1)).toBe(1);
    expect(told).toEqual([true, false]);
    expect(load.putOff()).toBe(1);
  });

  it('is high when the event loop is late time after time', () => {
    const told = start();
    look(150);
    look(150);
    expect(load.isHigh()).toBe(false);
    look(150);
    expect(load.isHigh()).toBe(true);
    expect(load.lagMs()).toBe(150);
    for (let looks = 0; looks < 6; looks++) look(0);
    expect(load.isHigh()).toBe(false);
    expect(told).toEqual([true, false]);
  });

  it('is not high for one long piece of work', () => {
    const told = start();
    look(5_000);
    look(0);
    look(5_000);
    look(0);
    expect(load.isHigh()).toBe(false);
    expect(told).toEqual([]);
  });

  it('counts what fails as done', async () => {
    start();
    await expect(load.carryOut(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(load.inHand()).toBe(0);
  });
});
