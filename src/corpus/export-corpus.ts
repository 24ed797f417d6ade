/**
 * A corpus written back to the files in intents/ and faq/. What a file says already stays as it stands, comments and order
 * included; written twice nothing changes the second time. Pure: texts in, texts out.
 */
import { isDeepStrictEqual } from 'node:util';
import { isMap, isSeq, parseDocument, Scalar, stringify, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Lexicon } from '../answering/engine.ts';
import { topicOf } from './check-corpus.ts';
import { parseFrontMatter } from './content-file.ts';
import type { Corpus, FaqEntry } from './corpus.ts';
import { diffCorpora, phrasesOf } from './corpus-changes.ts';
import { frontMatter } from './corpus-schema.ts';
import { keyOf } from './corpus-units.ts';
import { editYamlList, type Wanted } from './edit-yaml-list.ts';
import { tidyEntry, withoutMissing } from './faq-entry.ts';

/** As these files are written: nothing is wrapped, lists in one line have no spaces in their brackets. */
const HOUSE_STYLE = { lineWidth: 0, flowCollectionPadding: false } as const;

/** Path from the root → text. */
export type CorpusFiles = ReadonlyMap<string, string>;

const FRONT_MATTER = /^---\r?\n([\s\S]*?\r?\n)---\r?\n?/;
const NOT_PHRASES = ['calibration.yaml', 'lexicon.yaml', 'places.yaml'].map((name) => `intents/${name}`);

/**
 * @param files all `intents/*.yaml` and `faq/*.{md,yaml}`
 * @param said the corpus that they are: only files about something else are touched
 * @returns the files that are to be written, with their new text; null: to be removed
 */
export function exportCorpus(corpus: Corpus, files: CorpusFiles, said: Corpus): Map<string, string | null> {
  const units = diffCorpora(said, corpus).map(({ unit }) => unit);
  const kinds = new Set(units.map((unit) => unit.split(':')[0]!));
  const written = new Map<string, string | null>([
    ...exportEntries(corpus, files, units),
    ...(kinds.has('phrases') ? exportPhrases(corpus, files) : []),
    ...exportLexicon(corpus, files, kinds),
    ...exportLists(corpus, files, kinds),
  ]);
  return new Map([...written].filter(([file, text]) => text !== (files.get(file) ?? null)));
}

function* exportEntries(
  { faq }: Corpus,
  files: CorpusFiles,
  units: readonly string[],
): Generator<[string, string | null]> {
  for (const unit of units.filter((one) => one.startsWith('faq:'))) {
    const file = `faq/${keyOf(unit)}.md`;
    const entry = faq.find(({ id }) => id === keyOf(unit));
    yield [file, entry === undefined ? null : writeEntry(file, tidyEntry(entry), files.get(file))];
  }
}

type Field = Exclude<keyof FaqEntry, 'markdown'>;
const FIELDS: readonly Field[] = [
  'id',
  'kind',
  'title',
  'sources',
  'asOf',
  'related',
  'platform',
  'handover',
  'archived',
  'reviewedAt',
  'reviewBy',
  'variants',
];

function writeEntry(file: string, entry: FaqEntry, source = ''): string {
  const { value, body } = parseFrontMatter(file, source, frontMatter);
  const [whole = '', head = ''] = FRONT_MATTER.exec(source) ?? [];
  const before =
    value === null ? null : tidyEntry({ ...value, variants: withoutMissing(value.variants), markdown: body });
  const changed = FIELDS.filter((field) => !isDeepStrictEqual(before?.[field], entry[field]));
  const rest = before?.markdown === entry.markdown ? source.slice(whole.length) : `${entry.markdown}\n`;
  if (changed.length === 0) return whole + rest;
  const document = parseDocument(head);
  document.contents ??= document.createNode({}) as never;
  for (const field of changed) {
    const isNone = entry[field] === undefined || isDeepStrictEqual(entry[field], {});
    if (isNone) document.delete(field);
    else document.set(field, toNode(field, entry[field]));
  }
  return `---\n${document.toString(HOUSE_STYLE)}---\n${rest}`;
}

