/**
 * Types a well-written question as people really type: without accents, as raw Telex or VNI keys, with
 * slips. Used to calibrate and to test, never to train.
 */
import { foldAccents, separateTone, type Tone } from '../answering/text/syllables.ts';

export type Random = () => number;

const TELEX_TONE = ['', 's', 'f', 'r', 'x', 'j'];
const TELEX_MARK: Readonly<Record<string, string>> = {
  â: 'aa',
  ă: 'aw',
  ê: 'ee',
  ô: 'oo',
  ơ: 'ow',
  ư: 'uw',
  đ: 'dd',
};
const VNI_MARK: Readonly<Record<string, string>> = {
  â: 'a6',
  ă: 'a8',
  ê: 'e6',
  ô: 'o6',
  ơ: 'o7',
  ư: 'u7',
  đ: 'd9',
};

/** "mật khẩu" → "maatj khaaur": marks at once, the tone at the end of the syllable, as most people press them. */
export function asTelex(text: string): string {
  return mapWords(text, (word) => toKeys(word, TELEX_MARK, (tone) => TELEX_TONE[tone] ?? ''));
}

/** "mật khẩu" → "ma6t5 kha6u3". */
export function asVni(text: string): string {
  return mapWords(text, (word) => toKeys(word, VNI_MARK, (tone) => (tone === 0 ? '' : String(tone))));
}

function toKeys(
  word: string,
  marks: Readonly<Record<string, string>>,
  toneKey: (tone: Tone) => string,
): string {
  const { toneless, tone } = separateTone(word);
  return [...toneless].map((letter) => marks[letter] ?? letter).join('') + toneKey(tone);
}

/** All accents off. */
export function withoutAccents(text: string): string {
  return mapWords(text, foldAccents);
}

/** Accents off about half of the words. */
export function partlyAccented(text: string, random: Random): string {
  return mapWords(text, (word) => (random() < 0.5 ? foldAccents(word) : word));
}

const NEXT_KEY: Readonly<Record<string, string>> = {
  a: 's',
  b: 'v',
  c: 'v',
  d: 's',
  e: 'r',
  g: 'h',
  h: 'j',
  i: 'o',
  k: 'l',
  l: 'k',
  m: 'n',
  n: 'm',
  o: 'p',
  p: 'o',
  q: 'w',
  r: 't',
  s: 'a',
  t: 'r',
  u: 'i',
  v: 'c',
  x: 'z',
  y: 't',
};
const SOUND_ALIKE: readonly (readonly [RegExp, string])[] = [
  [/^s/, 'x'],
  [/^x/, 's'],
  [/^tr/, 'ch'],
  [/^ch/, 'tr'],
  [/^l/, 'n'],
  [/^n(?![gh])/, 'l'],
  [/^d(?=[aăâeêioôơuưy])/, 'gi'],
  [/^gi/, 'd'],
  [/^r/, 'd'],
  [/^v/, 'd'],
  [/n$/, 'ng'],
  [/ng$/, 'n'],
  [/c$/, 't'],
  [/t$/, 'c'],
];

/** One slip in about `every` words: a wrong tone, a neighbouring key, a letter lost, doubled or swapped, a sound-alike, a space lost. */
export function withSlips(text: string, random: Random, every = 5): string {
  const words = text.split(' ');
  let result = '';
  words.forEach((word, at) => {
    const slip = random() < 1 / every;
    const joined = slip && random() < 0.1;
    result += (at === 0 || joined ? '' : ' ') + (slip && !joined ? slipIn(word, random) : word);
  });
  return result;
}

function slipIn(word: string, random: Random): string {
  if (word.length < 2 || /\d/.test(word)) return word;
  const at = 1 + Math.floor(random() * (word.length - 1));
  const letter = word.charAt(at);
  const kind = random();
  if (kind < 0.3) return changeTone(word, random);
  if (kind < 0.5) return soundAlike(word, random);
  if (kind < 0.65) return word.slice(0, at) + (NEXT_KEY[foldAccents(letter)] ?? letter) + word.slice(at + 1);
  if (kind < 0.75) return word.slice(0, at) + word.slice(at + 1);
  if (kind < 0.85) return word.slice(0, at) + letter + word.slice(at);
  return word.slice(0, at - 1) + letter + word.charAt(at - 1) + word.slice(at + 1);
}

const TONES = ['\u0301', '\u0300', '\u0309', '\u0303', '\u0323'];

function changeTone(word: string, random: Random): string {
  const decomposed = word.normalize('NFD');
  const toned = /[\u0301\u0300\u0309\u0303\u0323]/;
  if (!toned.test(decomposed)) return word;
  return decomposed
    .replace(toned, random() < 0.3 ? '' : (TONES[Math.floor(random() * TONES.length)] ?? ''))
    .normalize('NFC');
}

function soundAlike(word: string, random: Random): string {
  const fitting = SOUND_ALIKE.filter(([pattern]) => pattern.test(word));
  const chosen = fitting[Math.floor(random() * fitting.length)];
  return chosen === undefined ? word : word.replace(chosen[0], chosen[1]);
}

function mapWords(text: string, change: (word: string) => string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/\p{L}+/gu, change);
}
