/** What the commands between store and files have in common: settings, a store that a desk may be using, exit codes. */
import path from 'node:path';
import { readConfig } from '../config.ts';
import { AppError } from '../kernel/app-error.ts';
import { createLogger } from '../kernel/logger.ts';
import { createStorage } from '../storage/storage.ts';
import { type CorpusExchange, createCorpusExchange } from './corpus-exchange.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** A person is waiting at a terminal. */
const PATIENCE_MS = 15_000;

/** @param work returns what is to be said */
export async function runExchange(
  usage: string,
  work: (exchange: CorpusExchange) => Promise<string>,
): Promise<void> {
  try {
    process.stdout.write(`${await withStore(work)}\n`);
  } catch (error) {
    const { message, stack, code } = error as NodeJS.ErrnoException;
    const isUsage = code?.startsWith('ERR_PARSE_ARGS') ?? false;
    process.stderr.write(`${error instanceof AppError || isUsage ? message : stack}\n`);
    if (isUsage) process.stderr.write(`${usage}\n`);
    process.exit(isUsage ? 2 : 1);
  }
}

async function withStore(work: (exchange: CorpusExchange) => Promise<string>): Promise<string> {
  const { mongodbUri, dataDir } = readConfig();
  const storage = await createStorage({
    uri: mongodbUri,
    folder: dataDir,
    share: true,
    logger: createLogger('silent'),
  });
  try {
    const exchange = createCorpusExchange({ root: ROOT, connection: storage.connection });
    if (!(await storage.open(PATIENCE_MS))) {
      const message = `${storage.name} cannot be reached. Start it, or correct MONGODB_URI.`;
      throw new AppError({ code: 'no_store', message });
    }
    return await work(exchange);
  } finally {
    await storage.close();
  }
}
