/** Our engine. */
import { trainEngine } from '../../src/answering/engine.ts';
import type { Train } from './contender.ts';

export const train: Train = (training) => {
  const engine = trainEngine(training);
  return { classify: (text) => engine.classify(text).intent, decide: engine.decide };
};
