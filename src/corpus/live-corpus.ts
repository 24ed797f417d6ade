/** The corpus that answers: the live release, or the files while the store cannot be read. */
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { openEngine, trainImage } from '../answering/engine.ts';
import { doAtOnce } from '../answering/pieces.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Logger } from '../kernel/logger.ts';
import { repeat } from '../kernel/repeat.ts';
import { type AnswerBook, createAnswerBook } from './answer-book.ts';
import { createFilesComparison, type FilesComparisonDeps } from './compare-files.ts';
import type { Corpus } from './corpus.ts';
import { imageKeyOf, packImage, unpackEngine } from './engine-image.ts';
import type { EngineImageStore } from './engine-image-store.ts';
import { checksumOf, type LiveRelease, type Release } from './release.ts';
import type { Releases } from './releases.ts';
import { toTrainingSet } from './train-corpus.ts';
import type { Workshop } from './workshop.ts';

/** How soon a release that goes live elsewhere is seen: half a second, for one read of a tiny document. */
const LOOK_EVERY_MS = 500;
/** How often a node says that it is there. */
const REPORT_EVERY_MS = 5_000;
/** The live release and the one before it: going back takes no time. About 60 MB each. */
const MOST_KEPT = 2;

export interface LiveCorpusDeps {
  readonly releases: Releases;
  readonly images: EngineImageStore;
  readonly workshop: Workshop;
  /** Reads and checks intents/ and faq/. @throws AppError `bad_corpus` */
  readonly readFiles: () => Promise<Corpus>;
  /** Of the corpus in the files, without holding up this thread. */
  readonly readChecksum: FilesComparisonDeps['readChecksum'];
  readonly isStoreUp: () => boolean;
  /** As those who make releases live have it. */
  readonly now?: () => Date;
  readonly logger: Logger;
  readonly lookEveryMs?: number;
  readonly compareFilesAfterMs?: number;
}

export interface LiveCorpus {
  readonly book: () => AnswerBook;
  /** Which release answers; null: the files, not yet known to be one. */
  readonly release: () => number | null;
  readonly events: EventEmitter<{ readonly released: [release: number] }>;
  /** Looks at once, instead of in half a second. */
  readonly look: () => Promise<void>;
  /** Follows the live release no longer. */
  readonly stop: () => Promise<void>;
}

/** What can answer. */
interface Ready {
  readonly book: AnswerBook;
  readonly release: number | null;
  readonly checksum: string;
}

/**
 * Loads and trains what shall answer, seeds an empty store from the files, and from then on follows the live
 * release. Without the store, or with a live release that cannot be read, the files answer.
 * @throws AppError `bad_corpus` when there is neither a live release nor a corpus in the files
 */
