/** A file of the console that cannot be fetched: the desk is away, or has another console by now. */
import { expect, test } from 'vitest';
import { loadWhenReachable } from '../../web-console/shell/load-later.ts';

/** @param tries what happens at each try to load: it succeeds, or fails while the desk is away or there */
async function load(tries: readonly ('loads' | 'away' | 'there')[]) {
  let at = 0;
  let told = 0;
  let pauses = 0;
  const outcome = await loadWhenReachable(
    async () => {
      if (tries[at] !== 'loads') throw new TypeError(`try ${at}`);
      return 'dialog';
    },
    {
      isReachable: async () => tries[at++] === 'there',
      onAway: () => {
        told++;
      },
      pause: async () => {
        pauses++;
      },
    },
  ).catch((error: TypeError) => error.message);
  return { outcome, told, pauses };
}

test.each([
  ['nothing is wrong', ['loads'], { outcome: 'dialog', told: 0, pauses: 0 }],
  ['the desk is away for a while', ['away', 'away', 'loads'], { outcome: 'dialog', told: 1, pauses: 2 }],
  ['the break was just over', ['there', 'loads'], { outcome: 'dialog', told: 0, pauses: 0 }],
  ['the file is gone', ['there', 'there'], { outcome: 'try 1', told: 0, pauses: 0 }],
  [
    'the desk comes back with another console',
    ['away', 'there', 'there'],
    { outcome: 'try 2', told: 1, pauses: 1 },
  ],
] as const)('when %s', async (_, tries, expected) => {
  expect(await load(tries)).toEqual(expected);
});
