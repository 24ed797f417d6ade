/**
 * npm run bench:release: how chat fares while a release of 20,000 phrases is trained, checked and goes live. One
 * Markdown table. --phrases N, --rate N (messages a second), --window N (seconds).
 */
import { parseArgs } from 'node:util';
import type { CheckView, Published } from '../src/contracts/corpus-releases.ts';
import type { DraftRow, DraftView } from '../src/contracts/curation.ts';
import { phraseKey } from '../src/corpus/check-corpus.ts';
import type { IntentPhrases } from '../src/corpus/corpus.ts';
import { readCorpus } from '../src/corpus/load-corpus.ts';
import { seededRandom } from '../src/kernel/random.ts';
import { BENCH_ADMIN } from './bench-admin.ts';
import type { ChatClientQuestions, Load } from './chat-clients.ts';
import type { ChatServerQuestions } from './chat-server.ts';
import { tellHeadline } from './headlines.ts';
import { quantile } from './measure.ts';
import { startHelper } from './storage-process.ts';
import { figure, formatTable } from './table.ts';

const { values: options } = parseArgs({
  options: {
    phrases: { type: 'string', default: '20000' },
    rate: { type: 'string', default: '200' },
    window: { type: 'string', default: '10' },
  },
});
const PHRASES = Number(options.phrases);
const RATE = Number(options.rate);
const WINDOW_MS = Number(options.window) * 1_000;
const CLIENTS = 200;
const WARM_UP_MS = 15_000;
const QUIET_WINDOWS = 4;
/** As many as the desk takes at once. */
const LOT = 500;

const server = startHelper<ChatServerQuestions>(new URL('./chat-server.ts', import.meta.url), ['desk']);
const url = await server.ask('url', null);
const client = startHelper<ChatClientQuestions>(new URL('./chat-clients.ts', import.meta.url));

let cookie = '';
async function call<Body>(method: string, at: string, body?: object): Promise<Body> {
  const response = await fetch(`${url}/api/v1/staff${at}`, {
    method,
    headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const [set] = response.headers.getSetCookie();
  if (set !== undefined) cookie = set.split(';')[0] ?? '';
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${at}: ${response.status} ${text}`);
  return JSON.parse(text) as Body;
}

/** New phrases made of halves of known ones of the same intent, none twice. */
function inventPhrases(intents: readonly IntentPhrases[], count: number): Map<string, string[]> {
  const random = seededRandom(20);
  const pick = (list: readonly string[]): string[] => list[Math.floor(random() * list.length)]!.split(' ');
  const known = new Set(intents.flatMap(({ phrases }) => phrases.map(phraseKey)));
  const invented = new Map<string, string[]>(intents.map(({ intent }) => [intent, []]));
  for (let made = 0; made < count; ) {
    for (const { intent, phrases } of intents) {
      const phrase = [...pick(phrases).slice(0, 5), ...pick(phrases).slice(-5)].join(' ');
      if (made === count || known.has(phraseKey(phrase))) continue;
      known.add(phraseKey(phrase));
      invented.get(intent)!.push(phrase);
      made += 1;
    }
  }
  return invented;
}

async function prepareDraft(): Promise<string> {
  const { intents } = await readCorpus(new URL('..', import.meta.url).pathname);
  const known = intents.reduce((sum, { phrases }) => sum + phrases.length, 0);
  const { id } = await call<DraftRow>('POST', '/curation/drafts', { name: 'bench' });
  for (const [intent, phrases] of inventPhrases(intents, PHRASES - known)) {
    for (let from = 0; from < phrases.length; from += LOT)
      await call('POST', `/curation/intents/${intent}/phrases`, {
        draft: id,
        add: phrases.slice(from, from + LOT),
      });
  }
  return id;
}

const runWindow = async (): Promise<Load> => {
  const load = await client.ask('paced', { ms: WINDOW_MS, perSecond: RATE });
  process.stderr.write('.');
  return load;
};
async function runQuietWindows(): Promise<Load[]> {
  const loads: Load[] = [];
  for (let count = 0; count < QUIET_WINDOWS; count++) loads.push(await runWindow());
  return loads;
}

await call('POST', '/sign-in', { email: BENCH_ADMIN.email, password: BENCH_ADMIN.password });
const draft = await prepareDraft();
await client.ask('connect', { url, clients: CLIENTS, answers: true });
await client.ask('paced', { ms: WARM_UP_MS, perSecond: RATE });

const before = await runQuietWindows();
await call('POST', `/curation/drafts/${draft}/check`, {});
const startedAt = performance.now();
const training: Load[] = [];
let view: CheckView;
do {
  training.push(await runWindow());
  view = await call<CheckView>('GET', `/curation/drafts/${draft}/check`);
} while (view.state === 'running');
const checkedS = (performance.now() - startedAt) / 1_000;
if (view.report === null) throw new Error(view.problem ?? 'not checked');

const { revision } = await call<DraftView>('GET', `/curation/drafts/${draft}`);
const goneLive = call<Published>('POST', `/curation/drafts/${draft}/publish`, {
  revision,
  notes: '',
  answersFor: BENCH_ADMIN.name,
});
const switching = [await runWindow()];
const { release } = await goneLive;
const rolledBackAt = performance.now();
await call('POST', `/curation/releases/1/live`, { live: release });
const rollbackMs = performance.now() - rolledBackAt;
const after = await runQuietWindows();
await client.close();
await server.close();

const normal = [...before, ...after];
const p99 = (loads: readonly Load[]): number =>
  quantile(
    loads.map(({ answered }) => answered.p99Ms),
    0.5,
  );
const row = (name: string, loads: readonly Load[]): string[] => [
  name,
  figure(loads.length),
  figure(
    quantile(
      loads.map(({ perSecond }) => perSecond),
      0.5,
    ),
  ),
  figure(
    quantile(
      loads.map(({ answered }) => answered.p50Ms),
      0.5,
    ),
  ),
  figure(p99(loads)),
  figure(Math.max(...loads.map(({ answered }) => answered.p99Ms))),
  figure(p99(loads) / p99(normal)),
];
tellHeadline({
  what: 'chat while a release is trained, p99 ms',
  value: p99(training),
  baseline: { what: 'nothing else', value: p99(normal) },
  aim: { text: 'under twice', isReached: p99(training) < 2 * p99(normal) },
});
process.stdout.write(
  `\n${formatTable({
    title: `Chat while a release of ${view.report.phrases.after} phrases is trained`,
    head: ['', 'windows', 'messages /s', 'answered p50 ms', 'p99', 'worst p99', 'p99 ÷ normal'],
    rows: [
      row('nothing else', normal),
      row('**training and asking**', training),
      row('going live', switching),
    ],
    notes: [
      `${RATE} messages a second by ${CLIENTS} contacts, windows of ${WINDOW_MS / 1000} s; medians of the windows' values. Times count from when a message was due.`,
      `Checked in ${figure(checkedS)} s (${view.report.calibratedAnew ? 'scores measured anew' : 'scores as before'}), going back took ${figure(rollbackMs)} ms.`,
    ],
  })}\n`,
);
