/** How long things are kept, while it is edited: numbers are texts while they are typed. Pure. */
import type { RetentionSettings } from '../../../src/contracts/archive.ts';
import { archiveCopy } from '../archive/copy.ts';

const words = archiveCopy.retention;

export type RetentionDraft = {
  readonly [Field in keyof RetentionSettings]: RetentionSettings[Field] | string;
};
export type RetentionField = keyof RetentionSettings;

/** As the contract has them: the least and the most days. */
export const RETENTION_DAYS: Readonly<Record<RetentionField, readonly [number, number]>> = {
  archiveAfterDays: [7, 3_650],
  deleteArchivedAfterDays: [30, 36_500],
  questionDays: [7, 730],
  sealedDays: [1, 365],
  mailDays: [1, 365],
};

/** By field; empty: nothing is wrong. */
export function checkRetention(
  draft: RetentionDraft,
): Partial<Record<`settings.retention.${RetentionField}`, string>> {
  const faults: Partial<Record<`settings.retention.${RetentionField}`, string>> = {};
  for (const field of Object.keys(RETENTION_DAYS) as RetentionField[]) {
    const days = draft[field];
    if (days === null) continue;
    const [least, most] = RETENTION_DAYS[field];
    if (typeof days !== 'number' || !Number.isInteger(days) || days < least || days > most)
      faults[`settings.retention.${field}`] = words.days(least, most);
  }
  const { archiveAfterDays: archive, deleteArchivedAfterDays: deleted } = draft;
  if (typeof archive === 'number' && typeof deleted === 'number' && deleted <= archive)
    faults['settings.retention.deleteArchivedAfterDays'] ??= words.deleteBeforeArchive;
  return faults;
}
