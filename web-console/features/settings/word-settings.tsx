import { TagsInput } from '@mantine/core';
import { copy } from '../../copy.ts';
import { Section } from '../../shell/section.tsx';
import type { SettingsEditing } from './settings-draft.ts';

const words = copy.settings;
const LISTS = [
  { name: 'skills', label: words.skills, hint: words.skillsHint, most: 50 },
  { name: 'closeReasons', label: words.closeReasons, hint: words.closeReasonsHint, most: 30 },
  { name: 'tags', label: words.tags, hint: words.tagsHint, most: 100 },
] as const;

/** The words that conversations are sorted by. */
export function WordSettings({ draft, set, faults }: SettingsEditing) {
  return (
    <Section title={words.tabs.words}>
      {LISTS.map(({ name, label, hint, most }) => (
        <TagsInput
          key={name}
          label={label}
          description={hint}
          placeholder={words.tagsPlaceholder}
          value={[...draft[name]]}
          onChange={(list) => set({ [name]: list })}
          error={faults[`settings.${name}`]}
          maxTags={most}
          acceptValueOnBlur
        />
      ))}
    </Section>
  );
}
