/** Our engine against what else can be had in JavaScript: same phrases, same questions, one machine. */
import { NONE, type TrainingSet } from '../src/answering/training-set.ts';
import type { LabelledQuestion } from '../src/corpus/evaluate.ts';
import type { ContenderName } from './contenders/contenders.ts';
import { tellHeadline } from './headlines.ts';
import { runInChild } from './job.ts';
import { extrapolateMs, trainOnParts } from './logistic-regression.ts';
import type { ContenderJob, ContenderResult } from './measure-contender.ts';
import { figure, percent, type Table } from './table.ts';

interface Entry {
  readonly contender: ContenderName;
  readonly title: string;
  /** Takes more than a few seconds to train or to ask. */
  readonly slow: boolean;
}

const OURS = 'own';
/** What our times are held against. */
const YARDSTICK = 'nlpShipped';
const ENTRIES: readonly Entry[] = [
  { contender: OURS, title: '**our engine**', slow: false },
  { contender: YARDSTICK, title: 'NLP.js as shipped', slow: false },
  { contender: 'nlpTuned', title: 'NLP.js, rate 0.02, accents folded', slow: true },
  { contender: 'bayes', title: 'natural Bayes, Vietnamese tokens', slow: false },
  { contender: 'miniSearch', title: 'MiniSearch, nearest phrase', slow: true },
];

interface Measured extends Entry {
  readonly result: ContenderResult;
}

/** Measures one contender after the other. */
export async function compareAnswering(
  training: TrainingSet,
  questions: readonly LabelledQuestion[],
  quick: boolean,
): Promise<Table[]> {
  const measured: Measured[] = [];
  const failures: string[] = [];
  for (const entry of ENTRIES) {
    if (quick && entry.slow) continue;
    process.stderr.write(`measuring ${entry.title}\n`);
    const job = { contender: entry.contender, training, questions: questions.map(({ text }) => text) };
    const [result] = await runInChild<ContenderJob, ContenderResult>(
      new URL('./measure-contender.ts', import.meta.url),
      job,
    );
    if (result === undefined) failures.push(`${entry.title} did not come to an end.`);
    else measured.push({ ...entry, result });
  }
  tellResults(measured, questions);
  if (!quick) failures.push(await reportLogisticRegression(training, questions));
  return [costTable(measured, training, questions, failures), wayTable(measured, questions)];
}

function tellResults(measured: readonly Measured[], questions: readonly LabelledQuestion[]): void {
  const [own, yardstick] = [OURS, YARDSTICK].map(
    (name) => measured.find(({ contender }) => contender === name)?.result,
  );
  if (own === undefined || yardstick === undefined) return;
  const right = ({ intents }: ContenderResult): number => 100 * shareRight(intents, questions, () => true);
  tellHeadline({
    what: 'answering: held-out questions right, %',
    value: right(own),
    baseline: { what: 'NLP.js', value: right(yardstick) },
    aim: null,
  });
  if (!own.decide || !yardstick.decide) return;
  tellHeadline({
    what: 'answering: a whole decision, CPU µs',
    value: own.decide.cpuUs,
    baseline: { what: 'NLP.js with entities', value: yardstick.decide.cpuUs },
    aim: null,
  });
}

