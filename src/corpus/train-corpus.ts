/** From a corpus to a trained engine. */
import { type Engine, type TrainingSet, trainEngine } from '../answering/engine.ts';
import type { Corpus } from './corpus.ts';

/** What the engine needs of a corpus. */
export function toTrainingSet(corpus: Corpus): TrainingSet {
  const archived = new Set(corpus.faq.filter((entry) => entry.archived).map(({ id }) => id));
  return {
    phrases: corpus.intents.flatMap(({ intent, phrases }) =>
      archived.has(intent) ? [] : phrases.map((text) => ({ text, intent })),
    ),
    lexicon: corpus.lexicon,
    places: corpus.places,
    platforms: new Map(
      corpus.faq.flatMap(({ id, platform }) =>
        platform === undefined || archived.has(id) ? [] : [[id, platform]],
      ),
    ),
    calibration: corpus.calibration,
    gates: corpus.gates,
  };
}

export function trainCorpus(corpus: Corpus): Engine {
  return trainEngine(toTrainingSet(corpus));
}
