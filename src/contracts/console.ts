/**
 * What crosses the wire between the desk and the console of the staff: the socket (namespace /staff) and the reads
 * over REST (/api/v1/staff/…). Conversations and messages as staff see them.
 */

import { z } from 'zod';
import { typedText } from './answers.ts';
import type { StaffCallCommands, StaffCallFacts } from './calls.ts';
import {
  type Ack,
  type Author,
  clientId,
  conversationStatus,
  type MessageView,
  type redactedType,
} from './chat.ts';
import type { CorpusReleased } from './corpus-releases.ts';
import type { IncidentFacts } from './incidents.ts';
import { accountId, skill } from './staff.ts';
import type { TicketRow } from './tickets.ts';

export const STAFF_NAMESPACE = '/staff';

export const conversationId = z.string().regex(/^[0-9a-f]{24}$/);
const seq = z.int().min(1);

/** Why a person was asked for. */
export const handoverReason = z.enum([
  'asked',
  'unsure',
  'anger',
  'repeated',
  'negative-feedback',
  'marked-intent',
  'flow-failed',
]);
export type HandoverReason = z.infer<typeof handoverReason>;

/** Higher goes first; within one, whoever waits longest. */
export const PRIORITIES = { normal: 0, high: 1, front: 2 } as const;

/** Higher priority first; within one, whoever waits longest; at the same moment by id, so that all see the same. */
export function inQueueOrder(a: InQueue, b: InQueue): number {
  return b.priority - a.priority || a.queuedAt.getTime() - b.queuedAt.getTime() || (a.id < b.id ? -1 : 1);
}
interface InQueue {
  readonly id: string;
  readonly priority: number;
  readonly queuedAt: Date;
}

export type Person = { readonly id: string; readonly name: string };

/** A line of the inbox. */
export interface ConversationRow {
  readonly id: string;
  readonly status: z.infer<typeof conversationStatus>;
  /** null: unknown, as of most devices. */
  readonly contactName: string | null;
  /** What tells contacts without a name apart: "Khách 4F2A". */
  readonly contactLabel: string;
  readonly openedAt: string;
  /** When anything last happened in it, to the minute while only the bot speaks. */
  readonly activeAt: string;
  readonly reason: HandoverReason | null;
  readonly priority: number;
  readonly skill: string | null;
  /** Waiting since; null: it does not wait. */
  readonly queuedAt: string | null;
  readonly agent: Person | null;
  readonly joined: readonly Person[];
  readonly assignedAt: string | null;
  /** The contact wrote last and no person has answered since. */
  readonly waitsForAgent: boolean;
  readonly lastSeq: number;
  readonly lastMessage: { readonly author: Author; readonly text: string; readonly at: string } | null;
  readonly closedAt: string | null;
  readonly closeReason: string | null;
  readonly tags: readonly string[];
  readonly satisfaction: { readonly score: number; readonly comment: string } | null;
  /** Grows with every change of what stands here but the messages. */
  readonly revision: number;
}

/** What happened to the conversation; stored with a system message. */
export const conversationEvent = z.object({
  kind: z.enum([
    'claimed',
    'assigned',
    'transferred',
    'returned',
    'agent-gone',
    'taken-over',
    'joined',
    'to-bot',
    'closed',
    'reopened',
    'duty-ended',
  ]),
  by: z.object({ id: z.string(), name: z.string() }).nullable(),
  to: z.object({ id: z.string(), name: z.string() }).nullable(),
  skill: z.string().nullable(),
  /** For staff only. */
  note: z.string(),
});
export type ConversationEvent = z.infer<typeof conversationEvent>;

export const answerMark = z.enum(['right', 'wrong']);
export type AnswerMark = z.infer<typeof answerMark>;
/** What somebody of the staff says of an answer of the bot; everybody of the staff sees it. */
export interface MarkView {
  readonly mark: AnswerMark;
  readonly by: Person;
}

export interface StaffMessage extends MessageView {
  /** Who of the staff wrote it. */
  readonly agent: Person | null;
  readonly event: ConversationEvent | null;
  /** How the engine understood it; of messages to the bot only. */
  readonly understanding: {
    readonly decision: 'answer' | 'clarify' | 'unknown';
    readonly candidates: readonly {
      readonly intent: string;
      readonly title: string;
      readonly confidence: number;
    }[];
    readonly entities: readonly { readonly type: string; readonly value: string }[];
  } | null;
  /** Kinds of what is masked in it and may be shown by `value:reveal`, in the order of the text. */
  readonly sealed: readonly z.infer<typeof redactedType>[];
  /** What staff say of it; null: nothing, or it is no answer of the bot. */
  readonly mark: MarkView | null;
}

export interface Note {
  readonly id: string;
  readonly conversation: string;
  readonly author: Person;
  readonly text: string;
  /** Of a supervisor, to the agent who has the conversation. */
  readonly whisper: boolean;
  readonly at: string;
  /** The last message when it was written: it stands below that one. */
  readonly after: number;
}

