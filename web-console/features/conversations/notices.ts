/**
 * What of the news is worth a sound: a person who begins to wait, a conversation
 * that is handed to one, and what is said in one's own.
 */
import type { ConversationRow } from '../../../src/contracts/console.ts';

export type NoticeKind = 'queued' | 'message' | 'assigned';

/** Who is to be told. */
export interface Listener {
  readonly account: string;
  readonly skills: readonly string[];
}

/** @param before the same conversation as it was known; undefined: it was not */
export function noticeOf(
  before: ConversationRow | undefined,
  row: ConversationRow,
  { account, skills }: Listener,
): NoticeKind | null {
  if (row.status === 'queued') {
    const fits = row.skill === null || skills.includes(row.skill);
    return fits && before?.queuedAt !== row.queuedAt ? 'queued' : null;
  }
  const isMine = row.agent?.id === account || row.joined.some(({ id }) => id === account);
  if (before !== undefined && row.agent?.id === account && before.agent?.id !== account) return 'assigned';
  // Without knowing how it was before, it may be an old message.
  const isNews = before !== undefined && row.lastSeq > before.lastSeq;
  return isMine && isNews && row.lastMessage?.author === 'contact' ? 'message' : null;
}
