/**
 * npm run bench:start: how long the desk takes from its start until it is ready, on a store that it has used before,
 * next to a bare Express server. One Markdown table.
 * --rounds N
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { tellHeadline } from './headlines.ts';
import { quantile } from './measure.ts';
import { figure, formatTable } from './table.ts';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } });
const ROUNDS = Number(options.rounds);
const ROOT = path.resolve(import.meta.dirname, '..');
const LOOK_EVERY_MS = 10;
const TICK_MS = 10;

const BARE = `import('express').then(({ default: express }) => {
  const app = express();
  app.get('/readyz', (_request, response) => response.json({ ready: true }));
  app.listen(Number(process.env.PORT), '127.0.0.1');
});`;

interface Start {
  readonly readyMs: number;
  /** Of the process until then; undefined where the system does not tell. */
  readonly cpuMs: number | undefined;
}

async function findPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts a program, waits until `/readyz` says yes, and ends it in order. */
async function start(args: readonly string[], dataDir: string): Promise<Start> {
  const port = await findPort();
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, PORT: `${port}`, HOST: '127.0.0.1', DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  const isReady = (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) {
    if (child.exitCode !== null) throw new Error(`${args.join(' ')} ended with exit code ${child.exitCode}`);
    await delay(LOOK_EVERY_MS);
  }
  const readyMs = performance.now() - startedAt;
  const cpuMs = cpuOf(child.pid!);
  child.kill('SIGTERM');
  await ended;
  return { readyMs, cpuMs };
}

function cpuOf(pid: number): number | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [user, system] = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13);
    return (Number(user) + Number(system)) * TICK_MS;
  } catch {
    return undefined;
  }
}

execFileSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: ['ignore', 2, 2] });
const dataDir = await mkdtemp(path.join(tmpdir(), 'bench-start-'));
const BUILT = [path.join('dist', 'server', 'main.mjs')];
const first = await start(BUILT, dataDir);
const sides = [
  { name: 'bare Express', args: ['--input-type=module', '-e', BARE], starts: [] as Start[] },
  { name: '**desk, as `npm start` runs it**', args: BUILT, starts: [] as Start[] },
  {
    name: 'desk, from its TypeScript',
    args: ['--import', 'tsx', path.join('src', 'main.ts')],
    starts: [] as Start[],
  },
];
for (let round = 0; round < ROUNDS; round++) {
  for (const { args, starts } of sides) starts.push(await start(args, dataDir));
  process.stderr.write('.');
}
await rm(dataDir, { recursive: true });

const [bare, desk] = sides.map(({ starts }) =>
  quantile(
    starts.map(({ readyMs }) => readyMs),
    0.5,
  ),
);
tellHeadline({
  what: 'start to ready, ms',
  value: desk!,
  baseline: { what: 'bare Express', value: bare! },
  aim: { text: 'under 2,000', isReached: desk! < 2_000 },
});
process.stderr.write('\n');
process.stdout.write(
  `${formatTable({
    title: 'Start to ready',
    head: ['program', 'ready ms', 'slowest', '÷ bare', 'CPU ms'],
    rows: sides.map(({ name, starts }) => {
      const times = starts.map(({ readyMs }) => readyMs);
      const cpu = starts.flatMap(({ cpuMs }) => cpuMs ?? []);
      const median = quantile(times, 0.5);
      return [
        name,
        figure(median),
        figure(Math.max(...times)),
        figure(median / bare!),
        cpu.length === 0 ? '–' : figure(quantile(cpu, 0.5)),
      ];
    }),
    notes: [
      `${ROUNDS} starts each, in turn, on an embedded store that holds release 1 and its trained engine; without the building that \`npm start\` does before.`,
      `The very first start, which fills the store and trains: ${figure(first.readyMs)} ms.`,
    ],
  })}\n`,
);
