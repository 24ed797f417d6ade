/**
 * natural's logistic regression takes hours on the whole corpus and blocks its process. It is trained on
 * growing parts, as far as a minute allows, and what the whole would take is reckoned from them.
 */
import type { TrainingSet } from '../src/answering/engine.ts';
import { runInChild } from './job.ts';
import type { ContenderJob, ContenderResult } from './measure-contender.ts';

export interface Part {
  readonly phrases: number;
  readonly result: ContenderResult;
}

const BUDGET_MS = 60_000;
/** Phrases of each intent in the smallest part; every further part has twice as many. */
const FEWEST = 1;

/** The parts that could be trained in time, smallest first. */
export async function trainOnParts(training: TrainingSet, questions: readonly string[]): Promise<Part[]> {
  const parts: Part[] = [];
  const endAt = performance.now() + BUDGET_MS;
  for (let each = FEWEST; performance.now() < endAt; each *= 2) {
    const phrases = takeOfEach(training.phrases, each);
    const job = { contender: 'logisticRegression', training: { ...training, phrases }, questions } as const;
    const [result] = await runInChild<ContenderJob, ContenderResult>(
      new URL('./measure-contender.ts', import.meta.url),
      job,
      endAt - performance.now(),
    );
    if (result === undefined) break;
    parts.push({ phrases: phrases.length, result });
    if (phrases.length === training.phrases.length) break;
  }
  return parts;
}

function takeOfEach(phrases: TrainingSet['phrases'], most: number): TrainingSet['phrases'] {
  const taken = new Map<string, number>();
  return phrases.filter(({ intent }) => {
    const count = (taken.get(intent) ?? 0) + 1;
    taken.set(intent, count);
    return count <= most;
  });
}

/** The training time of `phrases`, when it goes on to grow as between the last two parts. */
export function extrapolateMs(parts: readonly Part[], phrases: number): number {
  const [before, last] = parts.slice(-2);
  if (before === undefined || last === undefined) return Number.NaN;
  const power =
    Math.log(last.result.training.wallMs / before.result.training.wallMs) /
    Math.log(last.phrases / before.phrases);
  return last.result.training.wallMs * (phrases / last.phrases) ** power;
}
