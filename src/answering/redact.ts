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

/** What says nothing of the wish: secrets, which nothing further down may see, and codes, which read as gibberish. */
const NOT_WORDS: ReadonlySet<EntityType> = new Set<EntityType>([
  'password',
  'otp',
  'ticketCode',
  'bhytCard',
  'passport',
]);

/** Takes secrets and codes out of a text before it is read. */
export function withoutCodes(text: string, entities: readonly Entity[]): string {
  let hidden = '';
  let from = 0;
  for (const { type, start, end } of entities) {
    if (!NOT_WORDS.has(type)) continue;
    hidden += `${text.slice(from, start)} … `;
    from = end;
  }
  return hidden + text.slice(from);
}
