/** Start: settings, app, listen; on a signal send everybody elsewhere, finish what is under way and stop. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, Server as NetServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type App, createApp } from './app.ts';
import { readConfig } from './config.ts';
import { AppError } from './kernel/app-error.ts';
import { createLogger, type Logger } from './kernel/logger.ts';
import { findRootFolder } from './kernel/root-folder.ts';

const STOP_WITHIN_MS = 10_000;
/** Of that for requests in hand and phones that do not answer; the rest is for what waits to be written. */
const ANSWER_WITHIN_MS = 6_000;
const ONE_WISH_MS = 1_000;
const LAST_REQUEST_MS = 500;

async function start(): Promise<void> {
  const config = readConfig();
  const logger = createLogger(config.logLevel);
  logger.info('opening the store and learning the corpus: this takes some seconds');
  const tracing = await openTraces(config.tracesEndpoint);
  const app = await createApp({
    ...config,
    tracing,
    root: findRootFolder(import.meta.dirname),
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

  let stoppingSince: number | null = null;
  const stop = (signal: NodeJS.Signals): void => {
    if (stoppingSince !== null) {
      // A terminal tells everybody, and whoever started this process tells it once more.
      if (performance.now() - stoppingSince < ONE_WISH_MS) return;
      logger.warn({ signal }, 'told once more: stopping at once');
      process.exit(1);
    }
    stoppingSince = performance.now();
    logger.info({ signal }, 'stopping');
    stopInOrder(app, config.shutdownDelayMs, logger)
      .then(async () => {
        await tracing?.close();
        logger.info('stopped');
        process.exit(0);
      })
      .catch((error: Error) => {
        logger.error({ reason: error.message }, 'not stopped in order');
        process.exit(1);
      });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** Nothing of OpenTelemetry is loaded where no traces are wanted. */
async function openTraces(endpoint: string | undefined) {
  if (endpoint === undefined) return undefined;
  const { openTracing } = await import('./app/open-tracing.ts');
  return openTracing(endpoint);
}

async function stopInOrder(app: App, delayMs: number, logger: Logger): Promise<void> {
  app.drain();
  // Until whoever hands out requests has looked at /readyz, everybody is served.
  await delay(delayMs);
  setTimeout(() => {
    logger.error('not stopped in time');
    process.exit(1);
  }, STOP_WITHIN_MS).unref();
  const closed = close(app.server);
  const patience = delay(ANSWER_WITHIN_MS, undefined, { ref: false });
  await app.moveSocketsAway();
  await app.closeSockets();
  await Promise.race([closed, patience]);
  app.server.closeAllConnections();
  await app.close();
}

/**
 * Resolves when what is under way is answered. Connections kept alive for more are not waited for, but for a moment:
 * whoever is just about to ask again is answered, and told that the connection ends.
 */
async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  // An HTTP server's own would end the idle connections first.
  NetServer.prototype.close.call(server);
  await Promise.race([closed, delay(LAST_REQUEST_MS, undefined, { ref: false })]);
  const idle = setInterval(() => server.closeIdleConnections(), 100).unref();
  await closed;
  clearInterval(idle);
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
