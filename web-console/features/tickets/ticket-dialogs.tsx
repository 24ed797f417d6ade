/** Questions before a ticket is refused, taken up again, or put together with another. */
import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import type { TicketDetail } from '../../../src/contracts/tickets.ts';
import { api, isApiError } from '../../api.ts';
import { copy as shell } from '../../copy.ts';
import { confirmAct } from '../../shell/confirm.tsx';
import { LONGEST_TEXT } from '../conversations/sending-rules.ts';
import { copy } from './copy.ts';
import { readCode } from './read-code.ts';
import { useTicketAct } from './use-ticket-act.ts';

interface DialogProps {
  readonly ticket: TicketDetail;
  readonly isOpen: boolean;
  readonly close: () => void;
}

interface FrameProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly close: () => void;
  readonly children: ReactNode;
}

function Frame({ title, isOpen, close, children }: FrameProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={title}
      closeButtonProps={{ 'aria-label': shell.actions.close }}
    >
      {children}
    </Modal>
  );
}

interface FormProps {
  readonly submit: () => Promise<boolean>;
  readonly close: () => void;
  readonly act: string;
  readonly isBusy: boolean;
  readonly isGrave?: boolean;
  readonly children: ReactNode;
}

/** @param submit whether it is done, and the dialog may go */
function Form({ submit, close, act, isBusy, isGrave = false, children }: FormProps) {
  const onSubmit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await submit()) close();
  };
  return (
    <form onSubmit={(event) => void onSubmit(event)} noValidate>
      <Stack gap="md">
        {children}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {shell.actions.cancel}
          </Button>
          <Button type="submit" loading={isBusy} {...(isGrave ? { color: 'red' } : {})}>
            {act}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function RejectDialog({ ticket, isOpen, close }: DialogProps) {
  const words = copy.reject;
  const { change, isBusy } = useTicketAct();
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const isTooLong = reason.length > LONGEST_TEXT;
  const submit = async (): Promise<boolean> => {
    setMissing(reason.trim() === '');
    if (reason.trim() === '' || isTooLong) return false;
    return (await change(ticket.code, { kind: 'reject', reason: reason.trim() }, words.done)) !== null;
  };
  return (
    <Frame title={words.title(ticket.code)} isOpen={isOpen} close={close}>
      <Form submit={submit} close={close} act={words.act} isBusy={isBusy} isGrave>
        <Textarea
          label={words.reason}
          description={words.hint}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={
            isTooLong
              ? copy.tooLong(reason.length, LONGEST_TEXT)
              : isMissing && reason.trim() === ''
                ? words.missing
                : null
          }
          autosize
          minRows={3}
          maxRows={14}
          data-autofocus
        />
      </Form>
    </Frame>
  );
}

export function ReopenDialog({ ticket, isOpen, close }: DialogProps) {
  const words = copy.reopen;
  const { change, isBusy } = useTicketAct();
  const [reason, setReason] = useState('');
  const submit = async (): Promise<boolean> =>
    (await change(ticket.code, { kind: 'reopen', reason: reason.trim() })) !== null;
  return (
    <Frame title={words.title(ticket.code)} isOpen={isOpen} close={close}>
      <Form submit={submit} close={close} act={words.act} isBusy={isBusy}>
        <Textarea
          label={words.reason}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          autosize
          minRows={2}
          maxLength={500}
          data-autofocus
        />
      </Form>
    </Frame>
  );
}

/** Tickets of two persons are merged only by somebody who says so. */
async function merge(code: string, into: string): Promise<TicketDetail> {
  const { otherTitle: title, otherText: text, anyway: act } = copy.merge;
  const send = (anyway: boolean) => api.post<TicketDetail>(`tickets/${code}/merge`, { into, anyway });
  try {
    return await send(false);
  } catch (error) {
    const isOther = isApiError(error) && error.code === 'ticket_other_person';
    if (!isOther || !(await confirmAct({ title, text, act }))) throw error;
    return send(true);
  }
}

export function MergeDialog({ ticket, isOpen, close }: DialogProps) {
  const words = copy.merge;
  const { run, isBusy } = useTicketAct();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const submit = async (): Promise<boolean> => {
    const into = readCode(typed);
    setFault(into === null ? words.malformed : into === ticket.code ? words.itself : null);
    if (into === null || into === ticket.code) return false;
    const request = () =>
      merge(ticket.code, into).catch((error: unknown) => {
        if (!isApiError(error) || error.code !== 'ticket_not_found') throw error;
        setFault(words.unknown);
        throw new Error(words.unknown, { cause: error });
      });
    const merged = await run(request, words.done(into));
    if (merged !== null) void navigate(`/tickets/${into}`);
    return merged !== null;
  };
  return (
    <Frame title={words.title(ticket.code)} isOpen={isOpen} close={close}>
      <Form submit={submit} close={close} act={words.act} isBusy={isBusy} isGrave>
        <TextInput
          label={words.into}
          description={words.hint}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={fault}
          autoCapitalize="characters"
          autoComplete="off"
          maxLength={20}
          data-autofocus
        />
        <Text size="sm">{words.text(ticket.code)}</Text>
      </Form>
    </Frame>
  );
}
