/** Is this many more than usual? Pure. */

export const BUCKET_MS = 5 * 60_000;
/** Five minutes are too few to tell a rise from chance, an hour is too late to help. */
export const WINDOW_BUCKETS = 3;
export const WINDOW_MS = WINDOW_BUCKETS * BUCKET_MS;

/** A family at one table, or a class that tries the chat, is no incident: so many conversations have to ask. */
export const FEWEST_CONVERSATIONS = 8;
/** People do not ask evenly: twice the usual happens on every Monday, three times does not. */
const TIMES_USUAL = 3;
/**
 * How unlikely the number must be if nothing were up. A desk judges some 70 subjects in some 100 windows a day: with one in
 * a million, chance alone raises an alarm once in five months.
 */
const UNLIKELY = 1e-6;
/** Below this, "usual" is a guess: what is never asked may be asked now and then. */
const LEAST_USUAL = 0.5;
/** With fewer days the time of day says nothing. */
export const FEWEST_DAYS = 3;
/** With less the desk has just been opened, and everything is new. */
const FEWEST_WINDOWS = 8;
/** How busy the desk is, is told by so many other questions; of fewer, one more is already a tenth. */
const FEWEST_OTHERS = 10;
/** The busiest hour has about this many times the questions of the middle one. What goes beyond is no daily round. */
const BUSIEST = 4;

/** P(X ≥ count) of a Poisson variable. */
export function poissonTail(count: number, mean: number): number {
  if (count <= 0) return 1;
  if (mean <= 0) return 0;
  // The first term in logarithms: its factors leave what a number can hold.
  let logTerm = -mean;
  for (let k = 1; k <= count; k += 1) logTerm += Math.log(mean / k);
  let term = Math.exp(logTerm);
  let tail = 0;
  for (let k = count; term > 0 && (k < mean || term > tail * 1e-12); ) {
    tail += term;
    k += 1;
    term *= mean / k;
  }
  return Math.min(1, tail);
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** Counts of earlier windows as long as this one. */
export interface Earlier {
  /** At the same time of day; days that were not counted are left out. */
  readonly sameTime: readonly number[];
  /** Of the last 24 hours. */
  readonly lastDay: readonly number[];
}

/** What is asked at this time of day; where that is not known, what was asked in the last 24 hours. null: too early to say. */
export function usualOf({ sameTime, lastDay }: Earlier): number | null {
  if (sameTime.length >= FEWEST_DAYS) return median(sameTime);
  return lastDay.length >= FEWEST_WINDOWS ? median(lastDay) : null;
}

/**
 * From when on a desk that began to count at `first` knows what is usual: eight earlier windows besides the one it looks
 * at, two hours and ten minutes later.
 */
export function knowsUsualFrom(first: Date): Date {
  return new Date(first.getTime() + FEWEST_WINDOWS * WINDOW_MS + (WINDOW_BUCKETS - 1) * BUCKET_MS);
}

export interface Window {
  /** Questions, each conversation once in five minutes. */
  readonly asked: number;
  /** That differ, as far as it was counted. */
  readonly conversations: number;
  /** null: not known yet. */
  readonly usual: number | null;
  /** All questions there were, and are usual; this one's among them. */
  readonly all: { readonly asked: number; readonly usual: number | null };
}

/** @returns what was to be expected, where more people ask than chance explains; null: no rise */
export function judgeRise({
  asked,
  conversations,
  usual,
  all,
}: Window): { readonly expected: number } | null {
  if (usual === null || conversations < FEWEST_CONVERSATIONS) return null;
  const expected = Math.max(LEAST_USUAL, usual) * busyness(asked, usual, all);
  if (asked < TIMES_USUAL * expected) return null;
  return poissonTail(asked, expected) < UNLIKELY ? { expected } : null;
}

/** In the morning everything is asked more: by how much the other questions are above what is usual; 1 at least. */
function busyness(asked: number, usual: number, all: Window['all']): number {
  const usualOthers = all.usual === null ? 0 : all.usual - usual;
  if (usualOthers < FEWEST_OTHERS) return 1;
  return Math.min(BUSIEST, Math.max(1, (all.asked - asked) / usualOthers));
}
