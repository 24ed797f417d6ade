/** Where answers to the citizen and notes for colleagues are written. */
import { ActionIcon, Button, Group, SegmentedControl, Text, Textarea } from '@mantine/core';
import IconPaperclip from '@tabler/icons-react/icons/IconPaperclip';
import { type KeyboardEvent, type Ref, useImperativeHandle, useRef, useState } from 'react';
import type { CannedReply } from '../../../src/contracts/canned.ts';
import type { TicketDetail } from '../../../src/contracts/tickets.ts';
import { randomName } from '../../../web-sync/random-name.ts';
import { api } from '../../api.ts';
import { useSession } from '../../session.tsx';
import { AttachmentList } from '../conversations/attachment-list.tsx';
import { fillCanned } from '../conversations/canned.ts';
import { CannedListView } from '../conversations/canned-list.tsx';
import { formatTime } from '../conversations/clock.ts';
import { FILE_TYPES, LONGEST_TEXT } from '../conversations/sending-rules.ts';
import { useAttachments } from '../conversations/use-attachments.ts';
import { useCannedList } from '../conversations/use-canned-list.ts';
import { copy } from './copy.ts';
import { isOver } from './transitions.ts';
import { mayWaitFor, useReplyChecks } from './use-reply-checks.ts';
import { useTicketAct } from './use-ticket-act.ts';
import { type ComposerMode, useTicketDraft } from './use-ticket-draft.ts';

const words = copy.composer;
const KEY_BYTES = 16;
const MODES: readonly ComposerMode[] = ['reply', 'note'];
type Next = 'waiting' | 'resolved' | null;

export interface TicketComposerHandle {
  readonly focus: (mode: ComposerMode) => void;
}

interface TicketComposerProps {
  readonly ref: Ref<TicketComposerHandle>;
  readonly ticket: TicketDetail;
}

export function TicketComposer({ ref, ticket }: TicketComposerProps) {
  const { account } = useSession();
  const [mode, setMode] = useState<ComposerMode>('reply');
  const [text, setText] = useTicketDraft(account.id, ticket.code, mode);
  const attachments = useAttachments();
  const { run, isBusy } = useTicketAct();
  const checks = useReplyChecks(ticket);
  // Of what is written now: sent again after a break, it is said once.
  const key = useRef(randomName(KEY_BYTES));
  const field = useRef<HTMLTextAreaElement>(null);
  const isReply = mode === 'reply';
  const pick = (reply: CannedReply): void =>
    setText(
      fillCanned(reply.text, {
        khach: ticket.contact.name ?? copy.citizenAddress,
        nhan_vien: account.name,
        gio: formatTime(Date.now()),
      }),
    );
  const canned = useCannedList(isReply ? text : '', pick);
  const focus = (next: ComposerMode): void => {
    setMode(next);
    // The field of that mode is there after the next drawing only.
    requestAnimationFrame(() => field.current?.focus());
  };
  useImperativeHandle(ref, () => ({ focus }));

  const isRefused = isReply && ticket.outcome === 'merged';
  const isTooLong = text.length > LONGEST_TEXT;
  const canSend = text.trim() !== '' && !isTooLong && !isRefused && !attachments.isUploading;
  const send = async (next: Next = null): Promise<void> => {
    if (!canSend || isBusy) return;
    if (isReply && !(await checks.maySend())) return;
    if (next === 'waiting' && !(await mayWaitFor(ticket))) return;
    const body = {
      key: key.current,
      text: text.trim(),
      attachments: attachments.items.flatMap(({ file }) => (file === null ? [] : [file.id])),
    };
    const detail = await run(
      () =>
        isReply
          ? api.post<TicketDetail>(`tickets/${ticket.code}/replies`, { ...body, next })
          : api.post<TicketDetail>(`tickets/${ticket.code}/notes`, body),
      isReply ? words.sent : words.noted,
    );
    if (detail === null) return;
    key.current = randomName(KEY_BYTES);
    setText('');
    attachments.takeAll();
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // Telex and its kin: Enter ends the word that is being composed. Safari says so by the code alone.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (canned.onKey(event)) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void send();
    } else if (event.key === 'Escape') {
      // Not also back to the list.
      event.preventDefault();
      event.currentTarget.blur();
    }
  };

  return (
    <section className="ticket-composer" data-mode={mode} aria-label={words.label}>
      <Group justify="space-between" gap="xs">
        <SegmentedControl
          size="xs"
          aria-label={words.label}
          value={mode}
          onChange={(value) => focus(value as ComposerMode)}
          data={MODES.map((value) => ({ value, label: words.modes[value] }))}
        />
        <Text size="xs" c={isTooLong ? 'red' : 'dimmed'} role={isTooLong ? 'alert' : undefined}>
          {isTooLong ? words.tooLong : words.hint}
        </Text>
      </Group>
      {isReply && <Hint ticket={ticket} />}
      <AttachmentList attachments={attachments} />
      <div className="composer-field">
        <CannedListView list={canned} pick={pick} />
        <Textarea
          ref={field}
          autosize
          minRows={3}
          maxRows={14}
          value={text}
          disabled={isRefused}
          onChange={(event) => {
            if (text.trim() === '') checks.begin();
            setText(event.currentTarget.value);
          }}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            if (event.clipboardData.files.length === 0) return;
            event.preventDefault();
            attachments.add(event.clipboardData.files);
          }}
          placeholder={words.placeholder[mode]}
          aria-label={words.placeholder[mode]}
          aria-controls={canned.isOpen && canned.replies.length > 0 ? canned.id : undefined}
          aria-activedescendant={
            canned.isOpen && canned.replies.length > 0 ? canned.optionId(canned.active) : undefined
          }
        />
      </div>
      <Group gap="xs" justify="flex-end">
        <FilePicker take={attachments.add} />
        {isReply && !isOver(ticket) && (
          <>
            <Button variant="default" disabled={!canSend || isBusy} onClick={() => void send('waiting')}>
              {words.sendWaiting}
            </Button>
            <Button variant="default" disabled={!canSend || isBusy} onClick={() => void send('resolved')}>
              {words.sendResolved}
            </Button>
          </>
        )}
        <Button
          onClick={() => void send()}
          disabled={!canSend}
          loading={isBusy}
          color={isReply ? 'sea' : 'yellow.9'}
        >
          {isReply ? words.send : words.saveNote}
        </Button>
      </Group>
    </section>
  );
}

function Hint({ ticket }: { readonly ticket: TicketDetail }) {
  const { phone, email } = ticket.contact;
  const text =
    ticket.outcome === 'merged'
      ? words.merged
      : isOver(ticket)
        ? words.over
        : phone === null && email === null && ticket.conversation === null
          ? words.noContact
          : null;
  return text === null ? null : (
    <Text size="sm" c="dimmed">
      {text}
    </Text>
  );
}

function FilePicker({ take }: { readonly take: (files: Iterable<File>) => void }) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        mr="auto"
        aria-label={words.attach}
        title={words.attach}
        onClick={() => picker.current?.click()}
      >
        <IconPaperclip size={20} aria-hidden />
      </ActionIcon>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        accept={FILE_TYPES.join()}
        onChange={({ currentTarget }) => {
          take(currentTarget.files ?? []);
          currentTarget.value = '';
        }}
      />
    </>
  );
}