export async function openLiveCorpus(deps: LiveCorpusDeps): Promise<LiveCorpus> {
  const { releases, images, workshop, readFiles, isStoreUp, logger, lookEveryMs = LOOK_EVERY_MS } = deps;
  const { now = () => new Date() } = deps;
  const node = randomUUID();
  const events: LiveCorpus['events'] = new EventEmitter();
  let files: Promise<Corpus | Error> | undefined;
  /** Only where nothing else can answer: taking the files apart costs more than all else at a start. */
  const findFiles = (): Promise<Corpus | Error> => {
    files ??= readFiles().catch((error: Error) => error);
    return files;
  };
  const filesComparison = createFilesComparison({
    readChecksum: deps.readChecksum,
    logger,
    ...(deps.compareFilesAfterMs === undefined ? {} : { afterMs: deps.compareFilesAfterMs }),
  });
  /** Releases that could not be used: said once, not at every look. */
  const unusable = new Set<number>();

  const findLive = async (): Promise<LiveRelease | null> => {
    const live = await releases.findLive();
    if (live !== null) return live;
    const corpus = await findFiles();
    if (corpus instanceof Error) return null;
    await releases.seed(corpus);
    return releases.findLive();
  };

  const getRelease = async (number: number): Promise<Release | null> => {
    try {
      return await releases.get(number);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      unusable.add(number);
      logger.error(
        { release: number },
        `${error.message} What answered before goes on answering. To put the files in its place: npm run corpus:import -- --publish`,
      );
      return null;
    }
  };

  const findFirst = async (): Promise<Release | null> => {
    if (!isStoreUp()) return null;
    try {
      const live = await findLive();
      return live === null ? null : await getRelease(live.number);
    } catch (error) {
      logger.warn({ reason: (error as Error).message }, 'the live release cannot be read yet');
      return null;
    }
  };

  const say = ({ corpus, release, startedAt, how }: Opened): void => {
    const phrases = corpus.intents.reduce((sum, intent) => sum + intent.phrases.length, 0);
    const tookMs = Math.round(performance.now() - startedAt);
    logger.info({ release, entries: corpus.faq.length, phrases, tookMs, how }, 'corpus ready');
  };

  /** A trained engine that was kept; null: there is none, or none that can be used. */
  const openKept = async (corpus: Corpus, checksum: string) => {
    const bytes = await images.find(imageKeyOf(checksum));
    if (bytes === null) return null;
    try {
      return await unpackEngine(bytes, corpus);
    } catch (error) {
      logger.warn({ reason: (error as Error).message }, 'a kept engine cannot be used: it is trained again');
      return null;
    }
  };

  /** At the start nothing else is to be done: training in this thread is the quickest. */
  const openFirst = async ({ number, corpus, checksum }: First): Promise<Ready> => {
    const startedAt = performance.now();
    const kept = number === null ? null : await openKept(corpus, checksum).catch(() => null);
    const training = toTrainingSet(corpus);
    const image = kept === null ? trainImage(training) : null;
    const engine = kept ?? doAtOnce(openEngine(image!, training));
    say({ corpus, release: number, startedAt, how: kept === null ? 'trained' : 'kept' });
    if (image !== null && number !== null) {
      saving = packImage(image)
        .then((bytes) => images.save(imageKeyOf(checksum), bytes, new Date()))
        .catch((error: Error) => logger.warn({ reason: error.message }, 'the engine cannot be kept now'));
    }
    return { book: createAnswerBook(corpus, engine), release: number, checksum };
  };

  /** Makes a release ready while another one answers. */
  const open = async ({ number, checksum, corpus }: Release): Promise<Ready> => {
    const startedAt = performance.now();
    let engine = await openKept(corpus, checksum);
    const how = engine === null ? 'trained' : 'kept';
    if (engine === null) {
      const bytes = await workshop.run('train', { corpus });
      await images.save(imageKeyOf(checksum), bytes, new Date());
      engine = await unpackEngine(bytes, corpus);
    }
    say({ corpus, release: number, startedAt, how });
    return { book: createAnswerBook(corpus, engine), release: number, checksum };
  };

  let saving: Promise<void> = Promise.resolve();
  const getFiles = async (): Promise<First> => {
    const corpus = await findFiles();
    if (corpus instanceof Error) throw corpus;
    logger.warn('the files in intents/ and faq/ answer until the live release can be read');
    return { number: null, corpus, checksum: checksumOf(corpus) };
  };
  const live = await findFirst();
  let current = await openFirst(live ?? (await getFiles()));
  if (live !== null) filesComparison.compareWith(live);
  /** Newest first. */
  let kept: readonly Ready[] = [current];

  const keep = (ready: Ready): Ready => {
    kept = [ready, ...kept.filter(({ release }) => release !== ready.release && release !== null)];
    // What answers stays, whatever is made ready beside it.
    kept = kept.filter((one, at) => at < MOST_KEPT || one === current);
    return ready;
  };

  const isReady = (number: number): boolean => kept.some(({ release }) => release === number);

  const makeReady = async (number: number): Promise<Ready | null> => {
    const known = kept.find(({ release }) => release === number);
    if (known !== undefined) return known;
    if (unusable.has(number)) return null;
    const release = await getRelease(number);
    if (release === null) return null;
    if (current.release === null) filesComparison.compareWith(release);
    const same = kept.find(({ checksum }) => checksum === release.checksum);
    return keep(same === undefined ? await open(release) : { ...same, release: number });
  };

  const report = (): Promise<void> =>
    releases.reportReady(
      node,
      kept.flatMap(({ release }) => (release === null ? [] : [release])),
    );

  /** Makes ready what is to come, and goes over to the live release when its time has come. */
  const look = async (): Promise<void> => {
    const live = await findLive();
    if (live === null) return;
    if (live.next !== null && !isReady(live.next)) {
      await makeReady(live.next);
      await report();
    }
    if (live.number !== current.release) {
      const ready = await makeReady(live.number);
      await report();
      if (ready === null) return;
      await until(live.at, now());
      current = ready;
      keep(ready);
      logger.info({ release: live.number }, 'the live release answers');
      events.emit('released', live.number);
    }
  };

  /** One look at a time. */
  let looking: Promise<void> = Promise.resolve();
  const lookInTurn = (): Promise<void> => {
    looking = looking.catch(() => undefined).then(look);
    return looking;
  };
  const following = repeat(async () => (isStoreUp() ? lookInTurn() : undefined), {
    everyMs: lookEveryMs,
    onError: ({ message: reason }) => logger.warn({ reason }, 'the live release cannot be looked up'),
  });
  // Beside the looks: one of them may train for minutes, and its node is not gone meanwhile.
  const reporting = repeat(async () => (isStoreUp() ? report() : undefined), {
    everyMs: REPORT_EVERY_MS,
    onError: ({ message: reason }) => logger.warn({ reason }, 'the other nodes cannot be told of this one'),
  });
  if (isStoreUp()) await report().catch(() => undefined);

  return {
    book: () => current.book,
    release: () => current.release,
    events,
    look: lookInTurn,
    async stop() {
      filesComparison.stop();
      await workshop.stop();
      await Promise.all([following.stop(), reporting.stop()]);
      await looking.catch(() => undefined);
      await saving;
      if (isStoreUp()) await releases.leave(node).catch(() => undefined);
    },
  };
}

interface Opened {
  readonly corpus: Corpus;
  readonly release: number | null;
  readonly startedAt: number;
  readonly how: 'trained' | 'kept';
}

/** A clock that runs behind ends no wait early by more than that; one far ahead holds nothing up. */
const LONGEST_WAIT_MS = 5_000;

async function until(at: Date, now: Date): Promise<void> {
  const ms = Math.min(at.getTime() - now.getTime(), LONGEST_WAIT_MS);
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}

/** What answers first: the live release, or the files. */
type First = Pick<Release, 'corpus' | 'checksum'> & { readonly number: number | null };
