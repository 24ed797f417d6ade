/** From the classifier's probabilities to the best few intents and the evidence for the best one. */
import type { Classifier } from './model/classifier.ts';
import type { Evidence } from './model/confidence.ts';
import type { NearestPhrases } from './model/nearest-phrases.ts';
import type { Reading } from './reading/reading.ts';
import { type AskOptions, NONE, type Platform, type TrainingSet } from './training-set.ts';

/** One classification with what is known of its trustworthiness: the best few intents, best first, and `none`. */
export interface Ranking {
  readonly reading: Reading;
  readonly ranked: readonly { readonly intent: string; readonly probability: number }[];
  readonly evidence: Evidence;
}

/** How many of the nearest phrases are asked. */
export const NEAREST = 5;
/** How many intents a ranking holds; enough for the candidates, the evidence and the explanation. */
const RANKED = 5;
/** How much less likely an intent for the other platform is when the platform is known. */
const OTHER_PLATFORM = 0.05;
/** How much likelier the intents of the last topic are in a follow-up, and how many words one has at most. */
const SAME_TOPIC = 3;
const LONGEST_FOLLOW_UP = 8;

/**
 * Ranks the intents of a reading.
 * @param asked the platform and the last intent, where they are known, make some intents likelier
 */
export function rankIntents(
  reading: Reading,
  classifier: Classifier,
  nearest: NearestPhrases,
  training: TrainingSet,
  asked: AskOptions,
): Ranking {
  const probabilities = classifier.classify(reading);
  weighByPlatform(probabilities, classifier.intents, training.platforms, asked.platform);
  weighByContext(probabilities, classifier.intents, reading, asked.lastIntent);
  const ranked = takeBest(probabilities, classifier.intents);
  return { reading, ranked, evidence: gatherEvidence(reading, ranked, nearest, training) };
}

/** Intents for the other platform become unlikely. */
function weighByPlatform(
  probabilities: Float32Array,
  intents: readonly string[],
  platforms: TrainingSet['platforms'],
  platform: Platform | undefined,
): void {
  if (platform === undefined) return;
  for (const [intent, only] of platforms) {
    const at = intents.indexOf(intent);
    if (at >= 0 && only !== platform) probabilities[at]! *= OTHER_PLATFORM;
  }
  normalise(probabilities);
}

/** A short message is likely to go on with the topic of the last one; a long one speaks for itself. */
function weighByContext(
  probabilities: Float32Array,
  intents: readonly string[],
  { core }: Reading,
  lastIntent: string | undefined,
): void {
  if (lastIntent === undefined || core.length > LONGEST_FOLLOW_UP) return;
  const topic = `${lastIntent.split('.')[0]}.`;
  intents.forEach((intent, at) => {
    if (intent.startsWith(topic)) probabilities[at]! *= SAME_TOPIC;
  });
  normalise(probabilities);
}

function normalise(probabilities: Float32Array): void {
  const sum = probabilities.reduce((total, probability) => total + probability, 0);
  for (let at = 0; at < probabilities.length; at++) probabilities[at]! /= sum;
}

/** The best few, best first, and `none` wherever it stands: sorting 2,000 intents would cost more than classifying. */
function takeBest(probabilities: Float32Array, intents: readonly string[]): Ranking['ranked'] {
  const best: number[] = [];
  for (let at = 0; at < probabilities.length; at++) {
    const probability = probabilities[at]!;
    if (best.length === RANKED && probability <= probabilities[best[RANKED - 1]!]!) continue;
    let place = best.length;
    while (place > 0 && probability > probabilities[best[place - 1]!]!) place -= 1;
    best.splice(place, 0, at);
    if (best.length > RANKED) best.pop();
  }
  const none = intents.indexOf(NONE);
  if (none >= 0 && !best.includes(none)) best.push(none);
  return best.map((at) => ({ intent: intents[at]!, probability: probabilities[at]! }));
}

function gatherEvidence(
  reading: Reading,
  ranked: Ranking['ranked'],
  nearest: NearestPhrases,
  training: TrainingSet,
): Evidence {
  const near = nearest.find(reading.concepts, NEAREST);
  const [best, next] = ranked;
  let all = 0;
  let agreeing = 0;
  for (const { phrase, similarity } of near) {
    all += similarity;
    if (training.phrases[phrase]!.intent === best?.intent) agreeing += similarity;
  }
  return {
    first: best?.probability ?? 0,
    second: next?.probability ?? 0,
    none: ranked.find(({ intent }) => intent === NONE)?.probability ?? 0,
    unknown: reading.unknownShare,
    repaired: reading.repairedShare,
    likeness: near[0]?.similarity ?? 0,
    agreement: all > 0 ? agreeing / all : 0,
    brevity: 1 / Math.max(1, reading.core.length),
  };
}
