/**
 * The engine: what one message asks for. Pure: the same training set and message give the same
 * decision; it reads no file, clock or network.
 */
import { createEntityExtractor, type Entity, type Place } from './entities/extract-entities.ts';
import { type Classifier, type ClassifierOptions, QUICK, trainClassifier } from './model/classifier.ts';
import { type Calibration, confidenceOf, type Evidence } from './model/confidence.ts';
import { indexPhrases, type NearestPhrases } from './model/nearest-phrases.ts';
import { compileLexicon, type Lexicon } from './reading/lexicon.ts';
import { createReader, readText } from './reading/read-text.ts';
import type { Reading } from './reading/reading.ts';
import { restoreAccents } from './reading/restore-accents.ts';
import { splitQuestions } from './reading/split-questions.ts';
import { buildVocabulary } from './reading/vocabulary.ts';
import { findRedactions, type Redaction, withoutCodes } from './redact.ts';

export type { Calibration, Entity, Lexicon, Place, Redaction };

/** The intent of what the desk does not answer. Its phrases teach what to refuse. */
export const NONE = 'none';

export interface TrainingSet {
  readonly phrases: readonly { readonly text: string; readonly intent: string }[];
  readonly lexicon: Lexicon;
  readonly places: readonly Place[];
  /** Intents that are for one platform only. */
  readonly platforms: ReadonlyMap<string, 'android' | 'ios'>;
  readonly calibration: Calibration;
  readonly gates: Gates;
}

/** The thresholds of the decision, set from cross-validated scores (docs/decisions/005-confidence.md). */
export interface Gates {
  /** At or above this confidence the bot answers. */
  readonly answer: number;
  /** Below this confidence even a choice would be guessing. */
  readonly clarify: number;
  /** At or above this probability of being out of scope nothing is offered. */
  readonly none: number;
  /** A further candidate is offered only with at least this share of the best one's probability. */
  readonly offerShare: number;
}

export interface AskOptions {
  readonly platform?: 'android' | 'ios' | undefined;
  readonly lastIntent?: string | undefined;
  readonly explain?: boolean | undefined;
}

export interface Candidate {
  readonly intent: string;
  readonly confidence: number;
}

export interface Decision {
  readonly decision: 'answer' | 'clarify' | 'unknown';
  readonly intent: string | null;
  /** That `intent` is right, 0..1; when it is null, that the best candidate is. */
  readonly confidence: number;
  readonly candidates: readonly Candidate[];
  readonly understood: string;
  readonly entities: readonly Entity[];
  readonly redactions: readonly Redaction[];
  readonly explain?: Explanation;
}

export interface Explanation {
  readonly words: readonly { readonly typed: string; readonly by: string }[];
  readonly features: readonly {
    readonly feature: string;
    readonly intent: string;
    readonly weight: number;
  }[];
  readonly phrases: readonly {
    readonly text: string;
    readonly intent: string;
    readonly similarity: number;
  }[];
  readonly evidence: Readonly<Record<string, number>>;
  readonly gates: Readonly<Record<string, number>>;
}

/** One classification with what is known of its trustworthiness: the best few intents, best first, and `none`. */
export interface Ranking {
  readonly reading: Reading;
  readonly ranked: readonly { readonly intent: string; readonly probability: number }[];
  readonly evidence: Evidence;
}

export interface Engine {
  readonly intents: readonly string[];
  /** Everything about one message: entities, reading, candidates, decision. */
  readonly decide: (text: string, options?: AskOptions) => Decision;
  /** The best intent alone, without entities or decision; `none` included. */
  readonly classify: (text: string) => { intent: string; confidence: number };
  /** The ranking behind a decision, for calibration. */
  readonly rank: (text: string, options?: AskOptions) => Ranking;
}

const NEAREST = 5;
const MOST_CANDIDATES = 3;
/** How many intents a ranking holds; enough for the candidates, the evidence and the explanation. */
const RANKED = 5;
/** How much less likely an intent for the other platform is when the platform is known. */
const OTHER_PLATFORM = 0.05;
/** How much likelier the intents of the last topic are in a follow-up, and how many words one has at most. */
const SAME_TOPIC = 3;
const LONGEST_FOLLOW_UP = 8;

/** Trains an engine. Takes seconds; see `npm run bench` for how it grows. */
export function trainEngine(training: TrainingSet, options: ClassifierOptions = QUICK): Engine {
  const vocabulary = buildVocabulary(training.phrases.map((phrase) => phrase.text));
  const reader = createReader(vocabulary, compileLexicon(training.lexicon));
  const readings = training.phrases.map((phrase) => readText(phrase.text, reader));
  const classifier = trainClassifier(
    readings.map((reading, at) => ({ question: reading, intent: training.phrases[at]!.intent })),
    options,
  );
  const nearest = indexPhrases(readings.map((reading) => reading.concepts));
  const extractEntities = createEntityExtractor({ places: training.places });

  const rank = (text: string, { platform, lastIntent }: AskOptions): Ranking => {
    const reading = readText(text, reader);
    const probabilities = classifier.classify(reading);
    weighByPlatform(probabilities, classifier.intents, training.platforms, platform);
    weighByContext(probabilities, classifier.intents, reading, lastIntent);
    const ranked = takeBest(probabilities, classifier.intents);
    return { reading, ranked, evidence: gatherEvidence(reading, ranked, nearest, training) };
  };

  return {
    intents: classifier.intents,
    rank: (text, asked = {}) => rank(text, asked),
    classify(text) {
      const reading = readText(text, reader);
      const probabilities = classifier.classify(reading);
      let best = 0;
      probabilities.forEach((probability, at) => {
        if (probability > probabilities[best]!) best = at;
      });
      return { intent: classifier.intents[best] ?? NONE, confidence: probabilities[best] ?? 0 };
    },
    decide(text, asked = {}) {
      const entities = extractEntities(text);
      const readable = withoutCodes(text, entities);
      const known = { ...asked, platform: asked.platform ?? onlyPlatform(entities) };
      const whole = rank(readable, known);
      const parts = splitQuestions(readable).map((part) => rank(part, known));
      const judged = judge(whole, parts, training, known.platform === undefined);
      return {
        ...judged,
        understood: restoreAccents(whole.reading.words, vocabulary),
        entities,
        redactions: findRedactions(entities),
        ...(asked.explain ? { explain: explain(whole, judged, classifier, nearest, training) } : {}),
      };
    },
  };
}

