/**
 * A message as the finders read it: composed (NFC), in lower case, with and without accents, cut into
 * words; and the way back from a position there to an offset in the message as it was given.
 */
import { canonicalSpelling } from '../text/syllables.ts';

/** A run of letters and digits. Positions are those of the view. */
export interface Word {
  readonly folded: string;
  readonly start: number;
  readonly end: number;
}

/** `cased`, `typed` and `folded` have the same length: one position in all three is the same character. */
export interface TextView {
  /** Composed, in the case in which it was typed. */
  readonly cased: string;
  /** The same in lower case. */
  readonly typed: string;
  /** The same without accents; odd spaces, dashes, quotes and full-width characters are plain ASCII here. */
  readonly folded: string;
  readonly words: readonly Word[];
  readonly digitCount: number;
  /** Nothing is in small letters, so that capitals say nothing. */
  readonly isShouted: boolean;
  /** View position → offset in the message; null when they are the same. */
  readonly offsets: Int32Array | null;
}

/** Beyond these the tables say nothing: Latin with all its extensions, Vietnamese vowels, punctuation. */
const TABLE_SIZE = 0x2100;
const LOWER = new Uint16Array(TABLE_SIZE);
const FOLDED = new Uint16Array(TABLE_SIZE);
for (let code = 0; code < TABLE_SIZE; code++) {
  LOWER[code] = code;
  FOLDED[code] = code;
  const isLatin = code < 0x250 || (code >= 0x1e00 && code < 0x1f00);
  if (!isLatin) continue;
  const lower = String.fromCharCode(code).toLowerCase();
  if (lower.length !== 1) continue;
  LOWER[code] = lower.charCodeAt(0);
  FOLDED[code] = lower.normalize('NFD').charCodeAt(0);
}
const asPlain = (from: number, to: number, plain: string): void => {
  for (let code = from; code <= to; code++) FOLDED[code] = plain.charCodeAt(0);
};
asPlain(0x09, 0x09, ' ');
asPlain(0x0d, 0x0d, ' ');
asPlain(0xa0, 0xa0, ' ');
asPlain(0x2000, 0x200d, ' ');
asPlain(0x202f, 0x202f, ' ');
asPlain(0x2060, 0x2060, ' ');
asPlain(0x2010, 0x2015, '-');
asPlain(0x2018, 0x2019, "'");
asPlain(0x201c, 0x201d, '"');
for (const letter of 'đĐðÐ') asPlain(letter.charCodeAt(0), letter.charCodeAt(0), 'd');

const FULL_WIDTH = 0xfee0;
const ZERO = 48;
const NINE = 57;

function foldCode(code: number): number {
  if (code < TABLE_SIZE) return FOLDED[code]!;
  if (code >= 0xff01 && code <= 0xff5e) return FOLDED[code - FULL_WIDTH]!;
  if (code === 0x2212) return 45;
  return code === 0xfeff ? 32 : code;
}

const isMark = (code: number): boolean => code >= 0x300 && code <= 0x36f;
const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;
const isWordCode = (code: number): boolean => isDigit(code) || (code >= 97 && code <= 122);

/** Reads a message once, from left to right. */
export function viewText(text: string): TextView {
  const composed = MARKS.test(text) ? compose(text) : null;
  const cased = composed?.text ?? text;
  const typedCodes = new Uint16Array(cased.length);
  const foldedCodes = new Uint16Array(cased.length);
  for (let at = 0; at < cased.length; at++) {
    const code = cased.charCodeAt(at);
    typedCodes[at] = code < TABLE_SIZE ? LOWER[code]! : code;
    foldedCodes[at] = foldCode(code);
  }
  const folded = toText(foldedCodes);
  const isShouted = !/[a-z]/.test(cased);
  const words: Word[] = [];
  let digitCount = 0;
  for (let at = 0; at < foldedCodes.length; at++) {
    if (!isWordCode(foldedCodes[at]!)) continue;
    const start = at;
    for (; at < foldedCodes.length && isWordCode(foldedCodes[at]!); at++)
      if (isDigit(foldedCodes[at]!)) digitCount++;
    words.push({ folded: folded.slice(start, at), start, end: at });
  }
  return {
    cased,
    typed: toText(typedCodes),
    folded,
    words,
    digitCount,
    isShouted,
    offsets: composed?.offsets ?? null,
  };
}

const MARKS = /[\u0300-\u036f]/;
/** More marks than this on one letter are noise, and composing them is not linear. */
const MAX_MARKS = 4;

function compose(text: string): { text: string; offsets: Int32Array } {
  const offsets = new Int32Array(text.length + 1);
  let composed = '';
  for (let at = 0; at < text.length; ) {
    let next = at + 1;
    while (next < text.length && isMark(text.charCodeAt(next))) next++;
    const cluster = text.slice(at, Math.min(next, at + 1 + MAX_MARKS));
    offsets[composed.length] = at;
    composed += cluster.length === 1 ? cluster : cluster.normalize('NFC').charAt(0);
    at = next;
  }
  offsets[composed.length] = text.length;
  return { text: composed, offsets };
}

/** As many codes as one call may safely take as arguments. */
const CHUNK = 4096;

function toText(codes: Uint16Array): string {
  if (codes.length <= CHUNK) return String.fromCharCode.apply(null, codes as unknown as number[]);
  let text = '';
  for (let at = 0; at < codes.length; at += CHUNK) text += toText(codes.subarray(at, at + CHUNK));
  return text;
}

/** The message's offset of a view position. */
export function toOffset(view: TextView, position: number): number {
  return view.offsets === null ? position : view.offsets[position]!;
}

/** Index of the first word that ends after a position; the number of words when there is none. */
export function wordIndexAt(view: TextView, position: number): number {
  let low = 0;
  let high = view.words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (view.words[middle]!.end <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The word in front of a position, folded; "" when there is none or more than blanks and a colon between. */
export function wordBefore(view: TextView, position: number): string {
  const word = view.words[wordIndexAt(view, position) - 1];
  return word !== undefined && /^[ :]*$/.test(view.folded.slice(word.end, position)) ? word.folded : '';
}

/** The word behind a position, folded; "" when there is none or more than blanks between. */
export function wordAfter(view: TextView, position: number): string {
  const word = view.words[wordIndexAt(view, position)];
  return word !== undefined && /^ *$/.test(view.folded.slice(position, word.start)) ? word.folded : '';
}

/**
 * Do the accents of a typed word agree with those of the word meant? A letter typed without its accent
 * always agrees, one typed with another accent never does; "hoà" is "hòa".
 */
export function agrees(view: TextView, word: Word, meant: string): boolean {
  const typed = view.typed.slice(word.start, word.end);
  if (typed === meant || typed === word.folded) return true;
  return (
    agreesByLetter(typed, word.folded, meant) || agreesByLetter(canonicalSpelling(typed), word.folded, meant)
  );
}

function agreesByLetter(typed: string, folded: string, meant: string): boolean {
  for (let at = 0; at < typed.length; at++) {
    const letter = typed.charCodeAt(at);
    if (letter !== meant.charCodeAt(at) && letter !== folded.charCodeAt(at)) return false;
  }
  return true;
}

/** Was the word typed exactly so, with all its accents? */
export function isTypedAs(view: TextView, word: Word, accented: string): boolean {
  return view.typed.slice(word.start, word.end) === accented;
}
