/**
 * Tickets: what chat could not finish. Kinds and states wherever they are shown; what crosses the wire between the
 * desk and the console (/api/v1/staff/tickets…). The citizen's part is in citizen-tickets.ts.
 */
import { z } from 'zod';
import { typedText } from './answers.ts';
import type { Bubble } from './chat.ts';
import { accountId } from './staff.ts';

export const ticketKind = z.enum(['complaint', 'feedback', 'callback', 'question']);
export type TicketKind = z.infer<typeof ticketKind>;

/** What a complaint is by law: phản ánh, kiến nghị, khiếu nại, tố cáo. */
export const complaintType = z.enum(['report', 'petition', 'grievance', 'denunciation']);
export type ComplaintType = z.infer<typeof complaintType>;

export const ticketStatus = z.enum(['new', 'in_progress', 'waiting', 'resolved', 'closed']);
export type TicketStatus = z.infer<typeof ticketStatus>;

/** How it ended; while it is open there is none. */
export const ticketOutcome = z.enum(['solved', 'rejected', 'merged', 'erased']);
export type TicketOutcome = z.infer<typeof ticketOutcome>;

export const ticketPriority = z.enum(['low', 'normal', 'high', 'urgent']);
export type TicketPriority = z.infer<typeof ticketPriority>;

export const ticketSource = z.enum(['bot', 'agent', 'phone', 'email', 'form']);
export type TicketSource = z.infer<typeof ticketSource>;

/** What a call back came to. */
export const callOutcome = z.enum(['reached', 'no-answer', 'busy', 'wrong-number', 'later']);
export type CallOutcome = z.infer<typeof callOutcome>;

export const ticketCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^(?:PA|GY|GL|CH)-[2-9A-HJKMNP-Z]{6}$/)
  .describe('Such as PA-7K3F9Q');

/** What a ticket is made of, whoever asks for it. */
export interface TicketDraft {
  readonly kind: TicketKind;
  /** Of complaints only. */
  readonly complaintType: ComplaintType | null;
  readonly content: string;
  readonly office: string | null;
  /** National form, such as 0912345678. */
  readonly phone: string | null;
  readonly email: string | null;
  readonly name: string | null;
  /** When to call back, in the contact's words. */
  readonly callAt: string | null;
  /** Satisfaction, 1 to 5. */
  readonly score: number | null;
}

const phone = z
  .string()
  .trim()
  .transform((typed) => typed.replace(/[\s.()-]/g, '').replace(/^\+?84(?=\d{9,10}$)/, '0'))
  .pipe(z.string().regex(/^0\d{9,10}$/, { error: 'phone_malformed' }))
  .describe('National form, such as 0912345678; spaces, dots and +84 are taken off');
const email = z.email({ error: 'email_malformed' }).max(200);
const name = z.string().trim().max(100);
const word = z.string().trim().min(1).max(60);
const text = typedText;
/** Ids of an upload, sent along with a text. */
const attachments = z.array(z.string().max(100)).max(5).default([]);

/** Fields of forms, whoever fills them in. */
export const ticketFields = { phone, email, name, text, attachments } as const;

/* ————— What the staff see: /api/v1/staff/tickets ————— */

export interface TicketPerson {
  readonly id: string;
  readonly name: string;
}

/** Where one of the two deadlines stands. Times in working hours of the duty calendar. */
export interface DeadlineView {
  /** When it is due, as things stand; null: it stands still (waiting for the citizen), or is over. */
  readonly dueAt: string | null;
  /** met: in time; missed: met, but late. */
  readonly state: 'running' | 'warned' | 'breached' | 'paused' | 'met' | 'missed';
  readonly limitMinutes: number;
  readonly usedMinutes: number;
}

