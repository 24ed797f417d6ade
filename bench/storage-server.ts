/** The embedded server in a process of its own, on a folder that goes with it. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedMongo } from '../src/embedded-mongo/embedded-mongo.ts';
import { serve } from '../src/embedded-mongo/serve.ts';
import { answerQuestions, ownCpuMs } from './storage-process.ts';

export interface ServerQuestions extends Record<string, { ask: unknown; answer: unknown }> {
  readonly uri: { ask: null; answer: string };
  readonly cpuMs: { ask: null; answer: number };
  readonly memory: { ask: null; answer: ServerMemory };
}

export interface ServerMemory {
  /** All that is resident, pages of the file included, which the system takes back when it needs them. */
  readonly rssMb: number;
  /** What the process itself holds; undefined where the system does not tell the two apart. */
  readonly ownMb: number | undefined;
}

const folder = await mkdtemp(path.join(tmpdir(), 'bench-storage-'));
// A profile of a thread is lost when the thread is ended; so for one the server is in the main thread.
const start = process.argv.includes('main-thread') ? serve : startEmbeddedMongo;
const server = await start({ folder });

async function readMemory(): Promise<ServerMemory> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const own = /RssAnon:\s*(\d+) kB/.exec(status)?.[1];
  return {
    rssMb: process.memoryUsage.rss() / 1e6,
    ownMb: own === undefined ? undefined : (Number(own) * 1024) / 1e6,
  };
}

answerQuestions({ uri: () => server.uri, cpuMs: ownCpuMs, memory: readMemory }, async () => {
  await server.close();
  await rm(folder, { recursive: true });
});
