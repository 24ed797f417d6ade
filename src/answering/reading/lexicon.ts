/** The chat lexicon: what people write instead of the word, as data that an editor can change. */
import { tokenise } from '../text/tokens.ts';
import { compileConcepts, type ToConcepts } from './concepts.ts';

/** As kept in intents/lexicon.yaml. */
export interface Lexicon {
  /** Typed form → its readings, the likeliest first: "mk" → ["mật khẩu", "mình"]. */
  readonly abbreviations: Readonly<Record<string, readonly string[]>>;
  /** Right word → the ways in which people miswrite it: "vssid" → ["vsid", "vss id"]. */
  readonly misspellings: Readonly<Record<string, readonly string[]>>;
  /** Groups of words that mean the same to this desk. */
  readonly synonyms: readonly (readonly string[])[];
  /** Greetings, thanks and forms of address: left out before and behind a question ("ad ơi …", "… cảm ơn"). */
  readonly courtesies: readonly string[];
}

/** One way to read a run of typed tokens. */
export interface LexiconReading {
  /** How many typed tokens it takes. */
  readonly length: number;
  /** The words meant, with accents. */
  readonly words: readonly string[];
  /** 0 for the likeliest reading of this form. */
  readonly rank: number;
}

export interface CompiledLexicon {
  /** All readings that start at a typed token, given the tokens from there on. */
  readonly findReadings: (typed: readonly string[], at: number) => LexiconReading[];
  /** The courtesies, each as folded words. */
  readonly courtesies: readonly (readonly string[])[];
  readonly toConcepts: ToConcepts;
}

const NONE: LexiconReading[] = [];

/** Prepares a lexicon for look-up by the first typed token. */
export function compileLexicon(lexicon: Lexicon): CompiledLexicon {
  const byFirst = new Map<string, { key: string[]; reading: LexiconReading }[]>();
  const add = (form: string, meaning: string, rank: number): void => {
    const key = tokenise(form).map((token) => token.typed);
    const words = tokenise(meaning).map((token) => token.typed);
    const [first] = key;
    if (first === undefined) return;
    const entries = byFirst.get(first) ?? [];
    entries.push({ key, reading: { length: key.length, words, rank } });
    byFirst.set(first, entries);
  };
  for (const [form, meanings] of Object.entries(lexicon.abbreviations)) {
    meanings.forEach((meaning, rank) => {
      add(form, meaning, rank);
    });
  }
  for (const [word, forms] of Object.entries(lexicon.misspellings)) {
    for (const form of forms) add(form, word, 0);
  }
  return {
    toConcepts: compileConcepts(lexicon.synonyms),
    courtesies: lexicon.courtesies.map((courtesy) => tokenise(courtesy).map((token) => token.folded)),
    findReadings(typed, at) {
      const entries = byFirst.get(typed[at] ?? '');
      if (entries === undefined) return NONE;
      return entries
        .filter(({ key }) => key.every((token, offset) => typed[at + offset] === token))
        .map(({ reading }) => reading);
    },
  };
}
