import { NativeSelect, Radio, Stack, TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AnalyticsSettings } from '../../../src/contracts/analytics.ts';
import type { AccountList } from '../../../src/contracts/staff.ts';
import { api } from '../../api.ts';
import { useSession } from '../../session.tsx';
import { Section } from '../../shell/section.tsx';
import { ACCOUNTS_KEY } from '../accounts/accounts-key.ts';
import { words as copy } from '../analytics/copy.ts';
import type { SettingsEditing } from './settings-draft.ts';

const words = copy.settings;
const SUMMARIES = ['off', 'daily', 'weekly'] as const;
const HOURS = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: words.hourOf(hour) }));
const MOST_RECIPIENTS = 20;

/** Who is sent the numbers, and when. */
export function AnalyticsSettingsTab({ draft, set, faults }: SettingsEditing) {
  const { analytics } = draft;
  const mayReadAccounts = useSession().may('accounts.read');
  const { data } = useQuery({
    queryKey: ACCOUNTS_KEY,
    queryFn: () => api.get<AccountList>('accounts'),
    enabled: mayReadAccounts,
  });
  const change = (part: Partial<AnalyticsSettings>): void => set({ analytics: { ...analytics, ...part } });
  return (
    <Section title={words.title} hint={words.hint}>
      <Radio.Group
        label={words.summary}
        value={analytics.summary}
        onChange={(name) => change({ summary: SUMMARIES.find((one) => one === name) ?? 'off' })}
      >
        <Stack gap="xs" mt="xs">
          {SUMMARIES.map((name) => (
            <Radio key={name} value={name} label={words.summaries[name]} />
          ))}
        </Stack>
      </Radio.Group>
      <NativeSelect
        label={words.hour}
        data={HOURS}
        value={String(analytics.hour)}
        onChange={(event) => change({ hour: Number(event.currentTarget.value) })}
        maw={180}
      />
      <TagsInput
        label={words.recipients}
        description={words.recipientsHint}
        data={data?.accounts.filter(({ status }) => status !== 'disabled').map(({ email }) => email) ?? []}
        value={analytics.recipients}
        onChange={(recipients) => change({ recipients })}
        error={faults['settings.analytics.recipients']}
        maxTags={MOST_RECIPIENTS}
        comboboxProps={{ withinPortal: false }}
        acceptValueOnBlur
      />
    </Section>
  );
}
