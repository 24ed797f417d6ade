import { SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { EntryList, EntryView, FaqContent } from '../../../src/contracts/curation.ts';
import { words } from './copy.ts';
import { ENTRY_FIELDS, sayField, toForm, type Variant } from './entry-form.ts';
import { EntryTabs, useEntryTab } from './entry-tabs.tsx';
import { PhonePreview } from './phone-preview.tsx';
import { PhrasesPanel } from './phrases-panel.tsx';
import { UseLine } from './use-line.tsx';

/** An entry to look at. */
export function EntryReader(props: {
  readonly view: EntryView;
  readonly entry: FaqContent;
  readonly list: EntryList;
}) {
  const { view, entry, list } = props;
  const [tab, open] = useEntryTab();
  const [variant, setVariant] = useState<Variant>('markdown');
  const form = toForm(entry);
  const titleOf = (id: string): string => list.entries.find((one) => one.id === id)?.title ?? id;
  const variants = (['markdown', 'android', 'ios'] as const).filter((name) => form[name] !== null);
  return (
    <EntryTabs
      tab={tab}
      open={open}
      phrases={view.phrases.filter(({ draft }) => draft !== 'removed').length}
      panels={{
        answer: (
          <Stack gap="md" align="flex-start">
            {variants.length > 1 && (
              <SegmentedControl
                aria-label={words.entry.variants}
                value={variant}
                onChange={(value) => setVariant(value as Variant)}
                data={variants.map((name) => ({
                  value: name,
                  label: name === 'markdown' ? words.entry.general : words.platforms[name],
                }))}
              />
            )}
            <PhonePreview form={form} variant={variant} list={list} />
          </Stack>
        ),
        phrases: (
          <PhrasesPanel intent={entry.id} phrases={view.phrases} entries={list.entries} draft={null} />
        ),
        facts: (
          <Stack gap="md">
            <UseLine use={view.use} />
            <Table withRowBorders maw={720}>
              <Table.Tbody>
                {ENTRY_FIELDS.filter((field) => !['title', 'markdown', 'android', 'ios'].includes(field)).map(
                  (field) => (
                    <Table.Tr key={field}>
                      <Table.Th scope="row" w="40%">
                        {words.fields[field]}
                      </Table.Th>
                      <Table.Td>
                        <Text size="sm" className="console-lines">
                          {sayField(form, field, titleOf) || words.none}
                        </Text>
                      </Table.Td>
                    </Table.Tr>
                  ),
                )}
              </Table.Tbody>
            </Table>
          </Stack>
        ),
      }}
    />
  );
}
