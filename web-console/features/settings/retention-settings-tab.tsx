import { Alert, NumberInput, Stack, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { RetentionPreview } from '../../../src/contracts/archive.ts';
import { DEFAULT_RETENTION_SETTINGS } from '../../../src/contracts/retention-defaults.ts';
import { api } from '../../api.ts';
import { useSession } from '../../session.tsx';
import { Section } from '../../shell/section.tsx';
import { archiveCopy } from '../archive/copy.ts';
import { RETENTION_DAYS, type RetentionDraft, type RetentionField } from './retention-settings-rules.ts';
import type { SettingsEditing } from './settings-draft.ts';

const words = archiveCopy.retention;
const DELETE_AFTER_DAYS = 1_825;

/** What moves, what goes, and when. */
export function RetentionSettingsTab({ draft, set, faults }: SettingsEditing) {
  const { retention } = draft;
  const mayEdit = useSession().may('settings.edit');
  const { data } = useQuery({
    queryKey: ['retention'],
    queryFn: () => api.post<RetentionPreview>('retention/preview', DEFAULT_RETENTION_SETTINGS),
    enabled: mayEdit,
  });
  const change = (part: Partial<RetentionDraft>): void => set({ retention: { ...retention, ...part } });
  const days = (field: RetentionField, label: string, description: string) => (
    <NumberInput
      label={label}
      description={description}
      value={retention[field] ?? ''}
      onChange={(value) => change({ [field]: value })}
      error={faults[`settings.retention.${field}`]}
      min={RETENTION_DAYS[field][0]}
      max={RETENTION_DAYS[field][1]}
      allowDecimal={false}
      thousandSeparator="."
      decimalSeparator=","
      maw={420}
    />
  );
  return (
    <Stack gap="lg">
      <Section title={words.conversations} hint={words.conversationsHint}>
        {data?.hasArchive === false && <Alert color="yellow">{words.noArchive}</Alert>}
        <Switch
          label={words.archive}
          checked={retention.archiveAfterDays !== null}
          onChange={(event) =>
            change({
              archiveAfterDays: event.currentTarget.checked
                ? DEFAULT_RETENTION_SETTINGS.archiveAfterDays
                : null,
            })
          }
        />
        {retention.archiveAfterDays !== null &&
          days('archiveAfterDays', words.archiveAfter, words.archiveAfterHint)}
        <Switch
          label={words.delete}
          checked={retention.deleteArchivedAfterDays !== null}
          onChange={(event) =>
            change({ deleteArchivedAfterDays: event.currentTarget.checked ? DELETE_AFTER_DAYS : null })
          }
        />
        {retention.deleteArchivedAfterDays !== null &&
          days('deleteArchivedAfterDays', words.deleteAfter, words.deleteAfterHint)}
      </Section>
      <Section title={words.other} hint={words.otherHint}>
        {days('questionDays', words.questions, words.questionsHint)}
        {days('sealedDays', words.sealed, words.sealedHint)}
        {days('mailDays', words.mail, words.mailHint)}
      </Section>
    </Stack>
  );
}
