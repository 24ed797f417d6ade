/** The rules that hold between the parts of a corpus: every intent answered, no phrase twice, no dead link. Pure. */
import { foldAccents } from '../answering/text/syllables.ts';
import { NONE } from '../answering/training-set.ts';
import { findTextFaults, type TextFaultKind } from '../contracts/answer-text.ts';
import type { Corpus, FaqEntry, IntentPhrases } from './corpus.ts';

/** Where the images of answers are; `/media/` on the web. */
export const PICTURES_FOLDER = 'web-widget/public/media';

/** A rule that is broken; each surface has its own words for it. */
export type FaultKind =
  | TextFaultKind
  | 'topic-unknown'
  | 'untaught'
  | 'related-unknown'
  | 'document-unknown'
  | 'without-source'
  | 'without-answer'
  | 'unanswered'
  | 'intent-twice'
  | 'phrase-twice';

/** The place of a part: which of the corpus's entries or intents, and what of it. */
interface FaultPlace {
  readonly list: 'faq' | 'intents';
  readonly index: number;
  readonly path: readonly PropertyKey[];
}
export interface CorpusFault extends FaultPlace {
  readonly kind: FaultKind;
  /** What the words are about: the unknown topic, the bad address, the phrase … */
  readonly value: string;
  /** Of what stands twice: where it stood first. */
  readonly first?: FaultPlace & { readonly intent: string };
}

/**
 * @param pictures names of the files in `PICTURES_FOLDER`
 * @returns every rule that is broken, in the order of the corpus
 */
export function findFaults(corpus: Corpus, pictures: ReadonlySet<string>): CorpusFault[] {
  return [
    ...corpus.faq.flatMap((entry, index) => checkEntry(corpus, entry, index, pictures)),
    ...checkIntents(corpus),
    ...checkPhrases(corpus.intents),
  ];
}

function checkEntry(
  corpus: Corpus,
  entry: FaqEntry,
  index: number,
  pictures: ReadonlySet<string>,
): CorpusFault[] {
  const faults: CorpusFault[] = [];
  const say = (path: readonly PropertyKey[], kind: FaultKind, value = entry.id): void => {
    faults.push({ list: 'faq', index, path, kind, value });
  };
  if (!corpus.topics.has(topicOf(entry.id))) say(['id'], 'topic-unknown', topicOf(entry.id));
  const taught = corpus.intents.some(({ intent }) => intent === entry.id);
  if (!taught && entry.archived !== true) say(['id'], 'untaught');
  entry.related.forEach((id, at) => {
    const isOther = id !== entry.id && corpus.faq.some((other) => other.id === id);
    if (!isOther) say(['related', at], 'related-unknown', id);
  });
  entry.sources.forEach(({ doc }, at) => {
    if (!corpus.documents.has(doc)) say(['sources', at], 'document-unknown', doc);
  });
  if (entry.kind === 'answer' && entry.sources.length === 0) say(['sources'], 'without-source');
  if (entry.markdown === '') say(['markdown'], 'without-answer');
  for (const text of [entry.markdown, ...Object.values(entry.variants)]) {
    for (const { kind, value } of findTextFaults(text, pictures)) say(['markdown'], kind, value);
  }
  return faults;
}

function checkIntents({ faq, intents }: Corpus): CorpusFault[] {
  const faults: CorpusFault[] = [];
  const ids = new Set(faq.map(({ id }) => id));
  const seen = new Map<string, number>();
  intents.forEach(({ intent }, index) => {
    const place = { list: 'intents', index, path: ['intent'] } as const;
    if (intent !== NONE && !ids.has(intent)) faults.push({ ...place, kind: 'unanswered', value: intent });
    const before = seen.get(intent);
    if (before !== undefined)
      faults.push({
        ...place,
        kind: 'intent-twice',
        value: intent,
        first: { ...place, index: before, intent },
      });
    seen.set(intent, index);
  });
  return faults;
}

const keysOf = new WeakMap<readonly string[], readonly string[]>();

/** Of drafts only the intents that they change are new: the keys of all others are known from before. */
function listKeys(phrases: readonly string[]): readonly string[] {
  const known = keysOf.get(phrases) ?? phrases.map(phraseKey);
  keysOf.set(phrases, known);
  return known;
}

function checkPhrases(intents: readonly IntentPhrases[]): CorpusFault[] {
  const faults: CorpusFault[] = [];
  const seen = new Map<string, NonNullable<CorpusFault['first']>>();
  intents.forEach(({ intent, phrases }, index) => {
    listKeys(phrases).forEach((key, at) => {
      const place = { list: 'intents', index, path: ['phrases', at] } as const;
      const first = seen.get(key);
      if (first === undefined) seen.set(key, { ...place, intent });
      else faults.push({ ...place, kind: 'phrase-twice', value: phrases[at] ?? '', first });
    });
  });
  return faults;
}

/** Phrases are the same when they differ only in accents, capitals or punctuation. */
export function phraseKey(phrase: string): string {
  const known = KEYS.get(phrase);
  if (known !== undefined) return known;
  const key = foldAccents(phrase.normalize('NFC').toLowerCase())
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  if (KEYS.size >= MOST_KEYS) KEYS.clear();
  KEYS.set(phrase, key);
  return key;
}

/** Keys made before: whoever edits asks for those of the whole corpus again and again. */
const KEYS = new Map<string, string>();
const MOST_KEYS = 50_000;

export function topicOf(id: string): string {
  return id.split('.')[0] ?? id;
}
