/** How long those who wait have to wait. Pure. */

/** With fewer conversations served of late nothing honest can be said. */
const FEWEST = 5;

/** How one conversation went, in milliseconds. */
export interface Served {
  readonly waitMs: number;
  readonly handlingMs: number;
}

export interface WaitInput {
  /** Place in the queue; 1: the next one. */
  readonly position: number;
  /** Conversations that the agents who are present can hold at a time. */
  readonly slots: number;
  /** Of these, how many are free. */
  readonly free: number;
  /** The conversations closed of late. */
  readonly served: readonly Served[];
  /** The desk gives conversations to whoever is free, at once. */
  readonly isAutomatic: boolean;
}

export interface WaitRange {
  readonly lowMs: number;
  readonly highMs: number;
}

/** Two of three waits lie between these shares. */
const LOW_SHARE = 1 / 6;
const HIGH_SHARE = 5 / 6;
const AT_ONCE: WaitRange = { lowMs: 0, highMs: 60_000 };

/**
 * A range that about two of three waits fall into. Where a slot is free, it is what those served of late had to wait
 * until somebody took them. Otherwise, with s slots busy and a mean handling time of h, a slot gets free every h/s on
 * average; the k-th one is gamma-distributed with mean k·h/s and standard deviation √k·h/s (Erlang distribution, for
 * handling times that vary as telephone calls do). Mean ± one deviation is the range.
 * @returns null: too little is known, or nobody is there
 */
export function estimateWait({ position, slots, free, served, isAutomatic }: WaitInput): WaitRange | null {
  if (slots === 0) return null;
  const turns = position - free;
  if (turns <= 0 && isAutomatic) return AT_ONCE;
  if (served.length < FEWEST) return null;
  if (turns <= 0) {
    const waits = served.map(({ waitMs }) => waitMs).sort((a, b) => a - b);
    return { lowMs: shareOf(waits, LOW_SHARE), highMs: shareOf(waits, HIGH_SHARE) };
  }
  const meanMs = served.reduce((sum, { handlingMs }) => sum + handlingMs, 0) / served.length;
  const gapMs = meanMs / slots;
  return {
    lowMs: Math.round(Math.max(0, turns - Math.sqrt(turns)) * gapMs),
    highMs: Math.round((turns + Math.sqrt(turns)) * gapMs),
  };
}

/** The value below which this share lies. */
function shareOf(sorted: readonly number[], share: number): number {
  return sorted[Math.round(share * (sorted.length - 1))] ?? 0;
}
