import { Button, Group, Loader, Modal, Stack, Table, TagsInput, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { LexiconKind, LexiconPreview, LexiconRow } from '../../../src/contracts/curation.ts';
import { api, isApiError } from '../../api.ts';
import { copy } from '../../copy.ts';
import { sayDone } from '../../shell/notices.ts';
import { FormFault } from '../../shell/states.tsx';
import { useSubmission } from '../../shell/submission.ts';
import { words } from './copy.ts';
import { useCurationReload } from './curation-queries.ts';

const { lexicon: says } = words;
const TYPING_MS = 500;
const LONGEST_WORD = 60;

interface LexiconEditorProps {
  readonly draft: string;
  readonly kind: LexiconKind;
  /** null: a new word. */
  readonly row: LexiconRow | null;
  readonly close: () => void;
  /** A new word is there: new ones stand at the end. */
  readonly added: (word: string) => void;
}

/** A word of the lexicon, and which questions would be read otherwise. */
export function LexiconEditor(props: LexiconEditorProps) {
  return (
    <Modal
      opened
      onClose={props.close}
      title={props.row === null ? says.createTitle : says.editTitle}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': copy.actions.close }}
    >
      <LexiconForm {...props} />
    </Modal>
  );
}

function LexiconForm({ draft, kind, row, close, added }: LexiconEditorProps) {
  const [word, setWord] = useState(row?.word ?? '');
  const [forms, setForms] = useState<readonly string[]>(row?.forms ?? []);
  const { isBusy, faults, fault, submit, object } = useSubmission(['word', 'forms'], {
    word_exists: 'word',
  });
  const reload = useCurationReload();
  const group = kind === 'synonyms' ? [...new Set([word.trim(), ...forms])].filter(Boolean) : forms;
  const fewest = kind === 'courtesy' ? 0 : kind === 'synonyms' ? 2 : 1;
  // Of a group of synonyms the word is one.
  const lacksForms = kind === 'synonyms' && word.trim() === '' ? forms.length === 0 : group.length < fewest;
  const isComplete = word.trim() !== '' && !lacksForms;
  /** What was said of a field is settled when it changes; what was said of the other one stands. */
  const forgive = (field: 'word' | 'forms'): void => {
    const { [field]: said, ...rest } = faults;
    if (said !== undefined || fault !== null) object(rest);
  };
  const change = {
    draft,
    unit: row?.unit ?? null,
    revision: row?.revision ?? 0,
    kind,
    word: word.trim(),
    forms: group,
  };

  function save(event: FormEvent): void {
    event.preventDefault();
    if (!isComplete)
      object({
        ...(word.trim() === '' ? { word: copy.failures.required } : {}),
        ...(lacksForms ? { forms: kind === 'synonyms' ? says.groupMissing : says.formsMissing } : {}),
      });
    else
      void submit(async () => {
        try {
          await api.put('curation/lexicon', change);
        } catch (error) {
          if (!isApiError(error) || error.code !== 'edited_meanwhile') throw error;
          object({ word: says.meanwhile(error.details[0] ?? words.entry.somebody) });
          return;
        }
        sayDone(says.saved);
        close();
        if (row === null) added(change.word);
        await reload();
      });
  }

  return (
    <form onSubmit={save} noValidate>
      <Stack gap="md">
        <TextInput
          label={says.word[kind]}
          description={says.hints[kind]}
          value={word}
          onChange={(event) => {
            setWord(event.currentTarget.value);
            forgive('word');
          }}
          error={faults.word}
          maxLength={LONGEST_WORD}
          autoCapitalize="none"
          autoComplete="off"
          data-autofocus
        />
        {kind !== 'courtesy' && (
          <TagsInput
            label={says.forms[kind]}
            description={says.formsHint}
            value={[...forms]}
            onChange={(next) => {
              setForms(next);
              forgive('forms');
            }}
            error={faults.forms}
            maxTags={40}
            splitChars={[',', ';']}
            acceptValueOnBlur
          />
        )}
        <Preview change={change} isComplete={isComplete} />
        <FormFault text={fault} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {copy.actions.cancel}
          </Button>
          <Button type="submit" loading={isBusy}>
            {copy.actions.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Preview({ change, isComplete }: { readonly change: object; readonly isComplete: boolean }) {
  const [settled] = useDebouncedValue(JSON.stringify(change), TYPING_MS);
  const preview = useQuery({
    queryKey: ['lexicon-preview', settled],
    queryFn: () => api.post<LexiconPreview>('curation/lexicon/preview', JSON.parse(settled)),
    enabled: isComplete && settled === JSON.stringify(change),
  });
  return (
    <Stack gap="xs" aria-live="polite">
      <Text size="sm" fw={500}>
        {says.preview}
      </Text>
      {!isComplete && (
        <Text size="sm" c="dimmed">
          {says.previewHint}
        </Text>
      )}
      {isComplete && preview.isPending && (
        <Group gap="xs">
          <Loader size="xs" />
          <Text size="sm" c="dimmed">
            {says.previewing}
          </Text>
        </Group>
      )}
      {preview.isError && <FormFault text={preview.error.message} />}
      {isComplete && preview.data && <PreviewTable preview={preview.data} />}
    </Stack>
  );
}

function PreviewTable({ preview: { looked, changed } }: { readonly preview: LexiconPreview }) {
  if (changed.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {says.nothingChanges(looked)}
      </Text>
    );
  return (
    <>
      <Text size="sm">{says.changes(changed.length, looked)}</Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must get there */}
      <section className="curation-preview" aria-label={says.preview} tabIndex={0}>
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{says.readBefore}</Table.Th>
              <Table.Th>{says.readAfter}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {changed.map(({ text, before, after }) => (
              <Table.Tr key={text} title={text}>
                <Table.Td className="curation-text">{before}</Table.Td>
                <Table.Td className="curation-text">
                  <strong>{after}</strong>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
    </>
  );
}
