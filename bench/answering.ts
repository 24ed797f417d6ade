/**
 * npm run bench:answering: our engine next to NLP.js, natural and MiniSearch, and how it grows; Markdown tables.
 * --quick   leaves out what takes long
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readLabelledFolder } from '../src/corpus/labelled-file.ts';
import { readCorpus } from '../src/corpus/load-corpus.ts';
import { toTrainingSet } from '../src/corpus/train-corpus.ts';
import { compareAnswering } from './compare-answering.ts';
import { measureGrowth } from './growth.ts';
import { installContenders } from './install.ts';
import { formatTable } from './table.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });

installContenders();
const training = toTrainingSet(await readCorpus(ROOT));
const questions = await readLabelledFolder(path.join(ROOT, 'test', 'eval'));
const tables = [
  ...(await compareAnswering(training, questions, values.quick)),
  await measureGrowth(training, values.quick),
];
process.stdout.write(`${tables.map(formatTable).join('\n\n')}\n`);
