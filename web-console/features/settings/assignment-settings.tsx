import { NumberInput, Radio, Stack } from '@mantine/core';
import { copy } from '../../copy.ts';
import { Section } from '../../shell/section.tsx';
import type { SettingsEditing } from './settings-draft.ts';

const words = copy.settings;

/** Who gets a conversation, and for how long somebody may be gone. */
export function AssignmentSettings({ draft, set, faults }: SettingsEditing) {
  return (
    <Section title={words.tabs.desk}>
      <Radio.Group
        label={words.assignment}
        value={draft.assignment}
        onChange={(assignment) => set({ assignment: assignment === 'automatic' ? 'automatic' : 'manual' })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="manual" label={words.manual} />
          <Radio value="automatic" label={words.automatic} />
        </Stack>
      </Radio.Group>
      <NumberInput
        label={words.grace}
        description={words.graceHint}
        value={draft.agentGraceSeconds}
        onChange={(agentGraceSeconds) => set({ agentGraceSeconds })}
        error={faults['settings.agentGraceSeconds']}
        min={1}
        max={3_600}
        allowDecimal={false}
        maw={420}
      />
      <NumberInput
        label={words.reopen}
        description={words.reopenHint}
        value={draft.reopenHours}
        onChange={(reopenHours) => set({ reopenHours })}
        error={faults['settings.reopenHours']}
        min={0}
        max={720}
        allowDecimal={false}
        maw={420}
      />
    </Section>
  );
}
