/** The examination of a corpus that takes its time: phrases against each other and against the model. Pure. */
import type { Corpus } from '../corpus.ts';
import { toTrainingSet } from '../train-corpus.ts';
import {
  FOLDS,
  findConfusable,
  findMisread,
  findNearDuplicates,
  type IntentPair,
  type Misread,
  type NearPair,
} from './phrase-faults.ts';

export interface Examined {
  readonly near: readonly NearPair[];
  readonly misread: readonly Misread[];
  readonly confusable: readonly IntentPair[];
}

/** @param onProgress of the whole, 0..1 */
export function examine(corpus: Corpus, onProgress: (share: number) => void): Examined {
  const training = toTrainingSet(corpus);
  const near = findNearDuplicates(training);
  onProgress(1 / (FOLDS + 1));
  const misread = findMisread(training, (done) => onProgress((done + 1) / (FOLDS + 1)));
  return { near, misread, confusable: findConfusable(misread, training.phrases) };
}
