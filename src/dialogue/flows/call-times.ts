/** When somebody can be called, in their own words: "chiều mai", "từ 8h đến 10h sáng thứ hai". */
import type { Said } from '../said.ts';

const WEEKDAY = '(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|t[2-7]|cn)';
const PART_OF_DAY = '(?:sang|trua|chieu|toi|dem)';
const DAY = `(?:hom nay|ngay mai|ngay mot|mai|mot|nay|som|${WEEKDAY})`;
const WHOLE = [
  `(?:buoi )?${PART_OF_DAY}(?: som)?(?: ${DAY})+`,
  `buoi ${PART_OF_DAY}`,
  `chieu|trua`,
  `hom nay|ngay mai|ngay mot|tuan sau|tuan nay|cuoi tuan|dau tuan|ngay thuong|moi ngay`,
  `\\d{1,2} ?(?:h|g|gio)(?: ?\\d{1,2})?(?: ?(?:ruoi|phut|p))?(?: ${PART_OF_DAY})?(?: ${DAY})?`,
  `${WEEKDAY}(?: tuan (?:nay|sau|toi))?`,
  `gio hanh chinh|gio nghi trua|ngay bay gio|bay gio|ngoai gio`,
  `(?:luc|khi|gio) nao cung (?:duoc|ok)|bat (?:cu|ky) (?:luc|khi) nao|cang som cang tot|som nhat`,
].join('|');
const BEFORE = '(?:(?:tu|sau|truoc|khoang|luc|tam|vao|trong|den|toi|co the|ranh) )*';
const BETWEEN = '(?: (?:tu|den|toi|va|hoac|sau|truoc|khoang|luc|tam|vao|hay|trong))*';
const CALL_TIME = new RegExp(`\\b${BEFORE}(?:${WHOLE})(?:${BETWEEN} (?:${WHOLE}))*(?![a-z0-9])`);

/** The words that say when, wherever they stand; null when none do. */
export function findCallTime({ text, words, folded }: Said): string | null {
  const match = CALL_TIME.exec(folded);
  if (match === null) return null;
  const first = folded.slice(0, match.index).split(' ').length - 1;
  const last = first + match[0].trimEnd().split(' ').length - 1;
  const [from, to] = wordsAt(words, first, last);
  return from === undefined || to === undefined ? null : text.slice(from.start, to.end);
}

/** Chat spelling may stand for two words, so places are counted in what was written out. */
function wordsAt(
  words: Said['words'],
  first: number,
  last: number,
): [Said['words'][number]?, Said['words'][number]?] {
  let at = 0;
  let from: Said['words'][number] | undefined;
  for (const word of words) {
    const next = at + word.folded.split(' ').length;
    if (from === undefined && next > first) from = word;
    if (next > last) return from === undefined ? [] : [from, word];
    at = next;
  }
  return [];
}

const SOME_TIME =
  /\b(?:sang|trua|chieu|dem|mai|mot|hom|ngay|thu|tuan|bay gio|som|luon|ranh|hanh chinh|nao cung|luc nao|khi nao|gio nao|tuy|\d{1,2}(?:h|g|gio)?\d{0,2})\b/;
const EVENING = /\btoi\b/;
const SHORT = 3;

/** Does an answer to "when?" name a time at all? "toi" in more words is the contact, not the evening. */
export function namesTime({ folded, words }: Said): boolean {
  return (
    SOME_TIME.test(folded) ||
    words.some(({ typed }) => typed === 'tối') ||
    (words.length <= SHORT && EVENING.test(folded))
  );
}
