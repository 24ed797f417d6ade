/** Numbers that can be tapped: to call, or to write a text message to. */
import { telHref } from './place-links.ts';

export interface NumberLink {
  readonly href: string;
  readonly text: string;
  readonly kind: 'call' | 'text';
}

/** Digits, in groups parted by single blanks or dots; the area code may stand in brackets. */
const CANDIDATE = /(?:\+|\(0\d{2,3}\)[ .]?|\b)\d(?:[ .]?\d)+/g;
/** Hotlines, mobile and fixed numbers as they are dialled in Việt Nam. */
const DIALLED = /^(?:1[89]00\d{4}(?:\d{2})?|0[35789]\d{8}|02\d{9}|84(?:[35789]\d{8}|2\d{9}))$/;
/** The short number of the agency, to which one sends "BH MK …". */
const SHORT_NUMBER = '8079';
/** What may not touch a number: it is then part of a date, an address or another number. */
const TOUCHED_BEFORE = /[\d\p{L}/@_-]$|\d[,.]$/u;
const TOUCHED_AFTER = /^[\d\p{L}/@_-]|^[,.]\d/u;

/** The text in pieces, in order; none of it is lost. */
export function findNumbers(text: string): (string | NumberLink)[] {
  const pieces: (string | NumberLink)[] = [];
  let from = 0;
  for (const found of text.matchAll(CANDIDATE)) {
    const start = found.index ?? 0;
    if (start < from || TOUCHED_BEFORE.test(text.slice(Math.max(0, start - 2), start))) continue;
    const link = readNumber(found[0], text.slice(start));
    if (link === null) continue;
    if (start > from) pieces.push(text.slice(from, start));
    pieces.push(link);
    from = start + link.text.length;
  }
  if (from < text.length) pieces.push(text.slice(from));
  return pieces;
}

/** The longest beginning that is a number: what follows after a blank may be another one. */
function readNumber(candidate: string, rest: string): NumberLink | null {
  for (let end = candidate.length; end > 3; end--) {
    const text = candidate.slice(0, end);
    if (!/\d$/.test(text) || TOUCHED_AFTER.test(rest.slice(end, end + 2))) continue;
    const digits = text.replace(/\D/g, '');
    if (text === SHORT_NUMBER) return { href: `sms:${text}`, text, kind: 'text' };
    if (text.startsWith('+') === digits.startsWith('84') && DIALLED.test(digits)) {
      return { href: telHref(text), text, kind: 'call' };
    }
  }
  return null;
}
