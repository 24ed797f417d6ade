import { Button, Group, Modal, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { CallRow } from '../../../src/contracts/calls.ts';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { FormFault } from '../../shell/states.tsx';
import { useSubmission } from '../../shell/submission.ts';
import { useCaller } from './call-queries.ts';
import { callCopy } from './copy.ts';
import { KnownCaller } from './known-caller.tsx';

const words = callCopy.record;
const DIRECTIONS = Object.entries(callCopy.directions).map(([value, label]) => ({ value, label }));

interface RecordModalProps {
  readonly close: () => void;
  /** The number as it was typed: what is known of it stays in view. */
  readonly onStarted: (call: CallRow, number: string) => void;
}

/** Somebody is on the telephone: who, and in which direction. */
export function RecordModal({ close, onStarted }: RecordModalProps) {
  const [number, setNumber] = useState('');
  const [direction, setDirection] = useState('inbound');
  const caller = useCaller(number);
  const { isBusy, faults, fault, submit } = useSubmission(['number'], { phone_malformed: 'number' });

  function start(event: FormEvent): void {
    event.preventDefault();
    void submit(async () => onStarted(await api.post<CallRow>('calls', { direction, number }), number));
  }
  return (
    <Modal opened onClose={close} title={words.title} closeButtonProps={{ 'aria-label': copy.actions.close }}>
      <form onSubmit={start} noValidate>
        <Stack gap="md">
          <FormFault text={fault} />
          <SegmentedControl
            aria-label={words.direction}
            data={DIRECTIONS}
            value={direction}
            onChange={setDirection}
          />
          <TextInput
            type="tel"
            inputMode="tel"
            label={callCopy.number}
            placeholder={callCopy.numberHint}
            value={number}
            error={faults.number}
            onChange={(event) => setNumber(event.currentTarget.value)}
            data-autofocus
            required
          />
          <div aria-live="polite">
            {caller.isWhole && caller.isPending && (
              <Text size="sm" c="dimmed">
                {words.looking}
              </Text>
            )}
            {caller.isWhole && caller.data !== undefined && <KnownCaller found={caller.data} />}
          </div>
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={close}>
              {copy.actions.cancel}
            </Button>
            <Button type="submit" loading={isBusy}>
              {words.start}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
