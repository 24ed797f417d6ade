/**
 * What was written and is not yet acknowledged, kept in the browser. Each entry has a key of its own, so that two
 * tabs which add at the same time do not overwrite one another.
 */
import type { AttachmentView } from '../../src/contracts/attachments.ts';
import type { BrowserStorage } from '../../web-sync/browser-storage.ts';
import { PREFIX } from './storage-prefix.ts';

export interface OutboxDraft {
  readonly conversation: string;
  readonly kind: 'reply' | 'note' | 'whisper';
  readonly text: string;
  readonly files: readonly AttachmentView[];
}

export interface OutboxEntry extends OutboxDraft {
  readonly clientId: string;
  /** Under whose account it was written: never sent under another. */
  readonly account: string;
  /** When it was written; later in the outbox, later in time. */
  readonly at: number;
  /** Why the desk does not want it as it is. It then waits for the person, and holds up nobody. */
  readonly refused?: { readonly code: string; readonly message: string };
}

export interface Outbox {
  readonly add: (draft: OutboxDraft) => OutboxEntry;
  /** In the order in which they were written. */
  readonly list: () => OutboxEntry[];
  /** The first of each conversation that is not refused. */
  readonly nextToSend: (conversation: string) => OutboxEntry | null;
  readonly refuse: (entry: OutboxEntry, why: { readonly code: string; readonly message: string }) => void;
  /** A refused entry is to be sent after all. */
  readonly retry: (entry: OutboxEntry) => void;
  /** Acknowledged, or given up by the person. @returns whether there was any */
  readonly remove: (clientIds: readonly (string | null)[]) => boolean;
  /** Everything of a conversation that is no more. */
  readonly forget: (conversation: string) => void;
}

export interface OutboxDeps {
  readonly storage: BrowserStorage;
  readonly account: string;
  readonly now: () => number;
  readonly newClientId: () => string;
}

export const OUTBOX_PREFIX = `${PREFIX}out.`;
/** Milliseconds have 13 digits until the year 2286. */
const DIGITS = 15;

export function createOutbox({ storage, account, now, newClientId }: OutboxDeps): Outbox {
  const prefix = `${OUTBOX_PREFIX}${account}.`;
  const keyOf = ({ at, clientId }: OutboxEntry): string =>
    `${prefix}${String(at).padStart(DIGITS, '0')}.${clientId}`;
  const write = (entry: OutboxEntry): void => storage.set(keyOf(entry), JSON.stringify(entry));
  const list = (): OutboxEntry[] =>
    storage
      .keys(prefix)
      .sort()
      .flatMap((key) => readEntry(storage.get(key)));

  return {
    list,
    add(draft) {
      const before = list().pop()?.at ?? 0;
      // The clock may be set back between two messages: their order does not follow it.
      const entry = { ...draft, account, clientId: newClientId(), at: Math.max(now(), before + 1) };
      write(entry);
      return entry;
    },
    nextToSend: (conversation) =>
      list().find((entry) => entry.conversation === conversation && entry.refused === undefined) ?? null,
    refuse: (entry, refused) => write({ ...entry, refused }),
    retry(entry) {
      const { refused: _, ...asWritten } = entry;
      write(asWritten);
    },
    remove(clientIds) {
      const gone = list().filter(({ clientId }) => clientIds.includes(clientId));
      for (const entry of gone) storage.remove(keyOf(entry));
      return gone.length > 0;
    },
    forget(conversation) {
      for (const entry of list()) if (entry.conversation === conversation) storage.remove(keyOf(entry));
    },
  };
}

/** Damaged entries are passed over. */
function readEntry(stored: string | null): OutboxEntry[] {
  try {
    const entry = JSON.parse(stored ?? '') as OutboxEntry;
    return typeof entry.clientId === 'string' && typeof entry.conversation === 'string' ? [entry] : [];
  } catch {
    return [];
  }
}
