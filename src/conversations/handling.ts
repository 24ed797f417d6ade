/**
 * What may happen to a conversation beside what is said in it: waiting for a person, being taken, handed on, closed.
 * Pure: (conversation, change) → the conversation afterwards and what is told of it, or why not.
 */
import {
  type ConversationEvent,
  type HandoverReason,
  type Person,
  PRIORITIES,
} from '../contracts/console.ts';
import type { ErrorCode } from '../contracts/error-codes.ts';
import type { Conversation, Stay } from './conversation.ts';

/** Who of the staff asks for it; `oversees`: may do so in the conversations of others. */
export interface Actor extends Person {
  readonly oversees: boolean;
}

export type Change =
  | { readonly kind: 'queue'; readonly reason: HandoverReason }
  /** The contact leaves the queue; the place is kept for a while. */
  | { readonly kind: 'leave' }
  | { readonly kind: 'claim'; readonly by: Actor }
  /** The desk gives it to somebody. */
  | { readonly kind: 'assign'; readonly to: Person }
  | { readonly kind: 'take-over'; readonly by: Actor }
  | { readonly kind: 'join'; readonly by: Actor }
  | { readonly kind: 'transfer'; readonly by: Actor; readonly to: Person; readonly note: string }
  | { readonly kind: 'return'; readonly by: Actor; readonly skill: string | null; readonly note: string }
  | { readonly kind: 'to-bot'; readonly by: Actor; readonly note: string }
  /** Whoever had it vanished. */
  | { readonly kind: 'agent-gone'; readonly agent: string }
  | { readonly kind: 'close'; readonly by: Actor; readonly reason: string; readonly tags: readonly string[] }
  /** By the contact. @param until as the settings have it */
  | { readonly kind: 'reopen'; readonly withinMs: number }
  /** Duty ended while it waits: it keeps its place. */
  | { readonly kind: 'duty-ended' };

export type Changed =
  | { readonly next: Conversation; readonly event: ConversationEvent | null }
  /** It is so already: the command came twice. */
  | { readonly same: true }
  | { readonly refused: ErrorCode; readonly details: readonly string[] };

/** Whoever leaves the queue for a callback and thinks better of it finds the place again. */
const PLACE_HELD_MS = 30 * 60 * 1000;
/** What does not wait for a free agent only, but hurts while it waits. */
const URGENT: ReadonlySet<HandoverReason> = new Set(['anger', 'flow-failed', 'negative-feedback']);

export function applyChange(conversation: Conversation, change: Change, now: Date): Changed {
  const { status } = conversation;
  switch (change.kind) {
    case 'queue':
      return status === 'bot' ? { next: enterQueue(conversation, change.reason, now), event: null } : late();
    case 'leave':
      return status === 'queued' ? { next: leaveQueue(conversation, now), event: null } : late();
    case 'claim':
    case 'assign':
      return take(conversation, change, now);
    case 'take-over':
      return takeOver(conversation, change.by, now);
    case 'join':
      return join(conversation, change.by);
    case 'transfer':
    case 'return':
    case 'to-bot':
      return handOn(conversation, change, now);
    case 'agent-gone':
      return status === 'active' && conversation.handling?.agent.id === change.agent
        ? {
            next: backToQueue(conversation, conversation.queue?.skill ?? null, now),
            event: told('agent-gone', { by: conversation.handling.agent }),
          }
        : late();
    case 'close':
      return close(conversation, change, now);
    case 'reopen':
      return reopen(conversation, change.withinMs, now);
    case 'duty-ended':
      return endDuty(conversation);
  }
}

/** May this person write in it, and hand it on? */
export function isHandledBy({ handling }: Conversation, { id }: { readonly id: string }): boolean {
  return handling !== null && (handling.agent.id === id || handling.joined.some((one) => one.id === id));
}

/** Until when the contact may reopen it; null: not, or no longer. */
export function reopenableUntil({ status, closing }: Conversation, withinMs: number, now: Date): Date | null {
  if (status !== 'closed' || closing === null) return null;
  const until = new Date(closing.at.getTime() + withinMs);
  return until > now ? until : null;
}

