import { Alert, Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { EntryList, EntryView, FaqContent } from '../../../src/contracts/curation.ts';
import { copy } from '../../copy.ts';
import { useShortcut } from '../../keyboard.tsx';
import { sayDateTime } from '../../shell/dates.ts';
import { FormFault } from '../../shell/states.tsx';
import { useUnsavedGuard } from '../settings/unsaved-guard.ts';
import { words } from './copy.ts';
import { EntryActs } from './entry-acts.tsx';
import { useEntryEditing } from './entry-editing.ts';
import { EntryFacts } from './entry-facts.tsx';
import type { EntryField, Variant } from './entry-form.ts';
import { EntryTabs, useEntryTab } from './entry-tabs.tsx';
import { MarkdownEditor } from './markdown-editor.tsx';
import { MeanwhileModal } from './meanwhile-modal.tsx';
import { PhrasesPanel } from './phrases-panel.tsx';
import { UseLine } from './use-line.tsx';

const TEXTS: readonly EntryField[] = ['title', 'markdown', 'android', 'ios'];

/** An entry in a draft: its answer, how people ask for it, and what it rests on. */
export function EntryEditor(props: {
  readonly draft: string;
  readonly view: EntryView;
  readonly entry: FaqContent;
  readonly list: EntryList;
}) {
  const { draft, view, entry, list } = props;
  const editing = useEntryEditing(draft, view, entry);
  const { form, set, isDirty, isBusy, faults, fault, save, discard, forget } = editing;
  const [tab, open] = useEntryTab();
  const [variant, setVariant] = useState<Variant>('markdown');
  const [typed, setTyped] = useState('');
  useUnsavedGuard(isDirty, forget);
  useShortcut({ keys: 'mod+s', label: copy.actions.save, run: () => void saveAll(), when: isDirty });

  async function saveAll(): Promise<void> {
    const field = await save();
    if (field === null) return;
    open(TEXTS.includes(field) ? 'answer' : 'facts');
    if (field === 'markdown' || field === 'android' || field === 'ios') setVariant(field);
  }

  const titleOf = (id: string): string => list.entries.find((one) => one.id === id)?.title ?? id;
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Text size="sm" c="dimmed">
          {view.changedBy !== null &&
            view.changedAt !== null &&
            words.entry.lastChange(view.changedBy, sayDateTime(view.changedAt))}
        </Text>
        <EntryActs draft={draft} view={view} editing={editing} />
      </Group>
      {editing.wasRestored && isDirty && (
        <Alert color="blue" py="xs" role="status">
          {words.entry.restored}
        </Alert>
      )}
      {editing.isOutdated && (
        <Alert color="yellow" py="xs" role="status">
          {words.entry.newer(view.changedBy ?? words.entry.somebody)}
        </Alert>
      )}
      <EntryTabs
        tab={tab}
        open={open}
        phrases={view.phrases.filter((phrase) => phrase.draft !== 'removed').length}
        panels={{
          answer: (
            <Stack gap="md">
              <TextInput
                label={words.fields.title}
                value={form.title}
                onChange={(event) => set({ title: event.currentTarget.value })}
                error={faults.title}
                maxLength={150}
              />
              <MarkdownEditor {...{ form, set, faults, list, variant, setVariant }} />
            </Stack>
          ),
          phrases: (
            <PhrasesPanel
              intent={entry.id}
              phrases={view.phrases}
              entries={list.entries}
              draft={{ id: draft, typed, setTyped }}
            />
          ),
          facts: (
            <Stack gap="md">
              <UseLine use={view.use} />
              <EntryFacts {...{ draft, form, set, faults, list }} id={entry.id} />
            </Stack>
          ),
        }}
      />
      <FormFault text={fault} />
      {isDirty && (
        <Paper withBorder shadow="md" p="sm" className="console-save-bar" role="status">
          <Group justify="space-between" gap="sm">
            <Text fw={500}>{copy.settings.unsaved}</Text>
            <Group gap="sm">
              <Button variant="default" onClick={discard} disabled={isBusy}>
                {copy.settings.discard}
              </Button>
              <Button onClick={() => void saveAll()} loading={isBusy}>
                {copy.actions.save}
              </Button>
            </Group>
          </Group>
        </Paper>
      )}
      {editing.meanwhile !== null && (
        <MeanwhileModal meanwhile={editing.meanwhile} editing={editing} titleOf={titleOf} />
      )}
    </Stack>
  );
}
