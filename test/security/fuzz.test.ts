/** The short form of `npm run fuzz`. */
import { expect, it } from 'vitest';
import { runFuzz } from './fuzz/run-fuzz.ts';

it('2,000 inputs at every endpoint and command: no error of the desk, and an answer to each', async () => {
  const { inputs, answers, failures } = await runFuzz({ inputs: 2_000, seed: 20_261_129 });
  expect(failures).toEqual([]);
  expect(inputs).toBeGreaterThanOrEqual(2_000);
  // It gets behind the contracts: much is taken, and refused for reasons of the rooms.
  expect([...answers.keys()].filter((answer) => /→ (?:ok|20\d)$/.test(answer)).length).toBeGreaterThan(25);
});
