/**
 * What of a reading can speak for an intent, as numbers. Two channels, because people type with and
 * without accents: folded words always speak, accented ones only where accents were typed or are sure.
 */
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
}

const START = '^';
const END = '$';

/** What is known of one written word: the numbers of its features, or NONE. */
interface KnownWord {
  readonly number: number;
  readonly sound: string;
  folded: number;
  accented: number;
}

const NONE = -1;

/** An index that knows no feature yet. */
export function createFeatureIndex(): FeatureIndex {
  const names: string[] = [];
  const weights: number[] = [];
  const words = new Map<string, KnownWord>();
  const sounds = new Map<string, number>();
  const concepts = new Map<string, number>();
  const conceptPairs = new Map<string, Map<string, number>>();
  const foldedPairs: Map<number, number>[] = [];
  const accentedPairs: Map<number, number>[] = [];

  const add = (kind: FeatureKind, name: string): number => {
    names.push(`${kind}: ${name}`);
    weights.push(WEIGHTS[kind]);
    return names.length - 1;
  };
  const addWord = (written: string): KnownWord => {
    const word = { number: words.size, sound: soundOf(written), folded: NONE, accented: NONE };
    words.set(written, word);
    foldedPairs.push(new Map());
    accentedPairs.push(new Map());
    return word;
  };
  const start = addWord(START);
  const end = addWord(END);

  const collect = ({ core, concepts: rewritten }: Question, grow: boolean): number[] => {
    const found: number[] = [];
    const collectFrom = <K>(known: Map<K, number>, key: K, kind: FeatureKind, nameOf: () => string): void => {
      const feature = known.get(key);
      if (feature !== undefined) found.push(feature);
      else if (grow) found.push(remember(known, key, kind, nameOf()));
    };
    const remember = <K>(known: Map<K, number>, key: K, kind: FeatureKind, name: string): number => {
      const feature = add(kind, name);
      known.set(key, feature);
      return feature;
    };

    let previous: ReadWord | undefined;
    let previousFolded: KnownWord | undefined = start;
    let previousAccented: KnownWord | undefined;
    for (const word of core) {
      const folded = words.get(word.folded) ?? (grow ? addWord(word.folded) : undefined);
      const marked = isAccented(word);
      const accented = marked
        ? (words.get(word.accented) ?? (grow ? addWord(word.accented) : undefined))
        : folded;
      if (folded !== undefined) {
        if (folded.folded === NONE && grow) folded.folded = add('folded', word.folded);
        if (folded.folded !== NONE) found.push(folded.folded);
      }
      if (marked && accented !== undefined) {
        if (accented.accented === NONE && grow) accented.accented = add('accented', word.accented);
        if (accented.accented !== NONE) found.push(accented.accented);
      }
      const sound = folded?.sound ?? soundOf(word.folded);
      collectFrom(sounds, sound, 'sound', () => sound);
      if (folded !== undefined && previousFolded !== undefined) {
        const pairs = foldedPairs[previousFolded.number]!;
        collectFrom(pairs, folded.number, 'foldedPair', () => `${previous?.folded ?? START} ${word.folded}`);
      }
      if (accented !== undefined && previousAccented !== undefined && (marked || isAccented(previous!))) {
        const pairs = accentedPairs[previousAccented.number]!;
        collectFrom(pairs, accented.number, 'accentedPair', () => `${previous!.accented} ${word.accented}`);
      }
      previous = word;
      previousFolded = folded;
      previousAccented = accented;
    }
    if (previous !== undefined && previousFolded !== undefined) {
      collectFrom(
        foldedPairs[previousFolded.number]!,
        end.number,
        'foldedPair',
        () => `${previous.folded} ${END}`,
      );
    }
    let before = START;
    for (const word of rewritten) {
      if (isConcept(word)) collectFrom(concepts, word, 'concept', () => word);
      if (isConcept(word) || isConcept(before)) {
        let pairs = conceptPairs.get(before);
        if (pairs === undefined && grow) {
          pairs = new Map();
          conceptPairs.set(before, pairs);
        }
        if (pairs !== undefined) collectFrom(pairs, word, 'conceptPair', () => `${before} ${word}`);
      }
      before = word;
    }
    return found;
  };

  return {
    get size() {
      return names.length;
    },
    find: (question) => collect(question, false),
    learn: (question) => collect(question, true),
    nameOf: (feature) => names[feature] ?? '',
    weightOf: (feature) => weights[feature] ?? 0,
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
