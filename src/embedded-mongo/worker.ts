/** The server in a thread of its own, so that a long query does not hold up the program that uses it. */
import { parentPort, workerData } from 'node:worker_threads';
import { type ServeOptions, serve } from './serve.ts';
import { EmbeddedMongoError } from './store/store-folder.ts';

export type FromWorker =
  | { readonly uri: string }
  | {
      readonly failed: { readonly code?: string; readonly message: string; readonly uri: string | undefined };
    }
  | { readonly closed: true };

const say = (message: FromWorker): void => parentPort?.postMessage(message);

try {
  const serving = await serve(workerData as ServeOptions);
  parentPort?.once('message', () => void serving.close().then(() => say({ closed: true })));
  say({ uri: serving.uri });
} catch (error) {
  const { code, uri } = error instanceof EmbeddedMongoError ? error : { code: undefined, uri: undefined };
  say({ failed: { ...(code === undefined ? {} : { code }), message: (error as Error).message, uri } });
}
