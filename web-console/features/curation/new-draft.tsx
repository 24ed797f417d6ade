import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { DraftRow } from '../../../src/contracts/curation.ts';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { sayDone } from '../../shell/notices.ts';
import { FormFault } from '../../shell/states.tsx';
import { useSubmission } from '../../shell/submission.ts';
import { words } from './copy.ts';
import { useCurationReload } from './curation-queries.ts';
import { sayDayOf, today } from './days.ts';

/** A draft is named and made. */
export function NewDraftForm(props: {
  readonly created: (draft: string) => void;
  readonly close: () => void;
}) {
  const { created, close } = props;
  const [name, setName] = useState(words.draft.nameOn(sayDayOf(today())));
  const { isBusy, faults, fault, submit, object } = useSubmission(['name']);
  const reload = useCurationReload();

  function save(event: FormEvent): void {
    event.preventDefault();
    if (name.trim() === '') {
      object({ name: copy.failures.required });
      return;
    }
    void submit(async () => {
      const { id } = await api.post<DraftRow>('curation/drafts', { name });
      await reload();
      sayDone(words.draft.created);
      created(id);
      close();
    });
  }

  return (
    <form onSubmit={save} noValidate>
      <Stack gap="md">
        <TextInput
          label={words.draft.name}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={faults.name}
          maxLength={80}
          data-autofocus
        />
        <FormFault text={fault} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {copy.actions.cancel}
          </Button>
          <Button type="submit" loading={isBusy}>
            {words.draft.createAct}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function NewDraftModal(props: {
  readonly created: (draft: string) => void;
  readonly close: () => void;
}) {
  return (
    <Modal
      opened
      onClose={props.close}
      title={words.draft.createTitle}
      closeButtonProps={{ 'aria-label': copy.actions.close }}
    >
      <NewDraftForm {...props} />
    </Modal>
  );
}
