import { afterEach, describe, expect, it } from 'vitest';
import { createStoreClock, type StoreClock } from '../../src/storage/store-clock.ts';

const NOON = Date.UTC(2026, 10, 30, 12);
const clocks: StoreClock[] = [];
afterEach(async () => {
  for (const clock of clocks.splice(0)) await clock.stop();
});

/** A machine and a store, each with a clock; a look takes as long as it is told to. */
function open({ offMs = 0, tookMs = 0 } = {}) {
  const world = { elapsed: 5_000, offMs, tookMs, store: NOON, wrong: [] as number[] };
  const pass = (ms: number): void => {
    world.elapsed += ms;
    world.store += ms;
  };
  const clock = createStoreClock({
    async ask() {
      pass(world.tookMs / 2);
      const told = new Date(world.store);
      pass(world.tookMs / 2);
      return told;
    },
    isUp: () => true,
    onError: (error) => {
      throw error;
    },
    onWrong: (ms) => world.wrong.push(ms),
    everyMs: 60_000,
    elapsed: () => world.elapsed,
    own: () => world.store + world.offMs,
  });
  clocks.push(clock);
  return { clock, world, pass, error: () => clock.now().getTime() - world.store };
}

describe('the time that nodes share', () => {
  it('is this machine’s until the store is asked, and the store’s from then on', async () => {
    const { clock, error, pass, world } = open({ offMs: 90_000 });
    expect(error()).toBe(90_000);
    await clock.look();
    expect(error()).toBe(0);
    pass(3_600_000);
    expect(error()).toBe(0);
    expect(world.wrong).toEqual([90_000]);
  });

  it('does not care when the clock of the machine is set', async () => {
    const { clock, error, world } = open();
    await clock.look();
    world.offMs = -90_000;
    expect(error()).toBe(0);
    await clock.look();
    expect(world.wrong).toEqual([-90_000]);
    await clock.look();
    expect(world.wrong).toHaveLength(1);
  });

  it('does not jump to and fro with looks that take long', async () => {
    const { clock, pass, error, world } = open();
    await clock.look();
    world.tookMs = 4_000;
    await clock.look();
    expect(error()).toBe(0);
    pass(10_000);
    expect(error()).toBe(0);
  });

  it('follows the store when that has another time', async () => {
    const { clock, error, world } = open({ tookMs: 10 });
    await clock.look();
    world.store -= 30_000;
    await clock.look();
    expect(Math.abs(error())).toBeLessThanOrEqual(10);
  });
});
