/**
 * Against which rows is a class trained when there are too many for all? Training one class against the
 * rest costs classes × rows, which grows with the square of the corpus. Beyond a budget a class meets
 * the rows of the classes most like it, where mistakes are made, and a sample of all others.
 */
import { seededRandom, shuffle } from '../../kernel/random.ts';
import type { SparseMatrix } from './sparse.ts';

/** Finds the rows a class is trained on, its own among them; a new array each time. */
export type FindRivals = (label: number) => Int32Array;

/** Share of the rivals that come from the most similar classes; the others keep the score's level. */
const NEAR_SHARE = 0.5;
/** Features of more than this share of the classes tell none apart and would cost most of the time. */
const COMMON_SHARE = 0.1;
const MIN_COMMON = 20;

/**
 * @param budget how often rows may be visited in one epoch over all classes
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
  const compare = compareClasses(matrix, rowsOf);
  const likeness = new Float32Array(classes);
  const mixed = Int32Array.from({ length: matrix.rows }, (_, row) => row);
  shuffle(mixed, mixed.length, seededRandom(1));
  const chosenFor = new Int32Array(classes).fill(-1);

  return (label) => {
    compare(label, likeness);
    likeness[label] = Number.POSITIVE_INFINITY;
    const nearestFirst = Int32Array.from(likeness.keys()).sort((a, b) => likeness[b]! - likeness[a]!);
    const rows: number[] = [];
    for (const near of nearestFirst) {
      if (near !== label && rows.length + rowsOf[near]!.length > most * NEAR_SHARE) break;
      rows.push(...rowsOf[near]!);
      chosenFor[near] = label;
    }
    // Every class starts elsewhere in the same random order.
    const start = Math.floor((label / classes) * mixed.length);
    for (let at = 0; at < mixed.length && rows.length < most; at++) {
      const row = mixed[(start + at) % mixed.length]!;
      if (chosenFor[labels[row]!] !== label) rows.push(row);
    }
    return Int32Array.from(rows);
  };
}

interface Share {
  readonly label: number;
  readonly value: number;
}

/** Prepares the comparison of classes: the dot product of their mean rows over what few classes have. */
function compareClasses(
  { offsets, ids, values, columns }: SparseMatrix,
  rowsOf: readonly (readonly number[])[],
): (label: number, likeness: Float32Array) => void {
  const sharers: Share[][] = Array.from({ length: columns }, () => []);
  const means = rowsOf.map((rows) => {
    const mean = new Map<number, number>();
    for (const row of rows) {
      for (let k = offsets[row]!; k < offsets[row + 1]!; k++) {
        mean.set(ids[k]!, (mean.get(ids[k]!) ?? 0) + values[k]! / rows.length);
      }
    }
    return mean;
  });
  means.forEach((mean, label) => {
    for (const [feature, value] of mean) sharers[feature]!.push({ label, value });
  });
  const tooCommon = Math.max(MIN_COMMON, rowsOf.length * COMMON_SHARE);
  return (label, likeness) => {
    likeness.fill(0);
    for (const [feature, value] of means[label]!) {
      const others = sharers[feature]!;
      if (others.length > tooCommon) continue;
      for (const other of others) likeness[other.label]! += value * other.value;
    }
  };
}
