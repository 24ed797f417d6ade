/** npm run corpus:import: checks intents/ and faq/ and makes them the live release. */
import path from 'node:path';
import { readConfig } from '../config.ts';
import { AppError } from '../kernel/app-error.ts';
import { createLogger } from '../kernel/logger.ts';
import { createStorage } from '../storage/storage.ts';
import { readCorpus } from './load-corpus.ts';
import { createReleaseStore } from './release-store.ts';
import { createReleases, fromFiles } from './releases.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** A person is waiting at a terminal. */
const PATIENCE_MS = 15_000;

async function main(): Promise<string> {
  const { mongodbUri, dataDir } = readConfig();
  const corpus = await readCorpus(ROOT);
  const storage = await createStorage({
    uri: mongodbUri,
    folder: dataDir,
    share: true,
    logger: createLogger('silent'),
  });
  try {
    const releases = createReleases({ store: createReleaseStore(storage.connection) });
    if (!(await storage.open(PATIENCE_MS))) {
      const message = `${storage.name} cannot be reached. Start it, or correct MONGODB_URI.`;
      throw new AppError({ code: 'no_store', message });
    }
    const { number, published } = await releases.publish(
      corpus,
      fromFiles('imported from intents/ and faq/'),
    );
    return published
      ? `release ${number} is live: ${corpus.faq.length} entries. A running desk takes it within seconds.`
      : `nothing to do: the live release ${number} is the same as the files`;
  } finally {
    await storage.close();
  }
}

try {
  process.stdout.write(`${await main()}\n`);
} catch (error) {
  const { message, stack } = error as Error;
  process.stderr.write(`${error instanceof AppError ? message : stack}\n`);
  process.exit(1);
}
