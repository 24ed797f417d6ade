import type { StaffMessage } from '../../../src/contracts/console.ts';

type Candidates = NonNullable<StaffMessage['understanding']>['candidates'];

/** Less is shown as 0%, and says nothing. */
const LEAST = 0.01;

/** Below this the corpus was only guessing: teaching it would mostly teach it wrong. */
export const LEAST_TAUGHT = 0.1;

/** The candidates that are worth a line. */
export function likelyOf(candidates: Candidates): Candidates {
  return candidates.filter(({ confidence }) => confidence >= LEAST);
}
