/**
 * From what was typed to the words that were meant. Every way to read each typed token (as it stands,
 * as an abbreviation, as raw Telex or VNI keys, repaired, cut apart or joined) is an edge with a cost;
 * the cheapest path under the corpus's own word pairs is the reading (noisy channel, Viterbi).
 */
import { decodeTelex, decodeVni } from '../text/keystrokes.ts';
import { foldAccents, isFoldedSyllable } from '../text/syllables.ts';
import { type Token, tokenise } from '../text/tokens.ts';
import { withoutCourtesies } from './courtesies.ts';
import type { CompiledLexicon } from './lexicon.ts';
import type { ReadBy, Reading, ReadWord } from './reading.ts';
import { segment } from './segment.ts';
import { slipCost } from './slips.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Reader {
  readonly vocabulary: Vocabulary;
  readonly lexicon: CompiledLexicon;
  /** Readings of single tokens found before: people use the same words over and over. */
  readonly memory: Map<string, readonly Edge[]>;
}

const MOST_REMEMBERED = 20_000;

export function createReader(vocabulary: Vocabulary, lexicon: CompiledLexicon): Reader {
  return { vocabulary, lexicon, memory: new Map() };
}

/**
 * What each kind of reading costs, in nats, next to the word-pair costs of the vocabulary. Varied one by one
 * over the product's corpus with slips, chat spellings and raw keystrokes put in by a program
 * (docs/decisions/004-reading.md).
 */
const COST = {
  unknownSyllable: 1,
  unknownOther: 6,
  lexicon: 1,
  lexiconRank: 1,
  keys: 0.5,
  keysOverKnown: 6,
  repair: 2,
  repairOfSyllable: 1.5,
  split: 3,
  join: 3,
} as const;

/** With more unknown words than anyone writes in one question the rest is taken as it stands: repair costs most. */
const MOST_UNKNOWN = 60;
const MIN_SPLIT_LENGTH = 5;
const MAX_NEAR = 12;

export interface Edge {
  readonly length: number;
  readonly words: readonly ReadWord[];
  readonly cost: number;
}

/** Reads a message. Words keep the accents that were typed; what needs no reading costs next to nothing. */
export function readText(text: string, reader: Reader): Reading {
  const tokens = tokenise(text).flatMap((token) => separateNumber(token, reader));
  const typed = tokens.map((token) => token.typed);
  const plain = tokens.map((token) => asTyped(token));
  let unknown = 0;
  const edges = tokens.map((token, at) => {
    if (!reader.vocabulary.has(token.folded)) unknown += 1;
    return unknown > MOST_UNKNOWN ? null : findEdges(token, at, tokens, typed, reader);
  });
  const words = edges.every((list) => list === null) ? plain : cheapestPath(plain, edges, reader.vocabulary);
  const core = withoutCourtesies(words, reader.lexicon.courtesies);
  const share = (counts: (word: ReadWord) => boolean): number =>
    core.filter(counts).length / Math.max(1, core.length);
  return {
    words,
    core,
    concepts: reader.lexicon.toConcepts(core.map((word) => word.folded)),
    unknownShare: share((word) => !reader.vocabulary.has(word.folded)),
    repairedShare: share(({ by }) => by === 'repaired' || by === 'split'),
  };
}

function asTyped(token: Token): ReadWord {
  return { folded: token.folded, accented: token.typed, by: 'typed' };
}

/** "buoc1" and "ios15" are a word and a number, "mat65" is VNI: letters with digits that make no syllable fall apart. */
function separateNumber(token: Token, { vocabulary, lexicon }: Reader): Token[] {
  if (!/^\p{L}.*\d/u.test(token.typed) || lexicon.findReadings([token.typed], 0).length > 0) return [token];
  const decoded = decodeVni(token.typed);
  if (decoded !== null && vocabulary.has(foldAccents(decoded))) return [token];
  return tokenise(token.typed.replace(/(\d+)/g, ' $1 '));
}

/** Other readings that start at this token, or null when it can only be read as it stands. */
function findEdges(
  token: Token,
  at: number,
  tokens: readonly Token[],
  typed: readonly string[],
  reader: Reader,
): readonly Edge[] | null {
  const alone = readAlone(token, reader);
  const meant = reader.lexicon.findReadings(typed, at);
  const next = tokens[at + 1];
  const joins = next !== undefined && alone.length > 0 && reader.vocabulary.has(token.folded + next.folded);
  if (meant.length === 0 && !joins) return alone.length > 0 ? alone : null;
  const edges = [...alone];
  for (const { length, words, rank } of meant) {
    const cost = COST.lexicon + COST.lexiconRank * rank;
    edges.push({ length, cost, words: words.map((word) => toWord(word, 'lexicon')) });
  }
  if (joins) edges.push({ length: 2, cost: COST.join, words: [toWord(token.typed + next.typed, 'joined')] });
  if (alone.length === 0) edges.push({ length: 1, cost: 0, words: [asTyped(token)] });
  return edges;
}