function costTable(
  measured: readonly Measured[],
  { phrases }: TrainingSet,
  questions: readonly LabelledQuestion[],
  failures: readonly string[],
): Table {
  const yardstick = measured.find(({ contender }) => contender === YARDSTICK)?.result;
  return {
    title: 'Answering: accuracy and cost',
    head: [
      'contender',
      'right %',
      'in scope %',
      'intent alone µs',
      'first time µs',
      'p99 µs',
      'CPU µs',
      '÷ NLP.js',
      'with entities µs',
      'p99 µs',
      'CPU µs',
      '÷ NLP.js',
      'training s',
      'CPU s',
      'RSS MB',
      'kept MB',
    ],
    rows: measured.map(({ title, result }) => toRow(title, result, yardstick, questions)),
    notes: [
      `Each trained on the same ${phrases.length.toLocaleString('en')} phrases (those of “${NONE}” included) and asked the same ${questions.length.toLocaleString('en')} held-out questions of \`test/eval/\`, in a process of its own. Right: the best intent is the expected one, without any threshold.`,
      'µs: mean of a round, median of the rounds. First time: the round before, in which no question has been asked yet. p99: single questions, all rounds. CPU: processor time of the whole process, garbage collection included. ÷ NLP.js: its CPU time as shipped is 1.',
      'With entities: `decide` of our engine (entities, reading, intent, nearest phrases, decision), `process` of NLP.js with `forceNER`.',
      'Memory: after training, beyond the same process before loading the contender; kept: after garbage collection.',
      ...failures,
    ],
  };
}

function toRow(
  title: string,
  { intents, training, memory, classify, decide }: ContenderResult,
  yardstick: ContenderResult | undefined,
  questions: readonly LabelledQuestion[],
): string[] {
  const ratio = (own?: number, other?: number): string =>
    own === undefined || other === undefined ? '–' : (own / other).toFixed(2);
  return [
    title,
    percent(shareRight(intents, questions, () => true)),
    percent(shareRight(intents, questions, ({ intent }) => intent !== NONE)),
    figure(classify.us),
    figure(classify.firstUs),
    figure(classify.p99Us),
    figure(classify.cpuUs),
    ratio(classify.cpuUs, yardstick?.classify.cpuUs),
    figure(decide?.us),
    figure(decide?.p99Us),
    figure(decide?.cpuUs),
    ratio(decide?.cpuUs, yardstick?.decide?.cpuUs),
    figure(training.wallMs / 1000),
    figure(training.cpuMs / 1000),
    figure(memory.rssMb),
    figure(memory.keptMb),
  ];
}

function wayTable(measured: readonly Measured[], questions: readonly LabelledQuestion[]): Table {
  const ways = [...new Set(questions.map(({ way }) => way))];
  const inScope = (way: string) => (question: LabelledQuestion) =>
    question.intent !== NONE && question.way === way;
  return {
    title: 'Answering: right % by way of typing, in scope, and out of scope',
    head: ['contender', ...ways, 'out of scope'],
    rows: measured.map(({ title, result }) => [
      title,
      ...ways.map((way) => percent(shareRight(result.intents, questions, inScope(way)))),
      percent(shareRight(result.intents, questions, ({ intent }) => intent === NONE)),
    ]),
    notes: [],
  };
}

function shareRight(
  intents: readonly string[],
  questions: readonly LabelledQuestion[],
  counts: (question: LabelledQuestion) => boolean,
): number {
  let all = 0;
  let right = 0;
  questions.forEach((question, at) => {
    if (!counts(question)) return;
    all += 1;
    if (intents[at] === question.intent) right += 1;
  });
  return right / all;
}

/** One sentence on the contender that cannot be trained on so much. */
async function reportLogisticRegression(
  training: TrainingSet,
  questions: readonly LabelledQuestion[],
): Promise<string> {
  process.stderr.write('measuring natural LogisticRegression on parts\n');
  const parts = await trainOnParts(
    training,
    questions.map(({ text }) => text),
  );
  const last = parts.at(-1);
  if (last === undefined)
    return 'natural LogisticRegression: not even the smallest part was trained in time.';
  const right = percent(shareRight(last.result.intents, questions, () => true));
  const ms = extrapolateMs(parts, training.phrases.length);
  const whole = Number.isNaN(ms)
    ? 'all of them too long to say'
    : `all ${training.phrases.length.toLocaleString('en')} would take about ${figure(ms / 3_600_000)} hours`;
  return `natural LogisticRegression is left out: ${last.phrases} phrases took ${figure(last.result.training.wallMs / 1000)} s to train (${right} % right, ${figure(last.result.classify.us)} µs); grown on as from the part before, ${whole}.`;
}
