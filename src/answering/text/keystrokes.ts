/**
 * Raw keystrokes of the Telex and VNI input methods, as they look when the method was off:
 * "maatj khaaur" and "mat65 khau63" are both "mật khẩu". Each key may stand at once behind its letter
 * or at the end of the syllable, as the input methods allow.
 */
import { addTone, foldAccents, isFoldedSyllable, isSyllable, type Tone } from './syllables.ts';

const TELEX_TONES: Readonly<Record<string, Tone>> = { s: 1, f: 2, r: 3, x: 4, j: 5 };
const MARKED: Readonly<Record<string, string>> = { a: 'â', e: 'ê', o: 'ô', d: 'đ' };
const HORNED: Readonly<Record<string, string>> = { u: 'ư', o: 'ơ', a: 'ă' };

/**
 * Reads a lower-case letter run as Telex keystrokes.
 * @returns the syllable that the keys make, or null when they make none or nothing would change.
 */
export function decodeTelex(keys: string): string | null {
  if (!/^[a-zà-ỹđ]{2,10}$/u.test(keys) || !/[sfrxjw]|(.).*\1/u.test(keys)) return null;
  let letters = '';
  let tone: Tone = 0;
  for (const key of keys) {
    const toneKey = TELEX_TONES[key];
    if (toneKey !== undefined && hasVowel(letters)) {
      // The same tone key twice takes the tone back and stands for the letter: "pass" stays "pas".
      if (tone === toneKey) letters += key;
      tone = tone === toneKey ? 0 : toneKey;
    } else if (key === 'w') {
      letters = applyHorn(letters);
    } else {
      letters = applyDouble(letters, key) ?? letters + key;
    }
  }
  return finish(keys, letters, tone);
}

const VNI_TONES: Readonly<Record<string, Tone>> = { '1': 1, '2': 2, '3': 3, '4': 4, '5': 5 };

/**
 * Reads a lower-case run of letters and digits as VNI keystrokes.
 * @returns the syllable that the keys make, or null when they make none.
 */
export function decodeVni(keys: string): string | null {
  if (!/^[a-zà-ỹđ]+[1-9][a-zà-ỹđ1-9]*$/u.test(keys) || keys.length > 11) return null;
  let letters = '';
  let tone: Tone = 0;
  for (const key of keys) {
    const toneKey = VNI_TONES[key];
    if (toneKey !== undefined) {
      if (!hasVowel(letters)) return null;
      tone = toneKey;
    } else if (key === '6') {
      letters = markLast(letters, /[aeo](?=[^aeo]*$)/, MARKED);
    } else if (key === '7') {
      letters = applyHorn(letters);
    } else if (key === '8') {
      letters = markLast(letters, /a(?=[^a]*$)/, HORNED);
    } else if (key === '9') {
      letters = markLast(letters, /d(?=[^d]*$)/, MARKED);
    } else {
      letters += key;
    }
  }
  return /\d/.test(letters) ? null : finish(keys, letters, tone);
}

/** The syllable with its marks; where a mark key was left out ("huongs"), the syllable without any. */
function finish(keys: string, letters: string, tone: Tone): string | null {
  const syllable = addTone(letters, tone);
  if (syllable === keys) return null;
  if (isSyllable(syllable)) return syllable;
  const folded = foldAccents(letters);
  return folded !== keys && isFoldedSyllable(folded) ? folded : null;
}

function hasVowel(letters: string): boolean {
  return /[aăâeêioôơuưyà-ỹ]/u.test(letters);
}

function applyHorn(letters: string): string {
  if (/[uư]o/.test(letters)) return letters.replace(/[uư]o/, 'ươ');
  if (/(?<!q)ua$/.test(letters)) return letters.replace(/ua$/, 'ưa');
  const horned = markLast(letters, /[uoa](?=[^uoa]*$)/, HORNED);
  return horned === letters && !hasVowel(letters) ? `${letters}ư` : horned;
}

/** A second a, e, o or d marks the first, at once ("aa") or at the end of the syllable ("mata"). */
function applyDouble(letters: string, key: string): string | null {
  const marked = MARKED[key];
  if (marked === undefined) return null;
  if (key === 'd') return letters.startsWith('d') ? `đ${letters.slice(1)}` : null;
  const at = letters.lastIndexOf(key);
  if (at < 0 || /[aăâeêioôơuưy]/.test(letters.slice(at + 1).replace(/^[iuy]/, ''))) return null;
  return letters.slice(0, at) + marked + letters.slice(at + 1);
}

function markLast(letters: string, pattern: RegExp, marks: Readonly<Record<string, string>>): string {
  return letters.replace(pattern, (letter) => marks[letter] ?? letter);
}
