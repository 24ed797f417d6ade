/** Lengths of time: "3 phút", "10 ngày", "hai tuần", "nửa tiếng", "1 năm 6 tháng". */
import type { Candidate } from './entity.ts';
import { type NumberWords, readNumberWords } from './number-words.ts';
import { wordSet } from './phrase-index.ts';
import { agrees, isTypedAs, type TextView, wordAfter, wordBefore } from './text-view.ts';

/** ISO 8601 designators, the largest first. It writes minutes as "M" too, but behind the "T". */
const DESIGNATORS = ['Y', 'M', 'W', 'D', 'H', 'min', 'S'] as const;
type Designator = (typeof DESIGNATORS)[number];

const UNITS: Readonly<Record<string, Designator>> = {
  nam: 'Y',
  thang: 'M',
  tuan: 'W',
  ngay: 'D',
  hom: 'D',
  gio: 'H',
  tieng: 'H',
  h: 'H',
  phut: 'min',
  ph: 'min',
  p: 'min',
  giay: 'S',
};

const ACCENTED_UNITS: Readonly<Record<string, string>> = {
  nam: 'năm',
  thang: 'tháng',
  tuan: 'tuần',
  ngay: 'ngày',
  hom: 'hôm',
  gio: 'giờ',
  tieng: 'tiếng',
  phut: 'phút',
  giay: 'giây',
};

/** Half of a unit, in units that ISO 8601 can say. */
const HALVES: Partial<Readonly<Record<Designator, readonly [amount: string, of: Designator]>>> = {
  Y: ['6', 'M'],
  M: ['15', 'D'],
  D: ['12', 'H'],
  H: ['30', 'min'],
  min: ['30', 'S'],
};

interface Part {
  readonly amount: string;
  readonly unit: Designator;
  readonly start: number;
  readonly end: number;
}

/** Finds time spans; `value` is an ISO 8601 duration such as "PT3M" or "P1Y6M". */
export function findTimeSpans(view: TextView): Candidate[] {
  const parts = [...(view.digitCount > 0 ? readFigures(view) : []), ...readWords(view)].sort(
    (a, b) => a.start - b.start,
  );
  const spans: Part[][] = [];
  for (const part of parts) {
    const last = spans.at(-1)?.at(-1);
    if (last !== undefined && continues(view, last, part)) spans.at(-1)!.push(part);
    else spans.push([part]);
  }
  return spans.map((span) => ({
    type: 'timeSpan' as const,
    value: toDuration(span),
    start: span[0]!.start,
    end: span.at(-1)!.end,
  }));
}

/** "1 năm 6 tháng" is one span: only blanks between, units getting smaller. */
function continues(view: TextView, last: Part, next: Part): boolean {
  return (
    /^ *$/.test(view.folded.slice(last.end, next.start)) &&
    DESIGNATORS.indexOf(last.unit) < DESIGNATORS.indexOf(next.unit)
  );
}

function toDuration(parts: readonly Part[]): string {
  let date = '';
  let time = '';
  for (const { amount, unit } of parts) {
    if (DESIGNATORS.indexOf(unit) < DESIGNATORS.indexOf('H')) date += amount + unit;
    else time += amount + (unit === 'min' ? 'M' : unit);
  }
  return time === '' ? `P${date}` : `P${date}T${time}`;
}

const FIGURES =
  /(?<![\d.,/:])(\d{1,4}(?:[.,]\d)?)( ?)(giay|phut|ph|p|gio|tieng|h|ngay|hom|tuan|thang|nam)(?![a-z0-9])/g;

function readFigures(view: TextView): Part[] {
  return [...view.folded.matchAll(FIGURES)].flatMap(
    ({ 0: written, 1: amount, 2: gap, 3: name, index: start }) => {
      const end = start + written.length;
      if ((name === 'p' || name === 'ph') && gap !== '') return [];
      if (!isSpan(view, start, end, name!, Number(amount!.replace(',', '.')))) return [];
      return withHalf(view, { amount: amount!.replace(',', '.'), unit: UNITS[name!]!, start, end });
    },
  );
}

