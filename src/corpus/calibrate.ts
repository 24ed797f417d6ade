/** What the engine's scores are worth, measured by cross-validation over the corpus's own phrases. */
import {
  type Calibration,
  type Gates,
  type Ranking,
  type TrainingSet,
  trainEngine,
} from '../answering/engine.ts';
import { confidenceOf, fitCalibration } from '../answering/model/confidence.ts';
import { NONE } from '../answering/training-set.ts';
import { seededRandom } from '../kernel/random.ts';
import { asTelex, asVni, partlyAccented, type Random, withoutAccents, withSlips } from './ways-of-typing.ts';

export interface CalibrationReport {
  readonly calibration: Calibration;
  readonly gates: Gates;
  /** On the held-out phrases at these gates, shares 0..1. */
  readonly measured: {
    readonly phrases: number;
    readonly bestRight: number;
    readonly answered: number;
    readonly wrongOfAnswered: number;
    readonly outOfScopeAnswered: number;
    readonly inScopeRefused: number;
  };
}

const FOLDS = 4;
const SEED = 2026;

/** Of the answers given to held-out phrases at most this share may be wrong. */
const MOST_WRONG = 0.08;
/** Of held-out in-scope phrases at most this share may be refused as out of scope. */
const MOST_REFUSED = 0.01;
/** Below this confidence fewer than one in seven best candidates is right: three choices would mislead. */
const CLARIFY_FROM = 0.15;
const OFFER_SHARE = 0.1;

interface HeldOut {
  readonly expected: string;
  readonly ranking: Ranking;
}

/**
 * Trains on all folds but one, types each phrase of that one in some way, and fits confidence and gates
 * on what the engine made of them.
 */
export function calibrate(
  training: TrainingSet,
  onFold: (done: number, of: number) => void = () => {},
): CalibrationReport {
  const heldOut = crossValidate(training, onFold);
  const calibration = fitCalibration(
    heldOut.map(({ expected, ranking }) => ({
      evidence: ranking.evidence,
      right: ranking.ranked[0]?.intent === expected,
    })),
  );
  const judged = heldOut.map(({ expected, ranking }) => ({
    expected,
    best: ranking.ranked[0]?.intent ?? '',
    none: ranking.evidence.none,
    confidence: confidenceOf(ranking.evidence, calibration),
  }));
  const inScope = judged.filter(({ expected }) => expected !== NONE);
  const none = quantileAbove(
    inScope.map((row) => row.none),
    MOST_REFUSED,
  );
  const candidates = judged.filter((row) => row.best !== NONE && row.none < none);
  const answer = lowestGate(
    candidates.map(({ confidence, best, expected }) => ({ confidence, right: best === expected })),
  );
  const answered = candidates.filter(({ confidence }) => confidence >= answer);
  const outOfScope = judged.filter(({ expected }) => expected === NONE);
  const share = (part: number, whole: number): number => round(part / Math.max(1, whole));
  return {
    calibration: {
      bias: round(calibration.bias),
      weights: mapValues(calibration.weights, round),
    },
    gates: { answer: round(answer), clarify: CLARIFY_FROM, none: round(none), offerShare: OFFER_SHARE },
    measured: {
      phrases: judged.length,
      bestRight: share(judged.filter(({ best, expected }) => best === expected).length, judged.length),
      answered: share(answered.length, judged.length),
      wrongOfAnswered: share(
        answered.filter(({ best, expected }) => best !== expected).length,
        answered.length,
      ),
      outOfScopeAnswered: share(
        answered.filter(({ expected }) => expected === NONE).length,
        outOfScope.length,
      ),
      inScopeRefused: share(inScope.filter((row) => row.none >= none).length, inScope.length),
    },
  };
}

function crossValidate(training: TrainingSet, onFold: (done: number, of: number) => void): HeldOut[] {
  const random = seededRandom(SEED);
  const folds = training.phrases.map(() => Math.floor(random() * FOLDS));
  const heldOut: HeldOut[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const engine = trainEngine({
      ...training,
      phrases: training.phrases.filter((_, at) => folds[at] !== fold),
    });
    training.phrases.forEach(({ text, intent }, at) => {
      if (folds[at] === fold)
        heldOut.push({ expected: intent, ranking: engine.rank(typeSomehow(text, random)) });
    });
    onFold(fold + 1, FOLDS);
  }
  return heldOut;
}

/** The mixture of ways in which people are expected to type. */
function typeSomehow(text: string, random: Random): string {
  const way = random();
  if (way < 0.35) return text;
  if (way < 0.6) return withoutAccents(text);
  if (way < 0.65) return partlyAccented(text, random);
  if (way < 0.8) return withSlips(text, random);
  if (way < 0.9) return withoutAccents(withSlips(text, random));
  return way < 0.95 ? asTelex(text) : asVni(text);
}

/** The lowest confidence from which on at most MOST_WRONG of the answers are wrong. */
function lowestGate(rows: readonly { readonly confidence: number; readonly right: boolean }[]): number {
  const sorted = [...rows].sort((a, b) => b.confidence - a.confidence);
  let wrong = 0;
  let gate = 1;
  sorted.forEach(({ confidence, right }, at) => {
    if (!right) wrong += 1;
    if (wrong <= MOST_WRONG * (at + 1)) gate = confidence;
  });
  return gate;
}

/** The value that only `share` of the values reach. */
function quantileAbove(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => b - a);
  return sorted[Math.floor(sorted.length * share)] ?? 1;
}

function mapValues<K extends string>(
  record: Readonly<Record<K, number>>,
  change: (value: number) => number,
): Record<K, number> {
  return Object.fromEntries(
    Object.entries<number>(record).map(([key, value]) => [key, change(value)]),
  ) as Record<K, number>;
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
