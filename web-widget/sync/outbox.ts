/**
 * What was typed and is not yet acknowledged, kept on the device. Each entry has a key of its own, so that pages of
 * the same browser which add at the same time do not overwrite one another.
 */
import type { Platform } from '../../src/contracts/answers.ts';
import type { AttachmentView } from '../../src/contracts/attachments.ts';
import type { SendCommand } from '../../src/contracts/chat.ts';
import type { Position } from '../../src/contracts/offices.ts';
import type { BrowserStorage } from '../../web-sync/browser-storage.ts';
import type { Owner } from '../device/device-token.ts';
import { PREFIX } from '../device/storage-prefix.ts';

export interface OutboxEntry {
  readonly clientId: string;
  /** Under whose name it was typed: never sent under another. */
  readonly owner: Owner;
  readonly text: string;
  readonly choice?: string;
  readonly platform?: Platform;
  /** Where the device is, rounded; kept until the message is sent. */
  readonly location?: Position;
  /** Files that are at the desk already and go along. */
  readonly attachments?: readonly AttachmentView[];
  /** When it was typed; later in the outbox, later in time. */
  readonly at: number;
  /** Why the desk does not want it as it is. It then waits for the person, and holds up nobody. */
  readonly refused?: Refusal;
}
export interface Refusal {
  readonly code: string;
  readonly message: string;
  /** The newest message when it was refused: it stands below that one. */
  readonly after?: number;
}
export type Draft = Pick<OutboxEntry, 'text' | 'choice' | 'platform' | 'location' | 'attachments'>;

export interface Outbox {
  readonly add: (owner: Owner, draft: Draft) => OutboxEntry;
  /** In the order in which they were typed. */
  readonly list: (owner: Owner) => OutboxEntry[];
  readonly nextToSend: (owner: Owner) => OutboxEntry | null;
  readonly refuse: (entry: OutboxEntry, why: Refusal) => void;
  /** A refused entry is to be sent after all. */
  readonly retry: (entry: OutboxEntry) => void;
  /** Acknowledged, or given up by the person. */
  readonly remove: (owner: Owner, clientIds: readonly (string | null)[]) => void;
}

export interface OutboxDeps {
  readonly storage: BrowserStorage;
  readonly now: () => number;
  readonly newClientId: () => string;
}

/** The desk keeps a file that was not sent for a day. */
export const FILE_GONE = 'attachment_not_found';
export const OUTBOX_PREFIX = `${PREFIX}out.`;
/** Milliseconds have 13 digits until the year 2286. */
const DIGITS = 15;

export function createOutbox({ storage, now, newClientId }: OutboxDeps): Outbox {
  const keyOf = ({ owner, at, clientId }: OutboxEntry): string =>
    `${OUTBOX_PREFIX}${owner}.${String(at).padStart(DIGITS, '0')}.${clientId}`;
  const write = (entry: OutboxEntry): void => storage.set(keyOf(entry), JSON.stringify(entry));
  const list = (owner: Owner): OutboxEntry[] =>
    storage
      .keys(PREFIX)
      .filter((key) => key.startsWith(`${OUTBOX_PREFIX}${owner}.`))
      .sort()
      .flatMap((key) => readEntry(storage.get(key)));

  return {
    list,
    add(owner, draft) {
      const before = list(owner).pop()?.at ?? 0;
      // The clock of a phone may be set back between two messages: their order does not follow it.
      const entry = { ...draft, owner, clientId: newClientId(), at: Math.max(now(), before + 1) };
      write(entry);
      return entry;
    },
    nextToSend: (owner) => list(owner).find(({ refused }) => refused === undefined) ?? null,
    refuse: (entry, refused) => write({ ...entry, refused }),
    retry(entry) {
      const { refused: _, ...asTyped } = entry;
      write(asTyped);
    },
    remove(owner, clientIds) {
      for (const entry of list(owner)) if (clientIds.includes(entry.clientId)) storage.remove(keyOf(entry));
    },
  };
}

export function commandOf({
  clientId,
  text,
  choice,
  platform,
  location,
  attachments,
}: OutboxEntry): SendCommand {
  return {
    clientId,
    text,
    ...(choice === undefined ? {} : { choice }),
    ...(platform === undefined ? {} : { platform }),
    ...(location === undefined ? {} : { location }),
    ...(attachments === undefined ? {} : { attachments: attachments.map(({ id }) => id) }),
  };
}

const NEVER_TAKEN: readonly string[] = ['invalid_request', 'payload_too_large', FILE_GONE];

/** Is it what was written that the desk does not want? Any other trouble may be over the next time. */
export function failsAsItIs(code: string): boolean {
  return code.startsWith('text_') || NEVER_TAKEN.includes(code);
}

/** Damaged entries are passed over. */
function readEntry(stored: string | null): OutboxEntry[] {
  try {
    const entry = JSON.parse(stored ?? '') as OutboxEntry;
    const { clientId, text, attachments = [] } = entry;
    return typeof clientId === 'string' && typeof text === 'string' && Array.isArray(attachments)
      ? [entry]
      : [];
  } catch {
    return [];
  }
}
