/** Storing releases of the corpus, finding the live one, and making another one live on all nodes at once. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../kernel/app-error.ts';
import type { Corpus } from './corpus.ts';
import {
  checksumOf,
  type LiveRelease,
  parseRelease,
  type Release,
  type ReleaseRecord,
  type ReleaseSummary,
  toRecord,
} from './release.ts';
import type { ReleaseStore } from './release-store.ts';

export interface ReleasesDeps {
  readonly store: ReleaseStore;
  readonly now?: () => Date;
  /** How long nodes are waited for. */
  readonly patienceMs?: number;
}

/** How a release came about. */
export type Making = Pick<
  ReleaseSummary,
  'by' | 'scheduledBy' | 'notes' | 'draft' | 'answeredFor' | 'totals'
>;

/** Of a release that the desk makes of files. */
export const fromFiles = (notes: string): Making => ({
  by: null,
  scheduledBy: null,
  notes,
  draft: null,
  answeredFor: null,
  totals: null,
});

export interface Releases {
  readonly findLive: () => Promise<LiveRelease | null>;
  /** @throws AppError `bad_release` when it is not there, damaged, or in a newer format */
  readonly get: (number: number) => Promise<Release>;
  /** Newest first. @param before numbers from there on are left out */
  readonly list: (before: number, most: number) => Promise<readonly (ReleaseSummary & { number: number })[]>;
  /** Makes a corpus release 1 and live on an empty store; with two nodes at once, the first one's. */
  readonly seed: (corpus: Corpus) => Promise<number>;
  /**
   * Stores a corpus as the next release and makes it live; the same corpus as the live one makes none. May be
   * repeated after it broke off: a release that was stored already is not stored again.
   * @throws AppError `release_conflict` when another release went live meanwhile
   */
  readonly publish: (corpus: Corpus, making: Making) => Promise<{ number: number; published: boolean }>;
  /**
   * Makes a stored release live in place of `before`: first every node gets it ready, then all go over at once.
   * @throws AppError `release_conflict` when another one than `before` is live, `bad_release`
   */
  readonly goLive: (before: number, number: number) => Promise<void>;
  /** Says which releases a node could answer with at once; every few seconds, or it counts as gone. */
  readonly reportReady: (node: string, ready: readonly number[]) => Promise<void>;
  readonly leave: (node: string) => Promise<void>;
  /** The release that the files said the same as last; null: nobody noted one. */
  readonly findFilesNumber: () => Promise<number | null>;
  /** To be told when the files and a release say the same. */
  readonly noteFiles: (number: number) => Promise<void>;
}

/** A node that said nothing for so long is gone. */
const NODE_GONE_MS = 15_000;
/** Training takes seconds; who is not ready by then goes over when it is. */
const PATIENCE_MS = 60_000;
const LOOK_AGAIN_MS = 100;
/** With other nodes about, the moment at which all go over lies so far ahead that each has seen it (live-corpus.ts). */
const LEAD_MS = 750;

/** The use cases of releases. Every one is a chain of single-document steps that can be repeated. */
export function createReleases({
  store,
  now = () => new Date(),
  patienceMs = PATIENCE_MS,
}: ReleasesDeps): Releases {
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

  const insert = async (corpus: Corpus, number: number, making: Making): Promise<boolean> => {
    const record = toRecord(corpus, number, now(), making.notes);
    if (!(await store.insert(record))) return false;
    await store.saveSummary(number, { ...sizeOf(record), ...making });
    return true;
  };

  const storeNext = async (corpus: Corpus, making: Making): Promise<number> => {
    const checksum = checksumOf(corpus);
    for (;;) {
      const newest = (await store.findNewestNumber()) ?? 0;
      if (newest > 0 && (await holds(newest, checksum))) return newest;
      if (await insert(corpus, newest + 1, making)) return newest + 1;
    }
  };

  const seed = async (corpus: Corpus): Promise<number> => {
    if ((await store.findNewestNumber()) === null) {
      const isFirst = await insert(corpus, 1, fromFiles('Nội dung ban đầu, từ các tệp intents/ và faq/'));
      if (isFirst) await store.noteFiles(1, now());
    }
    await store.makeFirstLive((await store.findNewestNumber()) ?? 1, now());
    return (await store.findLive())?.number ?? 1;
  };

  const listNodes = () => store.listNodes(new Date(now().getTime() - NODE_GONE_MS));

  /** Waits until every node that is about has it ready, or patience ends. */
  const waitForNodes = async (number: number): Promise<number> => {
    const until = now().getTime() + patienceMs;
    for (;;) {
      const nodes = await listNodes();
      if (nodes.every(({ ready }) => ready.includes(number)) || now().getTime() >= until) return nodes.length;
      await sleep(LOOK_AGAIN_MS);
    }
  };

  const goLive = async (before: number, number: number): Promise<void> => {
    const live = (await store.findLive())?.number;
    if (live === number) return;
    if (live !== before) throw conflict(before, number);
    await store.announceNext(number);
    const nodes = await waitForNodes(number);
    const at = new Date(now().getTime() + (nodes > 1 ? LEAD_MS : 0));
    if ((await store.changeLive(before, number, at)) || (await store.findLive())?.number === number) return;
    throw conflict(before, number);
  };

  /** Releases that older programs stored have no summary; they get one when they are listed. */
  const summarise = async (number: number): Promise<void> => {
    const record = (await store.find(number)) as ReleaseRecord | null;
    if (record === null) return;
    await store.saveSummary(number, { ...sizeOf(record), ...fromFiles(record.note) });
  };

  return {
    findLive: store.findLive,
    get,
    seed,
    goLive,
    async list(before, most) {
      const newest = (await store.findNewestNumber()) ?? 0;
      const first = Math.min(before - 1, newest);
      const found = await store.listSummaries(before, most);
      const known = new Set(found.map(({ number }) => number));
      const missing = Array.from({ length: Math.min(most, first) }, (_, at) => first - at).filter(
        (number) => !known.has(number),
      );
      if (missing.length === 0) return found;
      for (const number of missing) await summarise(number);
      return store.listSummaries(before, most);
    },
    async publish(corpus, making) {
      const found = await store.findLive();
      const before = found?.number ?? (await seed(corpus));
      if (await holds(before, checksumOf(corpus))) return { number: before, published: found === null };
      const number = await storeNext(corpus, making);
      await goLive(before, number);
      return { number, published: true };
    },
    reportReady: (node, ready) => store.saveNode(node, ready, now()),
    leave: store.removeNode,
    findFilesNumber: store.findFilesNumber,
    noteFiles: (number) => store.noteFiles(number, now()),
  };
}

const conflict = (before: number, number: number): AppError =>
  new AppError({
    code: 'release_conflict',
    message: `Another release than ${before} went live meanwhile. Release ${number} is stored but not live; look at what is live, then try again.`,
  });

function sizeOf({ at, content }: ReleaseRecord): Pick<ReleaseSummary, 'at' | 'entries' | 'phrases'> {
  const phrases = content.intents.reduce((sum, intent) => sum + intent.phrases.length, 0);
  return { at, entries: content.faq.length, phrases };
}