function enterQueue(conversation: Conversation, reason: HandoverReason, now: Date): Conversation {
  const { heldPlace, stays } = conversation;
  const queuedAt = heldPlace !== null && heldPlace.until > now ? heldPlace.queuedAt : now;
  const priority = URGENT.has(reason) ? PRIORITIES.high : PRIORITIES.normal;
  return changed(
    conversation,
    {
      status: 'queued',
      queue: { queuedAt, priority, skill: null, notTo: null, knowsDutyEnded: false },
      heldPlace: null,
      stays: [...stays, { reason, requestedAt: now, claimedAt: null, agent: null, endedAt: null, end: null }],
    },
    now,
  );
}

function leaveQueue(conversation: Conversation, now: Date): Conversation {
  const queuedAt = conversation.queue?.queuedAt ?? now;
  return changed(
    conversation,
    {
      status: 'bot',
      queue: null,
      heldPlace: { queuedAt, until: new Date(now.getTime() + PLACE_HELD_MS) },
      stays: endStay(conversation.stays, 'left', now),
    },
    now,
  );
}

function take(
  conversation: Conversation,
  change: Extract<Change, { kind: 'claim' | 'assign' }>,
  now: Date,
): Changed {
  const agent = change.kind === 'claim' ? change.by : change.to;
  // Of those with the bot an agent may take one too, without being asked.
  const isFree =
    conversation.status === 'queued' || (conversation.status === 'bot' && change.kind === 'claim');
  if (!isFree) {
    const holder = conversation.handling?.agent;
    if (holder?.id === agent.id) return { same: true };
    return holder === undefined ? late() : { refused: 'already_claimed', details: [holder.name] };
  }
  const event = change.kind === 'claim' ? told('claimed', { by: agent }) : told('assigned', { to: agent });
  return { next: giveTo(conversation, agent, now), event };
}

function takeOver(conversation: Conversation, by: Actor, now: Date): Changed {
  const { status, handling } = conversation;
  if (handling?.agent.id === by.id) return { same: true };
  if (status !== 'queued' && status !== 'active') return late();
  return { next: giveTo(conversation, by, now), event: told('taken-over', { by }) };
}

function join(conversation: Conversation, by: Actor): Changed {
  const { handling, activeAt } = conversation;
  if (handling === null) return late();
  if (isHandledBy(conversation, by)) return { same: true };
  const joined = [...handling.joined, personOf(by)];
  return {
    next: changed(conversation, { handling: { ...handling, joined } }, activeAt),
    event: told('joined', { by }),
  };
}

function handOn(
  conversation: Conversation,
  change: Extract<Change, { kind: 'transfer' | 'return' | 'to-bot' }>,
  now: Date,
): Changed {
  const { by, note } = change;
  if (isHandedOn(conversation, change)) return { same: true };
  const refusal = refuseStranger(conversation, by);
  if (refusal !== null) return refusal;
  if (change.kind === 'transfer') {
    const event = told('transferred', { by, to: change.to, note });
    return { next: giveTo(conversation, change.to, now), event };
  }
  if (change.kind === 'return') {
    const event = told('returned', { by, skill: change.skill, note });
    return { next: backToQueue(conversation, change.skill, now), event };
  }
  const stays = endStay(conversation.stays, 'to-bot', now);
  const free = { status: 'bot', queue: null, handling: null, waitsForAgent: false, stays } as const;
  return { next: changed(conversation, free, now), event: told('to-bot', { by, note }) };
}

/** Is it where it was to go? Whoever handed it on has it no longer, and could not repeat the command otherwise. */
function isHandedOn(
  { status, queue, handling, stays }: Conversation,
  change: Extract<Change, { kind: 'transfer' | 'return' | 'to-bot' }>,
): boolean {
  if (change.kind === 'transfer') return handling?.agent.id === change.to.id;
  const last = stays.at(-1);
  if (!change.by.oversees && last?.agent?.id !== change.by.id) return false;
  if (change.kind === 'to-bot') return status === 'bot' && last?.end === 'to-bot';
  return queue?.priority === PRIORITIES.front && queue.skill === change.skill;
}