function toNode(field: Field, value: unknown) {
  if (field === 'id' || field === 'kind' || field === 'platform') return value;
  if (typeof value === 'string') return quoted(value);
  const node = parseDocument('').createNode(value);
  if (field === 'related' && isSeq(node)) node.flow = true;
  if (field === 'sources' && isSeq(node)) {
    if (node.items.length === 0) node.flow = true;
    for (const item of node.items) {
      if (!isMap(item)) continue;
      item.flow = true;
      item.set('date', quoted(String(item.get('date'))));
    }
  }
  if (field === 'variants' && isMap(node)) {
    for (const pair of node.items) {
      const text = new Scalar(String((pair.value as Scalar).value));
      text.type = 'BLOCK_LITERAL';
      pair.value = text;
    }
  }
  return node;
}

function quoted(text: string): Scalar {
  const node = new Scalar(text);
  node.type = 'QUOTE_DOUBLE';
  return node;
}

function* exportPhrases(corpus: Corpus, files: CorpusFiles): Generator<[string, string | null]> {
  const isPhrases = (file: string): boolean =>
    file.startsWith('intents/') && file.endsWith('.yaml') && !NOT_PHRASES.includes(file);
  const sources = new Map([...files].filter(([file]) => isPhrases(file)));
  const missing = new Set(corpus.intents.map(({ intent }) => intent));
  const lists = new Map<string, { intent: string; phrases: readonly string[] }[]>();
  const fileOfTopic = new Map<string, string>();
  for (const [file, source] of sources) {
    const inFile = parseDocument(source).toJS() as { intent: string; phrases: string[] }[];
    const kept = inFile.filter(({ intent }) => missing.delete(intent));
    for (const { intent } of kept) fileOfTopic.set(topicOf(intent), file);
    lists.set(file, kept);
  }
  for (const intent of missing) {
    const file = fileOfTopic.get(topicOf(intent)) ?? `intents/${topicOf(intent)}.yaml`;
    fileOfTopic.set(topicOf(intent), file);
    const list = lists.get(file) ?? [];
    list.splice(behindTopic(list, intent), 0, { intent, phrases: [] });
    lists.set(file, list);
  }
  for (const [file, list] of lists) {
    const wanted = list.map(({ intent }) => intent);
    yield [file, list.length === 0 ? null : writePhrases(corpus, wanted, sources.get(file))];
  }
}

/** Behind the last intent of its topic, as in a corpus. */
function behindTopic(list: readonly { readonly intent: string }[], added: string): number {
  const last = list.findLastIndex(({ intent }) => topicOf(intent) === topicOf(added));
  return last < 0 ? list.length : last + 1;
}

function writePhrases(corpus: Corpus, intents: readonly string[], source = '[]'): string {
  const document = parseDocument(source);
  const list = document.contents as YAMLSeq<YAMLMap>;
  let isChanged = false;
  const old = new Map(list.items.map((item) => [String(item.get('intent')), item]));
  if (source === '[]') list.flow = false;
  list.items = intents.map((intent) => {
    const wanted = phrasesOf(corpus, intent);
    const item = old.get(intent);
    if (item === undefined) {
      isChanged = true;
      return document.createNode({ intent, phrases: [...wanted] }) as YAMLMap;
    }
    const phrases = item.get('phrases') as YAMLSeq<Scalar<string>>;
    const left = new Set(wanted);
    const kept = phrases.items.filter(({ value }) => left.delete(String(value).trim()));
    if (kept.length !== phrases.items.length || left.size > 0) {
      isChanged = true;
      phrases.items = [...kept, ...[...left].map((phrase) => new Scalar(phrase))];
    }
    return item;
  });
  return isChanged || intents.length !== old.size ? document.toString(HOUSE_STYLE) : source;
}

