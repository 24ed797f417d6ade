/** How good are the answers? Counts over labelled questions. Pure. */
import type { Decision } from '../answering/engine.ts';
import { NONE } from '../answering/training-set.ts';
import { phraseKey } from './check-corpus.ts';
import type { Corpus } from './corpus.ts';

export interface LabelledQuestion {
  readonly text: string;
  readonly intent: string;
  /** How it is typed: clean, plain, partial, teen, slips, mixed, telex, vni. */
  readonly way: string;
}

/** Leaves out what stands word for word among the training phrases, as happens by chance with short questions. */
export function leaveOutKnown(questions: readonly LabelledQuestion[], corpus: Corpus): LabelledQuestion[] {
  const known = new Set(corpus.intents.flatMap(({ phrases }) => phrases.map(phraseKey)));
  return questions.filter(({ text }) => !known.has(phraseKey(text)));
}

/** right: answered rightly, or refused when out of scope. offered: asked back with the right one among the choices. */
export type Outcome = 'right' | 'offered' | 'wrong' | 'missed';

/**
 * Judges one decision.
 * Out of scope: unknown is right, asking back is missed (it costs the person a turn, but is no bluff), an answer is wrong.
 */
export function judgeOutcome(expected: string, decision: Decision): Outcome {
  if (expected === NONE) {
    if (decision.decision === 'unknown') return 'right';
    return decision.decision === 'answer' ? 'wrong' : 'missed';
  }
  if (decision.decision === 'answer') return decision.intent === expected ? 'right' : 'wrong';
  const offers =
    decision.decision === 'clarify' && decision.candidates.some(({ intent }) => intent === expected);
  return offers ? 'offered' : 'missed';
}

export interface OutcomeCounts {
  readonly name: string;
  readonly n: number;
  readonly right: number;
  readonly offered: number;
  readonly wrong: number;
  readonly missed: number;
}

export interface JudgedQuestion extends LabelledQuestion {
  readonly outcome: Outcome;
  readonly decision: Decision;
}

/** One row for each way of typing, one for what is out of scope, one for all that is in scope. */
export function tabulate(judged: readonly JudgedQuestion[]): OutcomeCounts[] {
  const inScope = judged.filter(({ intent }) => intent !== NONE);
  const ways = [...new Set(inScope.map(({ way }) => way))];
  return [
    ...ways.map((way) =>
      countOutcomes(
        way,
        inScope.filter((question) => question.way === way),
      ),
    ),
    countOutcomes('in scope', inScope),
    countOutcomes(
      'out of scope',
      judged.filter(({ intent }) => intent === NONE),
    ),
    countOutcomes('all', judged),
  ].filter(({ n }) => n > 0);
}

export function countOutcomes(name: string, judged: readonly JudgedQuestion[]): OutcomeCounts {
  const count = (outcome: Outcome): number =>
    judged.filter((question) => question.outcome === outcome).length;
  return {
    name,
    n: judged.length,
    right: count('right'),
    offered: count('offered'),
    wrong: count('wrong'),
    missed: count('missed'),
  };
}

export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly meanConfidence: number;
  /** Share of the best candidates in this bin that are right. */
  readonly right: number;
}

const BIN_EDGES = [0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 1];

/** Confidence against truth: in a calibrated engine both columns are alike. */
export function tabulateCalibration(judged: readonly JudgedQuestion[]): CalibrationBin[] {
  const rows = judged.flatMap(({ intent, decision }) => {
    const best = decision.candidates[0];
    return best === undefined ? [] : [{ confidence: best.confidence, right: best.intent === intent }];
  });
  return BIN_EDGES.slice(0, -1).flatMap((from, at) => {
    const to = BIN_EDGES[at + 1] ?? 1;
    const inside = rows.filter(({ confidence }) => confidence >= from && (confidence < to || to === 1));
    if (inside.length === 0) return [];
    const mean = inside.reduce((sum, { confidence }) => sum + confidence, 0) / inside.length;
    const right = inside.filter((row) => row.right).length / inside.length;
    return [{ from, to, n: inside.length, meanConfidence: mean, right }];
  });
}

/** Unweighted mean of the F1 of every label that occurs. */
export function macroF1(pairs: readonly { readonly expected: string; readonly intent: string }[]): number {
  const labels = new Set(pairs.map(({ expected }) => expected));
  let sum = 0;
  for (const label of labels) {
    const hits = pairs.filter(({ expected, intent }) => expected === label && intent === label).length;
    const said = pairs.filter(({ intent }) => intent === label).length;
    const meant = pairs.filter(({ expected }) => expected === label).length;
    sum += (2 * hits) / (said + meant);
  }
  return labels.size === 0 ? 0 : sum / labels.size;
}
