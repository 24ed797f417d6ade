/** A call of the hotline: the type, and what may become of it. Pure. */
import type { CallDirection, CallKind, CallOutcome, CallQuality, CallStatus } from '../contracts/calls.ts';

export type Side = 'contact' | 'agent';

export interface Call {
  readonly id: string;
  readonly kind: CallKind;
  readonly direction: CallDirection;
  readonly status: CallStatus;
  /** Grows with every transition: whoever makes one names the call as it was read. */
  readonly revision: number;
  /** Of a voice call, whose it is. */
  readonly contact: string | null;
  readonly conversation: string | null;
  readonly contactName: string | null;
  readonly number: SealedNumber | null;
  readonly agent: { readonly id: string; readonly name: string } | null;
  /** Agents who would rather not. */
  readonly declinedBy: readonly string[];
  /** What the two pages name themselves by. */
  readonly pages: Readonly<Record<Side, string | null>>;
  /** When a node last had a connection to each page; of voice calls that are on. */
  readonly seenAt: Readonly<Record<Side, Date | null>>;
  readonly ringingAt: Date;
  readonly acceptedAt: Date | null;
  readonly endedAt: Date | null;
  readonly endedBy: Side | 'desk' | null;
  readonly outcome: CallOutcome | null;
  readonly note: string;
  /** The code of a ticket that was made of it. */
  readonly ticket: string | null;
  readonly quality: Readonly<Record<Side, CallQuality | null>>;
  readonly calledBackAt: Date | null;
  /** Its end is yet to be told in the conversation. */
  readonly untold: boolean;
}

/** Of a new call whatever its kind, nothing being known yet. */
export const NEW_CALL: Omit<Call, 'id' | 'kind' | 'direction' | 'status' | 'ringingAt'> = {
  revision: 1,
  contact: null,
  conversation: null,
  contactName: null,
  number: null,
  agent: null,
  declinedBy: [],
  pages: { contact: null, agent: null },
  seenAt: { contact: null, agent: null },
  acceptedAt: null,
  endedAt: null,
  endedBy: null,
  outcome: null,
  note: '',
  ticket: null,
  quality: { contact: null, agent: null },
  calledBackAt: null,
  untold: false,
};

export interface SealedNumber {
  readonly sealed: string;
  /** "0912•••678". */
  readonly masked: string;
  /** By which it is found, and cannot be read. */
  readonly words: readonly string[];
}

/** Longer than this nobody listens to a ringing tone. */
export const RINGS_FOR_MS = 45_000;
/** So long a page may be without a connection: phones change from Wi-Fi to mobile, desks are restarted. */
export const PAGE_GRACE_MS = 12_000;
/** A note of a telephone call that nobody closed. */
export const LONGEST_NOTE_MS = 4 * 60 * 60 * 1_000;

export type CallChange =
  | {
      readonly kind: 'accept';
      readonly by: { readonly id: string; readonly name: string };
      readonly page: string;
    }
  | { readonly kind: 'decline'; readonly by: string }
  /** lost: the pages do not reach each other. */
  | { readonly kind: 'end'; readonly by: Side; readonly reason: 'hung-up' | 'lost' }
  /** Nobody takes it. */
  | { readonly kind: 'miss' }
  /** A page is gone. */
  | { readonly kind: 'vanish'; readonly side: Side };

export type CallChanged =
  | { readonly next: Call }
  /** It is so already: the command came twice. */
  | { readonly same: true }
  | { readonly refused: 'call_taken' | 'call_over'; readonly details: readonly string[] };

export const isLive = ({ status }: Pick<Call, 'status'>): boolean =>
  status === 'ringing' || status === 'accepted';

export function applyCallChange(call: Call, change: CallChange, now: Date): CallChanged {
  switch (change.kind) {
    case 'accept':
      return accept(call, change, now);
    case 'decline':
      if (call.status !== 'ringing' || call.declinedBy.includes(change.by)) return { same: true };
      return { next: changed(call, { declinedBy: [...call.declinedBy, change.by] }) };
    case 'end':
      if (!isLive(call)) return { same: true };
      if (change.reason === 'lost' && call.status === 'accepted')
        return { next: over(call, 'failed', change.by, now) };
      return { next: hangUp(call, change.by, now) };
    case 'miss':
      return call.status === 'ringing' ? { next: over(call, 'missed', 'desk', now) } : { same: true };
    case 'vanish':
      if (!isLive(call)) return { same: true };
      return { next: hangUp(call, change.side, now) };
  }
}

