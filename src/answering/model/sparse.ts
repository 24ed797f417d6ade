/** Sparse vectors and matrices: rows of (feature number, value). */
import type { FeatureIndex } from './features.ts';

export interface SparseVector {
  readonly ids: Int32Array;
  readonly values: Float32Array;
}

export interface SparseMatrix {
  /** Row r is ids/values from offsets[r] up to offsets[r + 1]. */
  readonly offsets: Int32Array;
  readonly ids: Int32Array;
  readonly values: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/** Turns features, one number an occurrence, into a vector of length 1. */
export type ToVector = (features: readonly number[]) => SparseVector;

/** Rare features count more; the power was measured best at 0.5 (docs/decisions/003-classifier.md). */
const IDF_POWER = 0.5;

/** Learns how much each feature counts, by how rare it is. Features of one sample only are kept: on small sets they matter. */
export function fitScales(samples: readonly (readonly number[])[], index: FeatureIndex): Float32Array {
  const documents = new Int32Array(index.size);
  const lastSample = new Int32Array(index.size).fill(-1);
  samples.forEach((features, sample) => {
    for (const feature of features) {
      if (lastSample[feature] !== sample) documents[feature]! += 1;
      lastSample[feature] = sample;
    }
  });
  return Float32Array.from(
    documents,
    (count, feature) =>
      index.weightOf(feature) * (1 + Math.log((1 + samples.length) / (1 + count))) ** IDF_POWER,
  );
}

/** Vectors by these scales. The function returned is not reentrant: it counts in memory of its own. */
export function createVectoriser(scales: Float32Array): ToVector {
  const counts = new Uint16Array(scales.length);

  return (features) => {
    let distinct = 0;
    for (const feature of features) {
      if (counts[feature] === 0) distinct += 1;
      counts[feature]! += 1;
    }
    const ids = new Int32Array(distinct);
    const values = new Float32Array(distinct);
    let squares = 0;
    let at = 0;
    for (const feature of features) {
      const count = counts[feature]!;
      if (count === 0) continue;
      counts[feature] = 0;
      const value = (count === 1 ? 1 : 1 + Math.log(count)) * scales[feature]!;
      ids[at] = feature;
      values[at] = value;
      squares += value * value;
      at += 1;
    }
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let k = 0; k < distinct; k++) values[k]! *= scale;
    return { ids, values };
  };
}

/** Stacks vectors to a matrix. */
export function toMatrix(vectors: readonly SparseVector[], columns: number): SparseMatrix {
  const size = vectors.reduce((sum, vector) => sum + vector.ids.length, 0);
  const offsets = new Int32Array(vectors.length + 1);
  const ids = new Int32Array(size);
  const values = new Float32Array(size);
  vectors.forEach((vector, row) => {
    const start = offsets[row]!;
    ids.set(vector.ids, start);
    values.set(vector.values, start);
    offsets[row + 1] = start + vector.ids.length;
  });
  return { offsets, ids, values, rows: vectors.length, columns };
}

/** Rows become columns: for every feature the rows that have it. */
export function transpose({ offsets, ids, values, rows, columns }: SparseMatrix): SparseMatrix {
  const starts = new Int32Array(columns + 1);
  for (let k = 0; k < ids.length; k++) starts[ids[k]! + 1]! += 1;
  for (let column = 0; column < columns; column++) starts[column + 1]! += starts[column]!;
  const next = starts.slice();
  const rowIds = new Int32Array(ids.length);
  const rowValues = new Float32Array(ids.length);
  for (let row = 0; row < rows; row++) {
    for (let k = offsets[row]!; k < offsets[row + 1]!; k++) {
      const place = next[ids[k]!]!++;
      rowIds[place] = row;
      rowValues[place] = values[k]!;
    }
  }
  return { offsets: starts, ids: rowIds, values: rowValues, rows: columns, columns: rows };
}