function* exportLexicon(
  { lexicon, places }: Corpus,
  files: CorpusFiles,
  kinds: ReadonlySet<string>,
): Generator<[string, string]> {
  const parts: readonly [
    kind: string,
    part: keyof Lexicon,
    wanted: Wanted,
    nameOf: (value: unknown) => string,
  ][] = [
    ['abbreviation', 'abbreviations', new Map(Object.entries(lexicon.abbreviations)), String],
    ['misspelling', 'misspellings', new Map(Object.entries(lexicon.misspellings)), String],
    ['synonyms', 'synonyms', new Map(lexicon.synonyms.map((group) => [String(group[0]), group])), firstOf],
    ['courtesy', 'courtesies', new Map(lexicon.courtesies.map((courtesy) => [courtesy, courtesy])), String],
  ];
  const file = 'intents/lexicon.yaml';
  const source = files.get(file) ?? '';
  const edited = parts
    .filter(([kind]) => kinds.has(kind))
    .reduce<string | null>(
      (text, [, part, wanted, nameOf]) => (text === null ? null : editYamlList(text, [part], wanted, nameOf)),
      source,
    );
  yield [file, edited ?? stringify(lexicon, HOUSE_STYLE)];

  if (!kinds.has('place')) return;
  const list = places.map(({ name, kind, aliases }) => ({ name, kind, aliases }));
  const wanted = new Map(list.map((place) => [place.name, place]));
  const nameOf = (value: unknown): string => (value as { name: string }).name;
  const text = editYamlList(files.get('intents/places.yaml') ?? '', [], wanted, nameOf);
  yield ['intents/places.yaml', text ?? stringify(list, HOUSE_STYLE)];
}

function firstOf(group: unknown): string {
  return String((group as readonly unknown[])[0]);
}

function* exportLists(
  corpus: Corpus,
  files: CorpusFiles,
  kinds: ReadonlySet<string>,
): Generator<[string, string]> {
  const topics = new Map([...corpus.topics].map(([id, title]) => [id, quoted(title)]));
  const documents = new Map(
    [...corpus.documents].map(([letter, { title, publisher, date }]) => [
      letter,
      { title: quoted(title), publisher: quoted(publisher), date: quoted(date) },
    ]),
  );
  const sourceOf = (file: string): string => files.get(file) ?? '';
  if (kinds.has('topic'))
    yield ['faq/topics.yaml', writeMap(sourceOf('faq/topics.yaml'), topics, corpus.topics)];
  if (kinds.has('document'))
    yield ['faq/sources.yaml', writeMap(sourceOf('faq/sources.yaml'), documents, corpus.documents)];
  if (kinds.has('calibration'))
    yield ['intents/calibration.yaml', writeCalibration(sourceOf('intents/calibration.yaml'), corpus)];
}

/** @param plain what the nodes say */
function writeMap(
  source: string,
  nodes: ReadonlyMap<string, unknown>,
  plain: ReadonlyMap<string, unknown>,
): string {
  const document = parseDocument(source);
  const before = new Map(Object.entries((document.toJS() ?? {}) as Record<string, unknown>));
  const isSame = (key: string): boolean => isDeepStrictEqual(before.get(key), plain.get(key));
  const changed = [...nodes.keys()].filter((key) => !isSame(key));
  const removed = [...before.keys()].filter((key) => !nodes.has(key));
  if (changed.length + removed.length === 0) return source;
  for (const key of changed) document.set(key, document.createNode(nodes.get(key)));
  for (const key of removed) document.delete(key);
  return document.toString(HOUSE_STYLE);
}

/** What was measured with other scores is not true of these. */
function writeCalibration(source: string, { calibration, gates }: Corpus): string {
  const document = parseDocument(source);
  const { gates: oldGates, bias, weights } = document.toJS() as Record<string, unknown>;
  const wanted = [gates, calibration.bias, calibration.weights];
  if (isDeepStrictEqual([oldGates, bias, weights], wanted)) return source;
  document.set('measured', document.createNode({}));
  for (const [name, number] of Object.entries(gates)) document.setIn(['gates', name], number);
  document.set('bias', calibration.bias);
  for (const [name, number] of Object.entries(calibration.weights)) document.setIn(['weights', name], number);
  return document.toString(HOUSE_STYLE);
}
