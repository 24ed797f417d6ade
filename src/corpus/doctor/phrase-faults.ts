/** What is amiss between phrases: near duplicates, and what the model takes for something else when it was left out. Pure. */
import { trainEngine } from '../../answering/engine.ts';
import { indexPhrases, openNearestPhrases } from '../../answering/model/nearest-phrases.ts';
import { doAtOnce } from '../../answering/pieces.ts';
import { openLexicon } from '../../answering/reading/lexicon.ts';
import { createReader, readText } from '../../answering/reading/read-text.ts';
import { countVocabulary, openVocabulary } from '../../answering/reading/vocabulary.ts';
import type { TrainingSet } from '../../answering/training-set.ts';
import { seededRandom } from '../../kernel/random.ts';

export interface Phrase {
  readonly text: string;
  readonly intent: string;
}
export interface NearPair {
  readonly one: Phrase;
  readonly other: Phrase;
  /** 0..1 */
  readonly likeness: number;
}
export interface Misread extends Phrase {
  readonly read: { readonly intent: string; readonly confidence: number };
  /** Not only taken for another, but answered so. */
  readonly answered: boolean;
}
export interface IntentPair {
  readonly one: string;
  readonly other: string;
  /** Of all phrases of both. */
  readonly share: number;
  readonly phrases: readonly Misread[];
}

/**
 * Measured on the corpus of 14,081 phrases: from here on sixteen pairs, of which an editor would put thirteen into one
 * place; at 0.7 there are 45, most of which ask different things in the same words ("đổi mật khẩu", "đổi email").
 */
const NEAR = 0.75;
/** Of one phrase so many others are looked at: those of its own intent stand among them. */
const LOOKED_AT = 8;

/** Phrases of different intents that the engine reads as nearly the same; the nearest first. */
export function findNearDuplicates({ phrases, lexicon }: TrainingSet): NearPair[] {
  const vocabulary = doAtOnce(openVocabulary(doAtOnce(countVocabulary(phrases.map(({ text }) => text)))));
  const reader = createReader(vocabulary, doAtOnce(openLexicon(lexicon)));
  const readings = phrases.map(({ text }) => readText(text, reader).concepts);
  const nearest = doAtOnce(openNearestPhrases(indexPhrases(readings)));
  const pairs: NearPair[] = [];
  phrases.forEach((one, at) => {
    for (const { phrase, similarity } of nearest.find(readings[at]!, LOOKED_AT)) {
      const other = phrases[phrase]!;
      if (phrase > at && similarity >= NEAR && other.intent !== one.intent)
        pairs.push({ one, other, likeness: similarity });
    }
  });
  return pairs.sort((a, b) => b.likeness - a.likeness);
}

export const FOLDS = 4;
const SEED = 2026;

/** Trains on all folds but one and asks that one's phrases: those that are taken for another intent, the surest first. */
export function findMisread(training: TrainingSet, onFold: (done: number) => void = () => {}): Misread[] {
  const random = seededRandom(SEED);
  const folds = training.phrases.map(() => Math.floor(random() * FOLDS));
  const misread: Misread[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const engine = trainEngine({
      ...training,
      phrases: training.phrases.filter((_, at) => folds[at] !== fold),
    });
    training.phrases.forEach(({ text, intent }, at) => {
      if (folds[at] !== fold) return;
      const { decision, intent: answered, confidence, candidates } = engine.decide(text);
      // What is out of scope names no candidates of its own.
      const best = decision === 'unknown' ? 'none' : (answered ?? candidates[0]?.intent ?? 'none');
      if (best === intent || (decision === 'clarify' && candidates.some((one) => one.intent === intent)))
        return;
      // That the bot does not know is no confusion with another intent; out of scope it is right.
      if (best === 'none') return;
      misread.push({ text, intent, read: { intent: best, confidence }, answered: decision === 'answer' });
    });
    onFold(fold + 1);
  }
  return misread.sort(
    (a, b) => Number(b.answered) - Number(a.answered) || b.read.confidence - a.read.confidence,
  );
}

/** One phrase may be an odd one; from two on it is the intents that are alike. */
const LEAST_CONFUSED = 2;

/** Intents that are taken for each other, in either direction; the ones that share most first. */
export function findConfusable(misread: readonly Misread[], phrases: readonly Phrase[]): IntentPair[] {
  const sizes = new Map<string, number>();
  for (const { intent } of phrases) sizes.set(intent, (sizes.get(intent) ?? 0) + 1);
  const pairs = new Map<string, Misread[]>();
  for (const one of misread) {
    const name = [one.intent, one.read.intent].sort().join(' ');
    pairs.set(name, [...(pairs.get(name) ?? []), one]);
  }
  return [...pairs]
    .filter(([, some]) => some.length >= LEAST_CONFUSED)
    .map(([name, some]) => {
      const [one = '', other = ''] = name.split(' ');
      const share = some.length / Math.max(1, (sizes.get(one) ?? 0) + (sizes.get(other) ?? 0));
      return { one, other, share, phrases: some };
    })
    .sort((a, b) => b.phrases.length - a.phrases.length || b.share - a.share || (a.one < b.one ? -1 : 1));
}

/** Below this many phrases the model learns the wording rather than the matter: the corpus's own intents have 100 and more. */
export const ENOUGH_PHRASES = 20;

export function findThin(
  intents: readonly { readonly intent: string; readonly phrases: readonly string[] }[],
): { readonly intent: string; readonly phrases: number }[] {
  return intents
    .map(({ intent, phrases }) => ({ intent, phrases: phrases.length }))
    .filter(({ phrases }) => phrases < ENOUGH_PHRASES)
    .sort((a, b) => a.phrases - b.phrases || (a.intent < b.intent ? -1 : 1));
}
