/** npm run calibrate: measures what the engine's scores are worth and writes intents/calibration.yaml. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { calibrate } from './calibrate.ts';
import { readCorpus } from './load-corpus.ts';
import { toTrainingSet } from './train-corpus.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FILE = 'intents/calibration.yaml';
const HEAD =
  "# Written by `npm run calibrate`: what the engine's scores are worth. Run it again after larger changes of phrases.\n";

const corpus = await readCorpus(ROOT, { calibrated: false });
const report = calibrate(toTrainingSet(corpus), (done, of) => {
  process.stderr.write(`\rfold ${done} of ${of}${done === of ? '\n' : ''}`);
});
const { calibration, gates, measured } = report;
await writeFile(path.join(ROOT, FILE), HEAD + stringify({ measured, gates, ...calibration }));
process.stdout.write(`${FILE} written\n${stringify(measured)}`);
