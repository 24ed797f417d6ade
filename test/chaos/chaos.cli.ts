/**
 * npm run chaos: devices write while connections break and the desk is killed; then everything is compared.
 * --short     under 40 seconds
 * --seed N    the same questions and faults as another run (its first line says which); when a fault strikes depends
 *             on the machine
 * --clients N, --messages N, --kills N   other sizes
 * The last line: messages, acknowledged, lost, doubled, out of order. Exit code 1 unless the last three are 0.
 */
import { parseArgs } from 'node:util';
import { LONG, type Plan, SHORT } from './plan.ts';
import { runChaos } from './run-chaos.ts';
import { formatVerdict, isClean } from './verdict.ts';

const { values: options } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    seed: { type: 'string' },
    clients: { type: 'string' },
    messages: { type: 'string' },
    kills: { type: 'string' },
  },
});
const size = (name: 'clients' | 'messages' | 'kills'): { [name]?: number } =>
  options[name] === undefined ? {} : { [name]: Number(options[name]) };
const plan: Plan = {
  ...(options.short ? SHORT : LONG),
  ...size('clients'),
  ...size('messages'),
  ...size('kills'),
  seed: options.seed === undefined ? Date.now() % 1_000_000 : Number(options.seed),
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const SHOWN_MOST = 20;
/** Terminals show every word, logs one now and then. */
const REPORT_EVERY_MS = process.stderr.isTTY ? 200 : 5_000;
let reportedAt = 0;
function report(progress: string): void {
  if (Date.now() - reportedAt < REPORT_EVERY_MS) return;
  reportedAt = Date.now();
  process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${progress}` : `${progress}\n`);
}

process.stdout.write(
  `seed ${plan.seed}: ${plan.clients} clients, ${plan.messages} messages, ${plan.kills} kills\n`,
);
const { verdict, stored, tickets, kills, cuts, seconds, complaints } = await runChaos(plan, report);
if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
const faults = [...verdict.lost, ...verdict.doubled, ...verdict.outOfOrder];
for (const fault of faults.slice(0, SHOWN_MOST)) process.stdout.write(`${fault}\n`);
if (faults.length > SHOWN_MOST) process.stdout.write(`… and ${faults.length - SHOWN_MOST} more\n`);
if (faults.length > 0) process.stdout.write(`The desk said:\n${complaints.join('\n')}\n`);
process.stdout.write(
  `${cuts} connections broken, ${kills} kills, ${stored} messages stored with the answers, ${tickets} tickets, ` +
    `${Math.round(seconds)} s\n`,
);
process.stdout.write(`${formatVerdict(verdict)}\n`);
process.exit(isClean(verdict) ? 0 : 1);
