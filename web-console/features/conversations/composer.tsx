/** Where replies and notes are written. */
import { ActionIcon, Button, Group, SegmentedControl, Text } from '@mantine/core';
import IconPaperclip from '@tabler/icons-react/icons/IconPaperclip';
import { type DragEvent, type Ref, useImperativeHandle, useRef, useState } from 'react';
import type { ConversationRow } from '../../../src/contracts/console.ts';
import { copy } from '../../copy.ts';
import { useSession } from '../../session.tsx';
import { confirmAct } from '../../shell/confirm.tsx';
import type { OpenConversation } from '../../sync/desk-state.ts';
import type { OutboxEntry } from '../../sync/outbox.ts';
import { useDesk } from '../../sync/use-desk.ts';
import { AttachmentList } from './attachment-list.tsx';
import { type Collision, findCollision } from './collision.ts';
import { ComposerField } from './composer-field.tsx';
import type { Mode } from './composer-mode.ts';
import { FILE_TYPES, LONGEST_TEXT } from './sending-rules.ts';
import type { Standing } from './standing.ts';
import { useAttachments } from './use-attachments.ts';
import { useComposerTexts } from './use-composer-texts.ts';
import { useTyping } from './use-typing.ts';

const words = copy.conversations;

export interface ComposerHandle {
  readonly focus: (mode: Mode) => void;
  /** Behind what stands there. */
  readonly insert: (text: string) => void;
  /** Takes back what was not sent. */
  readonly edit: (entry: OutboxEntry) => void;
}

interface ComposerProps {
  readonly ref: Ref<ComposerHandle>;
  readonly conversation: OpenConversation;
  readonly row: ConversationRow;
  readonly standing: Standing;
}

export function Composer({ ref, conversation, row, standing }: ComposerProps) {
  const { id, transcript, viewers } = conversation;
  const desk = useDesk();
  const { account } = useSession();
  const [mode, setMode] = useState<Mode>('reply');
  const { texts, setText, beganAfter } = useComposerTexts(conversation);
  const attachments = useAttachments();
  const typing = useTyping(id);
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [isDropping, setDropping] = useState(false);

  const modes = modesOf(standing);
  const current = modes.includes(mode) ? mode : 'reply';
  const text = texts[current];
  const isReply = current === 'reply';
  const reason = isReply ? whyNotReply(row, standing) : null;
  const isTooLong = text.length > LONGEST_TEXT;
  const canSend =
    reason === null &&
    !isTooLong &&
    !attachments.isUploading &&
    (text.trim() !== '' || (isReply && attachments.items.length > 0));

  const focus = (next: Mode): void => {
    setMode(next);
    // The field of that mode is there after the next drawing only.
    requestAnimationFrame(() => field.current?.focus());
  };
  const insert = (added: string): void => {
    const before = texts.reply.trimEnd();
    setText('reply', before === '' ? added : `${before}\n\n${added}`);
    focus('reply');
  };
  useImperativeHandle(ref, () => ({
    focus,
    insert,
    edit(entry) {
      const before = texts[entry.kind].trimEnd();
      setText(entry.kind, before === '' ? entry.text : `${entry.text}\n\n${before}`);
      if (entry.files.length > 0) attachments.restore(entry.files);
      desk.discard(entry);
      focus(entry.kind);
    },
  }));

  const send = async (): Promise<void> => {
    if (!canSend) return;
    const collision = isReply ? findCollision(account.id, beganAfter(), transcript.messages, viewers) : null;
    if (collision !== null && !(await confirmCollision(collision))) return;
    desk.send({
      conversation: id,
      kind: current,
      text: text.trim(),
      files: isReply ? attachments.takeAll() : [],
    });
    setText(current, '');
    typing.stop();
    field.current?.focus();
  };
  const takeFiles = (files: Iterable<File>): void => {
    if (isReply && reason === null) attachments.add(files);
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setDropping(false);
    takeFiles(event.dataTransfer.files);
  };

  return (
    <section
      className="composer"
      data-mode={current}
      data-dropping={isDropping}
      aria-label={words.modes[current]}
      onDragOver={(event) => {
        event.preventDefault();
        setDropping(isReply && reason === null);
      }}
      onDragLeave={() => setDropping(false)}
      onDrop={onDrop}
    >
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <SegmentedControl
          size="xs"
          className="composer-modes"
          aria-label={words.modesLabel}
          value={current}
          onChange={(value) => focus(value as Mode)}
          data={modes.map((value) => ({ value, label: words.modes[value] }))}
        />
        <Text
          size="xs"
          c={isTooLong ? 'red' : 'dimmed'}
          className="composer-hint"
          role={isTooLong ? 'alert' : undefined}
        >
          {isTooLong ? words.composer.tooLong : isDropping ? words.composer.drop : words.composer.hint}
        </Text>
      </Group>
      {isReply && <AttachmentList attachments={attachments} />}
      {reason === null ? (
        <Group gap="xs" align="flex-end" wrap="nowrap">
          {isReply && (
            <>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={words.composer.attach}
                title={words.composer.attach}
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
                  takeFiles(currentTarget.files ?? []);
                  currentTarget.value = '';
                }}
              />
            </>
          )}
          <ComposerField
            ref={field}
            row={row}
            mode={current}
            text={text}
            setText={(next) => {
              setText(current, next);
              if (isReply && next !== '') typing.type();
            }}
            send={() => void send()}
            takeFiles={takeFiles}
            onBlur={typing.stop}
          />
          <Button onClick={() => void send()} disabled={!canSend} color={isReply ? 'sea' : 'yellow.9'}>
            {words.composer.send[current]}
          </Button>
        </Group>
      ) : (
        <Text size="sm" className="composer-reason">
          {reason}
        </Text>
      )}
    </section>
  );
}

function modesOf({ canNote, canWhisper }: Standing): readonly Mode[] {
  return ['reply', ...(canNote ? (['note'] as const) : []), ...(canWhisper ? (['whisper'] as const) : [])];
}

/** null: nothing speaks against it. */
function whyNotReply({ status, agent }: ConversationRow, { canReply, canNote }: Standing): string | null {
  if (canReply) return null;
  if (!canNote) return words.composer.readOnly;
  if (status === 'closed') return words.composer.closed;
  if (status === 'queued') return words.composer.claimFirst;
  if (status === 'bot') return words.composer.withBot;
  return words.composer.notYours(agent?.name ?? words.somebodyElse);
}

function confirmCollision({ kind, person }: Collision): Promise<boolean> {
  const { title, send } = words.collision;
  return confirmAct({ title, text: words.collision[kind](person.name), act: send });
}
