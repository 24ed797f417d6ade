/**
 * What of a reading can speak for an intent, as numbers. Two channels, because people type with and
 * without accents: folded words always speak, accented ones only where accents were typed or are sure.
 */
import { PIECE, type Pieces, placesOf } from '../pieces.ts';
import { isConcept } from '../reading/concepts.ts';
import { isAccented, type Question, type ReadWord } from '../reading/reading.ts';

/** How much each kind of feature counts against the others (docs/decisions/003-classifier.md). */
const WEIGHTS = {
  folded: 1,
  foldedPair: 1,
  accented: 1,
  accentedPair: 1,
  sound: 0.7,
  concept: 1,
  conceptPair: 1,
} as const;

type FeatureKind = keyof typeof WEIGHTS;

/** Every feature of the training set under a number. */
export interface FeatureIndex {
  readonly size: number;
  /** The features of a reading, one number an occurrence; unknown ones are left out. */
  readonly find: (question: Question) => number[];
  /** As `find`, but what is unknown gets the next number. */
  readonly learn: (question: Question) => number[];
  readonly nameOf: (feature: number) => string;
  readonly weightOf: (feature: number) => number;
  readonly toImage: () => FeatureImage;
}

/** An index as plain data: under each kind its features in the order of their numbers. */
export interface FeatureImage {
  readonly size: number;
  readonly words: readonly string[];
  /** Of each word the number of its feature; NONE where it has none. */
  readonly folded: Int32Array;
  readonly accented: Int32Array;
  readonly sounds: NamedFeatures;
  readonly concepts: NamedFeatures;
  /** Names are two words of the rewritten message with a line break between. */
  readonly conceptPairs: NamedFeatures;
  readonly foldedPairs: PairFeatures;
  readonly accentedPairs: PairFeatures;
}

interface NamedFeatures {
  readonly names: readonly string[];
  readonly features: Int32Array;
}

/** Words by their places. */
interface PairFeatures {
  readonly firsts: Int32Array;
  readonly seconds: Int32Array;
  readonly features: Int32Array;
}

const START = '^';
const END = '$';

/** What is known of one written word: the numbers of its features, or NONE. */
interface KnownWord {
  readonly number: number;
  readonly written: string;
  readonly sound: string;
  folded: number;
  accented: number;
}

const NONE = -1;

/** What an index knows. */
interface Known {
  size: number;
  readonly words: Map<string, KnownWord>;
  readonly sounds: Map<string, number>;
  readonly concepts: Map<string, number>;
  readonly conceptPairs: Map<string, Map<string, number>>;
  readonly foldedPairs: Map<number, number>[];
  readonly accentedPairs: Map<number, number>[];
}

/** An index that knows no feature yet. */
export function createFeatureIndex(): FeatureIndex {
  const known: Known = {
    size: 0,
    words: new Map(),
    sounds: new Map(),
    concepts: new Map(),
    conceptPairs: new Map(),
    foldedPairs: [],
    accentedPairs: [],
  };
  addWord(known, START);
  addWord(known, END);
  return createIndexOf(known);
}

/** The index that an image was made of. */
export function* openFeatureIndex(image: FeatureImage): Pieces<FeatureIndex> {
  const words = new Map<string, KnownWord>();
  for (const [number, written] of image.words.entries()) {
    if (number % PIECE === 0) yield;
    const [folded, accented] = [image.folded[number]!, image.accented[number]!];
    words.set(written, { number, written, sound: soundOf(written), folded, accented });
  }
  const conceptPairs = new Map<string, Map<string, number>>();
  for (const [name, feature] of yield* openNamed(image.conceptPairs)) {
    const [before = '', word = ''] = name.split('\n');
    const pairs = conceptPairs.get(before) ?? new Map<string, number>();
    conceptPairs.set(before, pairs.set(word, feature));
  }
  return createIndexOf({
    size: image.size,
    words,
    sounds: yield* openNamed(image.sounds),
    concepts: yield* openNamed(image.concepts),
    conceptPairs,
    foldedPairs: yield* openPairs(image.foldedPairs, words.size),
    accentedPairs: yield* openPairs(image.accentedPairs, words.size),
  });
}

function* openNamed({ names, features }: NamedFeatures): Pieces<Map<string, number>> {
  const places = yield* placesOf(names);
  for (const [name, place] of places) places.set(name, features[place]!);
  return places;
}

function* openPairs(
  { firsts, seconds, features }: PairFeatures,
  words: number,
): Pieces<Map<number, number>[]> {
  const opened: Map<number, number>[] = Array.from({ length: words }, () => new Map());
  for (let at = 0; at < features.length; at++) {
    if (at % PIECE === 0) yield;
    opened[firsts[at]!]!.set(seconds[at]!, features[at]!);
  }
  return opened;
}

function addWord(known: Known, written: string): KnownWord {
  const word = { number: known.words.size, written, sound: soundOf(written), folded: NONE, accented: NONE };
  known.words.set(written, word);
  known.foldedPairs.push(new Map());
  known.accentedPairs.push(new Map());
  return word;
}

