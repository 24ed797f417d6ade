/** What is done to a draft as a whole, or to one unit in it. */
import type { DraftRow } from '../../../src/contracts/curation.ts';
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
