/** From labelled readings to a classifier that gives every intent a probability. */
import type { Pieces } from '../pieces.ts';
import type { Question, ReadWord } from '../reading/reading.ts';
import { createFeatureIndex, type FeatureImage, openFeatureIndex } from './features.ts';
import { createLinearSvm, type SvmImage, trainLinearSvm } from './linear-svm.ts';
import {
  createPerceptron,
  type PerceptronImage,
  type PerceptronOptions,
  softmax,
  trainPerceptron,
} from './perceptron.ts';
import { chooseRivals } from './rivals.ts';
import { createVectoriser, fitScales, type SparseVector, toMatrix } from './sparse.ts';

export interface LabelledQuestion {
  readonly question: Question;
  readonly intent: string;
}

export interface Classifier {
  /** The intents in the order of the probabilities. */
  readonly intents: readonly string[];
  /** The probability of each intent, in that order; sums to 1. A new array each time. */
  readonly classify: (question: Question) => Float32Array;
  /** The features of a question that speak loudest for an intent, with their share of its score. */
  readonly explain: (question: Question, intent: string) => { feature: string; weight: number }[];
}

/** All measured by cross-validation over phrases and on the public set (docs/decisions/003-classifier.md). */
export interface ClassifierOptions {
  readonly svmCost: number;
  readonly svmEpochs: number;
  /** On how many rows all machines together may be trained; beyond it each meets only its rivals. */
  readonly svmVisits: number;
  /** How sharply the machines' decision values are turned into probabilities. */
  readonly sharpness: number;
  /** The machines' share in the mixture, 0..1; the rest is the network's. */
  readonly svmShare: number;
  readonly networks: number;
  readonly network: Omit<PerceptronOptions, 'seed'>;
}

export const QUICK: ClassifierOptions = {
  svmCost: 1,
  svmEpochs: 4,
  svmVisits: 4_000_000,
  sharpness: 3,
  svmShare: 1,
  networks: 0,
  network: { hidden: 96, epochs: 8, learningRate: 0.08, featureDropout: 0.8, hiddenDropout: 0.1 },
};

/** Takes four times as long; earns about half a point, more on large and skewed sets. */
export const THOROUGH: ClassifierOptions = { ...QUICK, svmEpochs: 12, svmShare: 0.4, networks: 1 };

/** A trained classifier as plain data. */
export interface ClassifierImage {
  readonly intents: readonly string[];
  readonly features: FeatureImage;
  readonly scales: Float32Array;
  readonly svm: SvmImage;
  readonly networks: readonly PerceptronImage[];
  readonly sharpness: number;
  readonly svmShare: number;
}

/**
 * Trains on readings. Each is used twice, as it stands and without accents, because half of all
 * messages come without.
 */
export function trainClassifier(
  samples: readonly LabelledQuestion[],
  options: ClassifierOptions = QUICK,
): ClassifierImage {
  const intents = [...new Set(samples.map((sample) => sample.intent))].sort();
  const numberOf = new Map(intents.map((intent, number) => [intent, number]));
  const index = createFeatureIndex();
  const features: number[][] = [];
  const labels: number[] = [];
  const keys: number[] = [];
  for (const { question, intent } of samples) {
    const stripped = { ...question, core: question.core.map(withoutAccents) };
    features.push(index.learn(question), index.learn(stripped));
    const label = numberOf.get(intent)!;
    labels.push(label, label);
    keys.push(keyOf(question), keyOf(stripped));
  }
  const scales = fitScales(features, index);
  const matrix = toMatrix(features.map(createVectoriser(scales)), index.size);
  const target = Int32Array.from(labels);
  const svm = trainLinearSvm(matrix, target, intents.length, {
    cost: options.svmCost,
    maxEpochs: options.svmEpochs,
    keys: Uint32Array.from(keys),
    rivals: chooseRivals(matrix, target, intents.length, options.svmVisits),
  });
  const networks = Array.from({ length: options.networks }, (_, at) =>
    trainPerceptron(matrix, target, intents.length, { ...options.network, seed: at + 1 }),
  );
  const { sharpness, svmShare } = options;
  return { intents, features: index.toImage(), scales, svm, networks, sharpness, svmShare };
}

/** A classifier ready for questions. */
export function* openClassifier(image: ClassifierImage): Pieces<Classifier> {
  const { intents, sharpness, svmShare } = image;
  const numberOf = new Map(intents.map((intent, number) => [intent, number]));
  const index = yield* openFeatureIndex(image.features);
  const vectorise = createVectoriser(image.scales);
  const svm = createLinearSvm(image.svm);
  const networks = image.networks.map(createPerceptron);
  const scratch = new Float32Array(intents.length);

  const toVector = (question: Question): SparseVector => vectorise(index.find(question));

  return {
    intents,
    classify(question) {
      const vector = toVector(question);
      const mixed = new Float32Array(intents.length);
      svm.score(vector, mixed);
      softmax(mixed, sharpness);
      for (let at = 0; at < mixed.length; at++) mixed[at]! *= svmShare;
      for (const network of networks) {
        network.predict(vector, scratch);
        const part = (1 - svmShare) / networks.length;
        for (let at = 0; at < mixed.length; at++) mixed[at]! += part * scratch[at]!;
      }
      return mixed;
    },
    explain(question, intent) {
      const label = numberOf.get(intent);
      if (label === undefined) return [];
      const { ids, values } = toVector(question);
      return Array.from(ids, (id, at) => ({
        feature: index.nameOf(id),
        weight: svm.weightOf(id, label) * values[at]!,
      })).sort((a, b) => b.weight - a.weight);
    },
  };
}

/** FNV-1a over the words. */
function keyOf({ core }: Question): number {
  let key = 0x811c9dc5;
  for (const { accented } of core) {
    for (let at = 0; at < accented.length; at++) key = Math.imul(key ^ accented.charCodeAt(at), 0x01000193);
    key = Math.imul(key ^ 32, 0x01000193);
  }
  return key >>> 0;
}

function withoutAccents(word: ReadWord): ReadWord {
  return word.accented === word.folded ? word : { ...word, accented: word.folded };
}
