/**
 * What the corpus's own words look like: how often each is written, after which other, with which
 * accents; and which known words stand one slip away from an unknown one.
 */
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

/** Counts the words of the training texts. `texts` are accented as their authors wrote them. */
export function buildVocabulary(texts: readonly string[]): Vocabulary {
  const words = new Map<string, number>();
  const pairs = new Map<string, Map<string, number>>();
  const accented = new Map<string, Map<string, number>>();
  const accentedPairs = new Map<string, Map<string, number>>();
  let total = 0;
  for (const text of texts) {
    let previous = '';
    let previousTyped = '';
    for (const { typed, folded } of tokenise(text)) {
      increment(words, folded);
      incrementPair(pairs, previous, folded);
      incrementPair(accentedPairs, previousTyped, typed);
      const forms = accented.get(folded) ?? new Map<string, number>();
      accented.set(folded, increment(forms, typed));
      previous = folded;
      previousTyped = typed;
      total += 1;
    }
  }
  words.set('', texts.length);
  const wordCosts = mapValues(words, (count) => -Math.log(((1 - BIGRAM_SHARE) * count) / total));
  const pairCosts = new Map<string, Map<string, number>>();
  for (const [previous, seconds] of pairs) {
    const before = words.get(previous) ?? 1;
    const costOf = (count: number, word: string): number =>
      -Math.log((BIGRAM_SHARE * count) / before + ((1 - BIGRAM_SHARE) * (words.get(word) ?? 0)) / total);
    pairCosts.set(previous, mapValues(seconds, costOf));
  }
  const spellings = new Map([...accented].map(([folded, forms]) => [folded, mostFrequentFirst(forms)]));
  const deletions = indexDeletions([...words.keys()].filter((word) => /^[a-z]{2,}$/.test(word)));

  return {
    has: (folded) => words.has(folded),
    cost: (previous, folded) => pairCosts.get(previous)?.get(folded) ?? wordCosts.get(folded) ?? UNKNOWN_COST,
    findNear: (folded) => findNear(folded, words, deletions),
    accentsOf: (folded) => spellings.get(folded) ?? [],
    countPair: (previous, word) => accentedPairs.get(previous)?.get(word) ?? 0,
  };
}

function increment(counts: Map<string, number>, key: string): Map<string, number> {
  return counts.set(key, (counts.get(key) ?? 0) + 1);
}

function incrementPair(counts: Map<string, Map<string, number>>, first: string, second: string): void {
  counts.set(first, increment(counts.get(first) ?? new Map(), second));
}

function mapValues(
  counts: ReadonlyMap<string, number>,
  change: (count: number, key: string) => number,
): Map<string, number> {
  return new Map(Array.from(counts, ([key, count]) => [key, change(count, key)]));
}

function mostFrequentFirst(forms: ReadonlyMap<string, number>): string[] {
  return [...forms].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([form]) => form);
}

/** Every word under each of its spellings with one letter left out: two words that meet there are one slip apart. */
function indexDeletions(words: readonly string[]): Map<string, string[]> {
  const index = new Map<string, string[]>();
  for (const word of words) {
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