function close(conversation: Conversation, change: Extract<Change, { kind: 'close' }>, now: Date): Changed {
  const { by, reason, tags } = change;
  if (conversation.status === 'closed' && conversation.closing?.by?.id === by.id) return { same: true };
  const refusal = refuseStranger(conversation, by);
  if (refusal !== null) return refusal;
  const next = changed(
    conversation,
    {
      status: 'closed',
      queue: null,
      handling: null,
      waitsForAgent: false,
      closing: { at: now, by: personOf(by), reason, tags },
      stays: endStay(conversation.stays, 'closed', now),
    },
    now,
  );
  return { next, event: told('closed', { by }) };
}

function reopen(conversation: Conversation, withinMs: number, now: Date): Changed {
  const { status } = conversation;
  if (status === 'queued' || status === 'active') return { same: true };
  if (status !== 'closed') return late();
  if (reopenableUntil(conversation, withinMs, now) === null)
    return { refused: 'reopen_expired', details: [] };
  const queued = enterQueue({ ...conversation, heldPlace: null }, 'asked', now);
  const queue = queued.queue && { ...queued.queue, priority: PRIORITIES.high };
  return { next: { ...queued, queue, closing: null }, event: told('reopened', {}) };
}

function endDuty(conversation: Conversation): Changed {
  const { queue, activeAt } = conversation;
  if (queue === null) return late();
  if (queue.knowsDutyEnded) return { same: true };
  return {
    next: changed(conversation, { queue: { ...queue, knowsDutyEnded: true } }, activeAt),
    event: told('duty-ended', {}),
  };
}

function giveTo(conversation: Conversation, agent: Person, now: Date): Conversation {
  const stays = conversation.stays.map((stay, at) =>
    at === conversation.stays.length - 1 && stay.endedAt === null
      ? { ...stay, claimedAt: stay.claimedAt ?? now, agent: personOf(agent) }
      : stay,
  );
  const handling = { agent: personOf(agent), joined: [], since: now };
  return changed(conversation, { status: 'active', queue: null, handling, waitsForAgent: true, stays }, now);
}

/** In front: who was served already has waited once. */
function backToQueue(conversation: Conversation, skill: string | null, now: Date): Conversation {
  const notTo = conversation.handling?.agent.id ?? null;
  const queue = { queuedAt: now, priority: PRIORITIES.front, skill, notTo, knowsDutyEnded: false };
  return changed(conversation, { status: 'queued', queue, handling: null }, now);
}

function refuseStranger(
  conversation: Conversation,
  by: Actor,
): Extract<Changed, { refused: unknown }> | null {
  const { status, handling } = conversation;
  if (status !== 'active' && !(status === 'queued' && by.oversees)) return late();
  if (by.oversees || isHandledBy(conversation, by)) return null;
  return { refused: 'not_yours', details: handling === null ? [] : [handling.agent.name] };
}

function endStay(stays: readonly Stay[], end: Stay['end'], now: Date): readonly Stay[] {
  return stays.map((stay, at) =>
    at === stays.length - 1 && stay.endedAt === null ? { ...stay, endedAt: now, end } : stay,
  );
}

function changed(conversation: Conversation, what: Partial<Conversation>, activeAt: Date): Conversation {
  return { ...conversation, ...what, activeAt, revision: conversation.revision + 1 };
}

const personOf = ({ id, name }: Person): Person => ({ id, name });

function told(
  kind: ConversationEvent['kind'],
  {
    by = null,
    to = null,
    skill = null,
    note = '',
  }: { by?: Person | null; to?: Person | null; skill?: string | null; note?: string },
): ConversationEvent {
  return { kind, by: by && personOf(by), to: to && personOf(to), skill, note };
}

const late = (): Extract<Changed, { refused: unknown }> => ({ refused: 'not_possible_now', details: [] });
