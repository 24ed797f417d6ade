/** The composition root: the only file that knows every room. */
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { createAnswerBook } from './corpus/answer-book.ts';
import { createAnswerRoutes } from './corpus/answers.routes.ts';
import { readCorpus } from './corpus/load-corpus.ts';
import { trainCorpus } from './corpus/train-corpus.ts';
import { createHttpApp } from './http/http-app.ts';
import type { Logger } from './kernel/logger.ts';

export interface AppOptions {
  /** Folder that holds intents/, faq/, web-widget/ and dist/. */
  readonly root: string;
  readonly logger: Logger;
}

/**
 * Loads and trains the corpus and puts the rooms together.
 * @returns a server that is ready to listen
 * @throws AppError `bad_corpus` that lists every problem in the corpus files
 */
export async function createApp({ root, logger }: AppOptions): Promise<Server> {
  const startedAt = performance.now();
  const corpus = await readCorpus(root);
  const loadedAt = performance.now();
  const book = createAnswerBook(corpus, trainCorpus(corpus));
  logger.info(
    {
      entries: corpus.faq.length,
      phrases: corpus.intents.reduce((sum, intent) => sum + intent.phrases.length, 0),
      loadMs: Math.round(loadedAt - startedAt),
      trainMs: Math.round(performance.now() - loadedAt),
    },
    'corpus ready',
  );
  return createServer(
    createHttpApp({
      logger,
      apiRoutes: [createAnswerRoutes(book)],
      staticFolders: [path.join(root, 'web-widget', 'public'), path.join(root, 'dist', 'web')],
      notReadyReasons: () => [],
    }),
  );
}
