/** The corpus that answers: the live release, or the files while the store cannot be read. */
import { AppError } from '../kernel/app-error.ts';
import type { Logger } from '../kernel/logger.ts';
import { type AnswerBook, createAnswerBook } from './answer-book.ts';
import type { Corpus } from './corpus.ts';
import { checksumOf, type Release } from './release.ts';
import type { Releases } from './releases.ts';
import { trainCorpus } from './train-corpus.ts';

/** How soon a release that went live elsewhere is taken over: a few seconds, for one read of a tiny document. */
const LOOK_EVERY_MS = 2_000;

export interface LiveCorpusDeps {
  readonly releases: Releases;
  /** Reads and checks intents/ and faq/. @throws AppError `bad_corpus` */
  readonly readFiles: () => Promise<Corpus>;
  readonly isStoreUp: () => boolean;
  readonly logger: Logger;
  readonly lookEveryMs?: number;
}

export interface LiveCorpus {
  readonly book: () => AnswerBook;
  /** Which release answers; null: the files, not yet known to be one. */
  readonly release: () => number | null;
  /** Follows the live release no longer. */
  readonly stop: () => void;
}

/**
 * Loads and trains what shall answer, seeds an empty store from the files, and from then on follows the live
 * release. Without the store, or with a live release that cannot be read, the files answer.
 * @throws AppError `bad_corpus` when there is neither a live release nor a corpus in the files
 */
export async function openLiveCorpus(deps: LiveCorpusDeps): Promise<LiveCorpus> {
  const { releases, readFiles, isStoreUp, logger, lookEveryMs = LOOK_EVERY_MS } = deps;
  const files = await readFiles().catch((error: unknown) => error);
  const filesChecksum = isCorpus(files) ? checksumOf(files) : null;
  /** A release that could not be used: said once, not at every look. */
  let unusable: number | null = null;

  const findLive = async (): Promise<number | null> => {
    const number = await releases.findLiveNumber();
    return number ?? (isCorpus(files) ? releases.seed(files) : null);
  };

  const getLive = async (number: number): Promise<Release | null> => {
    try {
      const release = await releases.get(number);
      unusable = null;
      return release;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      unusable = number;
      logger.error(
        { release: number },
        `${error.message} What answered before goes on answering. To put the files in its place: npm run corpus:import`,
      );
      return null;
    }
  };

  const compareFiles = ({ number, checksum }: Release): void => {
    if (filesChecksum === null) {
      const { message } = files as Error;
      logger.warn({ release: number }, `The files in intents/ and faq/ are not used: ${message}`);
    } else if (filesChecksum !== checksum) {
      logger.warn(
        { release: number },
        `The files in intents/ and faq/ differ from the live release ${number}, which answers. To publish them: npm run corpus:import`,
      );
    }
  };

  const findFirst = async (): Promise<Release | null> => {
    if (!isStoreUp()) return null;
    try {
      const number = await findLive();
      return number === null ? null : await getLive(number);
    } catch (error) {
      logger.warn({ reason: (error as Error).message }, 'the live release cannot be read yet');
      return null;
    }
  };

  const first = await findFirst();
  if (first === null && !isCorpus(files)) throw files;
  if (first === null) logger.warn('the files in intents/ and faq/ answer until the live release can be read');
  else compareFiles(first);

  let current = train(first?.corpus ?? (files as Corpus), first, logger);

  /** Goes over to the live release when another one answers. Training holds everything else up for seconds. */
  const refresh = async (): Promise<void> => {
    const number = await findLive();
    if (number === null || number === current.release || number === unusable) return;
    const release = await getLive(number);
    if (release === null) return;
    if (current.release === null) compareFiles(release);
    const same = release.checksum === (current.checksum ?? filesChecksum);
    if (same) current = { ...current, release: number, checksum: release.checksum };
    else current = train(release.corpus, release, logger);
    logger.info({ release: number }, 'the live release answers');
  };

  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const look = async (): Promise<void> => {
    try {
      if (isStoreUp()) await refresh();
    } catch (error) {
      if (!stopped) logger.warn({ reason: (error as Error).message }, 'the live release cannot be looked up');
    }
    if (!stopped) timer = setTimeout(look, lookEveryMs).unref();
  };
  timer = setTimeout(look, lookEveryMs).unref();

  return {
    book: () => current.book,
    release: () => current.release,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

interface Trained {
  readonly book: AnswerBook;
  readonly release: number | null;
  readonly checksum: string | null;
}

function train(corpus: Corpus, release: Release | null, logger: Logger): Trained {
  const startedAt = performance.now();
  const book = createAnswerBook(corpus, trainCorpus(corpus));
  logger.info(
    {
      release: release?.number ?? null,
      entries: corpus.faq.length,
      phrases: corpus.intents.reduce((sum, intent) => sum + intent.phrases.length, 0),
      trainMs: Math.round(performance.now() - startedAt),
    },
    'corpus ready',
  );
  return { book, release: release?.number ?? null, checksum: release?.checksum ?? null };
}

function isCorpus(files: unknown): files is Corpus {
  return !(files instanceof Error);
}
