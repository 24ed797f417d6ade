import { expect, it } from 'vitest';
import { repeat } from '../../src/kernel/repeat.ts';

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

it('begins the next one only when the last one is over, also after an error', async () => {
  const errors: string[] = [];
  let under = 0;
  let most = 0;
  let done = 0;
  const { stop } = repeat(
    async () => {
      under += 1;
      most = Math.max(most, under);
      await nextTurn();
      under -= 1;
      done += 1;
      if (done === 2) throw new Error('the second one fails');
    },
    { everyMs: 1, now: true, onError: ({ message }) => errors.push(message) },
  );
  await expect.poll(() => done).toBeGreaterThan(3);
  await stop();
  expect(errors).toEqual(['the second one fails']);
  expect(most).toBe(1);
});

it('waits for the one that is under way when it is stopped, and begins no more', async () => {
  let begun = 0;
  let over = 0;
  const { stop } = repeat(
    async () => {
      begun += 1;
      await nextTurn();
      over += 1;
    },
    { everyMs: 1, now: true, onError: () => undefined },
  );
  expect(begun).toBe(1);
  await stop();
  expect(over).toBe(1);
  await nextTurn();
  await nextTurn();
  expect(begun).toBe(1);
});

it('begins after a while, unless it is to begin at once', async () => {
  let begun = 0;
  const { stop } = repeat(
    async () => {
      begun += 1;
    },
    { everyMs: 60_000, onError: () => undefined },
  );
  await nextTurn();
  await stop();
  expect(begun).toBe(0);
});
