/**
 * Replies that were begun. The desk keeps them; until it has said so, the browser does. What was typed here and is
 * not kept by the desk yet goes before what the desk remembers.
 */
import type { BrowserStorage } from '../../web-sync/browser-storage.ts';
import { PREFIX } from './storage-prefix.ts';

export interface Drafts {
  /** @param kept as the desk has it */
  readonly read: (conversation: string, kept: string) => string;
  readonly write: (conversation: string, text: string) => void;
  /** Of a conversation that is no more. */
  readonly forget: (conversation: string) => void;
  /** Saves at once what is not kept by the desk: after a break, and when a conversation is left. */
  readonly saveNow: () => void;
}

export interface DraftsDeps {
  readonly storage: BrowserStorage;
  readonly account: string;
  /** @returns whether the desk has it now */
  readonly save: (conversation: string, text: string) => Promise<boolean>;
}

const SAVE_AFTER_MS = 1_000;

export function createDrafts({ storage, account, save }: DraftsDeps): Drafts {
  const prefix = `${PREFIX}draft.${account}.`;
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** What the desk was last told while this page was open. */
  const saved = new Map<string, string>();

  const saveOne = async (conversation: string): Promise<void> => {
    clearTimeout(timers.get(conversation));
    timers.delete(conversation);
    const text = storage.get(prefix + conversation);
    if (text === null || !(await save(conversation, text))) return;
    saved.set(conversation, text);
    // Typed on in the meantime: that is saved in its turn.
    if (storage.get(prefix + conversation) === text) storage.remove(prefix + conversation);
  };

  return {
    read: (conversation, kept) => storage.get(prefix + conversation) ?? saved.get(conversation) ?? kept,
    write(conversation, text) {
      storage.set(prefix + conversation, text);
      clearTimeout(timers.get(conversation));
      timers.set(
        conversation,
        setTimeout(() => void saveOne(conversation), SAVE_AFTER_MS),
      );
    },
    forget(conversation) {
      clearTimeout(timers.get(conversation));
      timers.delete(conversation);
      saved.delete(conversation);
      storage.remove(prefix + conversation);
    },
    saveNow() {
      for (const key of storage.keys(prefix)) void saveOne(key.slice(prefix.length));
    },
  };
}
