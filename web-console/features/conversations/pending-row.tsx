import { Button, Group, Text } from '@mantine/core';
import { copy } from '../../copy.ts';
import type { OutboxEntry } from '../../sync/outbox.ts';
import { useDesk, useDeskState } from '../../sync/use-desk.ts';
import { formatTime } from './clock.ts';

const words = copy.conversations;

interface PendingRowProps {
  readonly entry: OutboxEntry;
  /** Takes it out of the outbox and back into the composer. */
  readonly edit: (entry: OutboxEntry) => void;
}

/** What is on its way, waits for a connection, or came back. */
export function PendingRow({ entry, edit }: PendingRowProps) {
  const desk = useDesk();
  const link = useDeskState((state) => state.link);
  const isSending = useDeskState((state) => state.sending.has(entry.clientId));
  const state = isSending || link === 'online' ? words.marks.waiting : words.marks.offline;
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
        <div className={entry.kind === 'reply' ? 'bubble bubble-text' : 'note-text'} data-pending>
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
            <Button size="compact-xs" variant="default" onClick={() => edit(entry)}>
              {words.pending.edit}
            </Button>
            <Button size="compact-xs" variant="default" onClick={() => desk.discard(entry)}>
              {words.pending.discard}
            </Button>
          </Group>
        </div>
      )}
    </article>
  );
}
