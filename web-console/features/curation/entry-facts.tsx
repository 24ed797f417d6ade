import {
  Button,
  Group,
  MultiSelect,
  NativeSelect,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import type { EntryList } from '../../../src/contracts/curation.ts';
import { contains } from '../../shell/contains.ts';
import { Section } from '../../shell/section.tsx';
import { words } from './copy.ts';
import { monthsAfter, sayDayOf, today } from './days.ts';
import { entryChoices } from './entries-address.ts';
import type { EntryFaults, EntryForm } from './entry-form.ts';
import { SourcesField } from './sources-field.tsx';

const { entry: says, fields } = words;
const KINDS = Object.entries(words.kinds).map(([value, label]) => ({ value, label }));
const PLATFORMS = [
  { value: '', label: says.anyPlatform },
  { value: 'android', label: words.platforms.android },
  { value: 'ios', label: words.platforms.ios },
];

const isPast = (day: string): boolean => day !== '' && day < today();

/** What an answer rests on, who it is for, and when it is to be looked at again. */
export function EntryFacts(props: {
  readonly id: string;
  readonly draft: string;
  readonly form: EntryForm;
  readonly set: (part: Partial<EntryForm>) => void;
  readonly faults: EntryFaults;
  readonly list: EntryList;
}) {
  const { id, draft, form, set, faults, list } = props;
  const related = list.entries.filter((entry) => entry.id !== id);
  const choices = entryChoices(related);
  /** What an older text points to may be gone. */
  const lost = form.related
    .filter((one) => !related.some((entry) => entry.id === one))
    .map((value) => ({ value, label: value }));
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
      <Section title={fields.sources}>
        <SourcesField
          sources={form.sources}
          set={(sources) => set({ sources })}
          fault={faults.sources}
          documents={list.documents}
          draft={draft}
        />
        <TextInput
          label={fields.asOf}
          description={says.dateHint}
          value={form.asOf}
          onChange={(event) => set({ asOf: event.currentTarget.value })}
          error={faults.asOf}
          maxLength={10}
          maw={260}
        />
      </Section>
      <Stack gap="md">
        <Section title={words.entries.review}>
          <Group gap="sm" align="center">
            <Text size="sm">
              {form.reviewedAt === ''
                ? says.notReviewed
                : `${fields.reviewedAt}: ${sayDayOf(form.reviewedAt)}`}
            </Text>
            <Button
              variant="default"
              size="compact-md"
              onClick={() => set({ reviewedAt: today() })}
              disabled={form.reviewedAt === today()}
            >
              {says.reviewToday}
            </Button>
          </Group>
          <Group gap="sm" align="flex-end">
            <TextInput
              type="date"
              label={fields.reviewBy}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              description={isPast(form.reviewBy) ? says.reviewPast : undefined}
              value={form.reviewBy}
              onChange={(event) => set({ reviewBy: event.currentTarget.value })}
              error={faults.reviewBy}
            />
            <Button variant="default" onClick={() => set({ reviewBy: monthsAfter(today(), 6) })}>
              {says.inHalfYear}
            </Button>
            <Button variant="default" onClick={() => set({ reviewBy: monthsAfter(today(), 12) })}>
              {says.inYear}
            </Button>
          </Group>
        </Section>
        <Section title={says.use}>
          <MultiSelect
            label={fields.related}
            description={says.relatedHint}
            data={[...choices, ...lost]}
            value={[...form.related]}
            onChange={(next) => set({ related: next })}
            error={faults.related}
            maxValues={10}
            searchable
            filter={({ options, search }) =>
              options.filter((option) => 'label' in option && contains(String(option.label), search))
            }
          />
          <Group gap="sm" grow>
            <NativeSelect
              label={fields.kind}
              data={KINDS}
              value={form.kind}
              onChange={(event) => set({ kind: event.currentTarget.value as EntryForm['kind'] })}
            />
            <NativeSelect
              label={fields.platform}
              data={PLATFORMS}
              value={form.platform}
              onChange={(event) => set({ platform: event.currentTarget.value as EntryForm['platform'] })}
            />
          </Group>
          <Switch
            label={fields.handover}
            description={says.handoverHint}
            checked={form.handover}
            onChange={(event) => set({ handover: event.currentTarget.checked })}
          />
        </Section>
      </Stack>
    </SimpleGrid>
  );
}
