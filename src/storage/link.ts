/** The connection to a MongoDB: tried until it holds, watched from then on. */
import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { type Connection, createConnection, mongo } from 'mongoose';
import { AppError } from '../kernel/app-error.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Tracing } from '../kernel/tracing.ts';
import { BACK_OFF, type BackOff, waitAfter } from './back-off.ts';
import { failLostWrites } from './fail-lost-writes.ts';
import { databaseOf, describeUri, withoutSecrets } from './mongodb-uri.ts';
import { timeCommands, traceCommands } from './watch-commands.ts';

/** Long enough for an election in a replica set to be over mostly, short enough for a person who waits. */
const SELECTION_MS = 5_000;
/** How soon a database that comes back is noticed; the driver's own 10 s is long for a chat. */
const HEARTBEAT_MS = 2_000;
/** Also how long a server that accepts and does not answer passes for one that is there. */
const CONNECT_MS = 5_000;

const WRITABLE: ReadonlySet<string> = new Set(['Standalone', 'RSPrimary', 'Mongos', 'LoadBalancer']);

export interface LinkOptions {
  readonly uri: string;
  /** For the log and for people; the address without secrets when left out. */
  readonly name?: string;
  readonly logger: Logger;
  readonly backOff?: BackOff;
  readonly tracing?: Tracing | undefined;
}

export interface Link {
  readonly connection: Connection;
  /** For the log and for people, without secrets. */
  readonly name: string;
  /** A server that takes writes is connected. */
  readonly isUp: () => boolean;
  /** `up` and `down` alternate, beginning with `up`. */
  readonly events: EventEmitter<{ up: []; down: [] }>;
  readonly onCommand: (listener: (tookMs: number) => void) => void;
  /** Begins to connect and returns at once. The first connection is retried for ever; later drops the driver heals. */
  readonly open: () => void;
  readonly close: () => Promise<void>;
}

/**
 * A connection of its own through mongoose, not yet opened, so that models can be declared on it. Options in
 * the address go before those set here.
 * @throws AppError `bad_config` when the driver cannot read the address
 */
export function createLink(options: LinkOptions): Link {
  const { uri, name = describeUri(options.uri), logger, backOff = BACK_OFF, tracing } = options;
  refuseUnreadable(uri);
  failLostWrites();
  const connection = createConnection();
  const events: Link['events'] = new EventEmitter();
  const closing = new AbortController();
  let up = false;
  let listener: ((tookMs: number) => void) | undefined;

  const turn = (now: boolean): void => {
    if (now === up) return;
    up = now;
    if (now) logger.info({ database: name }, 'the database is connected');
    else if (!closing.signal.aborted) logger.warn({ database: name }, 'the database is away');
    events.emit(now ? 'up' : 'down');
  };

  const connect = async (): Promise<void> => {
    for (let failures = 1; !closing.signal.aborted; failures++) {
      try {
        await connection.openUri(uri, {
          ...optionsBeside(uri),
          dbName: databaseOf(uri),
          monitorCommands: tracing !== undefined,
        });
        connection
          .getClient()
          .on('topologyDescriptionChanged', ({ newDescription }) =>
            turn([...newDescription.servers.values()].some(({ type }) => WRITABLE.has(type))),
          );
        if (listener !== undefined) timeCommands(connection.getClient(), listener);
        if (tracing !== undefined) traceCommands(connection.getClient(), tracing);
        turn(true);
        return;
      } catch (error) {
        const waitMs = waitAfter(failures, backOff, Math.random());
        const reason = withoutSecrets((error as Error).message, uri);
        logger.warn({ database: name, failures, reason, waitMs }, 'the database cannot be reached');
        await delay(waitMs, undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
  };
  let connecting: Promise<void> | undefined;

  return {
    connection,
    name,
    events,
    isUp: () => up,
    onCommand(wanted) {
      listener = wanted;
    },
    open() {
      connecting ??= connect();
    },
    async close() {
      closing.abort();
      // mongoose would wait for an attempt that is under way; the driver gives it up.
      if (!up) await (connection.getClient() as mongo.MongoClient | undefined)?.close();
      await connecting;
      turn(false);
      await connection.destroy();
    },
  };
}

const DEFAULTS = {
  appName: 'vssid-support-desk',
  serverSelectionTimeoutMS: SELECTION_MS,
  connectTimeoutMS: CONNECT_MS,
  heartbeatFrequencyMS: HEARTBEAT_MS,
  // A stream of heartbeats says nothing of a server that has fallen silent.
  serverMonitoringMode: 'poll',
  w: 'majority',
  // On a standalone server a write is otherwise acknowledged before its journal is on disk.
  journal: true,
} as const;

/** Our options but those that the address sets: to the driver, an address says less than an option. */
function optionsBeside(uri: string): Partial<typeof DEFAULTS> {
  const [, query = ''] = uri.split('?', 2);
  const set = new Set([...new URLSearchParams(query).keys()].map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(DEFAULTS).filter(([name]) => !set.has(name.toLowerCase())));
}

function refuseUnreadable(uri: string): void {
  try {
    // Only reads the address; nothing is opened before connect().
    new mongo.MongoClient(uri);
  } catch (error) {
    const reason = withoutSecrets((error as Error).message, uri);
    throw new AppError({ code: 'bad_config', message: `MONGODB_URI cannot be used: ${reason}` });
  }
}