function accept(call: Call, { by, page }: Extract<CallChange, { kind: 'accept' }>, now: Date): CallChanged {
  const { status, agent, pages } = call;
  if (status === 'accepted' && agent?.id === by.id && pages.agent === page) return { same: true };
  if (status === 'accepted') return { refused: 'call_taken', details: agent === null ? [] : [agent.name] };
  if (status !== 'ringing')
    return agent === null
      ? { refused: 'call_over', details: [] }
      : { refused: 'call_taken', details: [agent.name] };
  return {
    next: changed(call, {
      status: 'accepted',
      agent: { id: by.id, name: by.name },
      acceptedAt: now,
      pages: { ...pages, agent: page },
      seenAt: { ...call.seenAt, agent: now },
    }),
  };
}

/** Before anybody took it, ending is giving up. */
function hangUp(call: Call, by: Side, now: Date): Call {
  return over(call, call.status === 'ringing' ? 'cancelled' : 'ended', by, now);
}

function over(call: Call, status: CallStatus, endedBy: Side | 'desk', now: Date): Call {
  return changed(call, { status, endedBy, endedAt: now, untold: call.conversation !== null });
}

function changed(call: Call, what: Partial<Call>): Call {
  return { ...call, ...what, revision: call.revision + 1 };
}

/** What time has made of a call that is on; null: nothing. */
export function dueChange(call: Call, now: Date): CallChange | null {
  const at = now.getTime();
  if (call.kind === 'phone') {
    const isForgotten = at - call.ringingAt.getTime() >= LONGEST_NOTE_MS;
    return call.status === 'accepted' && isForgotten ? { kind: 'vanish', side: 'agent' } : null;
  }
  const isGone = (side: Side): boolean => at - (call.seenAt[side]?.getTime() ?? 0) > PAGE_GRACE_MS;
  if (call.status === 'ringing') {
    if (isGone('contact')) return { kind: 'vanish', side: 'contact' };
    return at - call.ringingAt.getTime() >= RINGS_FOR_MS ? { kind: 'miss' } : null;
  }
  if (call.status !== 'accepted') return null;
  if (isGone('contact')) return { kind: 'vanish', side: 'contact' };
  return isGone('agent') ? { kind: 'vanish', side: 'agent' } : null;
}

/** How long the two talked; null: they never did, or they still do. */
export function durationOf({ acceptedAt, endedAt }: Call): number | null {
  return acceptedAt === null || endedAt === null ? null : endedAt.getTime() - acceptedAt.getTime();
}

const LEVELS = ['good', 'fair', 'poor'] as const;

/** The worse of what the two sides measured. */
export function qualityOf({ quality: { contact, agent } }: Call): CallQuality | null {
  if (contact === null || agent === null) return contact ?? agent;
  const trips = [contact.roundTripMs, agent.roundTripMs].filter((trip) => trip !== null);
  return {
    packetsLost: Math.max(contact.packetsLost, agent.packetsLost),
    jitterMs: Math.max(contact.jitterMs, agent.jitterMs),
    roundTripMs: trips.length === 0 ? null : Math.max(...trips),
    level: LEVELS[Math.max(LEVELS.indexOf(contact.level), LEVELS.indexOf(agent.level))] ?? 'poor',
  };
}

/** As it is kept and looked for: digits, in the national form. */
export function normalizeNumber(text: string): string {
  const digits = text.replace(/\D/g, '');
  return text.trim().startsWith('+') || digits.length > 10 ? digits.replace(/^84(?=\d{9}$)/, '0') : digits;
}

const SHOWN_AHEAD = 4;
const SHOWN_BEHIND = 3;

/** "0912•••678": enough to see whether it is the right one. */
export function maskNumber(number: string): string {
  return `${number.slice(0, SHOWN_AHEAD)}•••${number.slice(-SHOWN_BEHIND)}`;
}

/** What is said of its end in the conversation; null: nothing. */
export function writeCallNotice(call: Call): string | null {
  const durationMs = durationOf(call);
  const who = call.agent === null ? '' : ` với ${call.agent.name}`;
  switch (call.status) {
    case 'ended':
      return `Cuộc gọi thoại ${sayDuration(durationMs ?? 0)}${who}.`;
    case 'failed':
      return `Cuộc gọi thoại${who} bị gián đoạn vì kết nối kém.`;
    case 'missed':
      return 'Cuộc gọi thoại chưa có nhân viên nghe máy.';
    default:
      return null;
  }
}

/** "2 phút 05 giây", "40 giây". */
function sayDuration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const rest = seconds % 60;
  return seconds < 60
    ? `${seconds} giây`
    : `${Math.floor(seconds / 60)} phút ${String(rest).padStart(2, '0')} giây`;
}
