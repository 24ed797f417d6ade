/** The composition root: the only file that knows every room. */
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { createAnswerRoutes } from './corpus/answers.routes.ts';
import { openLiveCorpus } from './corpus/live-corpus.ts';
import { readCorpus } from './corpus/load-corpus.ts';
import { createReleaseStore } from './corpus/release-store.ts';
import { createReleases } from './corpus/releases.ts';
import { createQuestionLog } from './curation/question-log.ts';
import { createQuestionLogStore } from './curation/question-log-store.ts';
import { createHttpApp } from './http/http-app.ts';
import type { Logger } from './kernel/logger.ts';
import { createStorage } from './storage/storage.ts';

export interface AppOptions {
  /** Folder that holds intents/, faq/, web-widget/ and dist/. */
  readonly root: string;
  /** undefined: the embedded store in `dataDir`. */
  readonly mongodbUri?: string | undefined;
  /** Absolute. */
  readonly dataDir: string;
  readonly logger: Logger;
}

export interface App {
  /** Ready to listen; whoever listens closes it before `close`. */
  readonly server: Server;
  /** Writes what is waiting and lets go of the store. To be called once, when the server answers no more. */
  readonly close: () => Promise<void>;
}

/** A database in reach answers in milliseconds; one that is away is not to hold up the bot. */
const STORE_PATIENCE_MS = 2_000;

/**
 * Opens the store, loads and trains the live corpus and puts the rooms together. With the database away it
 * starts all the same, answers from the files, and goes over to the store when that comes.
 * @throws AppError that says what to mend: a data folder in use, a store that must not be touched, a corpus
 *   that is wrong
 */
export async function createApp({ root, mongodbUri, dataDir, logger }: AppOptions): Promise<App> {
  // Read while the store is on its way up; what is wrong with the files is said by whoever needs them.
  const files = readCorpus(root);
  files.catch(() => undefined);
  const storage = await createStorage({ uri: mongodbUri, folder: dataDir, logger });
  try {
    const releases = createReleases({ store: createReleaseStore(storage.connection) });
    const questionStore = createQuestionLogStore(storage.connection);
    await storage.open(STORE_PATIENCE_MS);

    const corpus = await openLiveCorpus({
      releases,
      readFiles: () => files,
      isStoreUp: storage.isUp,
      logger,
    });
    const questions = createQuestionLog({ store: questionStore, isStoreUp: storage.isUp, logger });

    const answerRoutes = createAnswerRoutes({
      book: corpus.book,
      noteAnswered: (text, { redactions, platform = null, decision, intent, confidence, candidates }) =>
        questions.note({
          text,
          redactions,
          platform,
          decision,
          intent,
          confidence,
          candidates,
          release: corpus.release(),
        }),
    });
    const server = createServer(
      createHttpApp({
        logger,
        apiRoutes: [answerRoutes],
        staticFolders: [path.join(root, 'web-widget', 'public'), path.join(root, 'dist', 'web')],
        notReadyReasons: storage.notReadyReasons,
      }),
    );
    return {
      server,
      async close() {
        corpus.stop();
        await questions.close();
        await storage.close();
      },
    };
  } catch (error) {
    await storage.close();
    throw error;
  }
}
