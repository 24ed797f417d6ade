/** What benchmarks talk to, in a process of its own: the desk as it is, or a bare server of socket.io or Express. */
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import express from 'express';
import { createApp } from '../src/app.ts';
import { CHAT_NAMESPACE } from '../src/contracts/chat.ts';
import { createLogger } from '../src/kernel/logger.ts';
import { createSocketServer } from '../src/realtime/socket-server.ts';
import { BENCH_ADMIN } from './bench-admin.ts';
import { answerQuestions, ownCpuMs } from './storage-process.ts';

export type ServerKind = 'desk' | 'echo' | 'express';

export interface ChatServerQuestions extends Record<string, { ask: unknown; answer: unknown }> {
  readonly url: { ask: null; answer: string };
  readonly usage: { ask: null; answer: Usage };
  /** After garbage collection. */
  readonly memory: { ask: null; answer: ServerMemory };
}

export interface ServerMemory {
  readonly rssKb: number;
  /** Without the pages of files. */
  readonly ownKb: number;
  /** Of the main thread's JavaScript. */
  readonly heapKb: number;
}

export interface Usage {
  /** Of the whole process, the store's thread included. */
  readonly cpuMs: number;
  /** Processor time of the main thread alone; undefined where the system does not tell. */
  readonly mainThreadCpuMs: number | undefined;
}

const SETTLE_MS = 300;

interface Running {
  readonly server: HttpServer;
  readonly close: () => Promise<void>;
}

async function startDesk(): Promise<Running> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'bench-chat-'));
  const root = path.resolve(import.meta.dirname, '..');
  const mongodbUri = process.env['MONGODB_URI'];
  const app = await createApp({
    root,
    dataDir,
    mongodbUri,
    firstAdmin: BENCH_ADMIN,
    // A whole crowd from one address, each as fast as the answers come.
    floodLimits: false,
    logger: createLogger('warn'),
  });
  return {
    server: app.server,
    async close() {
      await app.closeSockets();
      await app.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

/** The same transport with nothing behind it: what came in goes back as the acknowledgement. */
function startEcho(): Running {
  const server = createServer();
  const sockets = createSocketServer(server);
  sockets.of(CHAT_NAMESPACE).on('connection', (socket) => {
    socket.on('message:send', (message: unknown, acknowledge: (ack: unknown) => void) => {
      acknowledge({ ok: true, data: { message } });
    });
  });
  return { server, close: async () => void sockets.disconnectSockets(true) };
}

/** What comes in as JSON goes back as JSON. */
function startExpress(): Running {
  const app = express();
  app.use(express.json());
  app.post('/api/v1/answers', (request, response) => {
    response.json(request.body);
  });
  return { server: createServer(app), close: async () => undefined };
}

const START = { desk: startDesk, echo: startEcho, express: startExpress } as const;
const { server, close } = await START[process.argv[2] as ServerKind]();
server.listen(0, '127.0.0.1');
await once(server, 'listening');

async function readMemory(): Promise<ServerMemory> {
  globalThis.gc?.();
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  globalThis.gc?.();
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const rssKb = process.memoryUsage.rss() / 1024;
  const heapKb = process.memoryUsage().heapUsed / 1024;
  return { rssKb, ownKb: Number(/RssAnon:\s*(\d+) kB/.exec(status)?.[1] ?? rssKb), heapKb };
}

/** Linux says it in nanoseconds. */
async function mainThreadCpuMs(): Promise<number | undefined> {
  const said = await readFile(`/proc/self/task/${process.pid}/schedstat`, 'utf8').catch(() => '');
  return said === '' ? undefined : Number(said.split(' ')[0]) / 1e6;
}

answerQuestions(
  {
    url: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    usage: async (): Promise<Usage> => ({ cpuMs: ownCpuMs(), mainThreadCpuMs: await mainThreadCpuMs() }),
    memory: readMemory,
  },
  close,
);
