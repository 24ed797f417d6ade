/** What people type when they look for an office, as words that can be compared. */
import { searchWords } from '../kernel/search-words.ts';
import { isWithin } from './edit-distance.ts';

/** What the room needs to know of Vietnamese letters; words come folded. */
export interface Spelling {
  /** Could the accentless word be a syllable? */
  readonly isSyllable: (word: string) => boolean;
  /** What the keys of an input method that was off stand for: "quaajn" → "quận"; null: nothing. */
  readonly readKeystrokes: (word: string) => string | null;
}

export interface Word {
  /** Folded; a kind of unit as its one name, a number without leading zeros. */
  readonly text: string;
  /** As typed, in lower case: with the accents it has. */
  readonly typed: string;
  /** Names a kind of unit, such as a district. */
  readonly isKind: boolean;
}

const LONGEST_QUERY = 200;
const MOST_WORDS = 40;

/** Kinds of units, as they are written → their one name. Two words first: "thành phố" is no "thành". */
const KINDS: Readonly<Record<string, string>> = {
  'thanh pho': 'thanhpho',
  'thi xa': 'thixa',
  'thi tran': 'thitran',
  'co so': 'coso',
  quan: 'quan',
  district: 'quan',
  dist: 'quan',
  huyen: 'huyen',
  phuong: 'phuong',
  ward: 'phuong',
  xa: 'xa',
  tinh: 'tinh',
  tp: 'thanhpho',
  city: 'thanhpho',
  tx: 'thixa',
};
/** Too short to be one wherever they stand: only before a number or a name. */
const INITIALS: Readonly<Record<string, string>> = {
  q: 'quan',
  d: 'quan',
  h: 'huyen',
  p: 'phuong',
  f: 'phuong',
};
/** These are told apart by numbers. */
const NUMBERED: ReadonlySet<string> = new Set(['quan', 'phuong']);
const NUMERALS: Readonly<Record<string, string>> = {
  mot: '1',
  hai: '2',
  ba: '3',
  bon: '4',
  tu: '4',
  nam: '5',
  sau: '6',
  bay: '7',
  tam: '8',
  chin: '9',
  muoi: '10',
};
const TENS: Readonly<Record<string, string>> = {
  mot: '11',
  hai: '12',
  ba: '13',
  bon: '14',
  lam: '15',
  sau: '16',
};
const GLUED = /^(q|d|p|f|quan|phuong)(\d{1,2})([a-z]{2,})?$/;
const NUMBER = /^\d{1,2}$/;

/** @returns the words in order, kinds and numbers made out: "Q.06", "quận sáu" and "quaajn6" are all quan 6 */
export function readSpoken(text: string, spelling: Spelling): Word[] {
  const short = text.slice(0, LONGEST_QUERY);
  const folded = searchWords(short);
  const typed = short
    .toLowerCase()
    .normalize('NFC')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');
  // They differ only for marks that stand alone.
  const isAligned = typed.length === folded.length;
  const single = folded.slice(0, MOST_WORDS).flatMap((word, at): Word[] => {
    const read = readKeys(word, spelling);
    const glued = GLUED.exec(read);
    if (glued !== null) return glued.slice(1).flatMap((part) => (part === undefined ? [] : [plain(part)]));
    return [plain(read, isAligned && read === word ? typed[at]! : read)];
  });
  return nameKinds(single, spelling);
}

const plain = (text: string, typed = text): Word => ({ text, typed, isKind: false });

function readKeys(word: string, { isSyllable, readKeystrokes }: Spelling): string {
  if (KINDS[word] !== undefined || GLUED.test(word)) return word;
  const keys = /^[a-z]+\d/.test(word) ? readKeystrokes(word) : null;
  if (keys !== null) return searchWords(keys)[0] ?? word;
  const letters = /^\D+/.exec(word)?.[0] ?? '';
  if (letters === '' || isSyllable(letters)) return word;
  const syllable = readKeystrokes(letters);
  if (syllable === null) return word;
  return (searchWords(syllable)[0] ?? letters) + word.slice(letters.length);
}

function nameKinds(words: readonly Word[], spelling: Spelling): Word[] {
  const named: Word[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const next = words[at + 1];
    const pair = next === undefined ? undefined : KINDS[`${word.text} ${next.text}`];
    const kind = pair ?? readKind(word, next) ?? readShortKind(word.text, next?.text, spelling);
    if (kind === undefined) {
      named.push(NUMBER.test(word.text) ? plain(String(Number(word.text))) : word);
      continue;
    }
    named.push({ text: kind, typed: word.typed, isKind: true });
    if (pair !== undefined) at++;
    const said = NUMBERED.has(kind) ? readNumber(words, at + 1) : null;
    if (said === null) continue;
    named.push(plain(said.number));
    at += said.length;
  }
  return named;
}

