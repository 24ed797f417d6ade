/**
 * BHXH numbers, BHYT cards, identity cards and passports, as a model for Microsoft.Recognizers.Text.
 * Digits alone do not tell them apart: length, shape and the words round them do.
 */
import type { IModel, ModelResult } from '@microsoft/recognizers-text';
import type { Candidate } from './entity.ts';
import { type NumberContext, readNumberContext } from './number-context.ts';
import { isHotline, isMobile, normalisePhone } from './phone-numbers.ts';
import { wordSet } from './phrase-index.ts';
import { readSpokenNumbers } from './spoken-digits.ts';
import { type TextView, viewText } from './text-view.ts';

/** A number as typed, in one piece or in groups. */
interface WrittenNumber extends Group {
  /** Lengths of its groups: [4, 3, 3] for "0123 456 789". */
  readonly groups: readonly number[];
  readonly separator: string;
}

interface Group {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
}

/** IModel takes a bare string, so the text is viewed again here; it comes with its accents and in lower case. */
export const identityNumberModel: IModel = {
  modelTypeName: 'identitynumber',
  parse: (query) => findIdentityNumbers(viewText(query)).map((found) => toModelResult(query, found)),
};

function toModelResult(query: string, { type, value, start, end }: Candidate): ModelResult {
  return {
    start,
    end: end - 1,
    text: query.slice(start, end),
    typeName: 'identitynumber',
    resolution: { type, value },
  };
}

function findIdentityNumbers(view: TextView): Candidate[] {
  const found = [...findCards(view), ...findPassports(view)];
  const numbers = readWrittenNumbers(view.folded);
  for (const spoken of readSpokenNumbers(view)) {
    numbers.push({ ...spoken, groups: [spoken.digits.length], separator: '' });
  }
  numbers.sort((a, b) => a.start - b.start);
  numbers.forEach((number, at) => {
    const { digits, start, end } = number;
    const from = numbers[at - 1]?.end ?? 0;
    const until = numbers[at + 1]?.start ?? view.folded.length;
    const type = classify(number, readNumberContext(view, { start, end, from, until }));
    // The library's phone model matches characters, and a spoken phone number has no figures.
    const spokenPhone = /[a-z]/.test(view.folded.slice(start, end)) ? normalisePhone(digits) : null;
    if (type !== null) found.push({ type, value: digits, start, end });
    else if (spokenPhone !== null) found.push({ type: 'phone', value: spokenPhone, start, end });
  });
  return found;
}

/** null: no identity number, or a phone, which the phone model finds by itself. */
function classify(
  { digits, groups, separator }: WrittenNumber,
  context: NumberContext,
): Candidate['type'] | null {
  const kind = context?.kind;
  const isPlain = groups.length === 1;
  if (digits.length === 9) return kind === 'nationalId' ? kind : null;
  if (digits.length === 12) {
    if (kind === 'nationalId') return kind;
    return digits.startsWith('0') && (isPlain || CARD_GROUPS.has(groups.join())) ? 'nationalId' : null;
  }
  if (digits.length !== 10) return null;
  if (kind === 'bhxhNumber' || (kind === 'bhytCard' && (context?.strong || !isMobile(digits)))) return kind;
  if (isMobile(digits) || isHotline(digits)) return null;
  return isPlain || looksGrouped(groups, separator) ? 'bhxhNumber' : null;
}

/** How people cut the twelve digits of an identity card; "2019 2020 2021" is cut so too but begins with no 0. */
const CARD_GROUPS = new Set(['3,3,3,3', '4,4,4', '3,3,6', '3,1,2,6', '6,6']);

/** Without a word that names it, "0123 456 789" is one number but "10 20 30 40 50" and "1.000.000.000" are not. */
function looksGrouped(groups: readonly number[], separator: string): boolean {
  const isMoney = separator === '.' && groups[0]! < 4 && groups.slice(1).every((length) => length === 3);
  return !isMoney && groups.length <= 4 && groups[0]! >= 2 && groups.slice(1).every((length) => length >= 3);
}

const DIGITS = /\d+/g;
const GROUP_SEPARATORS = new Set([' ', '.', '-', ' - ', ' . ']);
/** A group of this many digits is a whole number by itself. */
const WHOLE_NUMBER = 9;
const LENGTHS = new Set([9, 10, 12]);

/** Digit groups put together to numbers of 9, 10 or 12 digits, from left to right. */
function readWrittenNumbers(folded: string): WrittenNumber[] {
  const placed = [...folded.matchAll(DIGITS)].map(
    ({ 0: digits, index: start }): Group => ({ digits, start, end: start + digits.length }),
  );
  const numbers: WrittenNumber[] = [];
  for (let at = 0; at < placed.length; ) {
    const number = joinGroups(folded, placed, at);
    if (number !== null) numbers.push(number);
    at += number?.groups.length ?? 1;
  }
  return numbers;
}

/** Takes ten digits before twelve and twelve before nine: a phone may be followed by a stray number, a card is not. */
function joinGroups(folded: string, placed: readonly Group[], first: number): WrittenNumber | null {
  const { start } = placed[first]!;
  let digits = '';
  let separator = '';
  const groups: number[] = [];
  const fits = new Map<number, WrittenNumber>();
  for (let at = first; at < placed.length; at++) {
    const group = placed[at]!;
    if (at > first) {
      const gap = folded.slice(placed[at - 1]!.end, group.start);
      if (group.digits.length >= WHOLE_NUMBER || !GROUP_SEPARATORS.has(gap)) break;
      if (at > first + 1 && gap.trim() !== separator) break;
      separator = gap.trim();
    }
    digits += group.digits;
    groups.push(group.digits.length);
    if (LENGTHS.has(digits.length))
      fits.set(digits.length, { digits, start, end: group.end, groups: [...groups], separator });
    if (digits.length >= 12 || group.digits.length >= WHOLE_NUMBER) break;
  }
  return fits.get(10) ?? fits.get(12) ?? fits.get(9) ?? null;
}

const CARD = /(?<![a-z0-9])([a-z]{2})([ .-]?)(\d(?:[ .-]?\d){12})(?!\d)/g;

/** BHYT card codes of 15 characters: object code, benefit level, province, BHXH number (Quyết định 1351/QĐ-BHXH, 2015). */
function findCards({ folded }: TextView): Candidate[] {
  return [...folded.matchAll(CARD)]
    .filter(([, code, gap, digits]) => gap === '' || (/^[1-5]/.test(digits!) && !NOT_OBJECT_CODES.has(code!)))
    .map((match) => {
      const value = match[0].replace(/[ .-]/g, '').toUpperCase();
      return { type: 'bhytCard', value, start: match.index, end: match.index + match[0].length };
    });
}

/** Two-letter words that stand before a number. */
const NOT_OBJECT_CODES = wordSet('so la ma va co tk mk dt bh sl id tu ve');

const PASSPORT = /(?<![a-z0-9])([a-z]) ?(\d{7,8})(?![a-z0-9])/g;
/** Series of ordinary Vietnamese passports. Any other letter needs a word that names it. */
const PASSPORT_LETTERS = /^[bcnpke]\d/;

function findPassports(view: TextView): Candidate[] {
  const found: Candidate[] = [];
  for (const match of view.folded.matchAll(PASSPORT)) {
    const [text] = match;
    const number = { start: match.index, end: match.index + text.length };
    const context = readNumberContext(view, { ...number, from: 0, until: view.folded.length });
    if (!PASSPORT_LETTERS.test(text) && context?.kind !== 'passport') continue;
    found.push({ type: 'passport', value: text.replace(' ', '').toUpperCase(), ...number });
  }
  return found;
}
