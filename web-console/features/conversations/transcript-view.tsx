import { Button, Loader, VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import { firstSeq, lastSeq } from '../../../web-sync/transcript.ts';
import { copy } from '../../copy.ts';
import { useSession } from '../../session.tsx';
import type { OpenConversation } from '../../sync/desk-state.ts';
import type { OutboxEntry } from '../../sync/outbox.ts';
import { useDesk, useDeskState } from '../../sync/use-desk.ts';
import { formatDay } from './clock.ts';
import { marksOf } from './delivery-marks.ts';
import { plainText } from './markdown.ts';
import { MessageRow } from './message-row.tsx';
import { contactNameOf } from './names.ts';
import { NoteRow } from './note-row.tsx';
import { PendingRow } from './pending-row.tsx';
import { mayWrite, type Standing } from './standing.ts';
import { type TranscriptItem, transcriptItems } from './transcript-items.ts';
import { useReadMark } from './use-read-mark.ts';
import { useTranscriptScroll } from './use-transcript-scroll.ts';

const words = copy.conversations;
/** It scrolls, so the keyboard must get there. */
const REACHABLE = { tabIndex: 0 };

interface TranscriptViewProps {
  readonly conversation: OpenConversation;
  readonly standing: Standing;
  /** Left out: nothing is sent from here. */
  readonly editPending?: (entry: OutboxEntry) => void;
  /** It is not in the database any more: nothing of it can be changed. */
  readonly isArchived?: boolean;
}

/** All that was said, in order; older pages come as one scrolls up. */
export function TranscriptView(props: TranscriptViewProps) {
  const { conversation, standing, editPending, isArchived = false } = props;
  const { id, transcript, notes, row, loadingEarlier, deliveredSeq, readSeq } = conversation;
  const { account } = useSession();
  const desk = useDesk();
  const allPending = useDeskState((state) => state.pending);
  const pending = useMemo(
    () => (editPending ? allPending.filter((entry) => entry.conversation === id) : []),
    [allPending, editPending, id],
  );
  const items = useMemo(
    () => transcriptItems(transcript.messages, notes, pending),
    [transcript.messages, notes, pending],
  );
  const marks = useMemo(
    () => marksOf(transcript.messages, deliveredSeq, readSeq),
    [transcript.messages, deliveredSeq, readSeq],
  );
  const contact = row === null ? '' : contactNameOf(row);
  const scroll = useTranscriptScroll({
    first: firstSeq(transcript),
    length: items.length,
    last: lastSeq(transcript),
    loadEarlier: () => void desk.loadEarlier(id),
  });
  useReadMark(id, transcript.messages, editPending !== undefined && standing.canReply && scroll.isAtEnd);

  const show = (item: TranscriptItem) => {
    switch (item.kind) {
      case 'day':
        return (
          <p key={item.key} className="day">
            <span>{formatDay(item.at, Date.now())}</span>
          </p>
        );
      case 'note':
        return <NoteRow key={item.key} note={item.note} isOwn={item.note.author.id === account.id} />;
      case 'pending':
        return (
          <PendingRow
            key={item.key}
            entry={item.entry}
            edit={mayWrite(standing, item.entry.kind) ? editPending : undefined}
          />
        );
      case 'message':
        return (
          <MessageRow
            key={item.key}
            conversation={id}
            message={item.message}
            contact={contact}
            isOwn={item.message.agent?.id === account.id}
            mark={marks.get(item.message.seq) ?? null}
            canReveal={standing.canReveal}
            isArchived={isArchived}
          />
        );
    }
  };
  return (
    <div className="transcript-frame">
      <section
        className="transcript"
        ref={scroll.ref}
        onScroll={scroll.onScroll}
        aria-label={words.transcript}
        {...REACHABLE}
      >
        {transcript.hasEarlier && (
          <div className="transcript-earlier">
            {loadingEarlier ? (
              <Loader size="sm" />
            ) : (
              <Button variant="subtle" size="compact-sm" onClick={() => void desk.loadEarlier(id)}>
                {words.earlierMessages}
              </Button>
            )}
          </div>
        )}
        {items.map(show)}
      </section>
      {!scroll.isAtEnd && (
        <Button className="to-newest" size="compact-sm" radius="xl" onClick={scroll.toEnd}>
          {scroll.unseen > 0 ? words.newMessages(scroll.unseen) : words.toNewest}
        </Button>
      )}
      <VisuallyHidden aria-live="polite">{spoken(conversation, contact)}</VisuallyHidden>
    </div>
  );
}

/** The newest message of somebody else, if it came while the person was here: to be read out. */
function spoken({ transcript, openedAtSeq }: OpenConversation, contact: string): string {
  const last = transcript.messages.at(-1);
  if (last === undefined || last.seq <= openedAtSeq || last.author !== 'contact') return '';
  return `${contact}: ${last.text || last.bubbles.map((one) => ('markdown' in one ? plainText(one.markdown) : '')).join(' ')}`;
}
