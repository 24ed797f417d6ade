import { Button, Group, Modal, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { CallOutcome, TicketRow } from '../../../src/contracts/tickets.ts';
import { copy as shell } from '../../copy.ts';
import { copy } from './copy.ts';
import { ContactFacts } from './ticket-contact.tsx';
import { useTicketAct } from './use-ticket-act.ts';

const words = copy.callbacks;
const OUTCOMES = Object.keys(copy.callOutcomes) as CallOutcome[];

/** Notes a call that was made: whom, and what came of it. null: closed. */
export function CallDialog({ row, close }: { readonly row: TicketRow | null; readonly close: () => void }) {
  return (
    <Modal
      opened={row !== null}
      onClose={close}
      title={row === null ? '' : words.title(row.code)}
      closeButtonProps={{ 'aria-label': shell.actions.close }}
    >
      {row !== null && <CallForm row={row} close={close} />}
    </Modal>
  );
}

function CallForm({ row, close }: { readonly row: TicketRow; readonly close: () => void }) {
  const { change, isBusy } = useTicketAct();
  const [outcome, setOutcome] = useState<CallOutcome | null>(null);
  const [note, setNote] = useState('');
  const [callAt, setCallAt] = useState('');
  const [isMissing, setMissing] = useState(false);

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setMissing(outcome === null);
    if (outcome === null) return;
    if (
      await change(
        row.code,
        { kind: 'call', outcome, note: note.trim(), callAt: outcome === 'later' ? callAt.trim() : '' },
        words.stored,
      )
    )
      close();
  };
  return (
    <form onSubmit={(event) => void save(event)} noValidate>
      <Stack gap="md">
        <ContactFacts row={row} />
        <Radio.Group
          label={words.outcome}
          value={outcome}
          onChange={(value) => setOutcome(value as CallOutcome)}
          error={isMissing && outcome === null ? words.outcomeMissing : null}
        >
          <Stack gap={8} mt={6}>
            {OUTCOMES.map((value) => (
              <Radio key={value} value={value} label={copy.callOutcomes[value]} />
            ))}
          </Stack>
        </Radio.Group>
        {outcome === 'later' && (
          <TextInput
            label={words.callAt}
            description={words.callAtHint}
            maxLength={200}
            value={callAt}
            onChange={(event) => setCallAt(event.currentTarget.value)}
          />
        )}
        <Textarea
          label={words.note}
          description={words.noteHint}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={2_000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {shell.actions.cancel}
          </Button>
          <Button type="submit" loading={isBusy}>
            {words.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
