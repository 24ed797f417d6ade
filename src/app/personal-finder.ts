/** What of a phrase is of one person only: the chat covers it, and no bot is to be taught it. */
import { createEntityExtractor } from '../answering/entities/extract-entities.ts';
import { COVER, findRedactions, type RedactionType } from '../answering/redact.ts';
import type { PersonalKind } from '../contracts/curation.ts';

const KINDS: Readonly<Partial<Record<RedactionType, PersonalKind>>> = {
  password: 'secret',
  otp: 'secret',
  phone: 'phone',
};

/** Finds by what the chat covers, by e-mail addresses, and by the covers that it leaves. null: nothing. */
export function createPersonalFinder(): (text: string) => PersonalKind | null {
  // Places are of no person.
  const extract = createEntityExtractor({ places: [] });
  return (text) => {
    if (text.includes(COVER.repeat(2))) return 'cover';
    const entities = extract(text);
    const [redaction] = findRedactions(text, entities);
    if (redaction !== undefined) return KINDS[redaction.type] ?? 'number';
    return entities.some(({ type }) => type === 'email') ? 'email' : null;
  };
}
