/** Dates in words: "hôm qua", "tháng trước", "mùng năm tháng ba", "tháng mười năm 2021". */
import { toIsoDay, toIsoMonth } from './calendar.ts';
import type { Candidate } from './entity.ts';
import { readNumberWords } from './number-words.ts';
import { compilePhrases, findPhrase, wordSet } from './phrase-index.ts';
import { isTypedAs, type TextView } from './text-view.ts';

/** A signed ISO 8601 duration from today: "hôm qua" is P-1D, "năm nay" P0Y. The reader of the entity has the clock. */
const RELATIVE: Readonly<Record<string, string>> = {
  'P-2D': 'hôm kia|hôm kìa|bữa kia',
  'P-1D':
    'hôm qua|hum qua|hqua|hôm wa|bữa qua|ngày hôm qua|tối qua|sáng qua|chiều qua|trưa qua|đêm qua|tối hôm qua|sáng hôm qua|chiều hôm qua',
  P0D: 'hôm nay|hum nay|hnay|bữa nay|hôm ni|bữa ni|ngày hôm nay|sáng nay|trưa nay|chiều nay|tối nay|đêm nay',
  P1D: 'ngày mai|sáng mai|trưa mai|chiều mai|tối mai|mai mốt|sáng ngày mai|chiều ngày mai',
  P2D: 'ngày kia|ngày mốt|sáng mốt|chiều mốt',
  'P-1W': 'tuần trước|tuần rồi|tuần vừa rồi|tuần qua|tuần vừa qua',
  P0W: 'tuần này|tuần ni',
  P1W: 'tuần sau|tuần tới',
  'P-1M': 'tháng trước|tháng rồi|tháng vừa rồi|tháng qua|tháng vừa qua',
  P0M: 'tháng này|tháng ni',
  P1M: 'tháng sau|tháng tới',
  'P-1Y': 'năm ngoái|năm trước|năm rồi|năm vừa rồi|năm qua|năm vừa qua',
  P0Y: 'năm nay|năm này',
  P1Y: 'năm sau|năm tới',
};

const INDEX = compilePhrases<string>(
  Object.entries(RELATIVE).flatMap(([value, phrases]) =>
    phrases.split('|').map((phrase): [string, string] => [phrase, value]),
  ),
);

/** "mấy tháng qua", "bao năm rồi", "3 tuần trước": the words count, they do not name a week. */
const COUNTING = wordSet('may vai nhieu cac nhung bao moi chuc');

export function findWordedDates(view: TextView): Candidate[] {
  const found: Candidate[] = [];
  for (let at = 0; at < view.words.length; at++) {
    const { folded, start } = view.words[at]!;
    const match = findPhrase(INDEX, view, at);
    if (
      match !== null &&
      !isCounted(view, at, match.phrase) &&
      !isAmbiguous(view, at, at + match.length - 1)
    ) {
      found.push({ type: 'date', value: match.value, start, end: view.words[at + match.length - 1]!.end });
      at += match.length - 1;
    } else if (folded === 'thang') {
      const date = readMonthInWords(view, at);
      if (date !== null) found.push(date);
    }
  }
  return found;
}

function isCounted(view: TextView, at: number, phrase: readonly string[]): boolean {
  const before = view.words[at - 1]?.folded ?? '';
  if (!/^(?:hôm|bữa|tuần|tháng|năm)$/.test(phrase[0]!)) return false;
  if (COUNTING.has(before)) return true;
  // But "tháng 6 năm ngoái" names a year and "thứ bảy tuần này" a week.
  const isNumber = /^[12]?\d$/.test(before) || (at > 0 && readNumberWords(view, at - 1) !== null);
  return (
    isNumber &&
    !view.words.slice(Math.max(0, at - 3), at).some(({ folded }) => folded === 'thang' || folded === 'thu')
  );
}

/** Without accents "ngay mot" is "ngày một", "toi qua" is "tôi qua", "nam sau lan" is "năm sáu lần". */
function isAmbiguous(view: TextView, at: number, last: number): boolean {
  const [first, word] = [view.words[at]!, view.words[last]!];
  if (word.folded === 'mot') return !isTypedAs(view, word, 'mốt');
  if (word.folded === 'qua' && first.folded === 'toi') return isTypedAs(view, first, 'toi');
  const next = view.words[last + 1]?.folded ?? '';
  return word.folded === 'sau' && /^(?:ngay|thang|nam|tuan|gio|phut|lan|nguoi|cai|trieu|muoi)$/.test(next);
}

/** "tháng giêng", "tháng mười hai", "mùng năm tháng ba năm 2021", "ngày 5 tháng chạp". */
function readMonthInWords(view: TextView, at: number): Candidate | null {
  const month = readMonth(view, at + 1);
  if (month === null) return null;
  const day = readDayBefore(view, at);
  const isSure = day !== null || (month.value !== 5 && !isNumber(view, at - 1));
  if (!isSure) return null;
  const next = at + 1 + month.length;
  const hasYear =
    view.words[next]?.folded === 'nam' && /^(?:19|20)\d\d$/.test(view.words[next + 1]?.folded ?? '');
  const year = hasYear ? Number(view.words[next + 1]!.folded) : null;
  const value = day === null ? toIsoMonth(month.value, year) : toIsoDay(day.value, month.value, year);
  if (value === null) return null;
  const last = hasYear ? next + 1 : next - 1;
  return { type: 'date', value, start: view.words[day?.first ?? at]!.start, end: view.words[last]!.end };
}

function readMonth(view: TextView, at: number): { value: number; length: number } | null {
  const word = view.words[at];
  if (word === undefined) return null;
  if (isTypedAs(view, word, 'giêng') || word.folded === 'gieng') return { value: 1, length: 1 };
  if (isTypedAs(view, word, 'chạp')) return { value: 12, length: 1 };
  const number = readNumberWords(view, at);
  // "tháng một lần" (once a month) and "tháng hai triệu" (two million a month) name no month.
  const isCount =
    number !== null &&
    /^(?:lan|ngay|trieu|tram|nghin|nguoi|ky|dot|cai)$/.test(view.words[at + number.length]?.folded ?? '');
  return number === null || isCount || isTypedAs(view, word, 'mot') ? null : number;
}

/** "ngày 5", "mùng năm", "ngày mùng 5", "ngày hai mươi" in front of "tháng". */
function readDayBefore(view: TextView, at: number): { value: number; first: number } | null {
  for (let first = at - 1; first >= Math.max(0, at - 3); first--) {
    const lead = view.words[first - 1]?.folded ?? '';
    if (!/^(?:ngay|mung|mong|hom)$/.test(lead)) continue;
    const figures = view.words[first]!.folded;
    const number = /^\d{1,2}$/.test(figures)
      ? { value: Number(figures), length: 1 }
      : readNumberWords(view, first);
    if (number === null || first + number.length !== at) return null;
    const isNested = lead !== 'ngay' && view.words[first - 2]?.folded === 'ngay';
    return { value: number.value, first: first - (isNested ? 2 : 1) };
  }
  return null;
}

function isNumber(view: TextView, at: number): boolean {
  const word = view.words[at]?.folded ?? '';
  return /^\d+$/.test(word) || /^(?:may|vai|moi|hai|ba|bon|nam|sau|bay|tam|chin|muoi|mot)$/.test(word);
}
