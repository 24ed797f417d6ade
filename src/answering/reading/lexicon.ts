/** The chat lexicon: what people write instead of the word, as data that an editor can change. */
import { groupBy } from '../../kernel/group-by.ts';
import { mapInPieces, type Pieces } from '../pieces.ts';
import { tokenise } from '../text/tokens.ts';
import { compileConcepts, type ToConcepts } from './concepts.ts';
import { type Courtesies, compileCourtesies } from './courtesies.ts';

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
  readonly courtesies: Courtesies;
  readonly toConcepts: ToConcepts;
}

const NONE: LexiconReading[] = [];

/** Prepares a lexicon for look-up by the first typed token. */
export function* openLexicon(lexicon: Lexicon): Pieces<CompiledLexicon> {
  const written = [
    ...Object.entries(lexicon.abbreviations).flatMap(([form, meanings]) =>
      meanings.map((meaning, rank) => ({ form, meaning, rank })),
    ),
    ...Object.entries(lexicon.misspellings).flatMap(([meaning, forms]) =>
      forms.map((form) => ({ form, meaning, rank: 0 })),
    ),
  ];
  const entries = yield* mapInPieces(written, ({ form, meaning, rank }) => toEntry(form, meaning, rank));
  yield;
  const byFirst = groupBy(entries, ({ key }) => key[0]);
  yield;
  return {
    toConcepts: compileConcepts(lexicon.synonyms),
    courtesies: compileCourtesies(
      lexicon.courtesies.map((courtesy) => tokenise(courtesy).map((token) => token.folded)),
    ),
    findReadings(typed, at) {
      const entries = byFirst.get(typed[at]);
      if (entries === undefined) return NONE;
      return entries
        .filter(({ key }) => key.every((token, offset) => typed[at + offset] === token))
        .map(({ reading }) => reading);
    },
  };
}

function toEntry(form: string, meaning: string, rank: number): { key: string[]; reading: LexiconReading } {
  const key = tokenise(form).map((token) => token.typed);
  const words = tokenise(meaning).map((token) => token.typed);
  return { key, reading: { length: key.length, words, rank } };
}
