/**
 * npm run evaluate: how the product's corpus does on test/eval/.
 * npm run evaluate -- --train FILE.jsonl --test FILE.jsonl [--json] [--scores[=FILE]]: the same engine on other data.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Engine, trainEngine } from '../answering/engine.ts';
import { QUICK, THOROUGH } from '../answering/model/classifier.ts';
import { confidenceOf } from '../answering/model/confidence.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Corpus } from './corpus.ts';
import {
  type JudgedQuestion,
  judgeOutcome,
  type LabelledQuestion,
  leaveOutKnown,
  macroF1,
  type OutcomeCounts,
  tabulate,
  tabulateCalibration,
} from './evaluate.ts';
import { readLabelled, readLabelledFolder } from './labelled-file.ts';
import { readCorpus } from './load-corpus.ts';
import { toTrainingSet } from './train-corpus.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const USAGE =
  'Usage: npm run evaluate -- [--train FILE.jsonl --test FILE.jsonl] [--json] [--scores[=FILE]] [--failures]';

interface Scored {
  readonly text: string;
  readonly expected: string;
  readonly intent: string;
  readonly confidence: number;
}

async function main(): Promise<void> {
  const { scores, rest } = takeScores(process.argv.slice(2));
  const { values } = parseArgs({
    args: rest,
    options: {
      train: { type: 'string' },
      test: { type: 'string' },
      json: { type: 'boolean', default: false },
      failures: { type: 'boolean', default: false },
    },
  });
  if (values.train !== undefined && values.test === undefined) throw usageError('--train needs --test');

  const corpus = await readCorpus(ROOT);
  const questions =
    values.test === undefined
      ? leaveOutKnown(await readLabelledFolder(path.join(ROOT, 'test', 'eval')), corpus)
      : await readLabelled(values.test);
  const training =
    values.train === undefined
      ? toTrainingSet(corpus)
      : { ...toTrainingSet(corpus), phrases: await readLabelled(values.train), platforms: new Map() };
  const startedAt = performance.now();
  const engine = trainEngine(training, values.train === undefined ? QUICK : THOROUGH);
  const trainMs = Math.round(performance.now() - startedAt);

  const scored = score(engine, questions, corpus);
  if (scores !== null) await writeScores(scored, scores.file);
  const right = scored.filter(({ expected, intent }) => expected === intent).length;
  const measures = {
    accuracy: digits(right / questions.length),
    macroF1: digits(macroF1(scored)),
    n: questions.length,
    trainMs,
    usPerQuery: digits(timeClassification(engine, questions)),
    rssMb: Math.round(process.memoryUsage().rss / 1e6),
  };
  if (values.train !== undefined || values.test !== undefined) {
    print(values.json ? JSON.stringify(measures) : toLines(measures));
    return;
  }
  const judged: JudgedQuestion[] = questions.map((question) => {
    const decision = engine.decide(question.text);
    return { ...question, decision, outcome: judgeOutcome(question.intent, decision) };
  });
  const ways = tabulate(judged);
  const calibration = tabulateCalibration(judged);
  if (values.json) {
    print(JSON.stringify({ ...measures, ways, calibration }));
    return;
  }
  print(toLines(measures));
  print(formatOutcomes(ways));
  print('\nconfidence      n   said  right');
  for (const { from, to, n, meanConfidence, right: share } of calibration) {
    print(
      `${from.toFixed(2)}–${to.toFixed(2)}  ${String(n).padStart(5)}  ${percent(meanConfidence)}  ${percent(share)}`,
    );
  }
  if (values.failures) printFailures(judged);
}

/** `--scores`, `--scores=FILE` or `--scores FILE`: node:util knows no option whose value may be left out. */
function takeScores(args: readonly string[]): { scores: { file?: string } | null; rest: string[] } {
  const at = args.findIndex((argument) => /^--scores(=|$)/.test(argument));
  if (at < 0) return { scores: null, rest: [...args] };
  const [, given] = args[at]?.split('=') ?? [];
  const next = args[at + 1];
  const separate = given === undefined && next !== undefined && !next.startsWith('--');
  const file = separate ? next : given;
  const rest = args.filter((_, index) => index !== at && !(separate && index === at + 1));
  return { scores: file === undefined ? {} : { file }, rest };
}

function score(engine: Engine, questions: readonly LabelledQuestion[], { calibration }: Corpus): Scored[] {
  return questions.map(({ text, intent: expected }) => {
    const { ranked, evidence } = engine.rank(text);
    const confidence = digits(confidenceOf(evidence, calibration));
    return { text, expected, intent: ranked[0]?.intent ?? '', confidence };
  });
}

async function writeScores(scored: readonly Scored[], file?: string): Promise<void> {
  const lines = `${scored.map((entry) => JSON.stringify(entry)).join('\n')}\n`;
  if (file === undefined) process.stdout.write(lines);
  else await writeFile(file, lines);
}

const WARM_UP = 300;

/** Microseconds to find the intent alone, after a warm-up. */
function timeClassification(engine: Engine, questions: readonly LabelledQuestion[]): number {
  for (const { text } of questions.slice(0, WARM_UP)) engine.classify(text);
  const startedAt = performance.now();
  for (const { text } of questions) engine.classify(text);
  return ((performance.now() - startedAt) * 1000) / Math.max(1, questions.length);
}

function formatOutcomes(rows: readonly OutcomeCounts[]): string {
  const lines = rows.map(
    ({ name, n, right, offered, wrong, missed }) =>
      `${name.padEnd(13)} ${String(n).padStart(5)}  ${percent(right / n)}  ${percent((right + offered) / n)}  ${percent(wrong / n)}  ${percent(missed / n)}`,
  );
  return ['\nway of typing     n  right  +offer  wrong missed', ...lines].join('\n');
}

function printFailures(judged: readonly JudgedQuestion[]): void {
  for (const { text, intent, way, outcome, decision } of judged) {
    if (outcome === 'right') continue;
    const offered = decision.candidates
      .map((other) => `${other.intent} ${other.confidence.toFixed(2)}`)
      .join(', ');
    print(
      `${outcome} [${way}] ${text} | ${intent} | ${decision.decision}: ${offered} | ${decision.understood}`,
    );
  }
}

function toLines(measures: Readonly<Record<string, number>>): string {
  return Object.entries(measures)
    .map(([name, value]) => `${name.padEnd(11)} ${value}`)
    .join('\n');
}

function percent(share: number): string {
  return (share * 100).toFixed(1).padStart(5);
}

function digits(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function usageError(message: string): AppError {
  return new AppError({ code: 'usage', message: `${message}. ${USAGE}` });
}

try {
  await main();
} catch (error) {
  const { code, message, stack } = error as NodeJS.ErrnoException;
  const usage = code?.startsWith('ERR_PARSE_ARGS') || code === 'ENOENT';
  process.stderr.write(`${usage ? `${message}\n${USAGE}` : error instanceof AppError ? message : stack}\n`);
  process.exit(1);
}