/** The platform that the message names, when it names one and not both. */
function onlyPlatform(entities: readonly Entity[]): 'android' | 'ios' | undefined {
  const named = new Set(
    entities.filter((entity) => entity.type === 'platform').map((entity) => entity.value),
  );
  const [platform] = named;
  return named.size === 1 && (platform === 'android' || platform === 'ios') ? platform : undefined;
}

/** Intents for the other platform become unlikely. */
function weighByPlatform(
  probabilities: Float32Array,
  intents: readonly string[],
  platforms: TrainingSet['platforms'],
  platform: 'android' | 'ios' | undefined,
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

type Judged = Pick<Decision, 'decision' | 'intent' | 'confidence' | 'candidates'>;

/** Holds the ranking against the gates. Two questions in one message are both offered. */
function judge(
  whole: Ranking,
  parts: readonly Ranking[],
  training: TrainingSet,
  anyPlatform: boolean,
): Judged {
  const { calibration, gates } = training;
  const confidence = confidenceOf(whole.evidence, calibration);
  const candidates = listCandidates(whole, confidence);
  const asked = distinctQuestions(parts, calibration, gates);
  if (asked.length > 1) {
    const rest = candidates.filter(({ intent }) => !asked.some((other) => other.intent === intent));
    const both = [...asked, ...rest].slice(0, MOST_CANDIDATES);
    return { decision: 'clarify', intent: null, confidence: asked[0]!.confidence, candidates: both };
  }
  const outOfScope = whole.evidence.none >= gates.none;
  const [best] = candidates;
  if (best === undefined || outOfScope || best.confidence < gates.clarify) {
    return { decision: 'unknown', intent: null, confidence: best?.confidence ?? 0, candidates };
  }
  if (best.confidence >= gates.answer) {
    return { decision: 'answer', intent: best.intent, confidence: best.confidence, candidates };
  }
  const worthOffering = candidates.filter((other) => other.confidence >= best.confidence * gates.offerShare);
  const offered = anyPlatform ? offerEveryPlatform(worthOffering, whole, training) : worthOffering;
  return { decision: 'clarify', intent: null, confidence: best.confidence, candidates: offered };
}

/** The best few intents; the best carries the calibrated confidence, the others their share of it. */
function listCandidates({ ranked }: Ranking, confidence: number): Candidate[] {
  const known = ranked.filter(({ intent }) => intent !== NONE).slice(0, MOST_CANDIDATES);
  const first = ranked[0]?.intent;
  return known.map(({ intent, probability }) => ({
    intent,
    confidence: intent === first ? confidence : Math.min(probability, 1 - confidence),
  }));
}

/** Who asks how to install and names no phone is asked which: beside one platform's entry stands the other's. */
function offerEveryPlatform(
  candidates: readonly Candidate[],
  { ranked }: Ranking,
  { platforms }: TrainingSet,
): Candidate[] {
  const [best, ...rest] = candidates;
  if (best === undefined || !platforms.has(best.intent)) return [...candidates];
  const topic = best.intent.split('.')[0];
  const others = ranked
    .filter(({ intent }) => platforms.has(intent) && intent !== best.intent && intent.split('.')[0] === topic)
    .map(({ intent, probability }) => ({ intent, confidence: Math.min(probability, best.confidence) }));
  const further = rest.filter(({ intent }) => !platforms.has(intent));
  return [best, ...others, ...further].slice(0, MOST_CANDIDATES);
}

/** The intents of the parts of a message, when each part alone is sure enough to be answered. */
function distinctQuestions(parts: readonly Ranking[], calibration: Calibration, gates: Gates): Candidate[] {
  const found: Candidate[] = [];
  for (const part of parts) {
    const intent = part.ranked[0]?.intent;
    if (intent === undefined || intent === NONE || intent.startsWith('smalltalk.')) continue;
    const confidence = confidenceOf(part.evidence, calibration);
    if (confidence < gates.answer) return [];
    if (!found.some((other) => other.intent === intent)) found.push({ intent, confidence });
  }
  return found.sort((a, b) => b.confidence - a.confidence).slice(0, MOST_CANDIDATES);
}

const MOST_FEATURES = 12;

function explain(
  { reading, ranked, evidence }: Ranking,
  { confidence }: Judged,
  classifier: Classifier,
  nearest: NearestPhrases,
  training: TrainingSet,
): Explanation {
  const features = ranked.slice(0, 2).flatMap(({ intent }) =>
    classifier
      .explain(reading, intent)
      .slice(0, MOST_FEATURES)
      .map((entry) => ({ ...entry, intent })),
  );
  return {
    words: reading.words.map(({ accented, by }) => ({ typed: accented, by })),
    features,
    phrases: nearest
      .find(reading.concepts, NEAREST)
      .map(({ phrase, similarity }) => ({ ...training.phrases[phrase]!, similarity })),
    evidence: { ...evidence, confidence },
    gates: { ...training.gates },
  };
}
