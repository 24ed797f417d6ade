/**
 * A corpus in pieces that can be changed one by one, each with a name: `faq:login.how`, `abbreviation:mk` … . Phrases are
 * not among them: they change by additions and removals (corpus-changes.ts). Pure.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Calibration, Gates, Place } from '../answering/engine.ts';
import type { Corpus, FaqEntry, IntentPhrases, SourceDocument } from './corpus.ts';
import { tidyEntry } from './faq-entry.ts';

/** What stands under a unit's name. */
export type UnitValue =
  | { readonly kind: 'faq'; readonly entry: FaqEntry }
  | { readonly kind: 'topic'; readonly title: string }
  | { readonly kind: 'document'; readonly document: SourceDocument }
  | { readonly kind: 'abbreviation' | 'misspelling'; readonly forms: readonly string[] }
  /** The whole group, its first word included. */
  | { readonly kind: 'synonyms'; readonly words: readonly string[] }
  | { readonly kind: 'courtesy' }
  | { readonly kind: 'place'; readonly aliases: readonly string[]; readonly type: Place['kind'] }
  | { readonly kind: 'calibration'; readonly calibration: Calibration; readonly gates: Gates };

/** The name behind the colon: an id, a letter, a word … */
export function keyOf(unit: string): string {
  return unit.slice(unit.indexOf(':') + 1);
}

export function sameValue(one: UnitValue | null, other: UnitValue | null): boolean {
  return isDeepStrictEqual(one, other);
}

const known = new WeakMap<Corpus, ReadonlyMap<string, UnitValue>>();

/** All units of a corpus, in its order. A corpus never changes: asked again it costs nothing. */
export function unitsOf(corpus: Corpus): ReadonlyMap<string, UnitValue> {
  const before = known.get(corpus);
  if (before !== undefined) return before;
  const units = new Map(takeApart(corpus));
  known.set(corpus, units);
  return units;
}

function* takeApart(corpus: Corpus): Generator<[string, UnitValue]> {
  const { lexicon, calibration, gates } = corpus;
  for (const entry of corpus.faq) yield [`faq:${entry.id}`, { kind: 'faq', entry: tidyEntry(entry) }];
  for (const [id, title] of corpus.topics) yield [`topic:${id}`, { kind: 'topic', title }];
  for (const [letter, { title, publisher, date }] of corpus.documents)
    yield [`document:${letter}`, { kind: 'document', document: { title, publisher, date } }];
  for (const [word, forms] of Object.entries(lexicon.abbreviations))
    yield [`abbreviation:${word}`, { kind: 'abbreviation', forms }];
  for (const [word, forms] of Object.entries(lexicon.misspellings))
    yield [`misspelling:${word}`, { kind: 'misspelling', forms }];
  for (const words of lexicon.synonyms) yield [`synonyms:${words[0]}`, { kind: 'synonyms', words }];
  for (const courtesy of lexicon.courtesies) yield [`courtesy:${courtesy}`, { kind: 'courtesy' }];
  for (const { name, aliases, kind } of corpus.places)
    yield [`place:${name}`, { kind: 'place', aliases, type: kind }];
  yield ['calibration', { kind: 'calibration', calibration, gates }];
}

/** The corpus that these units make; entries stand as their files do. */
export function putTogether(
  units: ReadonlyMap<string, UnitValue>,
  intents: readonly IntentPhrases[],
  { calibration, gates }: Pick<Corpus, 'calibration' | 'gates'>,
): Corpus {
  const faq: FaqEntry[] = [];
  const topics = new Map<string, string>();
  const documents = new Map<string, SourceDocument>();
  const forms = { abbreviation: {}, misspelling: {} } as Record<
    'abbreviation' | 'misspelling',
    Record<string, readonly string[]>
  >;
  const synonyms: (readonly string[])[] = [];
  const courtesies: string[] = [];
  const places: Place[] = [];
  let scores = { calibration, gates };
  for (const [unit, value] of units) {
    const key = keyOf(unit);
    if (value.kind === 'faq') faq.push(value.entry);
    else if (value.kind === 'topic') topics.set(key, value.title);
    else if (value.kind === 'document') documents.set(key, value.document);
    else if (value.kind === 'synonyms') synonyms.push(value.words);
    else if (value.kind === 'courtesy') courtesies.push(key);
    else if (value.kind === 'place') places.push({ name: key, aliases: value.aliases, kind: value.type });
    else if (value.kind === 'calibration') scores = { calibration: value.calibration, gates: value.gates };
    else forms[value.kind][key] = value.forms;
  }
  return {
    intents,
    faq: faq.sort((one, other) => compare(`${one.id}.md`, `${other.id}.md`)),
    topics,
    documents,
    lexicon: { abbreviations: forms.abbreviation, misspellings: forms.misspelling, synonyms, courtesies },
    places,
    ...scores,
  };
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
