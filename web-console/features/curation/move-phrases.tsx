import { Button, Group, Modal, Select, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { EntryRow } from '../../../src/contracts/curation.ts';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { contains } from '../../shell/contains.ts';
import { sayDone } from '../../shell/notices.ts';
import { FormFault } from '../../shell/states.tsx';
import { useSubmission } from '../../shell/submission.ts';
import { words } from './copy.ts';
import { useCurationReload } from './curation-queries.ts';
import { entryChoices } from './entries-address.ts';

const { phrases: says } = words;

/** Phrases that belong to another entry. */
export function MovePhrases(props: {
  readonly draft: string;
  readonly from: string;
  readonly phrases: readonly string[];
  readonly entries: readonly EntryRow[];
  readonly close: () => void;
  readonly moved: () => void;
}) {
  const { draft, from, phrases, entries, close, moved } = props;
  const [to, setTo] = useState<string | null>(null);
  const { isBusy, faults, fault, submit, object } = useSubmission(['to']);
  const reload = useCurationReload();

  function save(event: FormEvent): void {
    event.preventDefault();
    if (to === null) {
      object({ to: copy.failures.required });
      return;
    }
    void submit(async () => {
      await api.post('curation/phrases/move', { draft, phrases, from, to });
      sayDone(says.moved(phrases.length));
      moved();
      close();
      await reload();
    });
  }

  return (
    <Modal
      opened
      onClose={close}
      title={says.moveTitle(phrases.length)}
      closeButtonProps={{ 'aria-label': copy.actions.close }}
    >
      <form onSubmit={save} noValidate>
        <Stack gap="md">
          <Select
            label={says.moveTo}
            data={[
              ...entryChoices(entries.filter(({ id }) => id !== from)),
              { value: 'none', label: words.outOfScope },
            ]}
            value={to}
            onChange={setTo}
            error={faults.to}
            searchable
            filter={({ options, search }) =>
              options.filter((option) => 'label' in option && contains(String(option.label), search))
            }
            data-autofocus
          />
          <FormFault text={fault} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {copy.actions.cancel}
            </Button>
            <Button type="submit" loading={isBusy}>
              {says.moveAct}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
