/**
 * The known phrases most like a question: cosine over words and word pairs, synonyms taken as one, by
 * inverted index. An independent second view: where it disagrees with the classifier, the classifier is
 * less to be trusted.
 */
import { PIECE, type Pieces, placesOf } from '../pieces.ts';

export interface NearPhrase {
  /** Number of the phrase in the training set. */
  readonly phrase: number;
  /** 0..1 */
  readonly similarity: number;
}

export interface NearestPhrases {
  /** The `most` nearest phrases, nearest first; of equals the one with the lower number. */
  readonly find: (words: readonly string[], most: number) => NearPhrase[];
}

/** Phrases looked at for one question: its rarest terms first, until so many stand in their lists. */
const MOST_LOOKED_AT = 600;

/** An index as plain data: the terms of phrase p are terms[allTerms[k]], k from starts[p] up to starts[p + 1]. */
export interface NearestImage {
  readonly terms: readonly string[];
  readonly starts: Int32Array;
  readonly allTerms: Int32Array;
}

/** Builds the index over phrases whose words are folded and whose synonyms are replaced by their group's mark. */
export function indexPhrases(phrases: readonly (readonly string[])[]): NearestImage {
  const numbers = new Map<string, number>();
  const starts = new Int32Array(phrases.length + 1);
  const allTerms: number[] = [];
  phrases.forEach((words, phrase) => {
    for (const name of namesOf(words)) {
      const term = numbers.get(name) ?? numbers.size;
      if (term === numbers.size) numbers.set(name, term);
      allTerms.push(term);
    }
    starts[phrase + 1] = allTerms.length;
  });
  return { terms: [...numbers.keys()], starts, allTerms: Int32Array.from(allTerms) };
}

/**
 * An index ready for questions. The phrases of each term stand in one row of numbers: a question reads a few pieces of it
 * from end to end, which processors do far faster than jumping from phrase to phrase.
 */
export function* openNearestPhrases({
  terms: names,
  starts,
  allTerms,
}: NearestImage): Pieces<NearestPhrases> {
  const count = starts.length - 1;
  const termNumbers = yield* placesOf(names);
  /** The phrases of term t: allPhrases[listStarts[t]] up to listStarts[t + 1]. */
  const listStarts = new Int32Array(names.length + 1);
  for (const term of allTerms) listStarts[term + 1]! += 1;
  for (let term = 0; term < names.length; term++) listStarts[term + 1]! += listStarts[term]!;
  yield;
  const allPhrases = new Int32Array(allTerms.length);
  const filled = listStarts.slice();
  for (let phrase = 0; phrase < count; phrase++) {
    if (phrase % PIECE === 0) yield;
    for (let at = starts[phrase]!; at < starts[phrase + 1]!; at++)
      allPhrases[filled[allTerms[at]!]!++] = phrase;
  }
  yield;
  const listLength = (term: number): number => listStarts[term + 1]! - listStarts[term]!;
  /** Squared rarity: what a shared term adds to the dot product. */
  const weights = Float64Array.from(names, (_, term) => Math.log(1 + count / listLength(term)) ** 2);
  const unknownWeight = Math.log(1 + count) ** 2;
  const lengths = Float64Array.from({ length: count }, (_, phrase) => {
    let squares = 0;
    for (let at = starts[phrase]!; at < starts[phrase + 1]!; at++) squares += weights[allTerms[at]!]!;
    return Math.sqrt(squares);
  });
  const membersOf = yield* markMembers(listStarts, allPhrases, count);
  /** Of each phrase with the question at hand; between two questions all 0. */
  const dots = new Float64Array(count);

  return {
    find(words, most) {
      const terms: number[] = [];
      let squares = 0;
      for (const name of namesOf(words)) {
        const term = termNumbers.get(name);
        squares += term === undefined ? unknownWeight : weights[term]!;
        if (term !== undefined) terms.push(term);
      }
      terms.sort((a, b) => listLength(a) - listLength(b));
      const candidates: number[] = [];
      let looked = 0;
      for (const term of terms) {
        const from = listStarts[term]!;
        const to = listStarts[term + 1]!;
        const weight = weights[term]!;
        const isRare = looked === 0 || looked + to - from <= MOST_LOOKED_AT;
        // Terms come in order: behind one that is too frequent none is rare.
        looked = isRare ? looked + to - from : MOST_LOOKED_AT;
        const members = isRare ? undefined : membersOf.get(term);
        if (members !== undefined) {
          for (const phrase of candidates) if (hasMember(members, phrase)) dots[phrase]! += weight;
          continue;
        }
        for (let at = from; at < to; at++) {
          const phrase = allPhrases[at]!;
          if (dots[phrase] === 0) {
            if (!isRare) continue;
            candidates.push(phrase);
          }
          dots[phrase]! += weight;
        }
      }
      const length = Math.sqrt(squares);
      const nearest: NearPhrase[] = [];
      for (const phrase of candidates) {
        insert(nearest, phrase, Math.min(1, dots[phrase]! / (length * lengths[phrase]!)), most);
        dots[phrase] = 0;
      }
      return nearest;
    },
  };
}

/** From here on a list is longer than the few phrases that are looked at mostly are. */
const LONG_LIST = 200;
/** Of all phrases: bits for a list of so many take twice its own room, and less the longer it is. */
const LONG_SHARE = 1 / 64;

/** Of each term that many phrases have: a bit for each phrase, so that a few of them are asked rather than all gone through. */
function* markMembers(
  listStarts: Int32Array,
  allPhrases: Int32Array,
  count: number,
): Pieces<ReadonlyMap<number, Uint32Array>> {
  const marked = new Map<number, Uint32Array>();
  const long = Math.max(LONG_LIST, count * LONG_SHARE);
  for (let term = 0; term + 1 < listStarts.length; term++) {
    const [from, to] = [listStarts[term]!, listStarts[term + 1]!];
    if (to - from <= long) continue;
    yield;
    const members = new Uint32Array(Math.ceil(count / 32));
    for (let at = from; at < to; at++) members[allPhrases[at]! >>> 5]! |= 1 << (allPhrases[at]! & 31);
    marked.set(term, members);
  }
  return marked;
}

function hasMember(members: Uint32Array, phrase: number): boolean {
  return ((members[phrase >>> 5]! >>> (phrase & 31)) & 1) === 1;
}

/** Words and pairs of words, each once. */
function namesOf(words: readonly string[]): string[] {
  const names = new Set<string>();
  let previous = '^';
  for (const word of words) {
    names.add(word);
    names.add(`${previous} ${word}`);
    previous = word;
  }
  return [...names];
}

/** Keeps the list sorted and at most `most` long. */
function insert(nearest: NearPhrase[], phrase: number, similarity: number, most: number): void {
  const last = nearest[most - 1];
  if (last !== undefined && !isNearer(phrase, similarity, last)) return;
  const at = nearest.findIndex((other) => isNearer(phrase, similarity, other));
  nearest.splice(at < 0 ? nearest.length : at, 0, { phrase, similarity });
  if (nearest.length > most) nearest.pop();
}

function isNearer(phrase: number, similarity: number, other: NearPhrase): boolean {
  return similarity > other.similarity || (similarity === other.similarity && phrase < other.phrase);
}
