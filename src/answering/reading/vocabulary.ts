/**
 * What the corpus's own words look like: how often each is written, after which other, with which
 * accents; and which known words stand one slip away from an unknown one.
 */
import { PIECE, type Pieces, placesOf } from '../pieces.ts';
import { tokenise } from '../text/tokens.ts';

export interface Vocabulary {
  readonly has: (folded: string) => boolean;
  /** −ln of how likely `folded` is after `previous` ('' at the start); unknown words get `UNKNOWN_COST`. */
  readonly cost: (previous: string, folded: string) => number;
  /** Known words at one slip (a letter more, fewer, other, or two swapped) from an unknown one. */
  readonly findNear: (folded: string) => string[];
  /** The accented spellings of a folded word, most frequent first. */
  readonly accentsOf: (folded: string) => readonly string[];
  /** How often two accented words stand together. */
  readonly countPair: (previous: string, word: string) => number;
}

/** −ln probability of a word never seen: a little rarer than one seen once in about 20,000 words. */
export const UNKNOWN_COST = 11;

const BIGRAM_SHARE = 0.7;

/** Counts of words and of pairs of words, as plain data. Words are named by their place in their list. */
export interface VocabularyImage {
  /** Folded; the first is '', the start of a text. */
  readonly folded: readonly string[];
  readonly foldedCounts: Uint32Array;
  readonly foldedPairs: PairCounts;
  /** As typed, with accents; the first is ''. */
  readonly typed: readonly string[];
  readonly typedPairs: PairCounts;
  /** The spellings of each folded word, most frequent first. */
  readonly spellings: readonly (readonly string[])[];
}

/** Pair k: the word firsts[k] stands counts[k] times before the word seconds[k]. */
interface PairCounts {
  readonly firsts: Uint32Array;
  readonly seconds: Uint32Array;
  readonly counts: Uint32Array;
}

/** Counts the words of the training texts. `texts` are accented as their authors wrote them. */
export function* countVocabulary(texts: readonly string[]): Pieces<VocabularyImage> {
  const folded = createCounter();
  const typed = createCounter();
  const spellings: Map<string, number>[] = [];
  for (const [at, text] of texts.entries()) {
    if (at % PIECE === 0) yield;
    folded.start();
    typed.start();
    for (const token of tokenise(text)) {
      const word = folded.add(token.folded);
      typed.add(token.typed);
      const forms = spellings[word] ?? new Map<string, number>();
      spellings[word] = forms.set(token.typed, (forms.get(token.typed) ?? 0) + 1);
    }
  }
  return {
    folded: folded.words(),
    foldedCounts: folded.counts(),
    foldedPairs: folded.pairs(),
    typed: typed.words(),
    typedPairs: typed.pairs(),
    spellings: folded.words().map((_, word) => mostFrequentFirst(spellings[word] ?? new Map())),
  };
}

/** Counts words and neighbours. The start of a text counts as the word ''. */
function createCounter() {
  const places = new Map<string, number>([['', 0]]);
  const counts = [0];
  const followers: Map<number, number>[] = [new Map()];
  let previous = 0;
  return {
    start(): void {
      counts[0]! += 1;
      previous = 0;
    },
    add(word: string): number {
      let place = places.get(word);
      if (place === undefined) {
        place = places.size;
        places.set(word, place);
        counts.push(0);
        followers.push(new Map());
      }
      counts[place]! += 1;
      const after = followers[previous]!;
      after.set(place, (after.get(place) ?? 0) + 1);
      previous = place;
      return place;
    },
    words: () => [...places.keys()],
    counts: () => Uint32Array.from(counts),
    pairs(): PairCounts {
      const rows = followers.flatMap((after, first) =>
        Array.from(after, ([second, count]) => ({ first, second, count })),
      );
      return {
        firsts: Uint32Array.from(rows, ({ first }) => first),
        seconds: Uint32Array.from(rows, ({ second }) => second),
        counts: Uint32Array.from(rows, ({ count }) => count),
      };
    },
  };
}

