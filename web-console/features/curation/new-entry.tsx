import { Button, Group, Modal, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import type { EntryList, FaqContent } from '../../../src/contracts/curation.ts';
import { api, isApiError } from '../../api.ts';
import { copy } from '../../copy.ts';
import { FormFault } from '../../shell/states.tsx';
import { useSubmission } from '../../shell/submission.ts';
import { words } from './copy.ts';
import { readEntry, useCurationReload } from './curation-queries.ts';
import { today } from './days.ts';
import { nameFor } from './entry-rules.ts';
import { checkNewEntry } from './new-entry-rules.ts';

const { newEntry: says } = words;
/** Of the list; no topic's id is empty. */
const NEW = '';

export function NewEntryModal(props: {
  readonly draft: string;
  readonly topics: EntryList['topics'];
  readonly close: () => void;
}) {
  return (
    <Modal
      opened
      onClose={props.close}
      title={says.title}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': copy.actions.close }}
    >
      <NewEntryForm {...props} />
    </Modal>
  );
}

function NewEntryForm({
  draft,
  topics,
  close,
}: {
  readonly draft: string;
  readonly topics: EntryList['topics'];
  readonly close: () => void;
}) {
  const [topic, setTopic] = useState(topics[0]?.id ?? NEW);
  const [newTopic, setNewTopic] = useState({ id: '', title: '' });
  const [title, setTitle] = useState('');
  /** null: as the title suggests. */
  const [ownName, setOwnName] = useState<string | null>(null);
  const [markdown, setMarkdown] = useState('');
  const { isBusy, faults, fault, submit, object } = useSubmission([
    'topicId',
    'topicTitle',
    'name',
    'entry.title',
    'entry.markdown',
  ]);
  const navigate = useNavigate();
  const reload = useCurationReload();
  const topicId = topic === NEW ? newTopic.id : topic;
  const name = ownName ?? nameFor(title);
  const id = `${topicId}.${name}`;

  function save(event: FormEvent): void {
    event.preventDefault();
    const own = checkNewEntry({ topic: topic === NEW ? newTopic : null, topics, title, name, id, markdown });
    if (own !== null) {
      object(own);
      return;
    }
    const entry: FaqContent = {
      id,
      kind: 'answer',
      title,
      sources: [],
      asOf: today(),
      related: [],
      markdown,
      variants: {},
    };
    void submit(async () => {
      // Saved as new it would change the one that is there.
      if (await isThere(id, draft)) {
        object({ name: says.exists });
        return;
      }
      try {
        if (topic === NEW) await api.put(`curation/topics/${newTopic.id}`, { draft, title: newTopic.title });
        await api.put(`curation/entries/${id}`, { draft, revision: 0, entry });
      } catch (error) {
        if (!isApiError(error) || error.code !== 'edited_meanwhile') throw error;
        object({ name: says.exists });
        return;
      }
      close();
      await reload();
      await navigate(`/curation/entries/${id}`);
    });
  }

  return (
    <form onSubmit={save} noValidate>
      <Stack gap="md">
        <NativeSelect
          label={says.topic}
          data={[
            ...topics.map((one) => ({ value: one.id, label: one.title })),
            { value: NEW, label: says.newTopic },
          ]}
          value={topic}
          onChange={(event) => setTopic(event.currentTarget.value)}
        />
        {topic === NEW && (
          <Group grow align="flex-start">
            <TextInput
              label={says.topicTitle}
              value={newTopic.title}
              onChange={(event) => {
                const next = event.currentTarget.value;
                setNewTopic({
                  title: next,
                  id: nameFor(next)
                    .replace(/[^a-z]/g, '')
                    .slice(0, 30),
                });
              }}
              error={faults.topicTitle}
              maxLength={80}
            />
            <TextInput
              label={says.topicId}
              description={says.topicIdHint}
              value={newTopic.id}
              onChange={(event) => setNewTopic({ ...newTopic, id: event.currentTarget.value })}
              error={faults.topicId}
              maxLength={30}
            />
          </Group>
        )}
        <TextInput
          label={says.entryTitle}
          description={says.entryTitleHint}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          error={faults['entry.title']}
          maxLength={150}
          data-autofocus
        />
        <TextInput
          label={says.name}
          description={says.nameHint(`${topicId || '…'}.${name || '…'}`)}
          value={name}
          onChange={(event) => setOwnName(event.currentTarget.value)}
          error={faults.name}
          maxLength={50}
          autoCapitalize="none"
        />
        <Textarea
          label={says.answer}
          description={says.answerHint}
          value={markdown}
          onChange={(event) => setMarkdown(event.currentTarget.value)}
          error={faults['entry.markdown']}
          autosize
          minRows={4}
          maxRows={10}
          maxLength={8_000}
        />
        <FormFault text={fault} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {copy.actions.cancel}
          </Button>
          <Button type="submit" loading={isBusy}>
            {says.act}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

async function isThere(id: string, draft: string): Promise<boolean> {
  try {
    await readEntry(id, draft);
    return true;
  } catch (error) {
    if (isApiError(error) && error.code === 'faq_not_found') return false;
    throw error;
  }
}
