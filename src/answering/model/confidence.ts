/** How sure may one be? A logistic model over what is known of a classification, fitted on cross-validated scores. */

/** What is known of one classification, each 0..1. */
export interface Evidence {
  /** Probability of the best intent. */
  readonly first: number;
  /** Probability of the second-best. */
  readonly second: number;
  /** Probability of being out of scope. */
  readonly none: number;
  /** Share of words that the corpus does not know. */
  readonly unknown: number;
  /** Share of words that had to be repaired. */
  readonly repaired: number;
  /** Likeness of the nearest known phrase. */
  readonly likeness: number;
  /** Share of the likeness of the nearest phrases that is of the best intent. */
  readonly agreement: number;
  /** 1 / number of words: of short messages less is known. */
  readonly brevity: number;
}

/** Weights of a logistic model; as kept in intents/calibration.yaml. */
export interface Calibration {
  readonly bias: number;
  readonly weights: Readonly<Record<CalibrationTerm, number>>;
}

export const CALIBRATION_TERMS = [
  'first',
  'margin',
  'none',
  'unknown',
  'repaired',
  'likeness',
  'agreement',
  'brevity',
] as const;
export type CalibrationTerm = (typeof CALIBRATION_TERMS)[number];

/** Without a measured calibration the best probability speaks for itself. */
export const UNCALIBRATED: Calibration = {
  bias: 0,
  weights: { first: 1, margin: 0, none: 0, unknown: 0, repaired: 0, likeness: 0, agreement: 0, brevity: 0 },
};

const FARTHEST = 0.001;

function logit(share: number): number {
  const bounded = Math.min(1 - FARTHEST, Math.max(FARTHEST, share));
  return Math.log(bounded / (1 - bounded));
}

/** The terms of the model in the order of CALIBRATION_TERMS. */
export function toTerms(evidence: Evidence): number[] {
  const { first, second, none, unknown, repaired, likeness, agreement, brevity } = evidence;
  return [
    logit(first),
    Math.log((first + FARTHEST) / (second + FARTHEST)),
    none,
    unknown,
    repaired,
    likeness,
    agreement,
    brevity,
  ];
}

/** The probability that the best intent is right, 0..1. */
export function confidenceOf(evidence: Evidence, { bias, weights }: Calibration): number {
  const terms = toTerms(evidence);
  let sum = bias;
  CALIBRATION_TERMS.forEach((term, at) => {
    sum += weights[term] * terms[at]!;
  });
  return 1 / (1 + Math.exp(-sum));
}

const MOST_STEPS = 30;
const RIDGE = 1e-3;
const STOP_STEP = 1e-6;

/**
 * Fits the model to (evidence, was it right) by Newton's method with a small ridge (iteratively
 * reweighted least squares). Same input, same result.
 */
export function fitCalibration(
  samples: readonly { readonly evidence: Evidence; readonly right: boolean }[],
): Calibration {
  const rows = samples.map((sample) => [1, ...toTerms(sample.evidence)]);
  const size = CALIBRATION_TERMS.length + 1;
  const ridge = RIDGE * rows.length;
  let weights = new Array<number>(size).fill(0);
  for (let step = 0; step < MOST_STEPS; step++) {
    const gradient = weights.map((weight) => ridge * weight);
    const curvature = weights.map((_, k) => weights.map((_, other) => (k === other ? ridge : 0)));
    rows.forEach((row, at) => {
      const guess = 1 / (1 + Math.exp(-row.reduce((sum, term, k) => sum + term * weights[k]!, 0)));
      const error = guess - (samples[at]?.right ? 1 : 0);
      const spread = guess * (1 - guess);
      row.forEach((term, k) => {
        gradient[k]! += error * term;
        row.forEach((other, l) => {
          curvature[k]![l]! += spread * term * other;
        });
      });
    });
    const change = solve(curvature, gradient);
    weights = weights.map((weight, k) => weight - change[k]!);
    if (Math.max(...change.map(Math.abs)) < STOP_STEP) break;
  }
  const [bias = 0, ...terms] = weights;
  const named = Object.fromEntries(CALIBRATION_TERMS.map((term, at) => [term, terms[at] ?? 0]));
  return { bias, weights: named as Record<CalibrationTerm, number> };
}

/** Solves a small positive definite system by Gaussian elimination. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at]!]);
  const size = rows.length;
  for (let pivot = 0; pivot < size; pivot++) {
    const from = rows[pivot]!;
    for (let at = pivot + 1; at < size; at++) {
      const row = rows[at]!;
      const factor = row[pivot]! / from[pivot]!;
      for (let k = pivot; k <= size; k++) row[k]! -= factor * from[k]!;
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let at = size - 1; at >= 0; at--) {
    const row = rows[at]!;
    let sum = row[size]!;
    for (let k = at + 1; k < size; k++) sum -= row[k]! * solution[k]!;
    solution[at] = sum / row[at]!;
  }
  return solution;
}
