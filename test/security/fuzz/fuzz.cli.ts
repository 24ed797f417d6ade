/**
 * npm run fuzz: 100,000 inputs at every endpoint and every command; exit 1 when the desk minds one.
 * --inputs N   another number
 * --seed N     another run
 */
import { parseArgs } from 'node:util';
import { runFuzz } from './run-fuzz.ts';

const { values } = parseArgs({
  options: { inputs: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
});
const startedAt = Date.now();
const { inputs, targets, answers, failures, memory } = await runFuzz({
  inputs: Number(values.inputs),
  seed: Number(values.seed),
  onProgress: (done) => process.stderr.write(`\r${done}`),
});
const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);
// The first half warms up: caches fill, code is compiled.
const late = memory.slice(Math.floor(memory.length / 2));
const [first, last] = [late[0], late.at(-1)];
const slope =
  first && last && last.inputs > first.inputs ? (last.bytes - first.bytes) / (last.inputs - first.inputs) : 0;
process.stdout.write(
  [
    '',
    ...failures,
    `memory in MB: ${memory.map(({ bytes }) => megabytes(bytes)).join(' ')}; ${slope.toFixed(0)} bytes an input in the second half`,
    `${inputs} inputs at ${targets} targets in ${Math.round((Date.now() - startedAt) / 1_000)} s, ${answers.size} kinds of answers, ${failures.length} failures`,
    '',
  ].join('\n'),
);
process.exit(failures.length === 0 ? 0 : 1);
