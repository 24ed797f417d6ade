/**
 * npm run bench:answers: POST /api/v1/answers against a bare Express server that gives its JSON back.
 * --quick         shorter rounds
 * --rounds N
 * --profile DIR   writes processor profiles of the desk there
 */
import { parseArgs } from 'node:util';
import type { AnswerClientQuestions, AnswerLoad, Mix } from './answers-clients.ts';
import type { ChatServerQuestions } from './chat-server.ts';
import { tellHeadline } from './headlines.ts';
import { quantile } from './measure.ts';
import { type Helper, startHelper } from './storage-process.ts';
import { figure, formatTable } from './table.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    profile: { type: 'string' },
  },
});
const CONNECTIONS = 50;
const ROUNDS = options.rounds === undefined ? (options.quick ? 1 : 5) : Number(options.rounds);
const ROUND_MS = options.quick ? 3_000 : 6_000;
/** A fresh Node.js process runs its code slowly for about this long. */
const WARM_UP_MS = options.quick ? 6_000 : 12_000;

interface Side {
  readonly name: string;
  readonly kind: 'express' | 'desk';
  readonly mix: Mix;
  readonly rounds: { readonly load: AnswerLoad; readonly cpuUs: number; readonly mainCpuUs: number }[];
}
const SIDES: readonly Side[] = [
  { name: 'bare Express, JSON echo', kind: 'express', mix: 'new', rounds: [] },
  { name: '**desk, every question new**', kind: 'desk', mix: 'new', rounds: [] },
  { name: '**desk, questions as people repeat them**', kind: 'desk', mix: 'repeated', rounds: [] },
];

const servers: Record<Side['kind'], Helper<ChatServerQuestions>> = {
  express: start('express'),
  desk: start('desk'),
};
const clients = startHelper<AnswerClientQuestions>(new URL('./answers-clients.ts', import.meta.url));

function start(kind: Side['kind']): Helper<ChatServerQuestions> {
  const profiled = options.profile !== undefined && kind === 'desk';
  const flags = profiled ? ['--cpu-prof', '--cpu-prof-dir', options.profile!] : [];
  return startHelper(new URL('./chat-server.ts', import.meta.url), [kind], ['--expose-gc', ...flags]);
}

async function run({ kind, mix }: Side, ms: number): Promise<Side['rounds'][number]> {
  const server = servers[kind];
  const url = await server.ask('url', null);
  const before = await server.ask('usage', null);
  const load = await clients.ask('closed', { url, connections: CONNECTIONS, ms, mix });
  const after = await server.ask('usage', null);
  process.stderr.write('.');
  const each = (from: number | undefined, to: number | undefined): number =>
    from === undefined || to === undefined ? Number.NaN : ((to - from) * 1000) / load.requests;
  return {
    load,
    cpuUs: each(before.cpuMs, after.cpuMs),
    mainCpuUs: each(before.mainThreadCpuMs, after.mainThreadCpuMs),
  };
}

for (const side of SIDES) await run(side, WARM_UP_MS);
// Rounds alternate, so that what else the machine does strikes all sides alike.
for (let round = 0; round < ROUNDS; round++)
  for (const side of round % 2 === 0 ? SIDES : SIDES.toReversed())
    side.rounds.push(await run(side, ROUND_MS));
await clients.close();
await Promise.all(Object.values(servers).map((server) => server.close()));

const median = (side: Side, of: (round: Side['rounds'][number]) => number): number =>
  quantile(side.rounds.map(of), 0.5);
const rate = (side: Side): number => median(side, ({ load }) => load.perSecond);
const [bare] = SIDES as [Side];
process.stderr.write('\n');
for (const side of SIDES.slice(1)) {
  tellHeadline({
    what: `answers over HTTP, ${side.mix === 'new' ? 'every question new' : 'as people repeat them'}, /s`,
    value: rate(side),
    baseline: { what: 'bare Express echo', value: rate(bare) },
    aim: { text: '0.6 of it', isReached: rate(side) >= 0.6 * rate(bare) },
  });
}
process.stdout.write(
  `${formatTable({
    title: 'Answers over HTTP: as fast as it goes',
    head: ['server', 'requests /s', '÷ echo', 'p50 ms', 'p99 ms', 'CPU µs', 'main thread µs', 'clients µs'],
    rows: SIDES.map((side) => [
      side.name,
      figure(rate(side)),
      figure(rate(side) / rate(bare)),
      figure(median(side, ({ load }) => load.p50Ms)),
      figure(median(side, ({ load }) => load.p99Ms)),
      figure(median(side, ({ cpuUs }) => cpuUs)),
      figure(median(side, ({ mainCpuUs }) => mainCpuUs)),
      figure(median(side, ({ load }) => (load.cpuMs * 1000) / load.requests)),
    ]),
    notes: [
      `${CONNECTIONS} connections; servers and clients are a process each. Medians of ${ROUNDS} alternating rounds of ${ROUND_MS / 1000} s after ${WARM_UP_MS / 1000} s of warming up.`,
      'The desk understands each question, answers with the entry, and stores the question (embedded store, in batches). The echo parses and returns its JSON.',
      'Questions as people repeat them: drawn by Zipf’s law from all phrases in three ways of typing.',
      'CPU: of the whole process, its store included, a request.',
    ],
  })}\n`,
);