/** The readings of one token by itself: as it stands, as keystrokes, repaired, cut apart. Empty when only the first. */
function readAlone(token: Token, { vocabulary, memory }: Reader): readonly Edge[] {
  const remembered = memory.get(token.typed);
  if (remembered !== undefined) return remembered;
  const edges: Edge[] = [];
  const { folded } = token;
  const known = vocabulary.has(folded);
  const decoded = decodeKeys(token.typed);
  if (decoded !== null && (vocabulary.has(foldAccents(decoded)) || !known)) {
    const cost = known ? COST.keysOverKnown : COST.keys;
    edges.push({ length: 1, cost, words: [toWord(decoded, 'keystrokes')] });
  }
  if (!known && /^[a-z]{2,}\d*$/.test(folded)) {
    const syllable = isFoldedSyllable(folded);
    const base = COST.repair + (syllable ? COST.repairOfSyllable : 0);
    for (const near of nearest(folded, vocabulary)) {
      edges.push({ length: 1, cost: base + near.slip, words: [toWord(near.word, 'repaired')] });
    }
    if (folded.length >= MIN_SPLIT_LENGTH) {
      const parts = segment(token.typed, vocabulary);
      if (parts !== null) {
        edges.push({ length: 1, cost: COST.split, words: parts.map((part) => toWord(part, 'split')) });
      }
    }
    edges.push({
      length: 1,
      cost: syllable ? COST.unknownSyllable : COST.unknownOther,
      words: [asTyped(token)],
    });
  } else if (edges.length > 0) {
    edges.push({ length: 1, cost: 0, words: [asTyped(token)] });
  }
  if (memory.size >= MOST_REMEMBERED) memory.clear();
  memory.set(token.typed, edges);
  return edges;
}

function decodeKeys(typed: string): string | null {
  return /\d/.test(typed) ? decodeVni(typed) : decodeTelex(typed);
}

function toWord(accented: string, by: ReadBy): ReadWord {
  return { folded: foldAccents(accented), accented, by };
}

function nearest(folded: string, vocabulary: Vocabulary): { word: string; slip: number }[] {
  return vocabulary
    .findNear(folded)
    .map((word) => ({ word, slip: slipCost(folded, word), frequency: vocabulary.cost('', word) }))
    .sort((a, b) => a.slip + a.frequency / 4 - (b.slip + b.frequency / 4))
    .slice(0, MAX_NEAR);
}

interface Step {
  readonly cost: number;
  readonly from: Step | null;
  readonly words: readonly ReadWord[];
  readonly last: string;
}

/** Viterbi over positions; the state is the last word read. */
function cheapestPath(
  plain: readonly ReadWord[],
  edges: readonly (readonly Edge[] | null)[],
  vocabulary: Vocabulary,
): ReadWord[] {
  const states: Map<string, Step>[] = Array.from({ length: plain.length + 1 }, () => new Map());
  states[0]?.set('', { cost: 0, from: null, words: [], last: '' });
  plain.forEach((word, at) => {
    const here = edges[at] ?? [{ length: 1, cost: 0, words: [word] }];
    for (const step of states[at]?.values() ?? []) {
      for (const edge of here) advance(states, at, step, edge, vocabulary);
    }
  });
  let best: Step | null = null;
  for (const step of states[plain.length]?.values() ?? [])
    if (best === null || step.cost < best.cost) best = step;
  const path: ReadWord[] = [];
  for (let step = best; step !== null; step = step.from) path.unshift(...step.words);
  return path;
}

function advance(
  states: readonly Map<string, Step>[],
  at: number,
  from: Step,
  edge: Edge,
  vocabulary: Vocabulary,
): void {
  let cost = from.cost + edge.cost;
  let last = from.last;
  for (const word of edge.words) {
    cost += vocabulary.cost(last, word.folded);
    last = word.folded;
  }
  const target = states[at + edge.length];
  const rival = target?.get(last);
  if (target !== undefined && (rival === undefined || cost < rival.cost)) {
    target.set(last, { cost, from, words: edge.words, last });
  }
}
