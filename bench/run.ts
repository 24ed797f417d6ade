/**
 * npm run bench: every benchmark, one after the other, and one table over all of them.
 * --quick           each in its short form, where it has one
 * --only a,b        some of them
 * --write           puts the table and all details into docs/benchmarks.md
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { HEADLINES_FILE, type Headline, toCells } from './headlines.ts';
import { formatTable } from './table.ts';

/** The arguments of the short form. */
const BENCHMARKS: Readonly<Record<string, readonly string[]>> = {
  start: ['--rounds', '2'],
  answers: ['--quick'],
  chat: ['--quick', '--clients', '100'],
  release: ['--phrases', '2000', '--window', '4'],
  tickets: ['--count', '5000'],
  widget: [],
  storage: ['--quick'],
  answering: ['--quick'],
};
const REMARKS = '# Remarks';
const PAGE = path.resolve(import.meta.dirname, '../docs/benchmarks.md');

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const names = values.only?.split(',') ?? Object.keys(BENCHMARKS);
const unknown = names.filter((name) => BENCHMARKS[name] === undefined);
if (unknown.length > 0)
  throw new Error(
    `No benchmark is called ${unknown.join(', ')}: there are ${Object.keys(BENCHMARKS).join(', ')}`,
  );

const folder = await mkdtemp(path.join(os.tmpdir(), 'bench-'));
const details: string[] = [];
const rows: string[][] = [];
const failed: string[] = [];
for (const name of names) {
  process.stderr.write(`\n${name}: ${names.indexOf(name) + 1} of ${names.length}\n`);
  const headlines = path.join(folder, name);
  const args = ['--import', 'tsx', path.join(import.meta.dirname, `${name}.ts`)];
  const child = spawn(process.execPath, [...args, ...(values.quick ? BENCHMARKS[name]! : [])], {
    env: { ...process.env, [HEADLINES_FILE]: headlines },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  details.push((await text(child.stdout)).trim());
  const [code] = (await ended) as [number | null];
  if (code !== 0) failed.push(`bench:${name} ended with exit code ${code}.`);
  const lines = (await readFile(headlines, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
  rows.push(...lines.map((line) => toCells(JSON.parse(line) as Headline)));
}
await rm(folder, { recursive: true });

const page = [
  '# Benchmarks',
  describeRun(),
  formatTable({
    title: 'All at a glance',
    head: ['measured', 'desk', 'baseline, same run', 'ratio', 'aim'],
    rows,
    notes: ['What each figure means is said below, where it stands with the others of its run.', ...failed],
  }),
  ...details,
].join('\n\n');
process.stdout.write(`${page}\n`);
if (values.write) await writeFile(PAGE, `${page}\n${await readRemarks()}`);
if (failed.length > 0) process.exitCode = 1;

/** What people wrote about the figures, behind them. */
async function readRemarks(): Promise<string> {
  const before = await readFile(PAGE, 'utf8').catch(() => '');
  const at = before.indexOf(REMARKS);
  return at < 0 ? '' : `\n${before.slice(at)}`;
}

function describeRun(): string {
  const [processor] = os.cpus();
  const command = ['npm run bench --', ...process.argv.slice(2)].join(' ');
  const load = os.loadavg()[0] ?? 0;
  return `Made by \`${command}\` on ${new Date().toISOString().slice(0, 10)}: ${processor?.model.trim() ?? 'unknown processor'}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GB, Node ${process.version}; load ${load.toFixed(1)} at the end. Where other work shares the cores, trust CPU times and ratios.`;
}
