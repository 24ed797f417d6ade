/** How much the process has in hand, and whether contacts are put off so that agents are served. */
import { AppError } from './app-error.ts';
import { LOAD_LIMITS } from './limits.ts';

export interface Load {
  /** Contacts are put off just now. */
  readonly isHigh: () => boolean;
  /** Does something for a contact and counts it as long as it takes. @throws AppError `busy` while the load is high */
  readonly carryOut: <Result>(perform: () => Promise<Result> | Result) => Promise<Result>;
  /** Counts something that is taken on for a contact. @returns tells that it is done; null: not now */
  readonly begin: () => (() => void) | null;
  /** How many were put off since the start. */
  readonly putOff: () => number;
  readonly inHand: () => number;
  /** By how much the event loop was late when it was last looked, in milliseconds. */
  readonly lagMs: () => number;
  readonly stop: () => void;
}

export interface LoadDeps {
  readonly limits?: {
    readonly inHand: number;
    readonly lagMs: number;
    readonly samples: number;
    readonly sampleEveryMs: number;
    readonly calmAfterMs: number;
  };
  /** Told when it gets high, and when that is over. */
  readonly onChange?: (isHigh: boolean) => void;
  readonly now?: () => number;
  readonly random?: () => number;
}

const RETRY_AFTER_MS = 2_000;
/** Not everybody at once: between one and three times as long. */
const RETRY_SPREAD = 2;

export function createLoad({
  limits = LOAD_LIMITS,
  onChange = () => undefined,
  now = () => performance.now(),
  random = Math.random,
}: LoadDeps = {}): Load {
  let inHand = 0;
  let putOff = 0;
  let lagMs = 0;
  let lateInARow = 0;
  let highUntil = Number.NEGATIVE_INFINITY;
  let wasHigh = false;

  const raise = (): void => {
    highUntil = now() + limits.calmAfterMs;
    if (wasHigh) return;
    wasHigh = true;
    onChange(true);
  };
  const isHigh = (): boolean => {
    if (inHand >= limits.inHand) raise();
    return now() < highUntil;
  };

  let expectedAt = now() + limits.sampleEveryMs;
  // What stands in the event loop also stands before this timer.
  const timer = setInterval(() => {
    const at = now();
    lagMs = Math.max(0, at - expectedAt);
    lateInARow = lagMs > limits.lagMs ? lateInARow + 1 : 0;
    expectedAt = at + limits.sampleEveryMs;
    if (lateInARow >= limits.samples) raise();
    if (!wasHigh || isHigh()) return;
    wasHigh = false;
    onChange(false);
  }, limits.sampleEveryMs).unref();

  const begin: Load['begin'] = () => {
    if (isHigh()) {
      putOff += 1;
      return null;
    }
    inHand += 1;
    let done = false;
    return () => {
      if (!done) inHand -= 1;
      done = true;
    };
  };

  return {
    isHigh,
    begin,
    async carryOut(perform) {
      const end = begin();
      if (end === null) throw busy(random());
      try {
        return await perform();
      } finally {
        end();
      }
    },
    putOff: () => putOff,
    inHand: () => inHand,
    lagMs: () => lagMs,
    stop: () => clearInterval(timer),
  };
}

/** @param random 0 … 1 */
export function busy(random: number): AppError {
  const retryAfterMs = Math.round(RETRY_AFTER_MS * (1 + RETRY_SPREAD * random));
  return new AppError({ code: 'busy', message: 'too much in hand', retryAfterMs });
}
