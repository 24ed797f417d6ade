/**
 * npm run bench:storage: the embedded server against DocumentDB, one Markdown table.
 * --quick          fewer messages, shorter rounds
 * --profile DIR    writes processor profiles of the embedded server there
 * --only TEXT      rows whose name holds TEXT
 * MONGODB_COMPARE_URI names the other server; without it mongodb://127.0.0.1:27018 is asked.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { MongoClient } from 'mongodb';
import { tellHeadline } from './headlines.ts';
import { quantile } from './measure.ts';
import type { ClientQuestions, Round } from './storage-client.ts';
import { cpuBehindPorts, type Helper, startHelper } from './storage-process.ts';
import type { ServerQuestions } from './storage-server.ts';
import { figure, formatTable } from './table.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    profile: { type: 'string' },
    only: { type: 'string', default: '' },
  },
});
const COMPARE_URI = process.env['MONGODB_COMPARE_URI'] ?? 'mongodb://127.0.0.1:27018';
const POSTGRES_PORT = Number(process.env['DOCUMENTDB_PGPORT'] ?? 9712);
const MESSAGES = options.quick ? 10_000 : 100_000;
const ROUNDS = options.quick ? 2 : 7;
const ROUND_MS = options.quick ? 100 : 400;
/** Before the first round that counts: a fresh Node.js process runs its code slowly for about this long. */
const WARM_UP_MS = options.quick ? 100 : 1_500;
const PARALLEL = 20;
const SIZES = options.quick ? [1_000, 10_000] : [1_000, 10_000, 100_000];

interface Side {
  readonly client: Helper<ClientQuestions>;
  /** Processor time of the server so far, in ms; undefined where it cannot be known. */
  readonly serverCpuMs: () => Promise<number | undefined>;
}
interface Figures {
  readonly perSecond: number;
  /** Client and server together, an operation; the client alone where the server is not known. */
  readonly cpuUs: number | undefined;
}

const startClient = (): Helper<ClientQuestions> =>
  startHelper(new URL('./storage-client.ts', import.meta.url));
const startServer = (profile?: string): Helper<ServerQuestions> => {
  const file = new URL('./storage-server.ts', import.meta.url);
  return profile === undefined
    ? startHelper(file)
    : startHelper(file, ['main-thread'], ['--cpu-prof', '--cpu-prof-dir', profile]);
};

/** What is compared with, in words; undefined when it does not answer. */
async function describeOther(): Promise<{ name: string; note: string } | undefined> {
  const client = new MongoClient(COMPARE_URI, { serverSelectionTimeoutMS: 1_500 });
  try {
    const { version, storageEngines = [] } = await client.db('admin').command({ buildInfo: 1 });
    const isDocumentDb = storageEngines.includes('documentdb');
    return isDocumentDb
      ? { name: 'DocumentDB', note: durabilityOfDocumentDb() }
      : { name: `MongoDB ${version}`, note: 'Durability of the other server: whatever it was started with.' };
  } catch {
    return undefined;
  } finally {
    await client.close();
  }
}

/** Asks the database behind DocumentDB; undefined where psql is missing or it does not answer. */
function askPostgres(sql: string): string | undefined {
  const where = ['-h', '127.0.0.1', '-p', `${POSTGRES_PORT}`, '-U', 'postgres'];
  const asked = spawnSync('psql', [...where, '-tAc', sql], { encoding: 'utf8', timeout: 60_000 });
  return asked.status === 0 ? asked.stdout.trim() : undefined;
}

function durabilityOfDocumentDb(): string {
  const fsync = askPostgres('show fsync');
  if (fsync === 'on')
    return 'Both sides sync every acknowledged write to the disk (PostgreSQL says: fsync on).';
  if (fsync === 'off')
    return '**Not a fair comparison**: PostgreSQL says fsync off. Start DocumentDB again with `DOCUMENTDB_DURABLE=1`.';
  return 'DocumentDB is assumed to sync every write (`DOCUMENTDB_DURABLE=1`); psql is not there to ask.';
}

/** Rounds alternate, so that what else the machine does strikes both sides alike. */
async function compare(sides: readonly Side[], operation: number, parallel: number): Promise<Figures[]> {
  const rounds: { round: Round; serverCpuMs: number | undefined }[][] = sides.map(() => []);
  for (let n = -1; n < ROUNDS; n++) {
    for (const at of n % 2 === 0 ? sides.keys() : [...sides.keys()].reverse()) {
      const { client, serverCpuMs } = sides[at] as Side;
      const before = await serverCpuMs();
      const round = await client.ask('measure', {
        operation,
        parallel,
        ms: n < 0 ? WARM_UP_MS : ROUND_MS,
      });
      const after = await serverCpuMs();
      const used = before === undefined || after === undefined ? undefined : after - before;
      // The first is for warming up.
      if (n >= 0) rounds[at]?.push({ round, serverCpuMs: used });
    }
  }
  return rounds.map((of) => ({
    perSecond: quantile(
      of.map(({ round }) => (round.operations / round.wallMs) * 1000),
      0.5,
    ),
    cpuUs: cpuOf(of),
  }));
}

