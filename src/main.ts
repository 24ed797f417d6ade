/** Start: settings, app, listen; on a signal finish what is under way and stop. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { AppError } from './kernel/app-error.ts';
import { createLogger } from './kernel/logger.ts';

const STOP_WITHIN_MS = 10_000;

async function start(): Promise<void> {
  const config = readConfig();
  const logger = createLogger(config.logLevel);
  logger.info('opening the store and learning the corpus: this takes some seconds');
  const app = await createApp({
    ...config,
    root: path.resolve(import.meta.dirname, '..'),
    printOnce: (line) => process.stderr.write(line),
    logger,
  });
  const { server } = app;
  server.listen(config.port, config.host);
  await once(server, 'listening').catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  const { port } = server.address() as AddressInfo;
  logger.info({ url: `http://localhost:${port}` }, 'listening');

  const stop = (signal: NodeJS.Signals): void => {
    logger.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    server.close(() => {
      app.close().then(
        () => process.exit(0),
        (error: Error) => {
          logger.error({ reason: error.message }, 'not stopped in order');
          process.exit(1);
        },
      );
    });
    void app.closeSockets();
    // What is under way is answered; connections kept alive for more would hold the stop up.
    setInterval(() => server.closeIdleConnections(), 100).unref();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** What to tell the operator: a sentence for what he can mend, a stack for what he cannot. */
function explainFailure(error: NodeJS.ErrnoException): string {
  if (error instanceof AppError) return error.message;
  if (error.code === 'EADDRINUSE')
    return `${error.message}. Set PORT to a free port, or stop what uses this one.`;
  if (error.code === 'EACCES') return `${error.message}. Set PORT to 1024 or above.`;
  if (error.code === 'ENOTFOUND' || error.code === 'EADDRNOTAVAIL')
    return `${error.message}. Set HOST to an address of this machine.`;
  return error.stack ?? String(error);
}

try {
  await start();
} catch (error) {
  process.stderr.write(`${explainFailure(error as NodeJS.ErrnoException)}\n`);
  process.exit(1);
}
