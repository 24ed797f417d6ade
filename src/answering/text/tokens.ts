/** Cutting a message into what can carry meaning: words and numbers. Emoji are left out: none changes what is asked. */
import { canonicalSpelling, foldAccents } from './syllables.ts';

export interface Token {
  /** NFC, lower case, today's tone placement, stretched letters ("điiii") shortened. */
  readonly typed: string;
  /** The same without accents. */
  readonly folded: string;
}

/** The part before @ is bounded: without a bound a long text without spaces costs its square. */
const PIECE =
  /[^\s@]{1,64}@[^\s@]+|(?:https?:\/\/|www\.)\S+|\p{L}[\p{L}\p{M}]*(?:[1-9][\p{L}\p{M}1-9]*)?|\d+(?:[.,]\d+)*/gu;
/** "rồiiii", "okkkkk"; but "cccd" and "gttt" are abbreviations. */
const STRETCHED = /([aeiouyà-ỹ])\1{2,}|(\p{L})\2{3,}/gu;
const LONG_NUMBER = 6;

/** Stands for any number of six or more digits: which one it is says nothing of what is wanted. */
export const NUMBER_WORD = '#';
/** Stands for any e-mail or web address. */
export const ADDRESS_WORD = '@';

/** Tokens made before: people use the same words over and over. */
const REMEMBERED = new Map<string, Token>();
const MOST_REMEMBERED = 20_000;

/**
 * Cuts a message into tokens. Punctuation and white space separate; letters with digits between them
 * stay together, because they may be VNI keystrokes.
 */
export function tokenise(text: string): Token[] {
  const pieces = text.normalize('NFC').toLowerCase().match(PIECE);
  return pieces === null ? [] : pieces.map(toToken);
}

function toToken(piece: string): Token {
  const remembered = REMEMBERED.get(piece);
  if (remembered !== undefined) return remembered;
  const token = makeToken(piece);
  if (REMEMBERED.size >= MOST_REMEMBERED) REMEMBERED.clear();
  REMEMBERED.set(piece, token);
  return token;
}

function makeToken(piece: string): Token {
  if (/^\d/.test(piece)) {
    // "1.000" is a thousand, "4.1" a version.
    const digits = piece.replace(/[.,](?=\d{3}(?!\d))/g, '');
    const word = digits.length >= LONG_NUMBER ? NUMBER_WORD : digits;
    return { typed: word, folded: word };
  }
  if (/[@/]|^www\./.test(piece)) return { typed: ADDRESS_WORD, folded: ADDRESS_WORD };
  const typed = canonicalSpelling(piece.replace(STRETCHED, '$1$2'));
  return { typed, folded: foldAccents(typed) };
}
