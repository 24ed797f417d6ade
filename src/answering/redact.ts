/** What of a message must not be kept: secrets at all, identity numbers in the clear. */
import type { Entity, EntityType } from './entities/extract-entities.ts';

/** `number`: a long number of whatever kind, such as a bank account or a payment card. */
export type RedactionType = EntityType | 'number';

export interface Redaction {
  readonly type: RedactionType;
  readonly start: number;
  readonly end: number;
}

const PERSONAL: ReadonlySet<EntityType> = new Set<EntityType>([
  'password',
  'otp',
  'nationalId',
  'passport',
  'bhxhNumber',
  'bhytCard',
  'phone',
]);

/** Nine digits and more, also in groups: people write no such amounts, dates or versions. */
const LONG_NUMBER = /(?<![\p{L}\p{N}])\p{N}(?:[ .-]?\p{N}){8,}(?![\p{L}\p{N}])/gu;

/** The parts of the text, by UTF-16 offset, that must be masked before it is stored or shown; in order. */
export function findRedactions(text: string, entities: readonly Entity[]): Redaction[] {
  const known = entities
    .filter(({ type }) => PERSONAL.has(type))
    .map(({ type, start, end }): Redaction => ({ type, start, end }));
  const others = [...text.matchAll(LONG_NUMBER)]
    .map(({ 0: found, index }): Redaction => ({ type: 'number', start: index, end: index + found.length }))
    .filter(({ start, end }) => !entities.some((entity) => entity.start < end && start < entity.end));
  return others.length === 0 ? known : [...known, ...others].sort((a, b) => a.start - b.start);
}

/** Codes that would be read as gibberish, and secrets, which nothing further down may see. */
const NOT_WORDS: ReadonlySet<EntityType> = new Set<EntityType>([
  'password',
  'otp',
  'ticketCode',
  'bhytCard',
  'passport',
]);
/** Stands for any personal number: that there is one may matter, which one it is does not. */
const SOME_NUMBER = ' 000000 ';

/** Takes secrets, codes and personal numbers out of a text before it is read. */
export function withoutCodes(text: string, entities: readonly Entity[]): string {
  let readable = '';
  let from = 0;
  for (const { type, start, end } of entities) {
    if (!PERSONAL.has(type) && !NOT_WORDS.has(type)) continue;
    readable += text.slice(from, start) + (NOT_WORDS.has(type) ? ' … ' : SOME_NUMBER);
    from = end;
  }
  return readable + text.slice(from);
}

/** Enough for the person to know which number it was, too little to do anything with it. */
const DIGITS_LEFT = 3;
/** Stands for each letter that is covered. */
export const COVER = '•';
const FEWEST_COVERS = 4;
const NOTHING_LEFT: ReadonlySet<RedactionType> = new Set<RedactionType>(['password', 'otp']);

/**
 * The text as it may be kept: secrets covered wholly, numbers but for their last three characters.
 * @param redactions of this text; where two overlap, both are covered
 */
export function coverRedactions(text: string, redactions: readonly Redaction[]): string {
  let covered = '';
  let from = 0;
  for (const { type, start, end } of [...redactions].sort((a, b) => a.start - b.start)) {
    if (start >= from) {
      const left = NOTHING_LEFT.has(type) ? '' : text.slice(Math.max(start, end - DIGITS_LEFT), end);
      const length = NOTHING_LEFT.has(type) ? 0 : end - start - left.length;
      covered += text.slice(from, start) + COVER.repeat(Math.max(FEWEST_COVERS, length)) + left;
    }
    from = Math.max(from, end);
  }
  return covered + text.slice(from);
}
