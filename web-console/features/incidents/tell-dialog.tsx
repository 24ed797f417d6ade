import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { IncidentView } from '../../../src/contracts/incidents.ts';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { sayDone } from '../../shell/notices.ts';
import { FormFault } from '../../shell/states.tsx';
import { useSubmission } from '../../shell/submission.ts';
import { words as all } from './copy.ts';
import { LONGEST_TOLD } from './limits.ts';

const words = all.tell;

/** Tells everybody whom an incident concerned that it is over; says before how many that are. */
export function TellDialog(props: {
  readonly incident: IncidentView | null;
  readonly close: () => void;
  readonly told: () => void;
}) {
  const { incident, close, told } = props;
  return (
    <Modal
      opened={incident !== null}
      onClose={close}
      title={words.title}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': copy.actions.close }}
    >
      {incident !== null && <TellForm incident={incident} close={close} told={told} />}
    </Modal>
  );
}

function TellForm(props: {
  readonly incident: IncidentView;
  readonly close: () => void;
  readonly told: () => void;
}) {
  const { incident, close, told } = props;
  const [text, setText] = useState<string>(words.initial);
  const { isBusy, faults, fault, submit, object } = useSubmission(['text']);

  function send(event: FormEvent): void {
    event.preventDefault();
    if (text.trim() === '') {
      object({ text: copy.failures.required });
      return;
    }
    void submit(async () => {
      await api.post(`incidents/${incident.id}/tell`, { text });
      sayDone(words.done);
      close();
      told();
    });
  }

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        <Text size="sm">{words.lead(incident.touched)}</Text>
        <Textarea
          label={words.text}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={faults.text}
          maxLength={LONGEST_TOLD}
          autosize
          minRows={4}
          maxRows={10}
          data-autofocus
        />
        <FormFault text={fault} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {copy.actions.cancel}
          </Button>
          <Button type="submit" loading={isBusy}>
            {words.act(incident.touched)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
