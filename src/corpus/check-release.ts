/** How a corpus fares on the regression questions, against the one that is live. Pure but for the packing of its engine. */

import { type Calibration, type Engine, type Gates, openEngine, trainImage } from '../answering/engine.ts';
import { doAtOnce } from '../answering/pieces.ts';
import { NONE } from '../answering/training-set.ts';
import type {
  CalibrationRow,
  OutcomeTotals,
  QuestionMove,
  QuestionOutcome,
} from '../contracts/corpus-releases.ts';
import { calibrate } from './calibrate.ts';
import type { Corpus } from './corpus.ts';
import { packImage, unpackEngine } from './engine-image.ts';
import {
  countOutcomes,
  type JudgedQuestion,
  judgeOutcome,
  type LabelledQuestion,
  tabulateCalibration,
} from './evaluate.ts';
import { toTrainingSet, trainCorpus } from './train-corpus.ts';

export interface RegressionQuestion extends LabelledQuestion {
  readonly source: QuestionMove['source'];
}

export interface CheckInput {
  readonly live: Corpus;
  /** Its trained engine (`packImage`); null: it is trained for the check. */
  readonly liveImage: Uint8Array | null;
  readonly candidate: Corpus;
  readonly questions: readonly RegressionQuestion[];
  /** Measure anew what the candidate's scores are worth, also where few phrases changed. */
  readonly calibrate: boolean;
}

export interface Checked {
  readonly totals: { readonly before: OutcomeTotals; readonly after: OutcomeTotals };
  readonly moves: readonly QuestionMove[];
  readonly calibration: {
    readonly before: readonly CalibrationRow[];
    readonly after: readonly CalibrationRow[];
  };
  readonly leftOut: number;
  /** What was measured anew; null: the candidate's own stands. */
  readonly measured: { readonly calibration: Calibration; readonly gates: Gates } | null;
  readonly trainMs: number;
  readonly isWorse: boolean;
  /** The candidate's trained engine (`packImage`). */
  readonly image: Uint8Array;
}

type OnProgress = (progress: { step: 'training' | 'asking' | 'calibrating'; share: number }) => void;

/** Shares of the whole, as they were measured for 14,000 phrases: training 2 × 4 s, asking 2 × 0.4 s, calibrating 20 s. */
const WITHOUT_CALIBRATING = { calibrated: 0, liveTrained: 0.45, trained: 0.9 };
const WITH_CALIBRATING = { calibrated: 0.7, liveTrained: 0.84, trained: 0.97 };

/** Trains both, asks both the same questions, and tells what differs. */
export async function checkRelease(input: CheckInput, onProgress: OnProgress): Promise<Checked> {
  const isMeasured = input.calibrate || changedShare(input) >= CALIBRATE_FROM;
  const steps = isMeasured ? WITH_CALIBRATING : WITHOUT_CALIBRATING;
  const measured = isMeasured ? measure(input.candidate, steps.calibrated, onProgress) : null;
  const candidate: Corpus = measured === null ? input.candidate : { ...input.candidate, ...measured };

  onProgress({ step: 'training', share: steps.calibrated });
  const live =
    input.liveImage === null ? trainCorpus(input.live) : await unpackEngine(input.liveImage, input.live);
  onProgress({ step: 'training', share: steps.liveTrained });
  const startedAt = performance.now();
  const image = trainImage(toTrainingSet(candidate));
  const trainMs = Math.round(performance.now() - startedAt);
  const engine = doAtOnce(openEngine(image, toTrainingSet(candidate)));
  onProgress({ step: 'asking', share: steps.trained });

  const taught = new Set(toTrainingSet(candidate).phrases.map(({ intent }) => intent));
  // What the editors archived or took out is not to be answered.
  const questions = input.questions.filter(({ intent }) => intent === NONE || taught.has(intent));
  const before = questions.map((question) => judge(question, live));
  const after = questions.map((question) => judge(question, engine));
  onProgress({ step: 'asking', share: 1 });
  const totals = { before: totalsOf(before), after: totalsOf(after) };
  const moves = questions.flatMap((question, at) => moveOf(question, before[at]!, after[at]!) ?? []);
  return {
    totals,
    moves,
    calibration: { before: calibrationOf(before), after: calibrationOf(after) },
    leftOut: input.questions.length - questions.length,
    measured,
    trainMs,
    isWorse: isWorse({ totals, moves }),
    image: await packImage(image),
  };
}