export interface EarlierConversation {
  readonly id: string;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly status: z.infer<typeof conversationStatus>;
  readonly agent: Person | null;
  readonly closeReason: string | null;
  /** It is read from the archive. */
  readonly archived: boolean;
}
export interface ContactTicket {
  readonly code: string;
  readonly kind: string;
  readonly status: string;
  readonly createdAt: string;
  readonly content: string;
}
export interface ContactCard {
  readonly name: string | null;
  readonly label: string;
  readonly appVersion: string | null;
  readonly platform: 'android' | 'ios' | null;
  /** Of the profile that the host app vouched for: kinds that may be shown by `contact:reveal`. */
  readonly sealed: readonly ('phone' | 'bhxhNumber')[];
  /** What the messages name: platform, office, place, ticket code … newest first, each value once. */
  readonly entities: readonly { readonly type: string; readonly value: string }[];
  readonly conversations: readonly EarlierConversation[];
  readonly tickets: readonly ContactTicket[];
}

/** Who looks at a conversation just now. */
export type Viewer = Person & { readonly typing: boolean };

export interface ConversationOpened {
  readonly conversation: ConversationRow;
  readonly messages: readonly StaffMessage[];
  /** With `after`: there is still more behind the last one. Without: there is more before the first one. */
  readonly hasMore: boolean;
  readonly notes: readonly Note[];
  readonly contact: ContactCard;
  readonly contactOnline: boolean;
  /** The contact has got, and seen, everything up to here. */
  readonly deliveredSeq: number;
  readonly readSeq: number;
  readonly viewers: readonly Viewer[];
  readonly draft: string;
}

export const presenceState = z.enum(['online', 'away', 'offline']);
export type PresenceState = z.infer<typeof presenceState>;
export interface AgentOnDuty extends Person {
  readonly state: PresenceState;
  readonly capacity: number;
  readonly load: number;
  readonly skills: readonly string[];
}

export const openConversationCommand = z.strictObject({
  id: conversationId,
  after: z.int().min(0).optional(),
});
export const conversationCommand = z.strictObject({ id: conversationId });
export const staffSendCommand = z.strictObject({
  id: conversationId,
  clientId,
  text: z.union([typedText, z.literal('')]),
  /** Ids of `POST attachments`, sent along with the text. */
  attachments: z.array(z.string().max(100)).max(5).default([]),
});
export type StaffSendCommand = z.infer<typeof staffSendCommand>;
export const noteCommand = z.strictObject({
  id: conversationId,
  clientId,
  text: typedText,
  whisper: z.boolean().default(false),
});
export const transferCommand = z.strictObject({
  id: conversationId,
  to: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('agent'), agent: accountId }),
    /** Back to the queue: to those with the skill, or to everybody. */
    z.strictObject({ kind: z.literal('queue'), skill: skill.nullable() }),
    z.strictObject({ kind: z.literal('bot') }),
  ]),
  note: z.string().max(2_000).default(''),
});
export type TransferCommand = z.infer<typeof transferCommand>;
export const closeCommand = z.strictObject({
  id: conversationId,
  reason: z.string().trim().min(1).max(60),
  tags: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
});
export const staffHistoryCommand = z.strictObject({ id: conversationId, before: seq });
export const staffTypingCommand = z.strictObject({ id: conversationId, typing: z.boolean() });
export const staffReadCommand = z.strictObject({ id: conversationId, seq });
export const draftCommand = z.strictObject({ id: conversationId, text: z.string().max(4_000) });
export const presenceCommand = z.strictObject({ state: z.enum(['online', 'away']) });
export const revealCommand = z.strictObject({ id: conversationId, seq });
export type Revealed = { readonly values: readonly { readonly type: string; readonly value: string }[] };

type Command<Body, Data> = (body: Body, acknowledge: (ack: Ack<Data>) => void) => void;
type In<Schema extends z.ZodType> = z.input<Schema>;

/** Console → desk. Every command is acknowledged; those that name a conversation may be repeated. */
export interface StaffCommands extends StaffCallCommands {
  /** Who is here: who is on duty, and this person's own state. First after every connection. */
  'desk:enter': Command<
    Record<string, never>,
    { readonly agents: readonly AgentOnDuty[]; readonly me: AgentOnDuty }
  >;
  'presence:set': Command<In<typeof presenceCommand>, null>;
  /** Reads it and joins its facts. */
  'conversation:open': Command<In<typeof openConversationCommand>, ConversationOpened>;
  'conversation:leave': Command<In<typeof conversationCommand>, null>;
  /** Refused with `already_claimed`, naming who was quicker in `details`. */
  'conversation:claim': Command<In<typeof conversationCommand>, ConversationRow>;
  'conversation:takeOver': Command<In<typeof conversationCommand>, ConversationRow>;
  'conversation:join': Command<In<typeof conversationCommand>, ConversationRow>;
  'conversation:transfer': Command<In<typeof transferCommand>, ConversationRow>;
  'conversation:close': Command<In<typeof closeCommand>, ConversationRow>;
  'message:send': Command<In<typeof staffSendCommand>, { readonly message: StaffMessage }>;
  'note:add': Command<In<typeof noteCommand>, Note>;
  'history:read': Command<
    In<typeof staffHistoryCommand>,
    { readonly messages: readonly StaffMessage[]; readonly hasMore: boolean }
  >;
  'value:reveal': Command<In<typeof revealCommand>, Revealed>;
  /** The numbers of the contact's profile. */
  'contact:reveal': Command<In<typeof conversationCommand>, Revealed>;
  'draft:save': Command<In<typeof draftCommand>, null>;
  /** Volatile. */
  'typing:set': Command<In<typeof staffTypingCommand>, null>;
  'read:mark': Command<In<typeof staffReadCommand>, null>;
}

