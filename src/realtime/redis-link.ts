/**
 * Nodes linked by Redis Streams. Redis carries facts and nothing else: what it loses is in the database, and clients are
 * told to look there (keep-in-step.ts).
 */
import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { createClient } from 'redis';
import type { Logger } from '../kernel/logger.ts';
import { repeat } from '../kernel/repeat.ts';
import type { NodeLink } from './node-link.ts';

/** A Redis in reach answers within a millisecond; facts for this node's own sockets wait for it. */
const ANSWERS_WITHIN_MS = 1_500;
const CONNECT_WITHIN_MS = 2_000;
const LOOK_EVERY_MS = 1_000;
/** A connection on which nothing comes or goes for so long is dead: readers ask once a second. */
const SILENT_MS = 4_000;
const BLOCK_MS = 1_000;
const CLOSE_WITHIN_MS = 3_000;
const LONGEST_WAIT_MS = 500;
const STREAM = 'vssid-desk';
/** As many facts as a node may be behind; should it be more, clients read on in the database. */
const MOST_KEPT = 10_000;
/** Readers that have seen an entry go on behind it, and miss nothing between two reads. */
const BEAT_EVERY_MS = 5_000;

/** @param url redis://… or rediss://…; may hold a password: never to be logged */
export function createRedisLink({
  url,
  logger,
}: {
  readonly url: string;
  readonly logger: Logger;
}): NodeLink {
  const events: NodeLink['events'] = new EventEmitter();
  let up = false;
  let closing = false;
  const turn = (now: boolean, reason?: string): void => {
    if (now === up || closing) return;
    up = now;
    if (now) logger.info('Redis is connected: this node hears the others');
    else logger.warn({ reason }, 'Redis is away: what happens on other nodes is seen some seconds later');
    events.emit(now ? 'up' : 'down');
  };

  const socket = {
    connectTimeout: CONNECT_WITHIN_MS,
    socketTimeout: SILENT_MS,
    reconnectStrategy: (tries: number) => Math.min(50 * 2 ** tries, LONGEST_WAIT_MS) * (0.5 + Math.random()),
  };
  const publisher = createClient({
    url,
    socket,
    // What cannot be told now is of no use later.
    disableOfflineQueue: true,
  });
  const readers = new Set<typeof publisher>();
  /** Whoever can tell but not hear yet would not know what it missed. */
  const turnIfWhole = (): void => {
    if ([publisher, ...readers].every(({ isReady }) => isReady)) turn(true);
  };
  const watch = (client: typeof publisher): void => {
    client.on('ready', turnIfWhole);
    client.on('error', (error: Error) => turn(false, error.message || error.name));
    client.on('reconnecting', () => turn(false, 'the connection broke'));
  };
  watch(publisher);
  const inTime = async <Reply>(reply: Promise<Reply>): Promise<Reply> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      // In a process that was held up itself the answer may lie there already: it is looked for first.
      const giveUp = (): void => reject(new Error('Redis does not answer'));
      timer = setTimeout(() => setImmediate(giveUp), ANSWERS_WITHIN_MS);
    });
    try {
      return await Promise.race([reply, late]);
    } finally {
      clearTimeout(timer);
    }
  };
  /** The client as the adapter uses it: it never waits for long, and never leaves a failure unheard. */
  const forAdapter = Object.assign(Object.create(publisher) as typeof publisher, {
    xAdd: (...said: Parameters<typeof publisher.xAdd>) => inTime(publisher.xAdd(...said)),
    publish: async (...said: Parameters<typeof publisher.publish>) => {
      try {
        return await inTime(publisher.publish(...said));
      } catch (error) {
        logger.debug({ reason: (error as Error).message }, 'other nodes cannot be asked now');
        return 0;
      }
    },
    sendCommand: (...said: Parameters<typeof publisher.sendCommand>) =>
      inTime(publisher.sendCommand(...said)),
    // Readers wait while Redis is away: asking again and again at once would take all the time there is.
    duplicate() {
      const reader = createClient({ url, socket, pingInterval: LOOK_EVERY_MS });
      readers.add(reader);
      watch(reader);
      const read = reader.xRead.bind(reader);
      const open = reader.connect.bind(reader);
      return Object.assign(reader, {
        // The adapter does not hear that a connection was given up, which happens at the end only.
        connect: () => open().catch(() => new Promise<never>(() => undefined)),
        // The adapter reads again at once after a failure, for ever.
        async xRead(...said: Parameters<typeof read>) {
          try {
            return await read(...said);
          } catch (error) {
            if (closing) return new Promise<never>(() => undefined);
            await delay(LONGEST_WAIT_MS);
            throw error;
          }
        },
        // The adapter lets go of it while it reads, which would fail unheard: `close` does it.
        disconnect: async () => undefined,
      });
    },
  });
  const adapter = createAdapter(forAdapter, {
    streamName: STREAM,
    channelPrefix: STREAM,
    maxLen: MOST_KEPT,
    blockTimeInMs: BLOCK_MS,
  }) as unknown as NonNullable<NodeLink['adapter']>;

  /** A connection that is silently dead is found and made anew. */
  const look = async (): Promise<void> => {
    if (!publisher.isReady) return;
    try {
      await inTime(publisher.ping());
    } catch (error) {
      turn(false, (error as Error).message);
      if (publisher.isOpen) publisher.destroy();
      connect();
    }
  };
  const beat = async (): Promise<void> => {
    if (!publisher.isReady) return;
    const TRIM = { strategy: 'MAXLEN', strategyModifier: '~', threshold: MOST_KEPT } as const;
    await inTime(publisher.xAdd(STREAM, '*', { beat: '1' }, { TRIM }));
  };
  const connect = (): void => {
    if (!closing) publisher.connect().catch((error: Error) => turn(false, error.message));
  };
  connect();
  const onError = ({ message }: Error): void => logger.debug({ reason: message }, 'Redis was asked in vain');
  const jobs = [
    repeat(look, { everyMs: LOOK_EVERY_MS, onError }),
    repeat(beat, { everyMs: BEAT_EVERY_MS, now: true, onError }),
  ];

  return {
    adapter,
    isUp: () => up,
    events,
    async close() {
      closing = true;
      up = false;
      await Promise.all(jobs.map(({ stop }) => stop()));
      // What is being read and asked comes to its end within a moment, unless Redis is away.
      const clients = [...readers, publisher];
      const inPeace = Promise.all(clients.filter(({ isReady }) => isReady).map((client) => client.close()));
      await Promise.race([inPeace, delay(CLOSE_WITHIN_MS, undefined, { ref: false })]);
      for (const client of clients) if (client.isOpen) client.destroy();
    },
  };
}
