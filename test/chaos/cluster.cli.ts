/**
 * npm run chaos:cluster: contacts and agents on several nodes, while whatever may break does; then everything is compared.
 * --short     about a minute
 * --seed N    the same questions and faults as another run (its first line says which); when a fault strikes depends
 *             on the machine
 * --contacts N, --agents N, --messages N, --nodes N   other sizes
 * --rate N     messages a second of all contacts together: fewer for a machine that has other things to do
 * --minutes N  the messages must be through by then
 * --only WORDS  only kinds of faults with these words in their names, such as "store is killed"; may be said several times
 * With MONGODB_URI set the store is that engine, which is not killed. Exit code 1 unless nothing is wrong.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { enterHub, isInHub } from './cluster/ground.ts';
import { type ClusterPlan, LONG, SHORT } from './cluster/plan.ts';
import { runClusterChaos } from './cluster/run-cluster-chaos.ts';
import { ENGINE_SOCKET, passEngineOn } from './cluster/store.ts';
import { listWrongs, writeVerdict } from './cluster/write-verdict.ts';

const { values: options } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    seed: { type: 'string' },
    contacts: { type: 'string' },
    agents: { type: 'string' },
    messages: { type: 'string' },
    nodes: { type: 'string' },
    rate: { type: 'string' },
    minutes: { type: 'string' },
    only: { type: 'string', multiple: true, default: [] },
  },
});
const SIZES = ['contacts', 'agents', 'messages', 'nodes', 'rate'] as const;

async function run(): Promise<number> {
  const plan: ClusterPlan = {
    ...(options.short ? SHORT : LONG),
    ...Object.fromEntries(SIZES.flatMap((name) => (options[name] ? [[name, Number(options[name])]] : []))),
    ...(options.minutes === undefined ? {} : { patienceMs: Number(options.minutes) * 60_000 }),
    only: options.only,
    seed: options.seed === undefined ? Date.now() % 1_000_000 : Number(options.seed),
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  const { seed, nodes, contacts, agents, messages } = plan;
  process.stdout.write(
    `seed ${seed}: ${nodes} nodes, ${contacts} contacts, ${agents} agents, ${messages} messages\n`,
  );
  const startedAt = performance.now();
  let reportedAt = Number.NEGATIVE_INFINITY;
  /** Terminals show every word, logs one now and then. */
  const reportEveryMs = process.stderr.isTTY ? 200 : 10_000;
  const result = await runClusterChaos(plan, {
    progress(words) {
      if (performance.now() - reportedAt < reportEveryMs) return;
      reportedAt = performance.now();
      process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${words}` : `${words}\n`);
    },
    event(words) {
      const clear = process.stderr.isTTY ? '\r\x1b[K' : '';
      process.stderr.write(`${clear}${Math.round((performance.now() - startedAt) / 1_000)} s: ${words}\n`);
    },
  });
  const wrongs = listWrongs(result);
  if (wrongs.length > 0) {
    const file = path.join(tmpdir(), `cluster-chaos-${seed}.json`);
    const concerned = result.records.filter(({ contact }) =>
      wrongs.some((wrong) => wrong.includes(contact.name)),
    );
    writeFileSync(file, JSON.stringify({ wrongs, complaints: result.complaints, concerned }, null, 1));
    process.stdout.write(`what is known of it: ${file}\n`);
  }
  process.stdout.write(`${writeVerdict(result).join('\n')}\n`);
  return wrongs.length === 0 ? 0 : 1;
}

/** In a network of its own where that can be. */
async function runApart(): Promise<number> {
  const engine = process.env['MONGODB_URI'];
  if (isInHub()) return run();
  if (!engine) return (await enterHub({})) ?? run();
  const folder = mkdtempSync(path.join(tmpdir(), 'chaos-engine-'));
  const socket = path.join(folder, 'engine.sock');
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await passEngineOn(engine, socket);
  return (await enterHub({ [ENGINE_SOCKET]: socket })) ?? run();
}

process.exit(await runApart());
