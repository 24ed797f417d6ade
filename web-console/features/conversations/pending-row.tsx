import { Button, Group, Text } from '@mantine/core';
import { useRef } from 'react';
import { copy } from '../../copy.ts';
import { copyText } from '../../shell/copy-field.tsx';
import { sayDone } from '../../shell/notices.ts';
import type { OutboxEntry } from '../../sync/outbox.ts';
import { useDesk, useDeskState } from '../../sync/use-desk.ts';
import { formatTime } from './clock.ts';

const words = copy.conversations;

interface PendingRowProps {
  readonly entry: OutboxEntry;
  /** Takes it out of the outbox and back into the composer. undefined: such a thing cannot be written there now. */
  readonly edit: ((entry: OutboxEntry) => void) | undefined;
}

/** What is on its way, waits for a connection, or came back. */
export function PendingRow({ entry, edit }: PendingRowProps) {
  const desk = useDesk();
  const written = useRef<HTMLDivElement>(null);
  const link = useDeskState((state) => state.link);
  const isSending = useDeskState((state) => state.sending.has(entry.clientId));
  const state = isSending || link === 'online' ? words.marks.waiting : words.marks.offline;
  const take = async (): Promise<void> => {
    // Without a clipboard, as on plain http, what is selected is taken.
    if (written.current !== null) getSelection()?.selectAllChildren(written.current);
    if (await copyText(entry.text)) sayDone(copy.actions.copied);
  };
  return (
    <article
      className={entry.kind === 'reply' ? 'message' : 'note'}
      data-author="agent"
      data-own
      aria-label={words.you}
    >
      <p className="message-head">
        <span className="message-name">{words.you}</span> <time>{formatTime(entry.at)}</time>
      </p>
      {entry.text !== '' && (
        <div
          ref={written}
          className={entry.kind === 'reply' ? 'bubble bubble-text' : 'note-text'}
          data-pending
        >
          {entry.text}
        </div>
      )}
      {entry.files.length > 0 && (
        <p className="message-choices">{entry.files.map(({ name }) => name).join(' · ')}</p>
      )}
      {entry.refused === undefined ? (
        <p className="message-mark">{state}</p>
      ) : (
        <div className="refused" role="alert">
          <Text size="sm">
            {words.refused}: {entry.refused.message}
          </Text>
          <Group gap={6}>
            <Button size="compact-xs" onClick={() => desk.retry(entry)}>
              {words.pending.retry}
            </Button>
            {edit !== undefined ? (
              <Button size="compact-xs" variant="default" onClick={() => edit(entry)}>
                {words.pending.edit}
              </Button>
            ) : (
              entry.text !== '' && (
                <Button size="compact-xs" variant="default" onClick={() => void take()}>
                  {words.pending.copy}
                </Button>
              )
            )}
            <Button size="compact-xs" variant="default" onClick={() => desk.discard(entry)}>
              {words.pending.discard}
            </Button>
          </Group>
        </div>
      )}
    </article>
  );
}
