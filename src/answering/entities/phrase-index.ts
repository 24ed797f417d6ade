/** Looking up fixed phrases at a word of a message, by hash of their first word. */
import { canonicalSpelling, foldAccents } from '../text/syllables.ts';
import { agrees, type TextView } from './text-view.ts';

interface Entry<T> {
  readonly folded: readonly string[];
  readonly accented: readonly string[];
  readonly value: T;
}

export type PhraseIndex<T> = ReadonlyMap<string, readonly Entry<T>[]>;

export interface PhraseMatch<T> {
  readonly value: T;
  /** How many words it takes. */
  readonly length: number;
  /** The phrase as it was compiled, with accents, its words joined by one space. */
  readonly phrase: readonly string[];
}

/** Prepares phrases, written with accents, for look-up. Of two equal phrases the first counts. */
export function compilePhrases<T>(phrases: Iterable<readonly [phrase: string, value: T]>): PhraseIndex<T> {
  const index = new Map<string, Entry<T>[]>();
  for (const [phrase, value] of phrases) {
    const accented =
      phrase
        .normalize('NFC')
        .toLowerCase()
        .match(/[\p{L}\d]+/gu)
        ?.map(canonicalSpelling) ?? [];
    const folded = accented.map(foldAccents);
    const [first] = folded;
    if (first === undefined) continue;
    const entries = index.get(first) ?? [];
    entries.push({ folded, accented, value });
    index.set(first, entries);
  }
  for (const entries of index.values()) entries.sort((a, b) => b.folded.length - a.folded.length);
  return index;
}

/** Finds the longest phrase that starts at a word. Accents must agree wherever they were typed. */
export function findPhrase<T>(index: PhraseIndex<T>, view: TextView, at: number): PhraseMatch<T> | null {
  const entries = index.get(view.words[at]?.folded ?? '');
  if (entries === undefined) return null;
  for (const entry of entries) {
    if (matches(entry, view, at))
      return { value: entry.value, length: entry.folded.length, phrase: entry.accented };
  }
  return null;
}

/** Between two words of one phrase: a space, or what stands in "tp.hcm", "mật_khẩu", "TP. HCM" and "Bà Rịa - Vũng Tàu". */
const GAPS = new Set([' ', '.', '-', '_', '. ', ' - ', '  ']);

function matches<T>(entry: Entry<T>, view: TextView, at: number): boolean {
  for (let step = 0; step < entry.folded.length; step++) {
    const word = view.words[at + step];
    if (word === undefined || word.folded !== entry.folded[step]) return false;
    if (step > 0 && !GAPS.has(view.folded.slice(view.words[at + step - 1]!.end, word.start))) return false;
    if (!agrees(view, word, entry.accented[step]!)) return false;
  }
  return true;
}

/** A set of folded words, written as one string with blanks between. */
export function wordSet(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
