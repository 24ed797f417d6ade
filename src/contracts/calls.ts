/**
 * Calls of the hotline: those that run in the browser and those that an agent notes by hand. The sockets' commands and
 * facts of both sides (/chat and /staff), and the reads over REST (/api/v1/staff/calls).
 */
import { z } from 'zod';
import { type Ack, clientId } from './chat.ts';
import { ticketCode } from './tickets.ts';

/** voice: in the browser; phone: over the telephone, noted by hand. */
export const callKind = z.enum(['voice', 'phone']);
export type CallKind = z.infer<typeof callKind>;

/** missed: nobody took it; cancelled: the contact gave up; failed: it was taken, but the two did not reach each other. */
export const callStatus = z.enum(['ringing', 'accepted', 'ended', 'missed', 'cancelled', 'failed']);
export type CallStatus = z.infer<typeof callStatus>;

export const callDirection = z.enum(['inbound', 'outbound']);
export type CallDirection = z.infer<typeof callDirection>;

/** What came of it, as the agent sees it. */
export const callOutcome = z.enum(['solved', 'advised', 'ticket', 'call-again', 'no-answer', 'wrong-number']);
export type CallOutcome = z.infer<typeof callOutcome>;

export const callLevel = z.enum(['good', 'fair', 'poor']);
/** As one side measured it over the whole call. */
export const callQuality = z.strictObject({
  packetsLost: z.int().min(0).max(100_000_000),
  jitterMs: z.number().min(0).max(60_000),
  /** null: never measured, as in a call that was too short. */
  roundTripMs: z.number().min(0).max(60_000).nullable(),
  level: callLevel,
});
export type CallQuality = z.infer<typeof callQuality>;

export const callId = z.string().regex(/^[0-9a-f]{24}$/);
/** What a page names itself by in one call, so that its next connection is known again. */
const page = clientId;

/** As browsers understand it (RTCIceServer). */
export interface IceServer {
  readonly urls: string;
  readonly username?: string;
  readonly credential?: string;
}

/** How the two pages find each other, and what they tell one another. Passed on, never kept. */
export const callSignal = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['offer', 'answer']), sdp: z.string().max(16_000) }),
  z.strictObject({
    kind: z.literal('candidate'),
    candidate: z.string().max(1_000),
    sdpMid: z.string().max(64).nullable(),
    sdpMLineIndex: z.int().min(0).max(64).nullable(),
  }),
  /** The sender has put the other one on hold, or has come back. */
  z.strictObject({ kind: z.literal('held'), held: z.boolean() }),
]);
export type CallSignal = z.infer<typeof callSignal>;

/* ————— The contact's side ————— */

/** A call as the contact sees it. */
export interface CallView {
  readonly id: string;
  readonly status: CallStatus;
  /** The name of who took it. */
  readonly agent: string | null;
  readonly acceptedAt: string | null;
  /** Until it ends; then how long the two talked. */
  readonly durationMs: number | null;
}

export const startCallCommand = z.strictObject({ page });
export const pageOfCallCommand = z.strictObject({ call: callId, page });
export const signalCommand = z.strictObject({ call: callId, signal: callSignal });
export const endCallCommand = z.strictObject({
  call: callId,
  /** lost: the two pages do not reach each other. */
  reason: z.enum(['hung-up', 'lost']),
});
export const reportCallCommand = z.strictObject({ call: callId, quality: callQuality });

/** nobody: no agent is there and free; a callback is what can be offered. */
export type CallStarted =
  | { readonly outcome: 'ringing'; readonly call: CallView; readonly iceServers: readonly IceServer[] }
  | { readonly outcome: 'nobody' };
export type SignalPassed = { readonly delivered: boolean };

type Command<Body, Data> = (body: Body, acknowledge: (ack: Ack<Data>) => void) => void;
type In<Schema extends z.ZodType> = z.input<Schema>;

/** Contact → desk, once the conversation is open. Every command is acknowledged and may be repeated. */
export interface ContactCallCommands {
  /** Would anybody take a call now? */
  'call:check': Command<Record<string, never>, { readonly available: boolean }>;
  /** Rings with the agents who are there and free. The same page that asks again gets the same call. */
  'call:start': Command<In<typeof startCallCommand>, CallStarted>;
  /** The page has a new connection: it belongs to the call again, and hears how the call stands. */
  'call:resume': Command<In<typeof pageOfCallCommand>, CallView>;
  'call:signal': Command<In<typeof signalCommand>, SignalPassed>;
  'call:end': Command<In<typeof endCallCommand>, CallView>;
  /** How it sounded here; afterwards. */
  'call:report': Command<In<typeof reportCallCommand>, null>;
}

