/**
 * npm run bench:chat: the desk's chat against a bare socket.io echo, three Markdown tables.
 * --quick         shorter rounds, fewer idle connections
 * --only load, --only idle
 * --clients N,…, --rounds N   other sizes
 * --profile DIR   writes processor profiles of the desk there
 */
import { parseArgs } from 'node:util';
import type { ChatClientQuestions, Load } from './chat-clients.ts';
import type { ChatServerQuestions, ServerKind, ServerMemory } from './chat-server.ts';
import { tellHeadline } from './headlines.ts';
import { quantile } from './measure.ts';
import { type Helper, startHelper } from './storage-process.ts';
import { figure, formatTable } from './table.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    profile: { type: 'string' },
    clients: { type: 'string' },
    rounds: { type: 'string' },
    only: { type: 'string' },
  },
});
type ChatServer = Exclude<ServerKind, 'express'>;
const KINDS: readonly ChatServer[] = ['echo', 'desk'];
const CLIENTS = options.clients?.split(',').map(Number) ?? [100, 1_000];
const ROUNDS = options.rounds === undefined ? (options.quick ? 1 : 3) : Number(options.rounds);
const ROUND_MS = options.quick ? 3_000 : 8_000;
/** A fresh Node.js process runs its code slowly for about this long. */
const WARM_UP_MS = options.quick ? 8_000 : 15_000;
const PACED_MS = options.quick ? 5_000 : 20_000;
const IDLE = options.quick ? 1_000 : 10_000;
const SAMPLES = 5;
const SAMPLE_EVERY_MS = options.quick ? 200 : 1_000;

interface Measured {
  readonly load: Load;
  /** Of the server, a question. */
  readonly cpuUs: number;
  /** Of its main thread alone. */
  readonly mainCpuUs: number | undefined;
}

const startServer = (kind: ServerKind): Helper<ChatServerQuestions> =>
  startHelper(
    new URL('./chat-server.ts', import.meta.url),
    [kind],
    [
      '--expose-gc',
      ...(options.profile === undefined || kind === 'echo'
        ? []
        : ['--cpu-prof', '--cpu-prof-dir', options.profile]),
    ],
  );
const startClients = (): Helper<ChatClientQuestions> =>
  startHelper(new URL('./chat-clients.ts', import.meta.url));

async function measure(server: Helper<ChatServerQuestions>, run: () => Promise<Load>): Promise<Measured> {
  const before = await server.ask('usage', null);
  const load = await run();
  const after = await server.ask('usage', null);
  process.stderr.write('.');
  return {
    load,
    cpuUs: ((after.cpuMs - before.cpuMs) * 1000) / load.questions,
    mainCpuUs:
      after.mainThreadCpuMs === undefined || before.mainThreadCpuMs === undefined
        ? undefined
        : ((after.mainThreadCpuMs - before.mainThreadCpuMs) * 1000) / load.questions,
  };
}

const median = (all: readonly Measured[], of: (one: Measured) => number): number =>
  quantile(all.map(of), 0.5);

interface Loads {
  readonly closed: readonly Measured[];
  readonly paced: Measured;
}
type LoadsOf = Record<ChatServer, Loads> & { readonly clients: number };

/** Rounds alternate, so that what else the machine does strikes both sides alike. */
async function measureLoads(clients: number): Promise<Record<ChatServer, Loads>> {
  const sides = [];
  for (const kind of KINDS) {
    const server = startServer(kind);
    const url = await server.ask('url', null);
    const client = startClients();
    await client.ask('connect', { url, clients, answers: kind === 'desk' });
    await client.ask('closed', { ms: WARM_UP_MS });
    sides.push({ kind, server, client, closed: [] as Measured[] });
  }
  for (let round = 0; round < ROUNDS; round++)
    for (const side of round % 2 === 0 ? sides : [...sides].reverse())
      side.closed.push(await measure(side.server, () => side.client.ask('closed', { ms: ROUND_MS })));
  const paced: Measured[] = [];
  for (const { closed, server, client } of sides) {
    const perSecond = median(closed, ({ load }) => load.perSecond) / 2;
    paced.push(await measure(server, () => client.ask('paced', { ms: PACED_MS, perSecond })));
    await client.close();
    await server.close();
  }
  const [echo, desk] = sides.map(({ closed }, at) => ({ closed, paced: paced[at]! }));
  return { echo: echo!, desk: desk! };
}

type IdleMemory = Pick<ServerMemory, 'rssKb' | 'ownKb'>;

/** Kilobytes of the server a connection, beyond the same process before. */
async function measureIdle(kind: ChatServer): Promise<IdleMemory> {
  const server = startServer(kind);
  const url = await server.ask('url', null);
  const client = startClients();
  // What is made once, for the first connections, is not theirs.
  await client.ask('connect', { url, clients: 50, answers: kind === 'desk' });
  const sample = async (): Promise<IdleMemory> => {
    const all = [];
    for (let count = 0; count < SAMPLES; count++) {
      all.push(await server.ask('memory', null));
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_EVERY_MS));
    }
    return {
      rssKb: quantile(
        all.map(({ rssKb }) => rssKb),
        0.5,
      ),
      ownKb: quantile(
        all.map(({ ownKb }) => ownKb),
        0.5,
      ),
    };
  };
  const before = await sample();
  await client.ask('connect', { url, clients: IDLE, answers: kind === 'desk' });
  const after = await sample();
  await client.close();
  await server.close();
  process.stderr.write('.');
  return { rssKb: (after.rssKb - before.rssKb) / IDLE, ownKb: (after.ownKb - before.ownKb) / IDLE };
}

