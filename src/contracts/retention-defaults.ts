/** How long things are kept until somebody says otherwise. Apart from the schemas: the console shows them without those. */
import type { RetentionSettings } from './archive.ts';

export const DEFAULT_RETENTION_SETTINGS: RetentionSettings = {
  archiveAfterDays: 180,
  deleteArchivedAfterDays: null,
  questionDays: 180,
  sealedDays: 30,
  mailDays: 30,
};