/** Better ranks higher. An answer that is wrong is the worst that can happen, worse than none. */
const RANK: Readonly<Record<QuestionOutcome, number>> = { right: 3, offered: 2, missed: 1, wrong: 0 };

/** null: it fares as before. */
export function moveOf(
  { text, intent, source }: RegressionQuestion,
  before: JudgedQuestion,
  after: JudgedQuestion,
): QuestionMove | null {
  const gain = RANK[after.outcome] - RANK[before.outcome];
  const isOther = after.outcome === 'wrong' && after.decision.intent !== before.decision.intent;
  if (gain === 0 && !isOther) return null;
  const move = gain > 0 ? 'gained' : gain < 0 ? 'lost' : 'flipped';
  return {
    text,
    expected: intent,
    move,
    before: presentOutcome(before),
    after: presentOutcome(after),
    source,
  };
}

/**
 * Does a change make the bot worse? It does when fewer questions are answered rightly or with the right one among
 * the choices, when more are answered wrongly, and when a question that staff confirmed as right is lost.
 */
export function isWorse({ totals, moves }: Pick<Checked, 'totals' | 'moves'>): boolean {
  const { before, after } = totals;
  return (
    after.right + after.offered < before.right + before.offered ||
    after.right < before.right ||
    after.wrong > before.wrong ||
    moves.some(({ move, source }) => move === 'lost' && source === 'staff')
  );
}

/** With so many phrases other than before, what the scores were worth then says little. */
const CALIBRATE_FROM = 0.05;

/** Phrases added and taken out, of all. */
function changedShare({ live, candidate }: Pick<CheckInput, 'live' | 'candidate'>): number {
  const keysOf = ({ intents }: Corpus): Set<string> =>
    new Set(intents.flatMap(({ intent, phrases }) => phrases.map((phrase) => `${intent}\n${phrase}`)));
  const [before, after] = [keysOf(live), keysOf(candidate)];
  const gone = [...before].filter((key) => !after.has(key)).length;
  const come = [...after].filter((key) => !before.has(key)).length;
  return (gone + come) / Math.max(1, before.size);
}

function measure(
  corpus: Corpus,
  upTo: number,
  onProgress: OnProgress,
): { calibration: Calibration; gates: Gates } {
  onProgress({ step: 'calibrating', share: 0 });
  const { calibration, gates } = calibrate(toTrainingSet(corpus), (done, of) =>
    onProgress({ step: 'calibrating', share: (upTo * done) / of }),
  );
  return { calibration, gates };
}

function judge(question: RegressionQuestion, engine: Engine): JudgedQuestion {
  const decision = engine.decide(question.text);
  return { ...question, decision, outcome: judgeOutcome(question.intent, decision) };
}

function totalsOf(judged: readonly JudgedQuestion[]): OutcomeTotals {
  const { n, right, offered, missed, wrong } = countOutcomes('all', judged);
  return { n, right, offered, missed, wrong };
}

function calibrationOf(judged: readonly JudgedQuestion[]): CalibrationRow[] {
  return tabulateCalibration(judged).map(({ from, to, n, meanConfidence, right }) => ({
    from,
    to,
    n,
    said: meanConfidence,
    right,
  }));
}

function presentOutcome({ outcome, decision }: JudgedQuestion): QuestionMove['before'] {
  const { intent, candidates, confidence } = decision;
  return { outcome, intent: intent ?? candidates[0]?.intent ?? null, confidence };
}
