import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import type { TicketDetail } from '../../../src/contracts/tickets.ts';
import { randomName } from '../../../web-sync/random-name.ts';
import { api } from '../../api.ts';
import { copy as shell } from '../../copy.ts';
import { useSession } from '../../session.tsx';
import { LONGEST_TEXT } from '../conversations/sending-rules.ts';
import { isUnreachable } from './contact-rules.ts';
import { copy } from './copy.ts';
import { useReplyChecks } from './use-reply-checks.ts';
import { useTicketAct } from './use-ticket-act.ts';
import { useTicketDraft } from './use-ticket-draft.ts';

const words = copy.resolve;
const KEY_BYTES = 16;

interface ResolveDialogProps {
  readonly ticket: TicketDetail;
  readonly isOpen: boolean;
  readonly close: () => void;
  /** What was being written below has gone out with it. */
  readonly draftSent: () => void;
}

/** The citizen is told that there is a result: what is it? */
export function ResolveDialog({ ticket, isOpen, close, draftSent }: ResolveDialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={words.title}
      size="lg"
      closeButtonProps={{ 'aria-label': shell.actions.close }}
    >
      <ResolveForm ticket={ticket} close={close} draftSent={draftSent} />
    </Modal>
  );
}

function ResolveForm({ ticket, close, draftSent }: Omit<ResolveDialogProps, 'isOpen'>) {
  const { code } = ticket;
  const { run, change, isBusy } = useTicketAct();
  const checks = useReplyChecks(ticket);
  const key = useRef(randomName(KEY_BYTES));
  const { account } = useSession();
  // Whoever wrote the answer already goes on with it here.
  const [draft, setDraft] = useTicketDraft(account.id, code, 'reply');
  const [text, setText] = useState(draft);
  const [isMissing, setMissing] = useState(false);
  const said = text.trim();
  const isTooLong = text.length > LONGEST_TEXT;

  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setMissing(said === '');
    if (said === '' || isTooLong || !(await checks.maySend())) return;
    const body = { key: key.current, text: said, attachments: [], next: 'resolved' };
    const detail = await run(() => api.post<TicketDetail>(`tickets/${code}/replies`, body), words.done);
    if (detail === null) return;
    close();
    if (draft === '') return;
    setDraft('');
    draftSent();
  };
  const resolveSilently = async (): Promise<void> => {
    if ((await change(code, { kind: 'resolve' }, words.doneSilently)) !== null) close();
  };
  return (
    <form onSubmit={(event) => void send(event)} noValidate>
      <Stack gap="md">
        <Textarea
          label={words.reply}
          description={isUnreachable(ticket) ? words.unreachable : words.hint}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={
            isTooLong
              ? copy.tooLong(text.length, LONGEST_TEXT)
              : isMissing && said === ''
                ? words.missing
                : null
          }
          autosize
          minRows={4}
          maxRows={14}
          data-autofocus
        />
        <Group justify="space-between" gap="sm">
          <Button variant="default" disabled={isBusy || said !== ''} onClick={() => void resolveSilently()}>
            {words.silently}
          </Button>
          <Group gap="sm">
            <Button variant="default" onClick={close}>
              {shell.actions.cancel}
            </Button>
            <Button type="submit" loading={isBusy}>
              {words.act}
            </Button>
          </Group>
        </Group>
        <Text size="xs" c="dimmed">
          {words.silentlyHint}
        </Text>
      </Stack>
    </form>
  );
}
