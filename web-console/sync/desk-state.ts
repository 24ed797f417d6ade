/** All that the screens show of what comes over the socket. */
import type {
  AgentOnDuty,
  ContactCard,
  ConversationRow,
  Note,
  StaffMessage,
  Viewer,
} from '../../src/contracts/console.ts';
import { EMPTY, type Transcript } from '../../web-sync/transcript.ts';
import type { OutboxEntry } from './outbox.ts';

export type Link =
  /** The first try is under way. */
  | 'connecting'
  | 'online'
  /** Cut off; it tries again by itself. */
  | 'waiting'
  /** The device itself says that it has no network. */
  | 'offline'
  /** Connected, but the desk cannot store anything now. */
  | 'degraded';

/** A conversation that is open on this screen. */
export interface OpenConversation {
  readonly id: string;
  /** opening: its first page is on its way; archived: it is read elsewhere; missing: erased, or never was. */
  readonly phase: 'opening' | 'open' | 'archived' | 'missing';
  readonly row: ConversationRow | null;
  readonly transcript: Transcript<StaffMessage>;
  /** In the order in which they were written. */
  readonly notes: readonly Note[];
  readonly contact: ContactCard | null;
  readonly contactOnline: boolean;
  readonly contactTyping: boolean;
  readonly deliveredSeq: number;
  readonly readSeq: number;
  /** Other people; not this one. */
  readonly viewers: readonly Viewer[];
  /** As the desk keeps it. */
  readonly draft: string;
  readonly loadingEarlier: boolean;
  /** The newest message when it was opened: what lies behind it came while the person was here. */
  readonly openedAtSeq: number;
}

export interface DeskState {
  readonly link: Link;
  readonly agents: readonly AgentOnDuty[];
  /** null: the desk was not entered yet. */
  readonly me: AgentOnDuty | null;
  readonly conversations: ReadonlyMap<string, OpenConversation>;
  readonly pending: readonly OutboxEntry[];
  /** The clientIds of what is on its way. */
  readonly sending: ReadonlySet<string>;
}

export function initialDeskState(pending: readonly OutboxEntry[]): DeskState {
  return {
    link: 'connecting',
    agents: [],
    me: null,
    conversations: new Map(),
    pending,
    sending: new Set(),
  };
}

export function opening(id: string): OpenConversation {
  return {
    id,
    phase: 'opening',
    row: null,
    transcript: EMPTY,
    notes: [],
    contact: null,
    contactOnline: false,
    contactTyping: false,
    deliveredSeq: 0,
    readSeq: 0,
    viewers: [],
    draft: '',
    loadingEarlier: false,
    openedAtSeq: 0,
  };
}

/** Of two rows of the same conversation, the one that is newer: facts may overtake answers. */
export function newerRow(known: ConversationRow | null, row: ConversationRow): ConversationRow {
  if (known === null || row.revision > known.revision) return row;
  return row.revision === known.revision && row.lastSeq >= known.lastSeq ? row : known;
}

/** The same note may come as an answer and as a fact. */
export function withNotes(known: readonly Note[], arrived: readonly Note[]): readonly Note[] {
  const ids = new Set(arrived.map(({ id }) => id));
  return [...known.filter(({ id }) => !ids.has(id)), ...arrived].sort(
    (a, b) => a.after - b.after || a.at.localeCompare(b.at),
  );
}

/** The contact's last message that is here. */
export function lastOfContact(messages: readonly StaffMessage[]): StaffMessage | null {
  return messages.findLast(({ author }) => author === 'contact') ?? null;
}