/** Desk → contact. */
export interface ContactCallFacts {
  'call:changed': (call: CallView) => void;
  'call:signal': (fact: { readonly call: string; readonly signal: CallSignal }) => void;
}

/* ————— The staff's side ————— */

/** A line of the call log. */
export interface CallRow {
  readonly id: string;
  readonly kind: CallKind;
  readonly direction: CallDirection;
  readonly status: CallStatus;
  readonly conversation: string | null;
  readonly contactName: string | null;
  /** Tells contacts without a name apart; null: nothing is known but the number. */
  readonly contactLabel: string | null;
  /** Masked: "0912•••678". null: none is known. */
  readonly number: string | null;
  readonly agent: { readonly id: string; readonly name: string } | null;
  readonly ringingAt: string;
  readonly acceptedAt: string | null;
  readonly endedAt: string | null;
  readonly endedBy: 'contact' | 'agent' | 'desk' | null;
  /** From being taken to the end. */
  readonly durationMs: number | null;
  readonly outcome: CallOutcome | null;
  readonly note: string;
  readonly ticket: string | null;
  /** The worse of what the two sides measured. */
  readonly quality: CallQuality | null;
  /** Of a missed one: when somebody called back. */
  readonly calledBackAt: string | null;
}

/** What is on in the moment, as one agent sees it. */
export interface LiveCalls {
  /** Calls that this agent may take. */
  readonly ringing: readonly CallRow[];
  /** The call that this agent has. */
  readonly own: CallRow | null;
}
export interface CallTaken {
  readonly call: CallRow;
  readonly iceServers: readonly IceServer[];
}

export interface StaffCallCommands {
  'call:live': Command<Record<string, never>, LiveCalls>;
  /** Refused with `call_taken`, naming who was quicker in `details`. */
  'call:accept': Command<In<typeof pageOfCallCommand>, CallTaken>;
  /** Rings here no longer. */
  'call:decline': Command<{ readonly call: string }, null>;
  'call:resume': Command<In<typeof pageOfCallCommand>, CallRow>;
  'call:signal': Command<In<typeof signalCommand>, SignalPassed>;
  'call:end': Command<In<typeof endCallCommand>, CallRow>;
  'call:report': Command<In<typeof reportCallCommand>, null>;
}
export const declineCallCommand = z.strictObject({ call: callId });

export interface StaffCallFacts {
  /** To those who may take it. */
  'call:ringing': (call: CallRow) => void;
  /** To everybody: lists look anew, and what rang is silent. */
  'call:changed': (call: CallRow) => void;
  'call:signal': (fact: { readonly call: string; readonly signal: CallSignal }) => void;
}

/* ————— The log over REST ————— */

/** As typed: digits in groups, with or without +84. */
export const phoneNumber = z
  .string()
  .trim()
  .regex(/^\+?[\d\s.\-()]{8,24}$/, 'phone_malformed')
  .refine((text) => /^\d{8,15}$/.test(text.replace(/\D/g, '')), 'phone_malformed');

export const callLogQuery = z.strictObject({
  view: z.enum(['all', 'mine', 'missed']).default('all'),
  kind: callKind.optional(),
  /** A whole number of a person. */
  number: phoneNumber.optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  cursor: z.string().max(100).optional(),
});
export type CallLogQuery = z.infer<typeof callLogQuery>;
export interface CallLogPage {
  readonly calls: readonly CallRow[];
  /** For the next page; null: there is none. */
  readonly cursor: string | null;
  /** Missed ones that nobody has called back. */
  readonly missed: number;
}

/** Either a number, or the missed call that is called back. */
export const callNoteRequest = z.strictObject({
  direction: callDirection,
  number: phoneNumber.optional(),
  calledBack: callId.optional(),
});
export type CallNoteRequest = z.infer<typeof callNoteRequest>;

export const callNoteChange = z.strictObject({
  contactName: z.string().trim().max(100).nullable().optional(),
  number: phoneNumber.optional(),
  outcome: callOutcome.nullable().optional(),
  note: z.string().max(4_000).optional(),
  /** The code of the ticket that was made of it. */
  ticket: ticketCode.optional(),
});
export type CallNoteChange = z.infer<typeof callNoteChange>;

/** What the desk knows of whoever has this number. */
export const callerQuery = z.strictObject({ number: phoneNumber });
export interface CallerFound {
  /** As it was last given. */
  readonly name: string | null;
  readonly conversations: readonly { readonly id: string; readonly label: string; readonly at: string }[];
  readonly tickets: readonly { readonly code: string; readonly kind: string; readonly status: string }[];
  readonly calls: readonly CallRow[];
}

/** What was noted, and the number as it is: each look is logged. */
export type NumberRevealed = { readonly number: string };
