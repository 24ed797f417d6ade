/**
 * A MongoDB-compatible server inside this process, for when there is no MongoDB: the unmodified driver connects to it
 * by a Unix socket. What it can do and what not: docs/embedded-mongo.md.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ServeOptions, Serving } from './serve.ts';
import { EmbeddedMongoError, type EmbeddedMongoErrorCode } from './store/store-folder.ts';
import type { FromWorker } from './worker.ts';

export { EmbeddedMongoError } from './store/store-folder.ts';
export type EmbeddedMongo = Serving;

/** After its thread failed the server is started again, not faster than this. */
const RESTART_AFTER_MS = 1_000;

/**
 * Starts the server in a thread of its own; should that fail later, it is started again on the same address.
 * @returns the address for MongoClient or mongoose, without a database name; `close` ends connections, waits for what
 *   is being written, and gives the folder free
 * @throws EmbeddedMongoError `folder_in_use` (its `uri` is the server that has it), `damaged`, `unusable_folder`
 */
export async function startEmbeddedMongo(options: ServeOptions): Promise<EmbeddedMongo> {
  let closing: Promise<void> | undefined;
  let restarting: NodeJS.Timeout | undefined;
  /** The thread is dead, and another is not there yet. */
  let isDown = false;

  const launch = async (): Promise<{ worker: Worker; uri: string }> => {
    const worker = new Worker(new URL('./thread.mjs', import.meta.url), {
      workerData: options,
      execArgv: [],
    });
    const [first] = (await once(worker, 'message')) as [FromWorker];
    if ('failed' in first) {
      await worker.terminate();
      const { code, message, uri } = first.failed;
      throw code === undefined
        ? new Error(message)
        : new EmbeddedMongoError(code as EmbeddedMongoErrorCode, message, uri);
    }
    worker.unref();
    worker.once('error', restart);
    return { worker, uri: (first as { uri: string }).uri };
  };
  const restart = (error: Error): void => {
    if (closing !== undefined) return;
    isDown = true;
    process.emitWarning(`the embedded store failed and is started again: ${error.stack ?? error.message}`);
    restarting = setTimeout(() => {
      running = launch();
      running.then(() => {
        isDown = false;
      }, restart);
    }, RESTART_AFTER_MS);
  };

  let running = launch();
  const { uri } = await running;
  return {
    uri,
    close() {
      closing ??= (async () => {
        clearTimeout(restarting);
        if (isDown) return;
        const { worker } = await running;
        worker.ref();
        const closed = once(worker, 'message');
        worker.postMessage('close');
        await closed;
        await worker.terminate();
      })();
      return closing;
    },
  };
}
