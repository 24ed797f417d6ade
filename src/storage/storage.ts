/** Where everything is kept: the embedded default or a MongoDB, connected, migrated and indexed. */
import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import { AppError } from '../kernel/app-error.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Tracing } from '../kernel/tracing.ts';
import { MIGRATIONS } from './all-migrations.ts';
import { BACK_OFF, type BackOff, waitAfter } from './back-off.ts';
import { startEmbedded } from './embedded.ts';
import { ensureIndexes } from './ensure-indexes.ts';
import { createLink } from './link.ts';
import { type Migration, runMigrations } from './migrations.ts';
import { createStoreClock } from './store-clock.ts';

/** The embedded server listens already when it is connected to: on a busy machine that may take its time. */
const EMBEDDED_PATIENCE_MS = 30_000;

export interface StorageOptions {
  /** undefined: the embedded server in `folder`. */
  readonly uri: string | undefined;
  /** Absolute. */
  readonly folder: string;
  readonly logger: Logger;
  /** In the order of their numbers; the product's own when left out. */
  readonly migrations?: readonly Migration[];
  /** Use the embedded server of a process that runs on the folder already: for commands beside a desk. */
  readonly share?: boolean;
  readonly backOff?: BackOff;
  /** Left out: no traces are kept. */
  readonly tracing?: Tracing | undefined;
}

export interface NotReadyReason {
  readonly code: 'store_refused' | 'store_preparing' | 'store_away';
  readonly message: string;
}

export interface Storage {
  /** For the stores to declare their models on, before `open`. */
  readonly connection: Connection;
  /** "mongodb://host/database" or "the embedded store in folder": for people, without secrets. */
  readonly name: string;
  /** Connected, migrated and indexed: stores may be used. */
  readonly isUp: () => boolean;
  /** By the clock of the store, which all nodes share; by this machine's until it was connected once. */
  readonly now: () => Date;
  /** `up` and `down` alternate, beginning with `up`. */
  readonly events: EventEmitter<{ up: []; down: [] }>;
  /** From now on tells how long each command took, with what was waited for the connection. Asked for before `open`. */
  readonly onCommand: (listener: (tookMs: number) => void) => void;
  /**
   * Connects, and goes on trying for as long as it takes.
   * @param patienceMs how long to wait for the connection to a MongoDB; what is done over it is waited for
   *   without limit, as long as it does not fail
   * @returns whether the store is up; when not, `up` tells later
   * @throws AppError when what is found forbids to go on: `migration_failed`, `store_too_new`, `bad_index`
   */
  readonly open: (patienceMs: number) => Promise<boolean>;
  /** Why the store cannot be used: a code and a sentence each; empty when it can. */
  readonly notReadyReasons: () => NotReadyReason[];
  readonly close: () => Promise<void>;
}

/**
 * The storage of one process, not yet connected. Nothing is dropped or changed in it but by migrations.
 * @throws AppError `folder_in_use` or `bad_store` (embedded), `bad_config` (address that cannot be read)
 */
export async function createStorage(options: StorageOptions): Promise<Storage> {
  const { uri, folder, logger, migrations = MIGRATIONS, share = false, backOff = BACK_OFF } = options;
  const embedded = uri === undefined ? await startEmbedded(folder, { share }) : undefined;
  const link = createLink({
    ...(uri === undefined ? { name: `the embedded store in ${folder}` } : {}),
    uri: uri ?? embedded?.uri ?? '',
    logger,
    backOff,
    tracing: options.tracing,
  });
  const events: Storage['events'] = new EventEmitter();
  let up = false;
  const closing = new AbortController();
  const clock = createStoreClock({
    async ask() {
      const { localTime } = await link.connection.getClient().db('admin').command({ hello: 1 });
      return localTime as Date;
    },
    // The embedded store is in this process and has its clock.
    isUp: () => up && embedded === undefined,
    onError: ({ message: reason }) => logger.debug({ reason }, 'the time cannot be asked for now'),
    onWrong: (offMs) =>
      logger.warn(
        { offMs },
        "this machine's clock is not the database's: the database's counts; set both right",
      ),
  });
  let refusal: AppError | undefined;
  let preparing: Promise<void> | undefined;
  /** Why the last attempt to prepare the store failed, when another is to come. */
  let fault = '';
  let failOnce = (): void => undefined;
  const failedOnce = new Promise<void>((resolve) => {
    failOnce = resolve;
  });
  let awaySince = new Date();

  const prepare = async (): Promise<void> => {
    refusal = undefined;
    for (let failures = 1; link.isUp() && !closing.signal.aborted; failures++) {
      try {
        if (embedded === undefined) await clock.look();
        await runMigrations(link.connection.getClient().db(link.connection.name), migrations, { logger });
        await ensureIndexes(link.connection, logger);
        if (!link.isUp() || closing.signal.aborted) return;
        up = true;
        fault = '';
        events.emit('up');
        return;
      } catch (error) {
        if (closing.signal.aborted) return;
        if (error instanceof AppError) {
          refusal = error;
          logger.error({ code: error.code }, error.message);
          return;
        }
        const waitMs = waitAfter(failures, backOff, Math.random());
        fault = (error as Error).message;
        logger.warn({ reason: fault, waitMs }, 'the store cannot be prepared yet');
        failOnce();
        await delay(waitMs, undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
  };

  link.events.on('up', () => {
    preparing ??= prepare().finally(() => {
      preparing = undefined;
    });
  });
  link.events.on('down', () => {
    awaySince = new Date();
    if (!up) return;
    up = false;
    events.emit('down');
  });

  return {
    connection: link.connection,
    name: link.name,
    events,
    onCommand: link.onCommand,
    isUp: () => up,
    now: embedded === undefined ? clock.now : () => new Date(),
    async open(patienceMs) {
      const mostMs = embedded === undefined ? patienceMs : EMBEDDED_PATIENCE_MS;
      const connected = once(link.events, 'up', { signal: AbortSignal.timeout(mostMs) });
      link.open();
      await connected.catch(() => undefined);
      // An attempt that failed is repeated in the background: the bot starts without.
      await Promise.race([preparing, failedOnce]);
      if (refusal !== undefined) throw refusal;
      return up;
    },
    notReadyReasons() {
      if (up) return [];
      if (refusal !== undefined)
        return [{ code: 'store_refused', message: `the store was refused: ${refusal.message}` }];
      if (link.isUp()) {
        const message =
          fault === '' ? 'the store is being prepared' : `the store cannot be prepared: ${fault}`;
        return [{ code: 'store_preparing', message }];
      }
      const message = `the database is away since ${awaySince.toISOString()}: questions are answered from memory`;
      return [{ code: 'store_away', message }];
    },
    async close() {
      closing.abort();
      // A look that is under way is given up with the connection.
      const stopped = clock.stop();
      await link.close();
      await stopped;
      await preparing;
      await embedded?.close();
    },
  };
}
