/** Provinces, districts and cities, by hash of their first word. */
import { isFoldedSyllable } from '../text/syllables.ts';
import type { Candidate } from './entity.ts';
import { compilePhrases, findPhrase, type PhraseIndex, type PhraseMatch, wordSet } from './phrase-index.ts';
import { isTypedAs, type TextView } from './text-view.ts';

/** A province, district or city of intents/places.yaml. */
export interface Place {
  /** As people say it, with accents: what an entity's `value` is. */
  readonly name: string;
  /** Other ways to write it. Forms without accents need no alias of their own. */
  readonly aliases: readonly string[];
  readonly kind: 'province' | 'district' | 'city';
}

export type PlaceIndex = PhraseIndex<string>;

export function compilePlaces(places: readonly Place[]): PlaceIndex {
  return compilePhrases(
    places.flatMap(({ name, aliases }) => [name, ...aliases].map((form): [string, string] => [form, name])),
  );
}

/** Finds places; `value` is the canonical name. */
export function findPlaces(view: TextView, index: PlaceIndex): Candidate[] {
  const found: Candidate[] = [];
  for (let at = 0; at < view.words.length; at++) {
    const match = findPhrase(index, view, at);
    if (match === null || (isAmbiguous(view, at, match) && !isSaidToBePlace(view, at, match.length)))
      continue;
    const end = view.words[at + match.length - 1]!.end;
    found.push({ type: 'place', value: match.value, start: view.words[at]!.start, end });
    at += match.length - 1;
  }
  return found;
}

const names = (list: string): ReadonlySet<string> => new Set(list.split('|'));

/** With accents too these are ordinary words: "cao bằng" (as high as), "cần giờ" (hours needed), "yêu cầu giấy". */
const ALSO_WORDS = names('cao bằng|cần giờ|ba vì|hòa bình|thanh xuân|hoàng mai|cầu giấy');
/**
 * Without accents these are: "cu chi" (cứ chỉ, just show me), "di an" (đi ăn), "dong da" (đóng đã). Those
 * found where no place was meant in the phrases of intents/ with their accents taken off.
 */
const ALSO_WORDS_FOLDED = names(
  'dĩ an|củ chi|bến cát|đống đa|lâm đồng|gò dầu|điện biên|mê linh|đồng tháp|kiến an|châu đốc|cần đước|thanh trì|đồng hới',
);

/** Can what was typed be ordinary words as well? So are single syllables without accents and initials such as "hn". */
function isAmbiguous(view: TextView, at: number, { phrase, length }: PhraseMatch<string>): boolean {
  const form = phrase.join(' ');
  if (length > 1) {
    const isExact = phrase.every((word, step) => isTypedAs(view, view.words[at + step]!, word));
    return ALSO_WORDS.has(form) || (ALSO_WORDS_FOLDED.has(form) && !isExact);
  }
  const word = view.words[at]!;
  return /^\p{L}{1,2}$/u.test(form) || (isTypedAs(view, word, word.folded) && isFoldedSyllable(word.folded));
}

const LEADS = wordSet('tinh tp pho huyen quan xa tx o tai bhxh hiem hoi ve tu dan nguoi que vuc h q tren');
const BEFORE_A_PERSON = wordSet('ten la anh chi em co chu ong ba con be bac');

/** Is it all of the message, behind a word such as "tỉnh", "ở" or "BHXH", or in capitals in a message that is not? */
function isSaidToBePlace(view: TextView, at: number, length: number): boolean {
  if (view.words.length === length) return true;
  const before = view.words[at - 1]?.folded ?? '';
  if (LEADS.has(before)) return true;
  if (BEFORE_A_PERSON.has(before) || view.isShouted) return false;
  const cased = view.words.slice(at, at + length).map(({ start, end }) => view.cased.slice(start, end));
  return length > 1 && cased.every((word) => word.charAt(0) !== word.charAt(0).toLowerCase());
}
