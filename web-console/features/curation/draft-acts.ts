/** What is done to a draft as a whole, or to one unit in it. */
import type { DraftRow, EntryView } from '../../../src/contracts/curation.ts';
import { api } from '../../api.ts';

/** The unit is as it is live again. */
export function revertUnit(draft: string, unit: string, revision: number): Promise<void> {
  return api.post(`curation/drafts/${draft}/revert`, { unit, revision });
}

/** What the draft says stands, although what is live changed too. */
export function keepUnit(draft: string, unit: string, revision: number): Promise<void> {
  return api.post(`curation/drafts/${draft}/keep`, { unit, revision });
}

export interface DraftPart {
  readonly name?: string;
  readonly publishAt?: string | null;
  readonly review?: 'ask' | 'approve' | 'back';
}

export function changeDraft({ id, revision }: DraftRow, part: DraftPart): Promise<void> {
  return api.patch(`curation/drafts/${id}`, { revision, ...part });
}

export const discardDraft = (id: string): Promise<void> => api.delete(`curation/drafts/${id}`);
export const restoreDraft = (id: string): Promise<void> => api.post(`curation/drafts/${id}/restore`);

/** Takes an entry out, and with it how people ask for it: phrases without an answer cannot be published. */
export async function removeEntry(
  draft: string,
  { revision, phrases }: EntryView,
  id: string,
): Promise<void> {
  const texts = phrases.filter((phrase) => phrase.draft !== 'removed').map(({ text }) => text);
  const address = `curation/intents/${id}/phrases`;
  await api.post(address, { draft, remove: texts });
  try {
    await api.put(`curation/entries/${id}`, { draft, revision, entry: null });
  } catch (error) {
    // Somebody has changed the entry: it stays, and so do they.
    await api.post(address, { draft, add: texts });
    throw error;
  }
}

/** Takes that back. */
export async function restoreEntry(
  draft: string,
  { revision, phrases }: EntryView,
  id: string,
): Promise<void> {
  await revertUnit(draft, `faq:${id}`, revision);
  const texts = phrases.filter((phrase) => phrase.draft === 'removed').map(({ text }) => text);
  if (texts.length > 0) await api.post(`curation/intents/${id}/phrases`, { draft, add: texts });
}
