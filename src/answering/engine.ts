/**
 * The engine: what one message asks for. Pure: the same training set and message give the same
 * decision; it reads no file, clock or network.
 */
import { findSubject, type Judged, judge } from './decision.ts';
import { createEntityExtractor, type Entity, type Place } from './entities/extract-entities.ts';
import {
  type Classifier,
  type ClassifierImage,
  type ClassifierOptions,
  openClassifier,
  QUICK,
  trainClassifier,
} from './model/classifier.ts';
import type { Calibration } from './model/confidence.ts';
import {
  indexPhrases,
  type NearestImage,
  type NearestPhrases,
  openNearestPhrases,
} from './model/nearest-phrases.ts';
import { doAtOnce, type Pieces } from './pieces.ts';
import { NEAREST, type Ranking, rankIntents } from './ranking.ts';
import { type Lexicon, openLexicon } from './reading/lexicon.ts';
import { createReader, readText } from './reading/read-text.ts';
import { restoreAccents } from './reading/restore-accents.ts';
import { splitQuestions } from './reading/split-questions.ts';
import { countVocabulary, openVocabulary, type VocabularyImage } from './reading/vocabulary.ts';
import { findRedactions, type Redaction, withoutCodes } from './redact.ts';
import { type AskOptions, type Gates, NONE, type Platform, type TrainingSet } from './training-set.ts';

export type { Calibration, Gates, Lexicon, Place, Ranking, TrainingSet };

export interface Decision extends Judged {
  /** The platform that the message names, else the one asked for. */
  readonly platform: Platform | undefined;
  readonly understood: string;
  readonly entities: readonly Entity[];
  readonly redactions: readonly Redaction[];
  readonly explain?: Explanation;
}

export interface Explanation {
  readonly words: readonly { readonly word: string; readonly by: string }[];
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

export interface Engine {
  readonly intents: readonly string[];
  /** Everything about one message: entities, reading, candidates, decision. */
  readonly decide: (
    text: string,
    options?: AskOptions & { readonly explain?: boolean | undefined },
  ) => Decision;
  /** The best intent alone, without entities or decision; `none` included. */
  readonly classify: (text: string) => { intent: string; confidence: number };
  /** The ranking behind a decision, for calibration. */
  readonly rank: (text: string, options?: AskOptions) => Ranking;
}

/** A trained engine as plain data, which can be kept, or handed to another thread. */
export interface EngineImage {
  readonly vocabulary: VocabularyImage;
  readonly classifier: ClassifierImage;
  readonly nearest: NearestImage;
}

/** Trains. Takes seconds; see `npm run bench` for how it grows. */
export function trainImage(training: TrainingSet, options: ClassifierOptions = QUICK): EngineImage {
  const vocabulary = doAtOnce(countVocabulary(training.phrases.map((phrase) => phrase.text)));
  const reader = createReader(doAtOnce(openVocabulary(vocabulary)), doAtOnce(openLexicon(training.lexicon)));
  const readings = training.phrases.map((phrase) => readText(phrase.text, reader));
  return {
    vocabulary,
    classifier: trainClassifier(
      readings.map((reading, at) => ({ question: reading, intent: training.phrases[at]!.intent })),
      options,
    ),
    nearest: indexPhrases(readings.map((reading) => reading.concepts)),
  };
}

/** Trains an engine and makes it ready. */
export function trainEngine(training: TrainingSet, options: ClassifierOptions = QUICK): Engine {
  return doAtOnce(openEngine(trainImage(training, options), training));
}

/** Makes an image ready for questions. @param training what it was trained on */
export function* openEngine(image: EngineImage, training: TrainingSet): Pieces<Engine> {
  const vocabulary = yield* openVocabulary(image.vocabulary);
  yield;
  const reader = createReader(vocabulary, yield* openLexicon(training.lexicon));
  const classifier = yield* openClassifier(image.classifier);
  const nearest = yield* openNearestPhrases(image.nearest);
  yield;
  const extractEntities = createEntityExtractor({ places: training.places });

  const rank = (text: string, asked: AskOptions): Ranking =>
    rankIntents(readText(text, reader), classifier, nearest, training, asked);

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
      // Who writes on an Android phone may ask about an iPhone.
      const known = { ...asked, platform: onlyPlatform(entities) ?? asked.platform };
      const whole = rank(readable, known);
      const parts = splitQuestions(readable).map((part) => rank(part, known));
      const subject = findSubject(whole, parts, training);
      const judged = judge(subject, parts, training, known.platform === undefined);
      return {
        ...judged,
        platform: known.platform,
        understood: restoreAccents(whole.reading.words, vocabulary),
        entities,
        redactions: findRedactions(text, entities),
        ...(asked.explain ? { explain: explain(subject, judged, classifier, nearest, training) } : {}),
      };
    },
  };
}

/** The platform that the message names, when it names one and not both. */
function onlyPlatform(entities: readonly Entity[]): Platform | undefined {
  const named = new Set(
    entities.filter((entity) => entity.type === 'platform').map((entity) => entity.value),
  );
  const [platform] = named;
  return named.size === 1 && (platform === 'android' || platform === 'ios') ? platform : undefined;
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
    words: reading.words.map(({ accented, by }) => ({ word: accented, by })),
    features,
    phrases: nearest
      .find(reading.concepts, NEAREST)
      .map(({ phrase, similarity }) => ({ ...training.phrases[phrase]!, similarity })),
    evidence: { ...evidence, confidence },
    gates: { ...training.gates },
  };
}
