/** What has come and was not seen yet, also over reloads. */
import type { BrowserStorage } from '../web-sync/browser-storage.ts';
import { lastSeq } from '../web-sync/transcript.ts';
import { PREFIX } from './device/storage-prefix.ts';
import type { ChatState } from './sync/chat-state.ts';

export interface Unread {
  readonly count: (state: ChatState) => number;
  /** Everything up to here was on screen. @returns whether that is news */
  readonly see: (state: ChatState) => boolean;
}

export function createUnread(storage: BrowserStorage): Unread {
  const keyOf = ({ owner }: ChatState): string => `${PREFIX}read.${owner}`;
  /** null: this device has seen nothing of it; what was said before is no news. */
  const seenUpTo = (state: ChatState): number | null => {
    const stored = storage.get(keyOf(state));
    return stored === null ? null : Number(stored);
  };
  return {
    count(state) {
      if (state.conversation === null) return 0;
      const seen = seenUpTo(state);
      if (seen === null) {
        storage.set(keyOf(state), String(lastSeq(state.transcript)));
        return 0;
      }
      return state.transcript.messages.filter(({ author, seq }) => author !== 'contact' && seq > seen).length;
    },
    see(state) {
      const last = lastSeq(state.transcript);
      if (state.conversation === null || seenUpTo(state) === last) return false;
      storage.set(keyOf(state), String(last));
      return true;
    },
  };
}
