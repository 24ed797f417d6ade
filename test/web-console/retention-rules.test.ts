import { expect, it } from 'vitest';
import { retentionSettings } from '../../src/contracts/archive.ts';
import { DEFAULT_RETENTION_SETTINGS } from '../../src/contracts/retention-defaults.ts';
import {
  checkRetention,
  RETENTION_DAYS,
  type RetentionField,
} from '../../web-console/features/settings/retention-settings-rules.ts';

it('takes what the desk takes, and nothing else', () => {
  expect(checkRetention(DEFAULT_RETENTION_SETTINGS)).toEqual({});
  for (const [field, [least, most]] of Object.entries(RETENTION_DAYS))
    for (const [days, isRight] of [
      [least, true],
      [most, true],
      [least - 1, false],
      [most + 1, false],
      ['', false],
    ] as const) {
      const draft = { ...DEFAULT_RETENTION_SETTINGS, archiveAfterDays: null, [field]: days };
      expect([field, days, retentionSettings.safeParse(draft).success]).toEqual([field, days, isRight]);
      expect(Object.keys(checkRetention(draft))).toEqual(
        isRight ? [] : [`settings.retention.${field as RetentionField}`],
      );
    }
});

it('deletes nothing from the archive before it is there', () => {
  const draft = { ...DEFAULT_RETENTION_SETTINGS, archiveAfterDays: 180, deleteArchivedAfterDays: 180 };
  expect(retentionSettings.safeParse(draft).success).toBe(false);
  expect(checkRetention(draft)).toHaveProperty(['settings.retention.deleteArchivedAfterDays']);
});
