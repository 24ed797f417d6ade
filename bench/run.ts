/**
 * npm run bench: every benchmark, one Markdown table each.
 * --write   also writes docs/benchmarks.md
 * --quick   leaves out what takes long
 */
import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readLabelledFolder } from '../src/corpus/labelled-file.ts';
import { readCorpus } from '../src/corpus/load-corpus.ts';
import { toTrainingSet } from '../src/corpus/train-corpus.ts';
import { compareAnswering } from './answering.ts';
import { measureGrowth } from './growth.ts';
import { installContenders } from './install.ts';
import { formatTable } from './table.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

const { values } = parseArgs({
  options: { write: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } },
});

installContenders();
const training = toTrainingSet(await readCorpus(ROOT));
const questions = await readLabelledFolder(path.join(ROOT, 'test', 'eval'));
const tables = [
  ...(await compareAnswering(training, questions, values.quick)),
  await measureGrowth(training, values.quick),
];
const page = [describeRun(values.quick), ...tables.map(formatTable)].join('\n\n');
process.stdout.write(`${page}\n`);
if (values.write) await writeFile(path.join(ROOT, 'docs', 'benchmarks.md'), `${page}\n`);

function describeRun(quick: boolean): string {
  const [processor] = os.cpus();
  const command = `npm run bench -- ${quick ? '--quick ' : ''}--write`;
  const load = os.loadavg()[0] ?? 0;
  return [
    '# Benchmarks',
    `Made by \`${command}\` on ${new Date().toISOString().slice(0, 10)}: ${processor?.model.trim() ?? 'unknown processor'}, ${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GB, Node ${process.version}; load ${load.toFixed(1)} at the end. Where other work shares the cores, trust CPU times and ratios, not µs on the clock.`,
  ].join('\n\n');
}
