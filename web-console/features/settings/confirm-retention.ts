/** Asks before settings are saved that move or delete something at once. */
import type { RetentionPreview, RetentionSettings } from '../../../src/contracts/archive.ts';
import { api } from '../../api.ts';
import { confirmAct } from '../../shell/confirm.tsx';
import { archiveCopy } from '../archive/copy.ts';
import { checkRetention, type RetentionDraft } from './retention-settings-rules.ts';

const words = archiveCopy.retention;

/** @returns whether to go on. @throws ApiError when nobody knows what would go */
export async function confirmRetention(before: RetentionSettings, next: RetentionDraft): Promise<boolean> {
  if (JSON.stringify(before) === JSON.stringify(next)) return true;
  // What is wrong is said where it stands.
  if (Object.keys(checkRetention(next)).length > 0) return true;
  const preview = await api.post<RetentionPreview>('retention/preview', next);
  if (preview.archive + preview.deleteArchived + preview.questions === 0) return true;
  return confirmAct({ title: words.confirmTitle, text: words.confirm(preview), act: words.confirmAct });
}
