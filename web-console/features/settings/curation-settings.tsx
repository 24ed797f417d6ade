import { Switch } from '@mantine/core';
import { copy } from '../../copy.ts';
import { Section } from '../../shell/section.tsx';
import type { SettingsEditing } from './settings-draft.ts';

const words = copy.settings;

/** What has to happen before a draft of the corpus goes live. */
export function CurationSettings({ draft, set }: SettingsEditing) {
  return (
    <Section title={words.curation}>
      <Switch
        label={words.secondPairOfEyes}
        description={words.secondPairOfEyesHint}
        checked={draft.curation.secondPairOfEyes}
        onChange={(event) => set({ curation: { secondPairOfEyes: event.currentTarget.checked } })}
      />
    </Section>
  );
}