/** A line of the list. Numbers and addresses are masked. */
export interface TicketRow {
  readonly code: string;
  readonly kind: TicketKind;
  readonly complaintType: ComplaintType | null;
  readonly status: TicketStatus;
  readonly outcome: TicketOutcome | null;
  readonly priority: TicketPriority;
  /** The beginning of what it is about. */
  readonly excerpt: string;
  readonly contact: {
    readonly name: string | null;
    readonly phone: string | null;
    readonly email: string | null;
  };
  readonly category: string | null;
  readonly office: string | null;
  readonly assignee: TicketPerson | null;
  readonly tags: readonly string[];
  readonly source: TicketSource;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly firstResponse: DeadlineView;
  readonly resolution: DeadlineView;
  /** The citizen wrote last. */
  readonly unanswered: boolean;
  /** Of calls back: in the contact's words, and the stretch of working time that they come to. */
  readonly callAt: string | null;
  readonly promised: { readonly from: string; readonly to: string } | null;
  readonly attempts: number;
  readonly satisfaction: { readonly score: number; readonly comment: string } | null;
  readonly revision: number;
}

/** Who did it: somebody of the staff, the citizen, or the desk itself. */
export type TicketActor =
  | { readonly kind: 'staff'; readonly id: string; readonly name: string }
  | { readonly kind: 'citizen' }
  | { readonly kind: 'desk' };

export const ticketEntryKind = z.enum([
  'created',
  /** Public: to the citizen. */
  'reply',
  /** For staff only. */
  'note',
  /** From the citizen. */
  'information',
  'status',
  /** A field other than the status: `field`, `from`, `to`. */
  'field',
  'call',
  'merge',
  'link',
  'deadline',
  'rating',
  'erasure',
]);
export type TicketEntryKind = z.infer<typeof ticketEntryKind>;

export type TicketFile = Extract<Bubble, { kind: 'file' }>;

/** One line of the history. */
export interface TicketEntryView {
  readonly id: number;
  readonly at: string;
  readonly by: TicketActor;
  readonly kind: TicketEntryKind;
  /**
   * Of `status` the states; of `field` the values as shown; of `merge` and `link` the other one's code or id in `to`;
   * of `call` the outcome in `to`; of `deadline` firstResponse or resolution in `from` and warned or breached in `to`.
   */
  readonly field: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly text: string;
  /** Of a mail: what was quoted or signed, to be folded. */
  readonly quoted: string;
  readonly attachments: readonly TicketFile[];
  /** Of `reply` and `information`: how it came or went. */
  readonly via: 'web' | 'email' | 'chat' | 'phone' | null;
}

export interface TicketDetail extends TicketRow {
  readonly content: string;
  readonly reason: string | null;
  readonly mergedInto: string | null;
  readonly conversation: string | null;
  readonly attachments: readonly TicketFile[];
  /** Oldest first. */
  readonly entries: readonly TicketEntryView[];
  /** What may be done next, by the state machine. */
  readonly transitions: readonly TicketStatus[];
  readonly erasedAt: string | null;
}

export const ticketView = z.enum(['open', 'mine', 'unassigned', 'overdue', 'callbacks', 'all']);
export type TicketView = z.infer<typeof ticketView>;
export const ticketSort = z.enum(['updated', 'created', 'due', 'promised']);

const many = <Value extends string>(schema: z.ZodType<Value, string>) =>
  z
    .string()
    .max(200)
    .transform((list) => list.split(','))
    .pipe(z.array(schema).max(10));