/** Makes counts ready for questions. */
export function* openVocabulary(image: VocabularyImage): Pieces<Vocabulary> {
  const { folded, foldedCounts, spellings } = image;
  const total = foldedCounts.reduce((sum, count, word) => (word === 0 ? sum : sum + count), 0);
  const places = yield* placesOf(folded);
  const typedPlaces = yield* placesOf(image.typed);
  const wordCosts = Float64Array.from(
    foldedCounts,
    (count) => -Math.log(((1 - BIGRAM_SHARE) * count) / total),
  );
  const pairCosts = yield* openPairs(
    image.foldedPairs,
    folded.length,
    (count, first, second) =>
      -Math.log(
        (BIGRAM_SHARE * count) / foldedCounts[first]! + ((1 - BIGRAM_SHARE) * foldedCounts[second]!) / total,
      ),
  );
  const typedPairs = yield* openPairs(image.typedPairs, image.typed.length, (count) => count);
  const deletions = yield* indexDeletions(folded.filter((word) => /^[a-z]{2,}$/.test(word)));

  return {
    has: (word) => places.has(word),
    cost(previous, word) {
      const second = places.get(word);
      if (second === undefined) return UNKNOWN_COST;
      const first = places.get(previous);
      const pair = first === undefined ? undefined : pairCosts[first]!.get(second);
      return pair ?? wordCosts[second]!;
    },
    findNear: (word) => findNear(word, places, deletions),
    accentsOf(word) {
      const place = places.get(word);
      return place === undefined ? NO_SPELLINGS : spellings[place]!;
    },
    countPair(previous, word) {
      const first = typedPlaces.get(previous);
      const second = typedPlaces.get(word);
      return first === undefined || second === undefined ? 0 : (typedPairs[first]!.get(second) ?? 0);
    },
  };
}

const NO_SPELLINGS: readonly string[] = [];

/** For each first word its second words, each with what `value` makes of the count. */
function* openPairs(
  { firsts, seconds, counts }: PairCounts,
  words: number,
  value: (count: number, first: number, second: number) => number,
): Pieces<readonly ReadonlyMap<number, number>[]> {
  const opened: Map<number, number>[] = Array.from({ length: words }, () => new Map());
  for (let at = 0; at < firsts.length; at++) {
    if (at % PIECE === 0) yield;
    const first = firsts[at]!;
    const second = seconds[at]!;
    opened[first]!.set(second, value(counts[at]!, first, second));
  }
  return opened;
}

function mostFrequentFirst(forms: ReadonlyMap<string, number>): string[] {
  return [...forms].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([form]) => form);
}

/** Every word under each of its spellings with one letter left out: two words that meet there are one slip apart. */
function* indexDeletions(words: readonly string[]): Pieces<Map<string, string[]>> {
  const index = new Map<string, string[]>();
  for (const [at, word] of words.entries()) {
    if (at % PIECE === 0) yield;
    for (const shorter of deletionsOf(word)) {
      const entries = index.get(shorter);
      if (entries === undefined) index.set(shorter, [word]);
      else entries.push(word);
    }
  }
  return index;
}

function deletionsOf(word: string): string[] {
  const shorter: string[] = [];
  for (let at = 0; at < word.length; at++) {
    if (at === 0 || word[at] !== word[at - 1]) shorter.push(word.slice(0, at) + word.slice(at + 1));
  }
  return shorter;
}

const MAX_REPAIRED_LENGTH = 24;

function findNear(
  folded: string,
  words: ReadonlyMap<string, number>,
  deletions: ReadonlyMap<string, readonly string[]>,
): string[] {
  if (folded.length > MAX_REPAIRED_LENGTH) return [];
  const near = new Set<string>(deletions.get(folded));
  for (const shorter of deletionsOf(folded)) {
    if (shorter.length > 1 && words.has(shorter)) near.add(shorter);
    for (const word of deletions.get(shorter) ?? []) if (isOneSlip(folded, word)) near.add(word);
  }
  return [...near];
}

/** Same length, and either one letter differs or two neighbours are swapped. */
function isOneSlip(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let first = -1;
  let last = -1;
  for (let at = 0; at < a.length; at++) {
    if (a[at] === b[at]) continue;
    if (first < 0) first = at;
    last = at;
  }
  return first === last || (last === first + 1 && a[first] === b[last] && a[last] === b[first]);
}
