import { Button, Group, Modal, Paper, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import type { CannedReply, CannedReplyDraft } from '../../../src/contracts/canned.ts';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { useSession } from '../../session.tsx';
import { sayTime } from '../../shell/dates.ts';
import { sayDone } from '../../shell/notices.ts';
import { FormFault } from '../../shell/states.tsx';
import { useSubmission } from '../../shell/submission.ts';

const words = copy.canned;
const VARIABLES = ['khach', 'nhan_vien', 'gio'] as const;
const SHORTCUT = /^[\p{L}\p{N}-]{1,30}$/u;

export type Edited = CannedReply | 'new';

export function CannedEditor(props: {
  readonly edited: Edited | null;
  readonly close: () => void;
  readonly saved: () => void;
}) {
  const { edited, close, saved } = props;
  return (
    <Modal
      opened={edited !== null}
      onClose={close}
      title={edited === 'new' ? words.create : words.editTitle}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': copy.actions.close }}
    >
      {edited !== null && <CannedForm edited={edited} close={close} saved={saved} />}
    </Modal>
  );
}

function CannedForm(props: {
  readonly edited: Edited;
  readonly close: () => void;
  readonly saved: () => void;
}) {
  const { edited, close, saved } = props;
  const [draft, setDraft] = useState<CannedReplyDraft>(
    edited === 'new'
      ? { shortcut: '', title: '', text: '' }
      : { shortcut: edited.shortcut, title: edited.title, text: edited.text },
  );
  const set = (part: Partial<CannedReplyDraft>): void => setDraft({ ...draft, ...part });
  const field = useRef<HTMLTextAreaElement>(null);
  const { isBusy, faults, fault, submit, object } = useSubmission(['shortcut', 'title', 'text'], {
    canned_exists: 'shortcut',
  });

  /** Where the caret is. */
  function insert(variable: string): void {
    const { selectionStart = draft.text.length, selectionEnd = draft.text.length } = field.current ?? {};
    field.current?.focus();
    set({ text: `${draft.text.slice(0, selectionStart)}{${variable}}${draft.text.slice(selectionEnd)}` });
  }

  function save(event: FormEvent): void {
    event.preventDefault();
    if (!SHORTCUT.test(draft.shortcut)) {
      object({ shortcut: words.shortcutMalformed });
      return;
    }
    const missing = (['title', 'text'] as const).find((name) => draft[name].trim() === '');
    if (missing !== undefined) {
      object({ [missing]: copy.failures.required });
      return;
    }
    void submit(async () => {
      if (edited === 'new') await api.post('canned', draft);
      else await api.put(`canned/${edited.id}`, draft);
      sayDone(words.saved);
      close();
      saved();
    });
  }

  return (
    <form onSubmit={save} noValidate>
      <Stack gap="md">
        <TextInput
          label={words.shortcut}
          description={words.shortcutHint}
          leftSection="/"
          value={draft.shortcut}
          onChange={(event) => set({ shortcut: event.currentTarget.value })}
          error={faults.shortcut}
          maxLength={30}
          autoCapitalize="none"
          autoComplete="off"
          data-autofocus
        />
        <TextInput
          label={words.titleField}
          value={draft.title}
          onChange={(event) => set({ title: event.currentTarget.value })}
          error={faults.title}
          maxLength={100}
        />
        <Textarea
          ref={field}
          label={words.text}
          value={draft.text}
          onChange={(event) => set({ text: event.currentTarget.value })}
          error={faults.text}
          autosize
          minRows={4}
          maxRows={12}
          maxLength={2_000}
        />
        <Group gap="xs">
          <Text size="sm">{words.variables}</Text>
          {VARIABLES.map((variable) => (
            <Button
              key={variable}
              variant="light"
              size="compact-sm"
              title={`{${variable}}`}
              onClick={() => insert(variable)}
            >
              {words.variableNames[variable]}
            </Button>
          ))}
        </Group>
        <Preview text={draft.text} />
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

/** As a contact would read it. */
function Preview({ text }: { readonly text: string }) {
  const { account } = useSession();
  const values = { khach: words.previewContact, nhan_vien: account.name, gio: sayTime(new Date()) };
  const filled = VARIABLES.reduce((filling, name) => filling.replaceAll(`{${name}}`, values[name]), text);
  return (
    <Stack gap={4}>
      <Text size="sm" fw={500}>
        {words.preview}
      </Text>
      <Paper bg="var(--mantine-color-default-hover)" p="sm" mih={48}>
        <Text size="sm" className="console-lines">
          {filled}
        </Text>
      </Paper>
    </Stack>
  );
}