export const ticketFilter = z.strictObject({
  view: ticketView.default('open'),
  /** Words, a code, a phone number or an address; accents do not matter. */
  q: z.string().trim().max(200).optional(),
  /** Several, with commas between them. */
  status: many(ticketStatus).optional(),
  kind: many(ticketKind).optional(),
  priority: many(ticketPriority).optional(),
  source: ticketSource.optional(),
  assignee: z.union([accountId, z.literal('none')]).optional(),
  office: z.string().trim().max(200).optional(),
  category: word.optional(),
  tag: z.string().max(40).optional(),
  /** Days of creation, both included. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});
export type TicketFilter = z.infer<typeof ticketFilter>;
export const ticketQuery = ticketFilter.extend({
  sort: ticketSort.default('updated'),
  cursor: z.string().max(300).optional(),
});
export type TicketQuery = z.infer<typeof ticketQuery>;
export interface TicketPage {
  readonly tickets: readonly TicketRow[];
  /** For the next page; null: there is none. */
  readonly cursor: string | null;
}
/** How many there are in each view; counted up to `most` and no further. */
export interface TicketCounts {
  readonly most: number;
  readonly counts: Readonly<Record<Exclude<TicketView, 'all'>, number>>;
}

export const newTicket = z.strictObject({
  /** Makes repeating harmless: with the same key there is one ticket. */
  key: z.string().regex(/^[\w-]{8,64}$/),
  kind: ticketKind,
  complaintType: complaintType.nullable().default(null),
  content: text,
  name: name.default(''),
  phone: phone.or(z.literal('')).default(''),
  email: email.or(z.literal('')).default(''),
  office: z.string().trim().max(200).default(''),
  category: word.nullable().default(null),
  priority: ticketPriority.default('normal'),
  callAt: z.string().trim().max(200).default(''),
  tags: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
  source: z.enum(['agent', 'phone']).default('agent'),
  conversation: z
    .string()
    .regex(/^[0-9a-f]{24}$/)
    .nullable()
    .default(null),
});
export type NewTicket = z.infer<typeof newTicket>;

/** One change of a ticket. Those that were made upon an older state are judged by today's. */
export const ticketChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('assign'), to: accountId.nullable() }),
  z.strictObject({ kind: z.literal('priority'), to: ticketPriority }),
  z.strictObject({ kind: z.literal('category'), to: word.nullable() }),
  z.strictObject({ kind: z.literal('office'), to: z.string().trim().max(200).nullable() }),
  z.strictObject({ kind: z.literal('complaintType'), to: complaintType }),
  z.strictObject({ kind: z.literal('tags'), add: z.array(word).max(20), remove: z.array(word).max(20) }),
  z.strictObject({
    kind: z.literal('contact'),
    name,
    phone: phone.or(z.literal('')),
    email: email.or(z.literal('')),
  }),
  z.strictObject({ kind: z.literal('start') }),
  z.strictObject({ kind: z.literal('wait') }),
  z.strictObject({ kind: z.literal('resolve') }),
  z.strictObject({ kind: z.literal('close') }),
  z.strictObject({ kind: z.literal('reopen'), reason: z.string().trim().max(500).default('') }),
  /** The citizen is told the reason. */
  z.strictObject({ kind: z.literal('reject'), reason: z.string().trim().min(1).max(2_000) }),
  z.strictObject({
    kind: z.literal('call'),
    outcome: callOutcome,
    note: z.string().trim().max(2_000).default(''),
    /** Of `later`: when to call instead, in words such as "9h sáng mai". */
    callAt: z.string().trim().max(200).default(''),
  }),
  z.strictObject({ kind: z.literal('link'), conversation: z.string().regex(/^[0-9a-f]{24}$/) }),
]);
export type TicketChangeRequest = z.infer<typeof ticketChange>;

export const ticketReply = z.strictObject({
  /** Makes repeating harmless. */
  key: z.string().regex(/^[\w-]{8,64}$/),
  text,
  attachments,
  /** What becomes of the ticket with it; null: it is being worked on. */
  next: z.enum(['waiting', 'resolved']).nullable().default(null),
});
export const ticketNote = z.strictObject({ key: z.string().regex(/^[\w-]{8,64}$/), text, attachments });
/** `anyway`: also where the two have other phone numbers and addresses, and may be of two persons. */
export const ticketMerge = z.strictObject({ into: ticketCode, anyway: z.boolean().default(false) });

/** The same change for many; each is judged for itself. */
export const bulkChange = z.strictObject({
  codes: z.array(ticketCode).min(1).max(200),
  change: ticketChange,
});
export interface BulkResult {
  readonly done: readonly string[];
  readonly refused: readonly { readonly code: string; readonly message: string }[];
}
/** In the clear. */
export interface TicketContact {
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  /** What was masked in what the citizen wrote. */
  readonly numbers: readonly { readonly type: string; readonly value: string }[];
}

/** A filter that somebody keeps under a name. */
export const savedFilterDraft = z.strictObject({
  name: word,
  /** The query as it stands in the address bar. */
  query: z.string().max(1_000),
  /** For all of the staff, not for oneself only. */
  shared: z.boolean(),
});
export type SavedFilterDraft = z.infer<typeof savedFilterDraft>;
export interface SavedFilter extends SavedFilterDraft {
  readonly id: string;
  readonly mine: boolean;
}
export interface SavedFilterList {
  readonly filters: readonly SavedFilter[];
}
