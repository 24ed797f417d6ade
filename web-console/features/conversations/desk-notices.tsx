/** Sound, desktop notification and the number in the title: for whoever looks at another window. */
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useMatch, useNavigate } from 'react-router';
import type { ConversationRow } from '../../../src/contracts/console.ts';
import { copy } from '../../copy.ts';
import { useSession } from '../../session.tsx';
import { setTitleBadge } from '../../shell/page-title.ts';
import { useDeskEvents, useDeskState } from '../../sync/use-desk.ts';
import { playChime, prepareChime } from './chime.ts';
import { findInPages, type Pages, rowsOf } from './inbox-pages.ts';
import { INBOX_KEY, useInbox } from './inbox-queries.ts';
import { noticeOf } from './notices.ts';

const words = copy.conversations;

export function DeskNotices() {
  const { account } = useSession();
  const me = useDeskState((state) => state.me);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const shown = useMatch('/inbox/:id')?.params.id;
  const known = useRef(new Map<string, ConversationRow>());
  /** When each was handed over: the desk may say so twice. */
  const assigned = useRef(new Map<string, string | null>());

  const findKnown = (id: string): ConversationRow | undefined =>
    known.current.get(id) ??
    queries
      .getQueriesData<Pages>({ queryKey: [INBOX_KEY] })
      .map(([, data]) => data && findInPages(data, id))
      .find((row) => row !== undefined);
  const announce = (title: string, text: string, id: string, isLoud = false): void => {
    playChime();
    if (isLoud)
      notifications.show({ title, message: text, closeButtonProps: { 'aria-label': copy.actions.close } });
    if (!document.hidden || typeof Notification === 'undefined' || Notification.permission !== 'granted')
      return;
    // One tag a conversation: a newer notice takes the place of the older one.
    const notice = new Notification(title, { body: text, tag: id });
    notice.onclick = () => {
      window.focus();
      notice.close();
      navigate(`/inbox/${id}`);
    };
  };

  const announceAssigned = (row: ConversationRow): void => {
    if (assigned.current.get(row.id) === row.assignedAt) return;
    assigned.current.set(row.id, row.assignedAt);
    announce(words.notices.assigned, describe(row), row.id, true);
  };

  useDeskEvents((event) => {
    if (event.kind === 'row') {
      const { row, own } = event;
      const before = findKnown(row.id);
      known.current.set(row.id, row);
      const kind = own ? null : noticeOf(before, row, { account: account.id, skills: me?.skills ?? [] });
      const isBeingRead = kind === 'message' && row.id === shown && !document.hidden;
      if (kind === 'assigned') announceAssigned(row);
      else if (kind !== null && me?.state === 'online' && !isBeingRead)
        announce(words.notices[kind], describe(row), row.id);
    } else if (event.kind === 'assigned') announceAssigned(event.row);
    else if (event.kind === 'whisper') {
      const { author, text, conversation } = event.note;
      announce(words.notices.whisper(author.name), text, conversation, true);
    }
  });
  // What was known before the break may be old: what has changed meanwhile is no news.
  useDeskEvents(({ kind }) => {
    if (kind === 'entered') known.current.clear();
  });
  useEffect(() => {
    addEventListener('pointerdown', prepareChime, { once: true });
    addEventListener('keydown', prepareChime, { once: true });
    return () => {
      removeEventListener('pointerdown', prepareChime);
      removeEventListener('keydown', prepareChime);
    };
  }, []);
  useTitleBadge();
  return null;
}

function describe({ contactName, contactLabel, lastMessage, reason }: ConversationRow): string {
  const said = lastMessage?.author === 'contact' ? lastMessage.text : reason && words.reasons[reason];
  return [contactName ?? contactLabel, said].filter(Boolean).join(': ');
}

/** "(3) …": those who wait in the queue, and those of this person's who wait for an answer. */
function useTitleBadge(): void {
  const { data } = useInbox({ view: 'mine' });
  const waiting = data?.pages[0]?.counts.queue ?? 0;
  const mine = rowsOf(data?.pages ?? []).filter((row) => row.waitsForAgent).length;
  const count = waiting + mine;
  useEffect(() => setTitleBadge(count), [count]);
  useEffect(() => () => setTitleBadge(0), []);
}