/** As they are written with accents. Others of the same letters are none: "Hà Tĩnh", "Quản Bạ". */
const WRITTEN: ReadonlySet<string> = new Set(['quận', 'huyện', 'phường', 'xã', 'tỉnh']);

function readKind({ text, typed }: Word, next: Word | undefined): string | undefined {
  const isOther = typed !== text && !WRITTEN.has(typed) && !NUMBER.test(next?.text ?? '');
  return isOther ? undefined : KINDS[text];
}

/** "q", and "qaun" before a number. */
function readShortKind(word: string, next: string | undefined, spelling: Spelling): string | undefined {
  if (next === undefined) return undefined;
  const kind = INITIALS[word];
  if (kind !== undefined) return kind;
  const isSlip = NUMBER.test(next) && /^q/.test(word) && word.length >= 3 && !spelling.isSyllable(word);
  return isSlip && isWithin(word, 'quan', 2) ? 'quan' : undefined;
}

/** "6", "số 6", "sáu", "mười hai": behind a kind that is numbered. A numeral that begins a name is none: "quận Ba Đình". */
function readNumber(words: readonly Word[], at: number): { number: string; length: number } | null {
  const first = words[at]?.text === 'so' ? at + 1 : at;
  const skipped = first - at;
  const word = words[first]?.text ?? '';
  if (NUMBER.test(word)) return { number: String(Number(word)), length: skipped + 1 };
  const numeral = NUMERALS[word];
  if (numeral === undefined) return null;
  const next = words[first + 1]?.text ?? '';
  const teen = word === 'muoi' ? TENS[next] : undefined;
  if (teen !== undefined) return { number: teen, length: skipped + 2 };
  // "ba đình", "hai bà trưng", "nam từ liêm": more of a name follows.
  return next === '' || AFTER_NUMERAL.has(next) || KINDS[next] !== undefined
    ? { number: numeral, length: skipped + 1 }
    : null;
}

/** What goes on behind "quận sáu"; in "ba đình" or "nam từ liêm" the name does. */
const AFTER_NUMERAL: ReadonlySet<string> = new Set(
  'o dau dia chi so sdt co la thi a ad va voi cho em minh toi gan khong ko nam tai ho hcm hcmc tphcm sai sg'.split(
    ' ',
  ),
);

/** Words that stand in every office's name, or around a question for one. None is the name of a place by itself. */
export const SAID_AROUND: ReadonlySet<string> = new Set(
  `bhxh bhyt bhtn bao hiem xa hoi y te that nghiep co quan van phong tru so chi nhanh vp o dau dia chi dien thoai sdt dt phone
  hotline cua tai cho la gi tim tra cuu em toi minh tui mk anh chi chu bac co chau con a ad admin oi u da vang thua ha ak ah va voi thi
  ma nay kia do day nhe nha nhen nao may noi khu vuc gan nhat den toi di qua ghe lam viec gio mo dong duoc ko k khong hong hok muon can
  hoi xin biet giup dum gium vay the sao shop bot he thong tin lien lac ban van cai diem nam duong toa ben trong thuoc tren duoi truc
  tiep nop ho lay so sach giay to chot lai huong che tro cap tu nguyen luong huu nguoi que song dang hien vua moi rut mot lan please
  office address where is the of in social insurance agency vn viet city`.split(/\s+/),
);

/** What names are compared by: "y" as "i" (Lý, Lí). */
export function joinKey(words: readonly Word[]): string {
  return words
    .map(({ text }) => text)
    .join('')
    .replaceAll('y', 'i');
}

/** The same of a whole name: the kind that it begins with is left out, unless its number follows. */
export function keyOf(words: readonly Word[]): string {
  const isLeftOut = words[0]?.isKind === true && !NUMBER.test(words[1]?.text ?? '');
  return joinKey(isLeftOut ? words.slice(1) : words);
}

/** Without what ears do not tell apart: tr as ch, x as s, gi and r as d, a letter doubled. */
export function soundOf(key: string): string {
  return key
    .replaceAll('tr', 'ch')
    .replaceAll('x', 's')
    .replaceAll('gi', 'd')
    .replaceAll('r', 'd')
    .replace(/([a-z])\1+/g, '$1');
}

/** Has accents; and are they the same, wherever in the syllable the tone was put? */
export function compareAccents(
  typed: readonly string[],
  written: readonly string[],
): 'none' | 'same' | 'other' {
  const letters = (words: readonly string[]): string => [...words.join('').normalize('NFD')].sort().join('');
  const typedLetters = letters(typed);
  if (!/[\u0300-\u036fđ]/u.test(typedLetters)) return 'none';
  return typedLetters === letters(written) ? 'same' : 'other';
}