function createIndexOf(known: Known): FeatureIndex {
  const { words, sounds, concepts, conceptPairs, foldedPairs, accentedPairs } = known;
  const start = words.get(START)!;
  const end = words.get(END)!;
  const add = (): number => {
    known.size += 1;
    return known.size - 1;
  };

  const collect = ({ core, concepts: rewritten }: Question, grow: boolean): number[] => {
    const found: number[] = [];
    const collectFrom = <K>(features: Map<K, number>, key: K): void => {
      let feature = features.get(key);
      if (feature === undefined && grow) {
        feature = add();
        features.set(key, feature);
      }
      if (feature !== undefined) found.push(feature);
    };
    const findWord = (written: string): KnownWord | undefined =>
      words.get(written) ?? (grow ? addWord(known, written) : undefined);

    let previous: ReadWord | undefined;
    let previousFolded: KnownWord | undefined = start;
    let previousAccented: KnownWord | undefined;
    for (const word of core) {
      const folded = findWord(word.folded);
      const marked = isAccented(word);
      const accented = marked ? findWord(word.accented) : folded;
      if (folded !== undefined) {
        if (folded.folded === NONE && grow) folded.folded = add();
        if (folded.folded !== NONE) found.push(folded.folded);
      }
      if (marked && accented !== undefined) {
        if (accented.accented === NONE && grow) accented.accented = add();
        if (accented.accented !== NONE) found.push(accented.accented);
      }
      collectFrom(sounds, folded?.sound ?? soundOf(word.folded));
      if (folded !== undefined && previousFolded !== undefined)
        collectFrom(foldedPairs[previousFolded.number]!, folded.number);
      if (accented !== undefined && previousAccented !== undefined && (marked || isAccented(previous!)))
        collectFrom(accentedPairs[previousAccented.number]!, accented.number);
      previous = word;
      previousFolded = folded;
      previousAccented = accented;
    }
    if (previous !== undefined && previousFolded !== undefined)
      collectFrom(foldedPairs[previousFolded.number]!, end.number);
    let before = START;
    for (const word of rewritten) {
      if (isConcept(word)) collectFrom(concepts, word);
      if (isConcept(word) || isConcept(before)) {
        let pairs = conceptPairs.get(before);
        if (pairs === undefined && grow) {
          pairs = new Map();
          conceptPairs.set(before, pairs);
        }
        if (pairs !== undefined) collectFrom(pairs, word);
      }
      before = word;
    }
    return found;
  };

  /** Kind and name of every feature, written out when somebody asks for the first time. */
  let described: readonly { readonly kind: FeatureKind; readonly name: string }[] | null = null;
  const describe = (feature: number) => {
    described ??= describeAll(known);
    return described[feature];
  };

  return {
    get size() {
      return known.size;
    },
    find: (question) => collect(question, false),
    learn(question) {
      described = null;
      return collect(question, true);
    },
    nameOf(feature) {
      const found = describe(feature);
      return found === undefined ? '' : `${found.kind}: ${found.name}`;
    },
    weightOf(feature) {
      const found = describe(feature);
      return found === undefined ? 0 : WEIGHTS[found.kind];
    },
    toImage: () => toImage(known),
  };
}

function describeAll(known: Known): { kind: FeatureKind; name: string }[] {
  const all: { kind: FeatureKind; name: string }[] = new Array(known.size);
  const written = [...known.words.keys()];
  for (const { written: name, folded, accented } of known.words.values()) {
    if (folded !== NONE) all[folded] = { kind: 'folded', name };
    if (accented !== NONE) all[accented] = { kind: 'accented', name };
  }
  const describePairs = (kind: FeatureKind, pairs: readonly ReadonlyMap<number, number>[]): void => {
    pairs.forEach((seconds, first) => {
      for (const [second, feature] of seconds)
        all[feature] = { kind, name: `${written[first]} ${written[second]}` };
    });
  };
  describePairs('foldedPair', known.foldedPairs);
  describePairs('accentedPair', known.accentedPairs);
  for (const [name, feature] of known.sounds) all[feature] = { kind: 'sound', name };
  for (const [name, feature] of known.concepts) all[feature] = { kind: 'concept', name };
  for (const [before, pairs] of known.conceptPairs) {
    for (const [word, feature] of pairs) all[feature] = { kind: 'conceptPair', name: `${before} ${word}` };
  }
  return all;
}

function toImage(known: Known): FeatureImage {
  const words = [...known.words.values()];
  const pairsOf = (pairs: readonly ReadonlyMap<number, number>[]): PairFeatures => {
    const rows = pairs.flatMap((seconds, first) =>
      Array.from(seconds, ([second, feature]) => ({ first, second, feature })),
    );
    return {
      firsts: Int32Array.from(rows, ({ first }) => first),
      seconds: Int32Array.from(rows, ({ second }) => second),
      features: Int32Array.from(rows, ({ feature }) => feature),
    };
  };
  const namedOf = (features: readonly (readonly [string, number])[]): NamedFeatures => ({
    names: features.map(([name]) => name),
    features: Int32Array.from(features, ([, feature]) => feature),
  });
  return {
    size: known.size,
    words: words.map(({ written }) => written),
    folded: Int32Array.from(words, ({ folded }) => folded),
    accented: Int32Array.from(words, ({ accented }) => accented),
    sounds: namedOf([...known.sounds]),
    concepts: namedOf([...known.concepts]),
    conceptPairs: namedOf(
      [...known.conceptPairs].flatMap(([before, pairs]) =>
        Array.from(pairs, ([word, feature]) => [`${before}\n${word}`, feature] as const),
      ),
    ),
    foldedPairs: pairsOf(known.foldedPairs),
    accentedPairs: pairsOf(known.accentedPairs),
  };
}

/** A folded syllable as many regions say it: "truong" and "chuong" sound alike, so do "lam" and "nam". */
export function soundOf(folded: string): string {
  return folded
    .replace(/^(?:tr|ch)/, 'C')
    .replace(/^[sx]/, 'x')
    .replace(/^(?:gi|d|r|v)/, 'd')
    .replace(/^(?:ngh|ng)/, 'N')
    .replace(/^nh/, 'H')
    .replace(/^[ln]/, 'l')
    .replace(/^(?:k(?!h)|q)/, 'c')
    .replace(/(?:nh|ng|n)$/, 'n')
    .replace(/(?:ch|c|t)$/, 't')
    .replace(/y/g, 'i');
}
