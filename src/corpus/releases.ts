/** Storing releases of the corpus and finding the live one. */
import { AppError } from '../kernel/app-error.ts';
import type { Corpus } from './corpus.ts';
import { checksumOf, parseRelease, type Release, type ReleaseRecord, toRecord } from './release.ts';

export interface ReleasesDeps {
  readonly store: {
    readonly insert: (release: ReleaseRecord) => Promise<boolean>;
    readonly find: (number: number) => Promise<unknown>;
    readonly findNewestNumber: () => Promise<number | null>;
    readonly findLiveNumber: () => Promise<number | null>;
    readonly makeFirstLive: (number: number, at: Date) => Promise<void>;
    readonly changeLive: (before: number, number: number, at: Date) => Promise<boolean>;
  };
  readonly now?: () => Date;
}

export interface Releases {
  /** The number of the live release; null on an empty store. */
  readonly findLiveNumber: () => Promise<number | null>;
  /** @throws AppError `bad_release` when it is not there, damaged, or in a newer format */
  readonly get: (number: number) => Promise<Release>;
  /** Makes a corpus release 1 and live on an empty store; with two nodes at once, the first one's. */
  readonly seed: (corpus: Corpus) => Promise<number>;
  /**
   * Stores a corpus as the next release and makes it live; the same corpus as the live one makes none. May be
   * repeated after it broke off: a release that was stored already is not stored again.
   * @throws AppError `release_conflict` when another release went live meanwhile
   */
  readonly publish: (corpus: Corpus, note: string) => Promise<{ number: number; published: boolean }>;
}

/** The use cases of releases. Every one is a chain of single-document steps that can be repeated. */
export function createReleases({ store, now = () => new Date() }: ReleasesDeps): Releases {
  const get = async (number: number): Promise<Release> => {
    const stored = await store.find(number);
    if (stored === null)
      throw new AppError({ code: 'bad_release', message: `Release ${number} is not in the store.` });
    return parseRelease(stored);
  };

  /** A damaged release is like no other: it can be replaced by publishing the same files again. */
  const holds = async (number: number, checksum: string): Promise<boolean> => {
    try {
      return (await get(number)).checksum === checksum;
    } catch (error) {
      if (error instanceof AppError && error.code === 'bad_release') return false;
      throw error;
    }
  };

  const storeNext = async (corpus: Corpus, note: string): Promise<number> => {
    const checksum = checksumOf(corpus);
    for (;;) {
      const newest = (await store.findNewestNumber()) ?? 0;
      if (newest > 0 && (await holds(newest, checksum))) return newest;
      if (await store.insert(toRecord(corpus, newest + 1, now(), note))) return newest + 1;
    }
  };

  const seed = async (corpus: Corpus): Promise<number> => {
    if ((await store.findNewestNumber()) === null)
      await store.insert(toRecord(corpus, 1, now(), 'seeded from intents/ and faq/'));
    await store.makeFirstLive((await store.findNewestNumber()) ?? 1, now());
    return (await store.findLiveNumber()) ?? 1;
  };

  return {
    findLiveNumber: store.findLiveNumber,
    get,
    seed,
    async publish(corpus, note) {
      const found = await store.findLiveNumber();
      const before = found ?? (await seed(corpus));
      if (await holds(before, checksumOf(corpus))) return { number: before, published: found === null };
      const number = await storeNext(corpus, note);
      const changed = await store.changeLive(before, number, now());
      if (!changed && (await store.findLiveNumber()) !== number) {
        throw new AppError({
          code: 'release_conflict',
          message: `Another release than ${before} went live meanwhile. Release ${number} is stored but not live; look at what is live, then run the command again.`,
        });
      }
      return { number, published: true };
    },
  };
}
