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
  const server = await createApp({ root: path.resolve(import.meta.dirname, '..'), logger });
  server.listen(config.port, config.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  logger.info({ url: `http://localhost:${port}` }, 'listening');

  const stop = (signal: NodeJS.Signals): void => {
    logger.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

try {
  await start();
} catch (error) {
  const known = error instanceof AppError || (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  process.stderr.write(known ? `${(error as Error).message}\n` : `${(error as Error).stack}\n`);
  process.exit(1);
}