/** Desk → console. */
export interface StaffFacts extends StaffCallFacts, IncidentFacts {
  /** Of conversations that are open on this screen. */
  'message:sent': (fact: { readonly conversation: string; readonly message: StaffMessage }) => void;
  'message:changed': (fact: { readonly conversation: string; readonly message: StaffMessage }) => void;
  'note:added': (note: Note) => void;
  'viewers:changed': (fact: { readonly conversation: string; readonly viewers: readonly Viewer[] }) => void;
  'contact:typing': (fact: { readonly conversation: string; readonly typing: boolean }) => void;
  'contact:online': (fact: { readonly conversation: string; readonly online: boolean }) => void;
  'contact:got': (fact: {
    readonly conversation: string;
    readonly deliveredSeq: number;
    readonly readSeq: number;
  }) => void;
  /** To everybody: lists and boards look anew. Not of what contacts say to the bot. */
  'conversation:changed': (row: ConversationRow) => void;
  'conversation:erased': (fact: { readonly conversation: string }) => void;
  /** To one person: it is yours now, without your claiming it. */
  'conversation:assigned': (row: ConversationRow) => void;
  /** To one person: a supervisor whispers. */
  'whisper:heard': (note: Note) => void;
  /** To everybody: a ticket is new or changed. */
  'ticket:changed': (row: TicketRow) => void;
  /** To everybody: another release of the corpus answers. */
  'corpus:released': (fact: CorpusReleased) => void;
  'agents:changed': (agents: readonly AgentOnDuty[]) => void;
  /** Something may have happened that was not told: look anew. */
  'sync:needed': () => void;
  /** The session is over: sign in again. */
  'session:ended': () => void;
}

/* ————— Reads over REST ————— */

export const inboxView = z.enum(['queue', 'mine', 'all', 'closed']);
export type InboxView = z.infer<typeof inboxView>;
export const inboxQuery = z.strictObject({
  view: inboxView,
  /** Words, a ticket code or a phone number; accents do not matter. */
  q: z.string().trim().max(200).optional(),
  status: conversationStatus.optional(),
  agent: z.union([accountId, z.literal('none')]).optional(),
  reason: handoverReason.optional(),
  skill: skill.optional(),
  tag: z.string().max(40).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  cursor: z.string().max(200).optional(),
});
export type InboxQuery = z.infer<typeof inboxQuery>;
export interface InboxPage {
  readonly conversations: readonly (ConversationRow & {
    /** Where the words were found; null without a search. */
    readonly found: string | null;
  })[];
  readonly tickets: readonly ContactTicket[];
  /** For the next page; null: there is none. */
  readonly cursor: string | null;
  readonly counts: { readonly queue: number; readonly mine: number };
}

export const suggestionsQuery = z.strictObject({ conversation: conversationId });
export interface Suggestions {
  /** The contact's last message; null: nothing was said. */
  readonly seq: number | null;
  readonly entries: readonly {
    readonly intent: string;
    readonly title: string;
    /** 0..1, calibrated. */
    readonly confidence: number;
    readonly markdown: string;
  }[];
}
/** What the corpus has for words that somebody of the staff types. */
export const answerSearchQuery = z.strictObject({ q: typedText });
export type AnswersFound = Pick<Suggestions, 'entries'>;
export const proposalRequest = z.strictObject({
  conversation: conversationId,
  seq,
  intent: z.string().min(1).max(100),
});
export type ProposalRequest = z.infer<typeof proposalRequest>;

export interface Board {
  readonly at: string;
  readonly onDuty: boolean;
  readonly waiting: number;
  /** Milliseconds; null: nobody waits. */
  readonly longestWaitMs: number | null;
  readonly active: number;
  /** Today in Việt Nam. Lost: left the queue, or closed, before a person answered. */
  readonly today: {
    readonly requested: number;
    readonly answered: number;
    readonly lost: number;
    readonly closed: number;
    readonly medianWaitMs: number | null;
    readonly medianHandlingMs: number | null;
    /** Mean of 1 to 5, and how many gave one. */
    readonly satisfaction: number | null;
    readonly satisfactionCount: number;
  };
  /** By the hour of today, 0 to 23. */
  readonly hours: readonly { readonly hour: number; readonly requested: number; readonly answered: number }[];
  readonly agents: readonly (AgentOnDuty & { readonly closedToday: number })[];
}