function readWords(view: TextView): Part[] {
  const parts: Part[] = [];
  for (let at = 0; at + 1 < view.words.length; at++) {
    const half = isHalf(view, at);
    const number = half ? { value: 1, length: 1 } : readNumberWords(view, at);
    if (number === null) continue;
    const part = readWordedPart(view, at, number);
    if (part === null) continue;
    const [amount, unit] = HALVES[part.unit] ?? [];
    if (!half) parts.push(...withHalf(view, part));
    else if (amount !== undefined && unit !== undefined) parts.push({ ...part, amount, unit });
    at += number.length;
  }
  return parts;
}

function readWordedPart(view: TextView, at: number, number: NumberWords): Part | null {
  const { start } = view.words[at]!;
  const unitWord = view.words[at + number.length];
  const unit = unitWord === undefined || unitWord.folded.length < 3 ? undefined : UNITS[unitWord.folded];
  if (unitWord === undefined || unit === undefined) return null;
  if (!agrees(view, unitWord, ACCENTED_UNITS[unitWord.folded]!) || view.words[at - 1]?.folded === 'thu')
    return null;
  if (!/^ +$/.test(view.folded.slice(view.words[at + number.length - 1]!.end, unitWord.start))) return null;
  const { end, folded } = unitWord;
  if (NO_SPANS.test(view.typed.slice(start, end)) || !isSpan(view, start, end, folded, number.value))
    return null;
  if (/^bon nam$/.test(view.folded.slice(start, end)) && COUNTED_THINGS.has(wordAfter(view, end)))
    return null;
  return { amount: String(number.value), unit, start, end };
}

/** "bây giờ" (now) and "… y bạ giấy" (record on paper) without accents. */
const NO_SPANS = /^(?:bay gio|.* giay)$/;
/** "bốn năm cái" is four or five of them. */
const COUNTED_THINGS = wordSet(
  'cai cho app nguoi lan dua may con buoi ngay thang tuan gio phut trieu nghin ban tam to noi',
);

/** "nửa tiếng", and "nữa tiếng" as many write it. */
function isHalf(view: TextView, at: number): boolean {
  const word = view.words[at]!;
  if (word.folded !== 'nua') return false;
  return (
    isTypedAs(view, word, 'nửa') || isTypedAs(view, word, 'nua') || view.words[at + 1]?.folded === 'tieng'
  );
}

/** "1 tiếng rưỡi" is an hour and thirty minutes. */
function withHalf(view: TextView, part: Part): Part[] {
  const next = view.folded.slice(part.end, part.end + 6);
  const [amount, unit] = HALVES[part.unit] ?? [];
  if (amount === undefined || unit === undefined || !/^ ruoi(?![a-z])/.test(next)) return [part];
  return [part, { amount, unit, start: part.end, end: part.end + ' ruoi'.length }];
}

/** Up to 23 "giờ" are a time of day unless these say otherwise; "tiếng" are always hours. */
const WAITING_BEFORE = wordSet('cho doi trong mat suot vong hon ton keo dai');
const WAITING_AFTER = wordSet('dong lien roi nua qua');
const LANGUAGES = wordSet('viet anh nhat phap trung han hoa khmer nuoc noi dan');

/** Is it a length and no date ("tháng 6 năm 2021"), time of day ("8h30", "lúc 3 giờ") or language ("1 tiếng Việt")? */
function isSpan(view: TextView, start: number, end: number, unit: string, amount: number): boolean {
  const [before, after] = [wordBefore(view, start), wordAfter(view, end)];
  switch (unit) {
    case 'tieng':
      return !LANGUAGES.has(after);
    case 'hom':
      return amount <= 31;
    case 'gio':
    case 'h':
      if (/^ ?[-:]? ?\d/.test(view.folded.slice(end, end + 4))) return false;
      return amount >= 24 || WAITING_BEFORE.has(before) || WAITING_AFTER.has(after);
    case 'nam':
    case 'thang':
      return !DATING_BEFORE.has(before) && !isYear(String(amount)) && !(unit === 'nam' && isYear(after));
    case 'ngay':
      // "tháng 10 ngày nào" is a month, "6 tháng 10 ngày" a span.
      return before !== 'thang' || /\d ?thang ?$/.test(view.folded.slice(Math.max(0, start - 9), start));
    default:
      return true;
  }
}

const DATING_BEFORE = wordSet('ngay mung mong hom thang lop quy');
const isYear = (word: string): boolean => /^(?:19|20)\d\d$/.test(word);