const nameOf = (kind: ServerKind, clients: number): string =>
  kind === 'echo' ? `bare echo, ${clients} clients` : `**desk, ${clients} clients**`;

function tabulateClosed(loads: readonly LoadsOf[]): string {
  return formatTable({
    title: 'Chat: as fast as it goes',
    head: [
      'server',
      'questions /s',
      '÷ echo',
      'acknowledged p50 ms',
      'p99',
      'answered p50 ms',
      'p99',
      'server CPU µs',
      '÷ echo',
      'its main thread',
      'clients CPU µs',
    ],
    rows: loads.flatMap(({ clients, ...sides }) =>
      KINDS.map((kind) => {
        const { closed } = sides[kind];
        const rate = (of: ChatServer): number => median(sides[of].closed, ({ load }) => load.perSecond);
        const cpu = (of: ChatServer): number => median(sides[of].closed, ({ cpuUs }) => cpuUs);
        return [
          nameOf(kind, clients),
          figure(rate(kind)),
          figure(rate(kind) / rate('echo')),
          figure(median(closed, ({ load }) => load.acknowledged.p50Ms)),
          figure(median(closed, ({ load }) => load.acknowledged.p99Ms)),
          figure(median(closed, ({ load }) => load.answered.p50Ms)),
          figure(median(closed, ({ load }) => load.answered.p99Ms)),
          figure(cpu(kind)),
          figure(cpu(kind) / cpu('echo')),
          closed[0]?.mainCpuUs === undefined ? '–' : figure(median(closed, ({ mainCpuUs = 0 }) => mainCpuUs)),
          figure(median(closed, ({ load }) => (load.cpuMs * 1000) / load.questions)),
        ];
      }),
    ),
    notes: [
      'Everybody asks again as soon as the answer is there. A question is understood by the engine, stored with its answer, acknowledged, and the answer is sent; the echo only acknowledges.',
      `Server and clients are a process each, websocket only. Medians of ${ROUNDS} alternating rounds of ${ROUND_MS / 1000} s after ${WARM_UP_MS / 1000} s of warming up.`,
      'Questions: all phrases of the corpus in three ways of typing, each new until they are used up.',
      'CPU: of the whole process, its store included, a question.',
    ],
  });
}

function tabulatePaced(loads: readonly LoadsOf[]): string {
  return formatTable({
    title: 'Chat: at half of that rate',
    head: ['server', 'questions /s', 'acknowledged p50 ms', 'p99', 'answered p50 ms', 'p99', 'server CPU µs'],
    rows: loads.flatMap(({ clients, ...sides }) =>
      KINDS.map((kind) => {
        const { load, cpuUs } = sides[kind].paced;
        return [
          nameOf(kind, clients),
          figure(load.perSecond),
          figure(load.acknowledged.p50Ms),
          figure(load.acknowledged.p99Ms),
          figure(load.answered.p50Ms),
          figure(load.answered.p99Ms),
          figure(cpuUs),
        ];
      }),
    ),
    notes: [
      `Questions come at random moments for ${PACED_MS / 1000} s, from clients that do not wait for one; times count from when a question was due.`,
    ],
  });
}

function tabulateIdle(echo: IdleMemory, desk: IdleMemory): string {
  const row = (name: string, { rssKb, ownKb }: IdleMemory): string[] => [name, figure(rssKb), figure(ownKb)];
  return formatTable({
    title: `Chat: memory of ${IDLE.toLocaleString('en')} idle connections`,
    head: ['server', 'KB a connection', 'without the pages of files'],
    rows: [
      row('bare echo', echo),
      row('**desk, conversation open**', desk),
      row('more than the bare one', { rssKb: desk.rssKb - echo.rssKb, ownKb: desk.ownKb - echo.ownKb }),
    ],
    notes: [`Resident memory after garbage collection, median of ${SAMPLES} samples, less that before.`],
  });
}

const tables: string[] = [];
if (options.only !== 'idle') {
  const loads: LoadsOf[] = [];
  for (const clients of CLIENTS) loads.push({ clients, ...(await measureLoads(clients)) });
  for (const { clients, echo, desk } of loads) {
    const [value, ofEcho] = [desk, echo].map(({ closed }) => median(closed, ({ load }) => load.perSecond));
    tellHeadline({
      what: `chat, ${clients} clients, answered /s`,
      value: value!,
      baseline: { what: 'bare socket.io echo', value: ofEcho! },
      aim: { text: '0.25 of it', isReached: value! >= 0.25 * ofEcho! },
    });
    const [p99, echoP99] = [desk, echo].map(({ paced }) => paced.load.answered.p99Ms);
    tellHeadline({
      what: `chat, ${clients} clients, p99 ms at half of that`,
      value: p99!,
      baseline: { what: 'echo at half of its rate', value: echoP99! },
      aim: { text: 'under 50', isReached: p99! < 50 },
    });
  }
  tables.push(tabulateClosed(loads), tabulatePaced(loads));
}
if (options.only !== 'load') {
  const [echo, desk] = [await measureIdle('echo'), await measureIdle('desk')];
  const [value, ofEcho] = [desk, echo].map(({ rssKb }) => (rssKb * IDLE) / 1024);
  tellHeadline({
    what: `${IDLE.toLocaleString('en')} idle connections, MB`,
    value: value!,
    baseline: { what: 'bare socket.io', value: ofEcho! },
    // As much a connection as the aim gives to ten thousand.
    aim: { text: '10,000 for 500 MB more', isReached: ((value! - ofEcho!) / IDLE) * 10_000 < 500 },
  });
  tables.push(tabulateIdle(echo, desk));
}
process.stderr.write('\n');
process.stdout.write(`${tables.join('\n\n')}\n`);
