/** Looks for rises, and sees them end. One node does it for all. */
import { groupBy } from '../kernel/group-by.ts';
import type { Logger } from '../kernel/logger.ts';
import { repeat } from '../kernel/repeat.ts';
import { type Bucket, type BucketStore, bucketAt } from './bucket-store.ts';
import {
  BUCKET_MS,
  FEWEST_CONVERSATIONS,
  FEWEST_DAYS,
  judgeRise,
  usualOf,
  WINDOW_BUCKETS,
  WINDOW_MS,
} from './rise.ts';
import { ALL, type Subject } from './subject.ts';
import type { Rise, Suspicion } from './suspicion.ts';

export interface RiseWatchDeps {
  readonly buckets: Pick<BucketStore, 'listSince' | 'counts' | 'findFirst'>;
  readonly suspicions: {
    readonly note: (rise: Rise, at: Date) => Promise<void>;
    readonly listRising: () => Promise<readonly Suspicion[]>;
    readonly end: (id: string, risingAt: Date) => Promise<void>;
  };
  /** An incident is on that is about it: nobody need be told. */
  readonly isKnown: (subject: Subject) => boolean;
  /** Is it this node's turn? */
  readonly takeTurn: (now: Date) => Promise<boolean>;
  readonly isStoreUp: () => boolean;
  readonly logger: Logger;
  readonly now?: () => Date;
  readonly lookEveryMs?: number;
}

export interface RiseWatch {
  readonly look: () => Promise<void>;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

/** Half a minute would do; people who wait for it think that nothing happens. */
const LOOK_EVERY_MS = 10_000;
const DAY_MS = 24 * 60 * 60_000;
const DAYS = 14;
const MOST_SAMPLES = 5;

export function createRiseWatch(deps: RiseWatchDeps): RiseWatch {
  const {
    buckets,
    suspicions,
    isStoreUp,
    logger,
    now = () => new Date(),
    lookEveryMs = LOOK_EVERY_MS,
  } = deps;

  /** Sums of earlier windows, of those in which the desk was counting. */
  const sumsOf = async (subject: Subject, starts: readonly Date[], first: Date): Promise<number[]> => {
    const counted = starts.filter((start) => start >= first);
    const counts = await buckets.counts(subject, counted.flatMap(timesOf));
    return counted.map((start) =>
      timesOf(start).reduce((sum, at) => sum + (counts.get(at.getTime()) ?? 0), 0),
    );
  };
  const usual = async (subject: Subject, start: Date, first: Date | null): Promise<number | null> => {
    if (first === null) return null;
    const sameTime = await sumsOf(subject, startsBefore(start, DAY_MS, DAYS), first);
    const isEnough = sameTime.length >= FEWEST_DAYS;
    const lastDay = isEnough
      ? []
      : await sumsOf(subject, startsBefore(start, WINDOW_MS, DAY_MS / WINDOW_MS), first);
    return usualOf({ sameTime, lastDay });
  };

  const findRises = async (at: Date): Promise<Rise[]> => {
    const start = new Date(bucketAt(at).getTime() - (WINDOW_BUCKETS - 1) * BUCKET_MS);
    const bySubject = groupBy(await buckets.listSince(start), ({ subject }) => subject);
    const many = [...bySubject].filter(
      ([subject, found]) =>
        subject !== ALL && conversationsIn(found) >= FEWEST_CONVERSATIONS && !deps.isKnown(subject),
    );
    if (many.length === 0) return [];
    const first = await buckets.findFirst();
    const all = { asked: sum(bySubject.get(ALL) ?? []), usual: await usual(ALL, start, first) };
    const rises: Rise[] = [];
    for (const [subject, found] of many) {
      const window = {
        asked: sum(found),
        conversations: conversationsIn(found),
        usual: await usual(subject, start, first),
        all,
      };
      const rise = judgeRise(window);
      const samples = [...new Set(found.map(({ sample }) => sample))].slice(-MOST_SAMPLES);
      if (rise !== null) rises.push({ subject, asked: window.asked, usual: rise.expected, samples });
    }
    return rises;
  };

  const look = async (): Promise<void> => {
    const at = now();
    if (!isStoreUp() || !(await deps.takeTurn(at))) return;
    for (const rise of await findRises(at)) await suspicions.note(rise, at);
    for (const { id, risingAt } of await suspicions.listRising())
      if (at.getTime() - risingAt.getTime() >= WINDOW_MS) await suspicions.end(id, risingAt);
  };

  let looking: ReturnType<typeof repeat> | undefined;
  return {
    look,
    start() {
      looking = repeat(look, {
        everyMs: lookEveryMs,
        onError: ({ message: reason }) =>
          logger.warn({ reason }, 'rises of questions cannot be looked for now'),
      });
    },
    async stop() {
      await looking?.stop();
    },
  };
}

function timesOf(start: Date): Date[] {
  return Array.from({ length: WINDOW_BUCKETS }, (_, place) => new Date(start.getTime() + place * BUCKET_MS));
}

function startsBefore(start: Date, everyMs: number, most: number): Date[] {
  return Array.from({ length: most }, (_, place) => new Date(start.getTime() - (place + 1) * everyMs));
}

function sum(buckets: readonly Pick<Bucket, 'count'>[]): number {
  return buckets.reduce((total, { count }) => total + count, 0);
}

function conversationsIn(buckets: readonly Bucket[]): number {
  return new Set(buckets.flatMap(({ tokens }) => tokens)).size;
}
