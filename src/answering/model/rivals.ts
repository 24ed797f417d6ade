/**
 * Which rows is a class trained on when there are too many for all? Training every class against all
 * rows costs classes × rows, which grows with the square of the corpus. Beyond a budget a class meets
 * the rows of the classes most like it, where mistakes are made, and a sample of all others.
 */
import { seededRandom, shuffle } from '../../kernel/random.ts';
import { type SparseMatrix, type SparseVector, toMatrix, transpose } from './sparse.ts';

/** Finds the rows a class is trained on, its own among them; a new array each time. */
export type FindRivals = (label: number) => Int32Array;

/** Share of the rows that come from the class itself and those most like it; the others keep the score's level. */
const NEAR_SHARE = 0.5;
/** Features of more than this share of the classes tell few apart and would cost most of the time. */
const COMMON_SHARE = 0.1;
const MIN_COMMON = 20;

/**
 * @param budget how many rows all classes together may be trained on
 * @returns null when the budget allows every class to meet all rows
 */
export function chooseRivals(
  matrix: SparseMatrix,
  labels: Int32Array,
  classes: number,
  budget: number,
): FindRivals | null {
  const most = Math.floor(budget / classes);
  if (most >= matrix.rows) return null;
  const rowsOf: number[][] = Array.from({ length: classes }, () => []);
  labels.forEach((label, row) => {
    rowsOf[label]!.push(row);
  });
  const means = toMatrix(findMeans(matrix, rowsOf), matrix.columns);
  const sharers = transpose(means);
  const tooCommon = Math.max(MIN_COMMON, classes * COMMON_SHARE);
  const likeness = new Float32Array(classes);
  const nearestFirst = Int32Array.from(likeness.keys());
  const mixed = Int32Array.from(labels.keys());
  shuffle(mixed, mixed.length, seededRandom(1));
  const nearOf = new Int32Array(classes).fill(-1);

  return (label) => {
    compare(label, means, sharers, tooCommon, likeness);
    likeness[label] = Number.POSITIVE_INFINITY;
    nearestFirst.sort((a, b) => likeness[b]! - likeness[a]! || a - b);
    const rows: number[] = [];
    for (const near of nearestFirst) {
      const more = rowsOf[near]!;
      if (near !== label && rows.length + more.length > most * NEAR_SHARE) break;
      for (const row of more) rows.push(row);
      nearOf[near] = label;
    }
    // Every class starts elsewhere in the same random order.
    const start = Math.floor((label / classes) * mixed.length);
    for (let at = 0; at < mixed.length && rows.length < most; at++) {
      const row = mixed[(start + at) % mixed.length]!;
      if (nearOf[labels[row]!] !== label) rows.push(row);
    }
    return Int32Array.from(rows);
  };
}

/** The sum of each class's rows, by its number of rows. */
function findMeans(
  { offsets, ids, values, columns }: SparseMatrix,
  rowsOf: readonly (readonly number[])[],
): SparseVector[] {
  const sums = new Float32Array(columns);
  return rowsOf.map((rows) => {
    const features: number[] = [];
    for (const row of rows) {
      for (let k = offsets[row]!; k < offsets[row + 1]!; k++) {
        const feature = ids[k]!;
        if (sums[feature] === 0) features.push(feature);
        sums[feature]! += values[k]! / rows.length;
      }
    }
    const mean = {
      ids: Int32Array.from(features),
      values: Float32Array.from(features, (feature) => sums[feature]!),
    };
    for (const feature of features) sums[feature] = 0;
    return mean;
  });
}

/** Writes the dot product of a class's mean with every other's, over what few classes have, into `likeness`. */
function compare(
  label: number,
  means: SparseMatrix,
  sharers: SparseMatrix,
  tooCommon: number,
  likeness: Float32Array,
): void {
  likeness.fill(0);
  for (let k = means.offsets[label]!; k < means.offsets[label + 1]!; k++) {
    const feature = means.ids[k]!;
    const value = means.values[k]!;
    const end = sharers.offsets[feature + 1]!;
    let at = sharers.offsets[feature]!;
    if (end - at > tooCommon) continue;
    for (; at < end; at++) likeness[sharers.ids[at]!]! += value * sharers.values[at]!;
  }
}
