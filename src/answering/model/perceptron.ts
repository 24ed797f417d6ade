/**
 * A small neural network: the sum of the features' embeddings, one rectified hidden layer, softmax.
 * Trained by AdaGrad (Duchi et al. 2011) with drop-out of features and of hidden units, which keeps it
 * from leaning on single words.
 */
import { seededRandom, shuffle } from '../../kernel/random.ts';
import type { SparseMatrix, SparseVector } from './sparse.ts';

export interface Perceptron {
  /** Writes each class's probability for a vector into `probabilities`. */
  readonly predict: (vector: SparseVector, probabilities: Float32Array) => void;
}

/** A trained network as plain data. */
export interface PerceptronImage {
  readonly embeddings: Float32Array;
  readonly hiddenBias: Float32Array;
  readonly output: Float32Array;
  readonly outputBias: Float32Array;
}

export interface PerceptronOptions {
  readonly hidden: number;
  readonly epochs: number;
  readonly learningRate: number;
  /** Share of a row's features left out at each visit. */
  readonly featureDropout: number;
  /** Share of the hidden units left out at each visit. */
  readonly hiddenDropout: number;
  readonly seed: number;
}

const EPSILON = 1e-8;
/** Output gradients below this change nothing visible; leaving them out halves the time. */
const NEGLIGIBLE = 1e-4;
const LAST_RATE_SHARE = 0.02;

interface Layer {
  readonly weights: Float32Array;
  /** AdaGrad's sum of squared gradients. */
  readonly squares: Float32Array;
}

/** Trains the network. Same input and seed, same result. */
export function trainPerceptron(
  matrix: SparseMatrix,
  labels: Int32Array,
  classes: number,
  options: PerceptronOptions,
): PerceptronImage {
  const { hidden, epochs, learningRate } = options;
  const random = seededRandom(options.seed);
  const embeddings = createLayer(matrix.columns * hidden, random, 0.05);
  const hiddenBias = createLayer(hidden, random, 0);
  const output = createLayer(classes * hidden, random, Math.sqrt(1 / hidden));
  const outputBias = createLayer(classes, random, 0);

  const order = Int32Array.from({ length: matrix.rows }, (_, row) => row);
  const units = new Float32Array(hidden);
  const unitGradients = new Float32Array(hidden);
  const mask = new Float32Array(hidden);
  const errors = new Float32Array(classes);
  const activeIds: number[] = [];
  const activeValues: number[] = [];

  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = learningRate * (1 - epoch / epochs + LAST_RATE_SHARE);
    shuffle(order, order.length, random);
    for (const row of order) {
      dropFeatures(matrix, row, options.featureDropout, random, activeIds, activeValues);
      units.set(hiddenBias.weights);
      for (let k = 0; k < activeIds.length; k++) {
        const base = activeIds[k]! * hidden;
        const value = activeValues[k]!;
        for (let u = 0; u < hidden; u++) units[u]! += value * embeddings.weights[base + u]!;
      }
      for (let u = 0; u < hidden; u++) {
        mask[u] = units[u]! > 0 && random() >= options.hiddenDropout ? 1 / (1 - options.hiddenDropout) : 0;
        units[u]! *= mask[u]!;
      }
      scoreOutputs(units, output.weights, outputBias.weights, errors);
      softmax(errors);
      errors[labels[row]!]! -= 1;

      unitGradients.fill(0);
      for (let label = 0; label < classes; label++) {
        const error = errors[label]!;
        if (Math.abs(error) < NEGLIGIBLE) continue;
        const base = label * hidden;
        for (let u = 0; u < hidden; u++) {
          if (mask[u] === 0) continue;
          unitGradients[u]! += error * output.weights[base + u]!;
          descend(output, base + u, error * units[u]!, rate);
        }
        descend(outputBias, label, error, rate);
      }
      for (let u = 0; u < hidden; u++) {
        unitGradients[u]! *= mask[u]!;
        if (mask[u] !== 0) descend(hiddenBias, u, unitGradients[u]!, rate);
      }
      for (let k = 0; k < activeIds.length; k++) {
        const base = activeIds[k]! * hidden;
        const value = activeValues[k]!;
        for (let u = 0; u < hidden; u++) {
          if (mask[u] !== 0) descend(embeddings, base + u, unitGradients[u]! * value, rate);
        }
      }
    }
  }

  return {
    embeddings: embeddings.weights,
    hiddenBias: hiddenBias.weights,
    output: output.weights,
    outputBias: outputBias.weights,
  };
}

/** A network ready to predict. Not reentrant: its units are its own. */
export function createPerceptron({
  embeddings,
  hiddenBias,
  output,
  outputBias,
}: PerceptronImage): Perceptron {
  const hidden = hiddenBias.length;
  const units = new Float32Array(hidden);
  return {
    predict({ ids, values }, probabilities) {
      units.set(hiddenBias);
      for (let k = 0; k < ids.length; k++) {
        const base = ids[k]! * hidden;
        const value = values[k]!;
        for (let u = 0; u < hidden; u++) units[u]! += value * embeddings[base + u]!;
      }
      for (let u = 0; u < hidden; u++) if (units[u]! < 0) units[u] = 0;
      scoreOutputs(units, output, outputBias, probabilities);
      softmax(probabilities);
    },
  };
}

function createLayer(size: number, random: () => number, spread: number): Layer {
  const weights = new Float32Array(size);
  if (spread > 0) for (let at = 0; at < size; at++) weights[at] = (random() * 2 - 1) * spread;
  return { weights, squares: new Float32Array(size).fill(EPSILON) };
}

function descend({ weights, squares }: Layer, at: number, gradient: number, rate: number): void {
  const square = squares[at]! + gradient * gradient;
  squares[at] = square;
  weights[at]! -= (rate * gradient) / Math.sqrt(square);
}

function dropFeatures(
  { offsets, ids, values }: SparseMatrix,
  row: number,
  dropout: number,
  random: () => number,
  activeIds: number[],
  activeValues: number[],
): void {
  activeIds.length = 0;
  activeValues.length = 0;
  const end = offsets[row + 1]!;
  for (let k = offsets[row]!; k < end; k++) {
    if (random() < dropout) continue;
    activeIds.push(ids[k]!);
    activeValues.push(values[k]! / (1 - dropout));
  }
}

function scoreOutputs(
  units: Float32Array,
  weights: Float32Array,
  bias: Float32Array,
  scores: Float32Array,
): void {
  for (let label = 0; label < scores.length; label++) {
    const base = label * units.length;
    let score = bias[label]!;
    for (let u = 0; u < units.length; u++) score += weights[base + u]! * units[u]!;
    scores[label] = score;
  }
}

/** Turns scores into probabilities in place; `sharpness` multiplies the scores first. */
export function softmax(scores: Float32Array, sharpness = 1): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > highest) highest = score;
  let sum = 0;
  for (let at = 0; at < scores.length; at++) {
    const power = Math.exp((scores[at]! - highest) * sharpness);
    scores[at] = power;
    sum += power;
  }
  for (let at = 0; at < scores.length; at++) scores[at]! /= sum;
}
