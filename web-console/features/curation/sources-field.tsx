import { ActionIcon, Button, Group, Input, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import IconTrash from '@tabler/icons-react/icons/IconTrash';
import { type FormEvent, useState } from 'react';
import type { EntryList } from '../../../src/contracts/curation.ts';
import { isRuleDate } from '../../../src/contracts/rule-date.ts';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { FormFault } from '../../shell/states.tsx';
import { useSubmission } from '../../shell/submission.ts';
import { words } from './copy.ts';
import { useCurationReload } from './curation-queries.ts';
import type { EntryForm } from './entry-form.ts';
import { nextLetter } from './entry-rules.ts';

const { entry: says } = words;
type Documents = EntryList['documents'];

/** The documents that an answer rests on, each with the date of its rule. */
export function SourcesField(props: {
  readonly sources: EntryForm['sources'];
  readonly set: (sources: EntryForm['sources']) => void;
  readonly fault: string | undefined;
  readonly documents: Documents;
  readonly draft: string;
}) {
  const { sources, set, fault, documents, draft } = props;
  const [isAdding, setAdding] = useState(false);
  const change = (at: number, part: Partial<EntryForm['sources'][number]>): void =>
    set(sources.map((source, place) => (place === at ? { ...source, ...part } : source)));
  const letter = nextLetter(documents.map((document) => document.letter));
  return (
    <Stack gap="sm">
      {sources.length === 0 && (
        <Text size="sm" c="dimmed">
          {says.noSources}
        </Text>
      )}
      {sources.map((source, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a document may be named twice while one is chosen
        <Group key={at} gap="xs" align="flex-end" wrap="nowrap">
          <NativeSelect
            label={`${says.doc} ${at + 1}`}
            data={[
              { value: '', label: '' },
              ...documents.map((document) => ({
                value: document.letter,
                label: `${document.letter}. ${document.title} (${document.publisher})`,
              })),
            ]}
            value={source.doc}
            onChange={(event) => {
              const doc = event.currentTarget.value;
              const { date = '' } = documents.find((document) => document.letter === doc) ?? {};
              change(at, { doc, ...(source.date === '' ? { date } : {}) });
            }}
            flex="1 1 0"
            miw={0}
          />
          <TextInput
            label={says.docDate(at + 1)}
            value={source.date}
            onChange={(event) => change(at, { date: event.currentTarget.value })}
            maxLength={10}
            w={130}
          />
          <ActionIcon
            variant="subtle"
            color="red"
            size="lg"
            aria-label={says.removeSource(at + 1)}
            onClick={() => set(sources.filter((_, place) => place !== at))}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      {fault !== undefined && <Input.Error>{fault}</Input.Error>}
      <Group gap="xs">
        <Button
          variant="default"
          size="compact-md"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => set([...sources, { doc: '', date: '' }])}
          disabled={sources.length >= 10}
        >
          {says.addSource}
        </Button>
        <Button
          variant="subtle"
          size="compact-md"
          onClick={() => setAdding(true)}
          disabled={letter === null}
          {...(letter === null ? { title: says.documentFull } : {})}
        >
          {says.newDocument}
        </Button>
      </Group>
      {isAdding && letter !== null && (
        <NewDocument
          letter={letter}
          draft={draft}
          close={() => setAdding(false)}
          added={(date) => set([...sources, { doc: letter, date }])}
        />
      )}
    </Stack>
  );
}

function NewDocument(props: {
  readonly letter: string;
  readonly draft: string;
  readonly close: () => void;
  readonly added: (date: string) => void;
}) {
  const { letter, draft, close, added } = props;
  const [document, setDocument] = useState({ title: '', publisher: '', date: '' });
  const set = (part: Partial<typeof document>): void => setDocument({ ...document, ...part });
  const { isBusy, faults, fault, submit, object } = useSubmission([
    'document.title',
    'document.publisher',
    'document.date',
  ]);
  const reload = useCurationReload();

  function save(event: FormEvent): void {
    event.preventDefault();
    const missing = (['title', 'publisher'] as const).find((name) => document[name].trim() === '');
    if (missing !== undefined) object({ [`document.${missing}`]: copy.failures.required });
    else if (!isRuleDate(document.date)) object({ 'document.date': says.dateMalformed });
    else
      void submit(async () => {
        await api.put(`curation/documents/${letter}`, { draft, document });
        await reload();
        added(document.date);
        close();
      });
  }

  return (
    <Modal
      opened
      onClose={close}
      title={says.newDocumentTitle}
      closeButtonProps={{ 'aria-label': copy.actions.close }}
    >
      <form onSubmit={save} noValidate>
        <Stack gap="md">
          <TextInput
            label={says.documentTitle}
            value={document.title}
            onChange={(event) => set({ title: event.currentTarget.value })}
            error={faults['document.title']}
            maxLength={200}
            data-autofocus
          />
          <TextInput
            label={says.documentPublisher}
            value={document.publisher}
            onChange={(event) => set({ publisher: event.currentTarget.value })}
            error={faults['document.publisher']}
            maxLength={150}
          />
          <TextInput
            label={says.documentDate}
            description={says.dateHint}
            value={document.date}
            onChange={(event) => set({ date: event.currentTarget.value })}
            error={faults['document.date']}
            maxLength={10}
          />
          <FormFault text={fault} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {copy.actions.cancel}
            </Button>
            <Button type="submit" loading={isBusy}>
              {copy.actions.add}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
