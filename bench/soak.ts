/**
 * npm run soak: the chat at half of its highest rate for a long time: do memory and latency stay flat?
 * --minutes N   20 when left out
 * --clients N   200 when left out
 */
import { parseArgs } from 'node:util';
import type { ChatClientQuestions, Load } from './chat-clients.ts';
import type { ChatServerQuestions } from './chat-server.ts';
import { type Line, lineThrough } from './line-through.ts';
import { quantile } from './measure.ts';
import { startHelper } from './storage-process.ts';
import { figure, formatTable } from './table.ts';

const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '20' },
    clients: { type: 'string', default: '200' },
  },
});
const MINUTE_MS = 60_000;
const TOTAL_MS = Number(options.minutes) * MINUTE_MS;
const CLIENTS = Number(options.clients);
/** Short enough for forty of them in twenty minutes. */
const WINDOW_MS = Math.min(30_000, TOTAL_MS / 6);
/** A fresh Node.js process runs its code slowly for about this long. */
const WARM_UP_MS = Math.min(20_000, TOTAL_MS / 3);
const HIGHEST_FOR_MS = Math.min(10_000, TOTAL_MS / 6);
/** Caches fill at first: what is flat is what follows. */
const SETTLING_SHARE = 1 / 4;

interface Sample {
  readonly minute: number;
  readonly load: Load;
  /** Of the whole process, after garbage collection. */
  readonly rssMb: number;
  /** Without the pages of files, of which the store's are the system's to take back. */
  readonly ownMb: number;
  readonly heapMb: number;
}

const server = startHelper<ChatServerQuestions>(
  new URL('./chat-server.ts', import.meta.url),
  ['desk'],
  ['--expose-gc'],
);
const url = await server.ask('url', null);
const clients = startHelper<ChatClientQuestions>(new URL('./chat-clients.ts', import.meta.url));
const connect = (): Promise<null> => clients.ask('connect', { url, clients: CLIENTS, answers: true });

await connect();
await clients.ask('closed', { ms: WARM_UP_MS });
const highest = (await clients.ask('closed', { ms: HIGHEST_FOR_MS })).perSecond;
const perSecond = highest / 2;
process.stderr.write(`${figure(highest)} answers a second at most: ${figure(perSecond)} from here on\n`);

const samples: Sample[] = [];
const startedAt = performance.now();
// On a busy machine a window takes longer than it should: there are enough of them all the same.
while (samples.length < 6 || performance.now() - startedAt < TOTAL_MS) {
  // People come and go: each window's are others, with conversations of their own.
  await clients.ask('disconnect', null);
  await connect();
  const load = await clients.ask('paced', { ms: WINDOW_MS, perSecond });
  const { rssKb, ownKb, heapKb } = await server.ask('memory', null);
  const minute = (performance.now() - startedAt) / MINUTE_MS;
  samples.push({ minute, load, rssMb: rssKb / 1024, ownMb: ownKb / 1024, heapMb: heapKb / 1024 });
  process.stderr.write(
    `${figure(minute)} of ${options.minutes} min: p99 ${figure(load.answered.p99Ms)} ms, ${figure(rssKb / 1024)} MB\n`,
  );
}
await clients.close();
await server.close();

const settled = samples.slice(Math.floor(samples.length * SETTLING_SHARE));
const row = (name: string, of: (sample: Sample) => number): string[] => {
  const values = settled.map(of);
  const line: Line = lineThrough(settled.map(({ minute }, at) => ({ x: minute / 60, y: values[at]! })));
  const isFlat = Math.abs(line.slope) <= 2 * line.slopeError;
  return [
    name,
    figure(values[0]),
    figure(quantile(values, 0.5)),
    figure(values.at(-1)),
    `${line.slope < 0 ? '−' : '+'}${figure(Math.abs(line.slope))}`,
    `± ${figure(2 * line.slopeError)}`,
    isFlat ? 'none to be seen' : `${figure((100 * line.slope) / quantile(values, 0.5))} % an hour`,
  ];
};
process.stdout.write(
  `${formatTable({
    title: `Soak: ${options.minutes} minutes at half of the highest rate`,
    head: ['', 'first', 'median', 'last', 'slope an hour', 'two standard errors', 'trend'],
    rows: [
      row('answered p50 ms', ({ load }) => load.answered.p50Ms),
      row('answered p99 ms', ({ load }) => load.answered.p99Ms),
      row('JavaScript heap MB', ({ heapMb }) => heapMb),
      row('memory without files MB', ({ ownMb }) => ownMb),
      row('resident memory MB', ({ rssMb }) => rssMb),
    ],
    notes: [
      `${figure(perSecond)} questions a second (${figure(highest)} at most, asked by whoever had an answer) by ${CLIENTS} contacts, others in each of ${samples.length} windows of ${WINDOW_MS / 1000} s; ${figure(samples.reduce((sum, { load }) => sum + load.questions, 0))} questions in all, each stored with its answer.`,
      `The first quarter, in which caches fill, is left out. Memory after garbage collection, of server and embedded store together. Slope: least squares over the ${settled.length} windows left.`,
    ],
  })}\n`,
);
