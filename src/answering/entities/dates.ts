/** Dates in figures, the day always first: 01/6/2021, "ngày 1 tháng 6 năm 2021", "tháng 6/2021", 31-5. */
import { readYear, toIsoDay, toIsoMonth } from './calendar.ts';
import type { Candidate } from './entity.ts';
import { wordSet } from './phrase-index.ts';
import { type TextView, wordAfter, wordBefore } from './text-view.ts';
import { findWordedDates } from './worded-dates.ts';

/** Finds dates. `value` is ISO 8601: "2021-06-01", "--06-01", "2021-06", "--06", "2021", "P-1D" (one day back). */
export function findDates(view: TextView): Candidate[] {
  const found = findWordedDates(view);
  if (view.digitCount === 0) return found;
  const { folded } = view;
  for (const { pattern, read } of PATTERNS) {
    for (const match of folded.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      const value = read(match, view, start, end);
      if (value !== null) found.push({ type: 'date', value, start, end });
    }
  }
  return found;
}

interface DatePattern {
  readonly pattern: RegExp;
  /** The ISO value of a match, or null when it is no date after all. */
  readonly read: (match: RegExpMatchArray, view: TextView, start: number, end: number) => string | null;
}

const PATTERNS: readonly DatePattern[] = [
  {
    // 01/6/2021, 1-6-2021, 1.6.21, 1 / 6 / 2021
    pattern: /(?<!\d)(?<!\d[/.-])(\d{1,2}) ?([/.-]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})(?!\d)(?![/.-]\d)/g,
    read: ([, day, separator, month, year], view, start) =>
      separator === '.' && year!.length === 2 && NO_DATE_BEHIND.has(wordBefore(view, start))
        ? null
        : toDay(day, month, year),
  },
  {
    // 2021-06-01
    pattern: /(?<!\d)((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/g,
    read: ([, year, , month, day]) => toDay(day, month, year),
  },
  {
    // ngày 1 tháng 6 năm 2021, mùng 5 tháng 3, 1 tháng 6
    pattern:
      /(?<![a-z0-9])(?:(?:ngay|hom) ?)?(?:(?:mung|mong) ?)?(\d{1,2}) ?thang ?(\d{1,2})(?:,? ?nam ?(\d{4})| ?[/.-] ?(\d{4}|\d{2}))?(?!\d)/g,
    read: ([text, day, month, year, shortYear], view, _start, end) =>
      /^\d/.test(text) && MEASURES.has(wordAfter(view, end)) ? null : toDay(day, month, year ?? shortYear),
  },
  {
    // ngày 1/6, 31-5, 1/6
    pattern:
      /(?<!\d)(?<!\d[.,])(?<!\d ?[/-] ?)(?:(?:ngay|hom) ?(?:(?:mung|mong) ?)?)?(\d{1,2}) ?([/-]) ?(\d{1,2})(?:,? ?nam ?(\d{4}))?(?!\d)(?! ?[/-] ?\d)(?![.,]\d)(?![/-][a-z])/g,
    read: (match, view, start, end) =>
      isDayAndMonth(match, view, start, end) ? toDay(match[1], match[3], match[4]) : null,
  },
  {
    // tháng 6/2021, tháng 10 năm 2021, tháng 6, t6/2021
    pattern:
      /(?<![a-z0-9])(?:thang|th(?=\d)|t(?=\d\d?\/\d{4})) ?(\d{1,2})(?:,? ?(?:nam|[/.-]) ?(\d{4})| ?\/ ?(\d{2}))?(?!\d)(?!,? ?[/.-]\d)/g,
    read: ([, month, year, shortYear], view, start, end) =>
      (year === undefined && TIMES.has(wordAfter(view, end))) ||
      /^\d{1,2}$/.test(wordBefore(view, start)) ||
      isRawVni(view, start)
        ? null
        : toMonth(month, year ?? shortYear),
  },
  {
    // 6/2021
    pattern: /(?<!\d)(?<!\d[/.-] ?)(\d{1,2}) ?\/ ?((?:19|20)\d\d)(?! ?[/.-]? ?\d)(?!\/[a-z])/g,
    read: ([, month, year], view, start) =>
      NUMBERED.has(wordBefore(view, start)) ? null : toMonth(month, year),
  },
  {
    // năm 2021, sinh 1975
    pattern: /(?<![a-z0-9])(?:nam ?|(?<=(?:sinh|sn) ))((?:19|20)\d\d)(?![/.-]?\d)/g,
    read: ([, year]) => year!,
  },
  {
    // ngày sinh 05031960
    pattern: /(?<=sinh(?: ngay)? ?:? ?)(\d\d)(\d\d)((?:19|20)\d\d)(?!\d)/g,
    read: ([, day, month, year]) => toDay(day, month, year),
  },
];

function toDay(
  day: string | undefined,
  month: string | undefined,
  digits: string | undefined,
): string | null {
  const year = readYear(digits);
  return digits !== undefined && year === null ? null : toIsoDay(Number(day), Number(month), year);
}

function toMonth(month: string | undefined, digits: string | undefined): string | null {
  const year = readYear(digits);
  return digits !== undefined && year === null ? null : toIsoMonth(Number(month), year);
}

/** "tháng 2 lần" (twice a month) and "tháng 6 triệu" are no months. */
const TIMES = wordSet('lan gio phut tuan trieu tr nghin ngan tram dot nguoi dong');
/** "6 tháng 1 lần", "2-3 ngày" and "1/2 năm" are no days. */
const MEASURES = new Set([...TIMES, ...wordSet('ngay giay thang nam k d tieng buoi so chu ky ki')]);
/** Things that are counted in fractions: "3/4 công ty", "1/5 nhân viên". */
const COUNTED = wordSet('cong to nhan tre hoc lao phan cai con muc');
/** Words in front of a version or a paragraph: "android 4.1.12", "mục 2.1.20". */
const NO_DATE_BEHIND = wordSet('ios android ban version ver v app vssid update muc dieu khoan');
/** Words in front of a number that is no date: a house, a step, a document, a quarter. */
const NUMBERED = wordSet(
  'so nha ngo ngach hem kiet duong to buoc trang phan quy dot lan can thu van mau cau muc ty le chi gia cham diem',
);

/** Words in front of a day. */
const DATING = wordSet(
  'ngay hom mung mong sang trua chieu toi dem tu den truoc sau han vao luc qua moi cuoi dau sinh hen kip la lich',
);
const COMMON_FRACTIONS = wordSet('1/2 1/3 2/3 1/4 3/4 1/10');

/** "thang1" are the VNI keys of "tháng". */
function isRawVni(view: TextView, start: number): boolean {
  return /^thang[1-5](?![\d/.-])/.test(view.typed.slice(start, start + 7));
}

/** Two numbers are a day when said to be one, or when they can hardly be anything else: not 1/2, 24/7, 2-3 lần, 12/5 Nguyễn Trãi. */
function isDayAndMonth(
  [text, day, separator, month]: RegExpMatchArray,
  view: TextView,
  start: number,
  end: number,
): boolean {
  const [before, after] = [wordBefore(view, start), wordAfter(view, end)];
  if (/^[a-z]/.test(text)) return separator === '/' || !MEASURES.has(after);
  if (NUMBERED.has(before) || MEASURES.has(after) || text.includes(`${separator} `)) return false;
  if (DATING.has(before)) return true;
  // "12/5 Nguyễn Trãi" is an address.
  if (/^ \p{Lu}\p{Ll}/u.test(view.cased.slice(end, end + 3))) return false;
  if (separator === '-') return Number(day) > 12;
  if (Number(day) > 12) return text !== '24/7';
  return !COMMON_FRACTIONS.has(`${day}/${month}`) && !COUNTED.has(after);
}
