import { Button, Group, Modal, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FaqContent } from '../../../src/contracts/curation.ts';
import { isRuleDate } from '../../../src/contracts/rule-date.ts';
import { copy } from '../../copy.ts';
import { words } from './copy.ts';
import { useAllEntries } from './unanswered-queries.ts';

/** As src/contracts/curation.ts has them; the desk looks again. */
const ENTRY_ID = /^[a-z]+\.[a-z0-9-]+$/;

interface EntryModalProps {
  readonly draft: string | undefined;
  readonly question: string;
  readonly close: () => void;
  readonly save: (entry: FaqContent) => Promise<unknown>;
  readonly canSave: boolean;
}

/** A new answer, as short as it may be: the rest is done where answers are edited. */
export function EntryModal({ draft, question, close, save, canSave }: EntryModalProps) {
  const { data } = useAllEntries(true, draft);
  const [topic, setTopic] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [title, setTitle] = useState(question.slice(0, 150));
  const [source, setSource] = useState<string | null>(null);
  const [date, setDate] = useState('');
  const [markdown, setMarkdown] = useState('');
  const [isBusy, setBusy] = useState(false);
  const id = `${topic ?? ''}.${name}`;
  const isNamed = ENTRY_ID.test(id);
  const isDated = isRuleDate(date);
  const isWhole = isNamed && isDated && source !== null && title.trim() !== '' && markdown.trim() !== '';
  const send = async (): Promise<void> => {
    if (source === null) return;
    setBusy(true);
    const entry: FaqContent = {
      id,
      kind: 'answer',
      title: title.trim(),
      sources: [{ doc: source, date }],
      asOf: date,
      related: [],
      markdown: markdown.trim(),
      variants: {},
    };
    await save(entry).then(close, () => setBusy(false));
  };
  return (
    <Modal
      opened
      onClose={close}
      title={words.entryTitle}
      size="lg"
      closeButtonProps={{ 'aria-label': copy.actions.close }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Stack>
          <TextInput
            label={words.entryHeading}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
            maxLength={150}
            required
            data-autofocus
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <Select
              label={words.entryTopic}
              data={(data?.topics ?? []).map((one) => ({ value: one.id, label: one.title }))}
              value={topic}
              onChange={setTopic}
              required
            />
            <TextInput
              label={words.entryName}
              placeholder="luong-huu"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              error={name !== '' && topic !== null && !isNamed ? words.entryNameMalformed : undefined}
              maxLength={40}
              required
            />
            <Select
              label={words.entrySource}
              data={(data?.documents ?? []).map((one) => ({
                value: one.letter,
                label: `${one.letter}. ${one.title}`,
              }))}
              value={source}
              onChange={setSource}
              searchable
              required
            />
            <TextInput
              label={words.entryDate}
              placeholder="2025-07"
              value={date}
              onChange={(event) => setDate(event.currentTarget.value)}
              error={date !== '' && !isDated ? words.entryDateMalformed : undefined}
              required
            />
          </SimpleGrid>
          <Textarea
            label={words.entryText}
            value={markdown}
            onChange={(event) => setMarkdown(event.currentTarget.value)}
            minRows={5}
            autosize
            maxLength={8_000}
            required
          />
          <Text size="xs" c="dimmed">
            {canSave ? words.entryHint : words.nothingChosen}
          </Text>
          <Group justify="flex-end">
            <Button type="submit" loading={isBusy} disabled={!isWhole || !canSave}>
              {words.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
