/** How long to wait before the next attempt. */

export interface BackOff {
  readonly firstMs: number;
  readonly mostMs: number;
}

/** Soon enough for a database that restarts, seldom enough not to disturb one that struggles. */
export const BACK_OFF: BackOff = { firstMs: 500, mostMs: 30_000 };

/**
 * Milliseconds to wait after a number of failures in a row: doubled each time up to a bound, of which the
 * upper half is left to chance so that several nodes do not come back at the same moment.
 * @param failures from 1 on
 * @param random 0..1
 */
export function waitAfter(failures: number, { firstMs, mostMs }: BackOff, random: number): number {
  const longest = Math.min(mostMs, firstMs * 2 ** (failures - 1));
  return Math.round(longest * (0.5 + random / 2));
}
