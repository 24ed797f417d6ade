/** How long those who wait have to wait. Pure. */

/** With fewer conversations handled of late nothing honest can be said. */
const FEWEST = 5;

export interface WaitInput {
  /** Place in the queue; 1: the next one. */
  readonly position: number;
  /** Conversations that the agents who are present can hold at a time. */
  readonly slots: number;
  /** Of these, how many are free. */
  readonly free: number;
  /** How long each of the conversations closed of late took, in milliseconds. */
  readonly handlingMs: readonly number[];
}

/**
 * A range that about two of three waits fall into. With s slots busy and a mean handling time of h, a slot gets
 * free every h/s on average; the k-th one is gamma-distributed with mean k·h/s and standard deviation √k·h/s
 * (Erlang distribution, for handling times that vary as telephone calls do). Mean ± one deviation is the range.
 * @returns null: too little is known, or nobody is there
 */
export function estimateWait({ position, slots, free, handlingMs }: WaitInput): {
  readonly lowMs: number;
  readonly highMs: number;
} | null {
  if (slots === 0) return null;
  if (position <= free) return { lowMs: 0, highMs: 60_000 };
  if (handlingMs.length < FEWEST) return null;
  const meanMs = handlingMs.reduce((sum, one) => sum + one, 0) / handlingMs.length;
  const gapMs = meanMs / slots;
  const turns = position - free;
  return {
    lowMs: Math.round(Math.max(0, turns - Math.sqrt(turns)) * gapMs),
    highMs: Math.round((turns + Math.sqrt(turns)) * gapMs),
  };
}
