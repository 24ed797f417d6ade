/** Ticket codes such as PA-7K3F9Q: two letters of the kind of ticket, six characters without look-alikes. */
import { decodeVni } from '../text/keystrokes.ts';
import { isFoldedSyllable } from '../text/syllables.ts';
import type { Candidate } from './entity.ts';
import { wordSet } from './phrase-index.ts';
import { type TextView, wordBefore } from './text-view.ts';

const CODE = /(?<![a-z0-9])(pa|gy|gl|ch)([- ]?)([2-9a-hjkmnp-z]{6})(?![a-z0-9])/g;
const NAMING_WORDS = wordSet('ma phieu code so la');

/** Finds ticket codes in any case, with a hyphen, a space or nothing between; `value` is "PA-7K3F9Q". */
export function findTicketCodes(view: TextView): Candidate[] {
  return [...view.folded.matchAll(CODE)].flatMap(({ 0: written, 1: kind, 2: gap, 3: rest, index: start }) => {
    const end = start + written.length;
    if (!isCode(view, start, end, gap!, rest!)) return [];
    return [{ type: 'ticketCode' as const, value: `${kind}-${rest}`.toUpperCase(), start, end }];
  });
}

/**
 * A sixth of all codes has no figure, so "PA-NGUYEN" could be one. Without a figure it must look like a code:
 * hyphen and capitals, or no syllable. Without a hyphen it must have both figures and letters, and in lower
 * case behind a blank ("ch 2abc34") also a word that names it. "chuye6n3" are the VNI keys of "chuyển".
 */
function isCode(view: TextView, start: number, end: number, gap: string, rest: string): boolean {
  if (view.typed.slice(start, end) !== view.folded.slice(start, end)) return false;
  const cased = view.cased.slice(start, end);
  const isCapital = cased === cased.toUpperCase();
  const isMixed = /\d/.test(rest) && /[a-z]/.test(rest);
  if (gap === '-') return isMixed || !isFoldedSyllable(rest) || (isCapital && !view.isShouted);
  if (!isMixed || (gap === '' && decodeVni(view.folded.slice(start, end)) !== null)) return false;
  return gap === '' || isCapital || NAMING_WORDS.has(wordBefore(view, start));
}
