/** The desk's half of a challenge and the browser's: what is solved is taken, once, and nothing else is. */
import { createHash, createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it, test } from 'vitest';
import { createProofOfWork } from '../../src/challenges/proof-of-work.ts';
import { CHALLENGE_RULES } from '../../src/kernel/limits.ts';
import { createHead, LONGEST_TEXT } from '../../web-widget/challenge/sha256-head.ts';
import { type Pace, solveChallenge } from '../../web-widget/challenge/solve-challenge.ts';

const HERE = '203.0.113.7';
const ELSEWHERE = '203.0.113.8';
let clockMs = 0;
const tick = (): number => {
  clockMs += 10;
  return clockMs;
};
/** Time passes whenever somebody looks. */
const BUSY: Pace = { rest: async () => true, now: tick, isHidden: () => false };

let at = 0;
let spent: Set<string>;
const sign = (key: string) => async () => (text: string) =>
  createHmac('sha256', key).update(text).digest('base64url');
const createDesk = (more: object = {}) =>
  createProofOfWork({
    bits: 6,
    parts: 3,
    validMs: 120_000,
    openSign: sign('of the desk'),
    async spend(seed) {
      if (spent.has(seed)) return false;
      spent.add(seed);
      return true;
    },
    now: () => new Date(at),
    ...more,
  });
beforeEach(() => {
  at = Date.parse('2026-11-30T09:00:00Z');
  spent = new Set();
});
const solve = async (desk: ReturnType<typeof createDesk>, network: string): Promise<string> =>
  (await solveChallenge(await desk.pose(network), BUSY))!;

test('the browser hashes as the standard says, whatever the length', () => {
  for (let length = 1; length <= LONGEST_TEXT - 3; length++) {
    const prefix = 'x'.repeat(length);
    for (const number of [0, 9, 10, 99, 100, 417]) {
      const known = createHash('sha256').update(`${prefix}${number}`).digest().readInt32BE();
      expect(createHead(prefix)(number)).toBe(known);
    }
  }
});

test('what is hashed at the default difficulty fits into the one block that the browser hashes', async () => {
  const { seed, parts } = await createDesk(CHALLENGE_RULES).pose(HERE);
  expect(`${seed}.${parts}.999999999`.length).toBeLessThanOrEqual(LONGEST_TEXT);
});

test('giving up in between solves nothing', async () => {
  const posed = await createDesk({ bits: 30 }).pose(HERE);
  let rests = 0;
  const rest = async (): Promise<boolean> => ++rests < 3;
  expect(await solveChallenge(posed, { ...BUSY, rest })).toBeUndefined();
});

describe('a solution', () => {
  it('is taken once, also by another node with the same key', async () => {
    const [desk, other] = [createDesk(), createDesk()];
    const solution = await solve(desk, HERE);
    expect(await other.accept(solution, HERE)).toBe(true);
    expect(await desk.accept(solution, HERE)).toBe(false);
    expect(await other.accept(solution, HERE)).toBe(false);
  });

  it('is taken for its time, from the network that it was posed to', async () => {
    const desk = createDesk();
    const solution = await solve(desk, HERE);
    expect(await desk.accept(solution, ELSEWHERE)).toBe(false);
    at += 119_999;
    const late = await solve(createDesk({ now: () => new Date(at - 119_999) }), HERE);
    expect(await desk.accept(late, HERE)).toBe(true);
    at += 1;
    expect(await desk.accept(solution, HERE)).toBe(false);
  });

  it('of a desk before its difficulty was raised is taken still', async () => {
    const solution = await solve(createDesk(), HERE);
    expect(await createDesk({ bits: 20, parts: 8 }).accept(solution, HERE)).toBe(true);
  });

  const swap = (place: number, by: (part: string) => string) => (solution: string) => {
    const [token = '', found] = solution.split(':');
    const parts = token.split('.');
    parts[place] = by(parts[place]!);
    return `${parts.join('.')}:${found}`;
  };
  it.each<[string, (solution: string) => string]>([
    ['with a longer time', swap(0, (until) => String(Number(until) + 1_000_000))],
    ['with another seed', swap(1, (seed) => [...seed].reverse().join(''))],
    ['with fewer bits', swap(2, () => '0')],
    ['with fewer parts', (solution) => swap(3, () => '1')(solution).replace(/,.*/, '')],
    ['without a signature', swap(4, () => '')],
    ['with a signature made up', swap(4, (signature) => 'A'.repeat(signature.length))],
    ['with numbers made up', (solution) => solution.replace(/:.*/, ':1,2,3')],
    ['with one number only', (solution) => solution.replace(/,.*/, '')],
    ['with one number three times', (solution) => solution.replace(/:(\d+).*/, ':$1,$1,$1')],
    ['of nothing', () => ''],
    ['of whatever', () => '$ne'],
    ['very long', (solution) => `${solution}${',1'.repeat(10_000)}`],
  ])('%s is refused, and costs the store nothing', async (_name, forge) => {
    const desk = createDesk({ bits: 12 });
    const forged = forge(await solve(desk, HERE));
    expect(await desk.accept(forged, HERE)).toBe(false);
    expect(spent.size).toBe(0);
  });

  it('of somebody who has made a key is refused', async () => {
    const solution = await solve(createDesk({ openSign: sign('made up') }), HERE);
    expect(await createDesk().accept(solution, HERE)).toBe(false);
  });
});
