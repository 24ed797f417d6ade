/** Solves what the desk asks a new device to solve while a flood comes from its address: a second of work, nothing to see. */
import type { ChallengeView } from '../../src/contracts/challenge.ts';
import { createHead } from './sha256-head.ts';

/** The page stays alive in between: what is typed meanwhile is seen at once. */
const WORK_MS = 25;
/** Browsers let a page in the background work once a second. */
const HIDDEN_WORK_MS = 500;
const TRIES_AT_ONCE = 200;

export interface Pace {
  /** Between two pieces of work; false: it is not wanted any more. */
  readonly rest: () => Promise<boolean>;
  readonly now: () => number;
  readonly isHidden: () => boolean;
}

/** @returns undefined: given up */
export async function solveChallenge(
  { token, seed, bits, parts }: ChallengeView,
  { rest, now, isHidden }: Pace,
): Promise<string | undefined> {
  const found: number[] = [];
  let until = now() + WORK_MS;
  while (found.length < parts) {
    const head = createHead(`${seed}.${found.length}.`);
    let number = 0;
    while (Math.clz32(head(number)) < bits) {
      number += 1;
      if (number % TRIES_AT_ONCE !== 0 || now() < until) continue;
      if (!(await rest())) return undefined;
      until = now() + (isHidden() ? HIDDEN_WORK_MS : WORK_MS);
    }
    found.push(number);
  }
  return `${token}:${found.join(',')}`;
}
