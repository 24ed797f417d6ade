/**
 * A MongoDB-compatible server inside this process, for when there is no MongoDB: the unmodified driver connects to it
 * by a Unix socket. What it can do and what not: docs/embedded-mongo.md.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ServeOptions, Serving } from './serve.ts';
import { EmbeddedMongoError, type EmbeddedMongoErrorCode } from './store-folder.ts';
import type { FromWorker } from './worker.ts';

export { EmbeddedMongoError } from './store-folder.ts';
export type EmbeddedMongo = Serving;

/**
 * Starts the server in a thread of its own.
 * @returns the address for MongoClient or mongoose, without a database name; `close` ends connections, waits for what
 *   is being written, and gives the folder free
 * @throws EmbeddedMongoError `folder_in_use` (its `uri` is the server that has it), `damaged`, `unusable_folder`
 */
export async function startEmbeddedMongo(options: ServeOptions): Promise<EmbeddedMongo> {
  const worker = new Worker(new URL('./thread.mjs', import.meta.url), { workerData: options, execArgv: [] });
  const [first] = (await once(worker, 'message')) as [FromWorker];
  if ('failed' in first) {
    await worker.terminate();
    const { code, message, uri } = first.failed;
    if (code === undefined) throw new Error(message);
    throw new EmbeddedMongoError(code as EmbeddedMongoErrorCode, message, uri);
  }
  worker.unref();
  let closing: Promise<void> | undefined;
  return {
    uri: (first as { uri: string }).uri,
    close() {
      closing ??= (async () => {
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
