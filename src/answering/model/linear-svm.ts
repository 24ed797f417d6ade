/**
 * One-against-rest linear support-vector machines with squared hinge loss, trained by dual coordinate
 * descent with shrinking (Hsieh et al. 2008, "A Dual Coordinate Descent Method for Large-scale Linear
 * SVM", algorithm 3; the method of liblinear).
 */
import type { FindRivals } from './rivals.ts';
import type { SparseMatrix, SparseVector } from './sparse.ts';

export interface LinearSvm {
  /** Adds each class's decision value (signed distance times norm) for a vector to `scores`. */
  readonly score: (vector: SparseVector, scores: Float32Array) => void;
  /** How much a feature speaks for a class. */
  readonly weightOf: (feature: number, label: number) => number;
}

/** The machines as plain data: the weights of feature f stand from offsets[f] up to offsets[f + 1]. */
export interface SvmImage {
  readonly biases: Float32Array;
  readonly offsets: Int32Array;
  readonly labels: Uint16Array;
  readonly weights: Float32Array;
}

export interface SvmOptions {
  /** Price of a training error. */
  readonly cost: number;
  readonly maxEpochs: number;
  /** The rows that a class is trained on (rivals.ts); null: on all. */
  readonly rivals: FindRivals | null;
  /** A number for each row that says nothing but stays the same whatever other rows there are: it decides the order of visits. */
  readonly keys: Uint32Array;
}

const STOP_VIOLATION = 0.1;
const SHRINK_MARGIN = 0.3;
/** Weights below this, of values near 1, decide nothing and are not kept. */
const NEGLIGIBLE = 1e-4;

/**
 * Trains one machine a class. Same input, same result. Rows are visited in an order that one row more or less does not
 * change for the others: what an editor adds to one intent leaves answers elsewhere as they were.
 */
export function trainLinearSvm(
  matrix: SparseMatrix,
  labels: Int32Array,
  classes: number,
  options: SvmOptions,
): SvmImage {
  const scratch = new Float32Array(matrix.columns + 1);
  const perFeature = new Int32Array(matrix.columns + 2);
  const biases = new Float32Array(classes);
  const kept: { features: Int32Array; weights: Float32Array }[] = [];
  const orders = Array.from({ length: options.maxEpochs }, (_, epoch) => orderOf(options.keys, epoch));
  const duals = new Float32Array(matrix.rows);
  const active = new Uint8Array(matrix.rows);
  const room = new Int32Array(matrix.columns);
  for (let label = 0; label < classes; label++) {
    const rows = options.rivals?.(label);
    active.fill(rows === undefined ? 1 : 0);
    for (const row of rows ?? []) active[row] = 1;
    scratch.fill(0);
    duals.fill(0);
    trainOne(matrix, labels, label, orders, active, duals, scratch, options.cost);
    biases[label] = scratch[matrix.columns]!;
    kept.push(compact(scratch.subarray(0, matrix.columns), room, perFeature));
  }
  return layOut(kept, perFeature, biases, matrix.columns);
}

/** All rows as if shuffled, another way in each epoch, by their keys. */
function orderOf(keys: Uint32Array, epoch: number): Int32Array {
  const mixed = Uint32Array.from(keys, (key) => mix(key ^ Math.imul(epoch + 1, 0x9e3779b9)));
  return Int32Array.from(keys.keys()).sort((a, b) => mixed[a]! - mixed[b]! || a - b);
}

/** Every bit of the number decides every bit of the outcome (the finaliser of MurmurHash3). */
function mix(number: number): number {
  let mixed = number;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** @param active 1 for the rows to be visited; those that are settled become 0 */
function trainOne(
  { offsets, ids, values, columns }: SparseMatrix,
  labels: Int32Array,
  label: number,
  orders: readonly Int32Array[],
  active: Uint8Array,
  duals: Float32Array,
  weights: Float32Array,
  cost: number,
): void {
  const ridge = 0.5 / cost;
  for (const order of orders) {
    let violation = 0;
    for (let at = 0; at < order.length; at++) {
      const row = order[at]!;
      if (active[row] === 0) continue;
      const sign = labels[row] === label ? 1 : -1;
      const end = offsets[row + 1]!;
      let value = weights[columns]!;
      for (let k = offsets[row]!; k < end; k++) value += weights[ids[k]!]! * values[k]!;
      const dual = duals[row]!;
      const gradient = sign * value - 1 + dual * ridge;
      if (dual === 0 && gradient >= 0) {
        if (gradient > SHRINK_MARGIN) active[row] = 0;
        continue;
      }
      violation = Math.max(violation, Math.abs(gradient));
      // Rows have length 1 and the bias feature is 1: the diagonal of the dual problem is 2 + ridge.
      const next = Math.max(0, dual - gradient / (2 + ridge));
      const step = (next - dual) * sign;
      duals[row] = next;
      if (step === 0) continue;
      for (let k = offsets[row]!; k < end; k++) weights[ids[k]!]! += step * values[k]!;
      weights[columns]! += step;
    }
    if (violation < STOP_VIOLATION) return;
  }
}

/** The weights that count. It runs over every feature for every class: one plain loop, no closures. */
function compact(
  weights: Float32Array,
  room: Int32Array,
  perFeature: Int32Array,
): { features: Int32Array; weights: Float32Array } {
  let count = 0;
  for (let feature = 0; feature < weights.length; feature++) {
    const weight = weights[feature]!;
    if (weight < NEGLIGIBLE && weight > -NEGLIGIBLE) continue;
    room[count] = feature;
    count += 1;
  }
  const features = room.slice(0, count);
  const kept = new Float32Array(count);
  for (let at = 0; at < count; at++) {
    const feature = features[at]!;
    kept[at] = weights[feature]!;
    perFeature[feature + 1]! += 1;
  }
  return { features, weights: kept };
}

/** Lays the weights out by feature, so that a question touches only the rows of its own features. */
function layOut(
  kept: readonly { features: Int32Array; weights: Float32Array }[],
  perFeature: Int32Array,
  biases: Float32Array,
  columns: number,
): SvmImage {
  const offsets = perFeature.slice(0, columns + 1);
  for (let feature = 0; feature < columns; feature++) offsets[feature + 1]! += offsets[feature]!;
  const labels = new Uint16Array(offsets[columns]!);
  const weights = new Float32Array(offsets[columns]!);
  const next = offsets.slice();
  kept.forEach((machine, label) => {
    machine.features.forEach((feature, at) => {
      const place = next[feature]!;
      labels[place] = label;
      weights[place] = machine.weights[at]!;
      next[feature] = place + 1;
    });
  });
  return { biases, offsets, labels, weights };
}

/** Machines ready to score. */
export function createLinearSvm({ biases, offsets, labels, weights }: SvmImage): LinearSvm {
  return {
    score({ ids, values }, scores) {
      for (let label = 0; label < biases.length; label++) scores[label]! += biases[label]!;
      for (let at = 0; at < ids.length; at++) {
        const feature = ids[at]!;
        const value = values[at]!;
        const end = offsets[feature + 1]!;
        for (let k = offsets[feature]!; k < end; k++) scores[labels[k]!]! += weights[k]! * value;
      }
    },
    weightOf(feature, label) {
      const end = offsets[feature + 1] ?? 0;
      for (let k = offsets[feature] ?? 0; k < end; k++) if (labels[k] === label) return weights[k]!;
      return 0;
    },
  };
}
