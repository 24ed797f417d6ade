/** What of a message must not be kept: secrets at all, identity numbers in the clear. */
import type { Entity, EntityType } from './entities/extract-entities.ts';

export interface Redaction {
  readonly type: EntityType;
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

/** The parts of the text, by UTF-16 offset, that must be masked before it is stored or shown. */
export function findRedactions(entities: readonly Entity[]): Redaction[] {
  return entities
    .filter(({ type }) => PERSONAL.has(type))
    .map(({ type, start, end }) => ({ type, start, end }));
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
