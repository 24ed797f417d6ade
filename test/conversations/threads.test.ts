import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createThreads } from '../../src/conversations/threads.ts';

const counting = (most: number) => {
  const loaded: string[] = [];
  const threads = createThreads(async (id) => {
    loaded.push(id);
    return { id, said: [] as number[] };
  }, most);
  return { threads, loaded };
};

describe('a thread', () => {
  it('does one job at a time, in the order they came, whatever each takes', async () => {
    const { threads } = counting(10);
    const order: number[] = [];
    await Promise.all(
      [30, 5, 0].map((ms, at) =>
        threads.run('a', async () => {
          await delay(ms);
          order.push(at);
        }),
      ),
    );
    expect(order).toEqual([0, 1, 2]);
  });

  it('does not hold up another', async () => {
    const { threads } = counting(10);
    let release = (): void => undefined;
    const held = threads.run('a', () => new Promise<void>((resolve) => (release = resolve)));
    expect(await threads.run('b', async () => 'free')).toBe('free');
    release();
    await held;
  });

  it('is loaded anew when it was not used for an hour: nobody may have told what became of it', async () => {
    let at = 0;
    let loaded = 0;
    const threads = createThreads(
      async () => loaded++,
      10,
      () => at,
    );
    for (const minutes of [0, 59, 118, 180]) {
      at = minutes * 60_000;
      await threads.run('a', async () => undefined);
    }
    expect(loaded).toBe(2);
  });

  it('is loaded once, and anew after a job that failed', async () => {
    const { threads, loaded } = counting(10);
    await threads.run('a', async (thread) => thread.said.push(1));
    expect(await threads.run('a', async ({ said }) => said)).toEqual([1]);
    await expect(threads.run('a', () => Promise.reject(new Error('broke off')))).rejects.toThrow('broke off');
    expect(await threads.run('a', async ({ said }) => said)).toEqual([]);
    expect(loaded).toEqual(['a', 'a']);
  });

  it('goes when there are too many, the one idle longest first, and never one at work', async () => {
    const { threads, loaded } = counting(2);
    let release = (): void => undefined;
    const held = threads.run('a', () => new Promise<void>((resolve) => (release = resolve)));
    for (const id of ['b', 'c', 'd']) await threads.run(id, async () => undefined);
    release();
    await held;
    await threads.run('a', async () => undefined);
    await threads.run('b', async () => undefined);
    expect(loaded).toEqual(['a', 'b', 'c', 'd', 'b']);
  });
});