function cpuOf(rounds: readonly { round: Round; serverCpuMs: number | undefined }[]): number | undefined {
  const each = rounds.map(({ round, serverCpuMs }) =>
    serverCpuMs === undefined ? undefined : ((round.cpuMs + serverCpuMs) * 1000) / round.operations,
  );
  return each.some((cpu) => cpu === undefined) ? undefined : quantile(each as number[], 0.5);
}

/** How the server's memory grows with what it holds, on a server of its own. */
async function measureMemory(): Promise<string> {
  const server = startServer();
  const client = startClient();
  const uri = await server.ask('uri', null);
  const found: string[] = [];
  for (const [at, to] of SIZES.entries()) {
    await client.ask('grow', { uri, from: SIZES[at - 1] ?? 0, to });
    const { ownMb, rssMb } = await server.ask('memory', null);
    found.push(
      `${to.toLocaleString('en')}: ${figure(ownMb)} MB own, ${figure(rssMb)} MB with the file's pages`,
    );
  }
  await client.close();
  await server.close();
  return `Memory of the embedded server's process after so many messages of two indexes each — ${found.join('; ')}.`;
}

const other = await describeOther();
if (other === undefined) {
  process.stderr.write(
    `Nothing answers at ${COMPARE_URI}: the embedded server is measured alone. To compare, install DocumentDB with ` +
      'its setup.sh (DOCUMENTDB_DURABLE=1 ./setup.sh, then node gateway.mjs), or set MONGODB_COMPARE_URI.\n',
  );
}
const memory = await measureMemory();
const server = startServer(options.profile);
const sides: Side[] = [{ client: startClient(), serverCpuMs: () => server.ask('cpuMs', null) }];
const uris = [await server.ask('uri', null)];
if (other !== undefined) {
  const port = /^mongodb:\/\/(?:127\.0\.0\.1|localhost):(\d+)/.exec(COMPARE_URI)?.[1];
  const ports = other.name === 'DocumentDB' ? [Number(port), POSTGRES_PORT] : [Number(port)];
  const cpu = port === undefined ? undefined : cpuBehindPorts(ports);
  sides.push({ client: startClient(), serverCpuMs: async () => cpu?.() });
  uris.push(COMPARE_URI);
}
let names: readonly string[] = [];
for (const [at, { client }] of sides.entries()) {
  names = await client.ask('prepare', { uri: uris[at] ?? '', size: MESSAGES });
}
// Without statistics of the new data PostgreSQL reads whole collections, until it gathers some by itself.
if (other?.name === 'DocumentDB') askPostgres('analyze');
const rows: string[][] = [];
const ratios: number[] = [];
for (const [operation, name] of names.entries()) {
  for (const parallel of name.includes(options.only) ? [1, PARALLEL] : []) {
    const [ours, theirs] = await compare(sides, operation, parallel);
    if (ours === undefined) continue;
    rows.push([
      parallel === 1 ? name : `${name}, ${parallel} in parallel`,
      figure(ours.perSecond),
      figure(theirs?.perSecond),
      theirs === undefined ? '–' : `${figure(ours.perSecond / theirs.perSecond)}×`,
      figure(ours.cpuUs),
      figure(theirs?.cpuUs),
    ]);
    if (theirs !== undefined) ratios.push(ours.perSecond / theirs.perSecond);
    process.stderr.write('.');
  }
}
process.stderr.write('\n');
for (const { client } of sides) await client.close();
await server.close();

if (other !== undefined) {
  tellHeadline({
    what: 'embedded store, operations a second, median ratio',
    value: quantile(ratios, 0.5),
    baseline: { what: other.name, value: 1 },
    aim: { text: 'every row 2', isReached: Math.min(...ratios) >= 2 },
  });
}
const otherName = other?.name ?? 'other server';
process.stdout.write(
  `${formatTable({
    title: `Storage: the embedded server against ${otherName}`,
    head: ['operation', 'embedded /s', `${otherName} /s`, 'ratio', 'embedded CPU µs', `${otherName} CPU µs`],
    rows,
    notes: [
      `${MESSAGES.toLocaleString('en')} messages; medians of ${ROUNDS} alternating rounds of ${ROUND_MS} ms; client and server are separate processes on both sides.`,
      'CPU µs: of client and server together, an operation.',
      ...(options.quick
        ? [
            '**Quick**: the embedded server has not warmed up in so short a time; a whole run tells its speed.',
          ]
        : []),
      ...(other === undefined ? [] : [other.note]),
      memory,
    ],
  })}\n`,
);
