/** How long to wait before the next try. */

const FIRST_MS = 1_000;
const LONGEST_MS = 8_000;

/**
 * 1 s, 2 s, 4 s, 8 s, each somewhere between half and all of it: after an outage phones do not come back at once.
 * @param attempt how many tries have failed before, from 0
 * @param random 0 … 1
 */
export function backOffMs(attempt: number, random: number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round((whole / 2) * (1 + random));
}
