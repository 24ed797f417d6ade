/**
 * The time that all nodes of a desk share: the store's. The clock of a node may be wrong, and may be set while it runs;
 * between two looks at the store it only says how much time has gone by, by the clock that nobody sets.
 */
import { repeat } from '../kernel/repeat.ts';

export interface StoreClockDeps {
  /** What the clock of the store's server says. */
  readonly ask: () => Promise<Date>;
  readonly isUp: () => boolean;
  readonly onError: (error: Error) => void;
  /** By how much this machine's clock is wrong, when that is far more than a look can be. */
  readonly onWrong: (offMs: number) => void;
  readonly everyMs?: number;
  /** Milliseconds since whenever. */
  readonly elapsed?: () => number;
  readonly own?: () => number;
}

export interface StoreClock {
  /** This machine's time until the store was asked once. */
  readonly now: () => Date;
  /** Asks now. */
  readonly look: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const EVERY_MS = 10_000;
const FAR_OFF_MS = 5_000;
/** The store tells whole milliseconds. */
const GRAIN_MS = 1;

export function createStoreClock(deps: StoreClockDeps): StoreClock {
  const { elapsed = () => performance.now(), own = () => Date.now() } = deps;
  /** Store's time minus time gone by. */
  let offset: number | null = null;
  let isWrong = false;

  const look = async (): Promise<void> => {
    const asked = elapsed();
    const told = (await deps.ask()).getTime();
    const answered = elapsed();
    // It was read somewhere between: what agrees with that is left alone, so that time does not jump to and fro.
    const agrees =
      offset !== null && asked + offset <= told + GRAIN_MS && told - GRAIN_MS <= answered + offset;
    if (!agrees) offset = told - (asked + answered) / 2;
    const offMs = Math.round(own() - elapsed() - (offset ?? 0));
    const isFarOff = Math.abs(offMs) > FAR_OFF_MS;
    if (isFarOff && !isWrong) deps.onWrong(offMs);
    isWrong = isFarOff;
  };
  const looking = repeat(async () => void (deps.isUp() && (await look())), {
    everyMs: deps.everyMs ?? EVERY_MS,
    onError: deps.onError,
  });

  return {
    now: () => new Date(offset === null ? own() : elapsed() + offset),
    look,
    stop: looking.stop,
  };
}
