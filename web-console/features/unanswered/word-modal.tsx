import { Button, Group, Modal, SegmentedControl, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { LexiconRequest } from '../../../src/contracts/unanswered.ts';
import { copy } from '../../copy.ts';
import { words } from './copy.ts';

type Kind = keyof typeof words.wordKinds;
const KINDS = Object.entries(words.wordKinds).map(([value, label]) => ({ value: value as Kind, label }));

interface WordModalProps {
  readonly close: () => void;
  readonly save: (word: Pick<LexiconRequest, 'kind' | 'word' | 'forms'>) => Promise<unknown>;
}

/** A word that the bot should know. */
export function WordModal({ close, save }: WordModalProps) {
  const [kind, setKind] = useState<Kind>('abbreviation');
  const [word, setWord] = useState('');
  const [forms, setForms] = useState<string[]>([]);
  const [isBusy, setBusy] = useState(false);
  /** What is missing is said once somebody has tried to save. */
  const [hasTried, setTried] = useState(false);
  const lacksWord = word.trim() === '';
  const send = async (): Promise<void> => {
    setBusy(true);
    // A group of synonyms holds its first word too.
    const all = kind === 'synonyms' ? [word.trim(), ...forms] : forms;
    await save({ kind, word: word.trim(), forms: all }).then(close, () => setBusy(false));
  };
  return (
    <Modal
      opened
      onClose={close}
      title={words.wordTitle}
      closeButtonProps={{ 'aria-label': copy.actions.close }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (!lacksWord && forms.length > 0) void send();
        }}
      >
        <Stack>
          <SegmentedControl aria-label={words.wordKind} data={KINDS} value={kind} onChange={setKind} />
          <TextInput
            label={words.word[kind]}
            value={word}
            onChange={(event) => setWord(event.currentTarget.value)}
            maxLength={60}
            error={hasTried && lacksWord ? copy.failures.required : undefined}
            data-autofocus
          />
          <TagsInput
            label={words.forms[kind]}
            value={forms}
            onChange={setForms}
            error={hasTried && forms.length === 0 ? words.formsMissing : undefined}
            maxTags={40}
            acceptValueOnBlur
            clearable={false}
          />
          <Text size="xs" c="dimmed">
            {words.formsHint}
          </Text>
          <Group justify="flex-end">
            <Button type="submit" loading={isBusy}>
              {words.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
