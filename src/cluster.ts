/**
 * Start on all processors of one machine: several identical processes (main.ts) behind one port, with the embedded store
 * in this one where there is no MongoDB. SIGHUP replaces them one by one, SIGTERM ends all in order.
 */
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { setupPrimary } from '@socket.io/cluster-adapter';
import { archiveFolderOf } from './app/archive-folder.ts';
import { workersFolder } from './app/many-nodes.ts';
import { readConfig } from './config.ts';
import { AppError } from './kernel/app-error.ts';
import { inTurn } from './kernel/in-turn.ts';
import { createLogger } from './kernel/logger.ts';
import { startEmbedded } from './storage/embedded.ts';

/** A process that dies at once is not started again faster than this. */
const AGAIN_AFTER_MS = 1_000;

async function start(): Promise<void> {
  const config = readConfig();
  const { mongodbUri, redisUrl, dataDir, logLevel, workers = availableParallelism() } = config;
  const logger = createLogger(logLevel);
  const archiveDir = archiveFolderOf(config);
  const store = mongodbUri === undefined ? await startEmbedded(dataDir) : undefined;
  const folder = workersFolder(process.pid);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // As this file is: TypeScript, or built.
  const exec = path.join(import.meta.dirname, `main${path.extname(import.meta.filename)}`);
  cluster.setupPrimary({ exec, serialization: 'advanced' });
  if (redisUrl === undefined) setupPrimary();

  let isStopping = false;
  /** Those that are told to go are not missed. */
  const leaving = new Set<Worker>();
  const launch = async (): Promise<void> => {
    const worker = cluster.fork({
      MONGODB_URI: mongodbUri ?? store?.uri,
      // All of them are on this machine: as one process has it, so have they.
      ...(archiveDir === null ? {} : { ARCHIVE_DIR: archiveDir }),
    });
    const listens = new Promise<boolean>((resolve) => {
      worker.on('listening', ({ addressType }) => addressType !== -1 && resolve(true));
      worker.once('exit', () => resolve(false));
    });
    worker.once('exit', (code, signal) => {
      if (isStopping || leaving.delete(worker)) return;
      logger.error({ worker: worker.id, code, signal }, 'a worker is gone: another takes its place');
      setTimeout(() => void launch(), AGAIN_AFTER_MS);
    });
    if (await listens) logger.info({ worker: worker.id, pid: worker.process.pid }, 'a worker listens');
  };
  const replace = async (): Promise<void> => {
    for (const old of Object.values(cluster.workers ?? {})) {
      if (old === undefined || isStopping) continue;
      await launch();
      leaving.add(old);
      const gone = once(old, 'exit');
      old.process.kill('SIGTERM');
      await gone;
    }
    logger.info('all workers are replaced');
  };
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    const workersLeft = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
    // Told once more they end at once, as one process does.
    for (const worker of workersLeft) worker.process.kill(signal);
    if (isStopping) return;
    isStopping = true;
    await Promise.all(workersLeft.map((worker) => once(worker, 'exit')));
    await store?.close();
    await rm(folder, { recursive: true, force: true });
    // One that had not begun to serve yet is ended by the signal itself: null.
    process.exit(workersLeft.some(({ process: { exitCode } }) => exitCode === 1) ? 1 : 0);
  };

  // What only one may do, such as filling an empty store, is done when the others come.
  await launch();
  if (Object.keys(cluster.workers ?? {}).length === 0) {
    await store?.close();
    process.exit(1);
  }
  const replaceAll = inTurn(replace);
  process.on('SIGHUP', () => void replaceAll());
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
  for (let count = 1; count < workers && !isStopping; count++) await launch();
  if (isStopping) return;
  logger.info({ workers }, 'all workers listen');
}

try {
  await start();
} catch (error) {
  const { message, stack } = error as Error;
  process.stderr.write(`${error instanceof AppError ? message : stack}\n`);
  process.exit(1);
}
