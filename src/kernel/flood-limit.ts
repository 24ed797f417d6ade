/** Counting in memory who does how much: a bucket for each key that fills up again evenly. */
import { AppError } from './app-error.ts';
import type { Limit } from './limits.ts';

export type Taken = { readonly allowed: true } | { readonly allowed: false; readonly retryAfterMs: number };

export interface FloodLimit {
  /** Counts one, unless there are too many. What is refused costs nothing more. */
  readonly take: (key: string) => Taken;
  /** Would one more be refused? Counts nothing. */
  readonly isUsedUp: (key: string) => boolean;
}

/** About 100 bytes each: 10 MB at most for each limit, whoever makes up how many keys. */
const MOST_KEYS = 100_000;
const ALLOWED: Taken = { allowed: true };

/** @param now monotonic, in milliseconds */
export function createFloodLimit(
  { points, windowMs }: Limit,
  now: () => number = () => performance.now(),
): FloodLimit {
  const costMs = windowMs / points;
  /** When the bucket of a key will be full again; those that are full are not in it. Oldest first. */
  const fullAt = new Map<string, number>();
  const makeRoom = (at: number): void => {
    for (const [key, full] of fullAt) if (full <= at) fullAt.delete(key);
    // Nothing is over yet: the oldest half goes, which lets a few off rather than refusing everybody.
    let surplus = fullAt.size - MOST_KEYS / 2;
    for (const key of fullAt.keys()) {
      if (surplus-- <= 0) break;
      fullAt.delete(key);
    }
  };
  const waitMs = (key: string, at: number): number =>
    Math.max(fullAt.get(key) ?? 0, at) + costMs - at - windowMs;

  return {
    take(key) {
      const at = now();
      const missingMs = waitMs(key, at);
      if (missingMs > EPSILON_MS) return { allowed: false, retryAfterMs: Math.ceil(missingMs) };
      if (fullAt.size >= MOST_KEYS && !fullAt.has(key)) makeRoom(at);
      fullAt.set(key, Math.max(fullAt.get(key) ?? 0, at) + costMs);
      return ALLOWED;
    },
    isUsedUp: (key) => waitMs(key, now()) > EPSILON_MS,
  };
}

/** Sums of fractions are not exact. */
const EPSILON_MS = 1e-6;

/** @throws AppError `too_many_requests` */
export function refuseTooMany(taken: Taken): void {
  if (taken.allowed) return;
  const { retryAfterMs } = taken;
  throw new AppError({ code: 'too_many_requests', message: 'of one address', retryAfterMs });
}
