/** The server itself, in the thread that calls this. */

import { openStore } from './store/store.ts';
import {
  claimFolder,
  dataFile,
  inspectFolder,
  keepToOneself,
  listen,
  markFolder,
  prepareFolder,
  release,
} from './store/store-folder.ts';
import { deleteExpired } from './store/ttl.ts';
import { createCursors } from './wire/cursors.ts';
import { createServer } from './wire/server.ts';

export interface ServeOptions {
  /** Where the data is kept; made when it is not there. */
  readonly folder: string;
  /** How often expired documents are looked for, in milliseconds; as mongod: 60,000. */
  readonly ttlIntervalMs?: number;
}

export interface Serving {
  readonly uri: string;
  close(): Promise<void>;
}

const TTL_INTERVAL_MS = 60_000;

/** @throws EmbeddedMongoError when the folder is in use, damaged or not writable */
export async function serve({ folder, ttlIntervalMs = TTL_INTERVAL_MS }: ServeOptions): Promise<Serving> {
  await prepareFolder(folder);
  return claimFolder(folder, async () => {
    const known = await inspectFolder(folder);
    const store = openStore(dataFile(folder));
    await keepToOneself(folder);
    if (!known) {
      await store.write(() => undefined);
      await markFolder(folder);
    }
    const cursors = createCursors();
    const { net, closeAll } = createServer({ store, cursors, startedAt: Date.now() });
    const uri = await listen(net, folder);

    let sweeping: Promise<unknown> = Promise.resolve();
    let sweepFailed = false;
    const sweep = setInterval(() => {
      sweeping = sweeping
        .then(() => deleteExpired(store, Date.now()))
        .then(
          () => {
            sweepFailed = false;
          },
          (error: Error) => {
            // A full disk keeps expired documents; they go with the first sweep after it has room again.
            if (!sweepFailed) process.emitWarning(`expired documents could not be deleted: ${error.message}`);
            sweepFailed = true;
          },
        );
    }, ttlIntervalMs);
    sweep.unref();

    return {
      uri,
      async close() {
        clearInterval(sweep);
        const closed = new Promise<void>((resolve) => net.close(() => resolve()));
        closeAll();
        await closed;
        await sweeping;
        cursors.close();
        await store.close();
        await release(folder, uri);
      },
    };
  });
}
