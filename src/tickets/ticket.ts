/** What chat could not finish: one matter with a code, a history and two deadlines. */
import type {
  TicketActor,
  TicketDraft,
  TicketEntryKind,
  TicketEntryView,
  TicketFile,
  TicketOutcome,
  TicketPerson,
  TicketPriority,
  TicketSource,
  TicketStatus,
} from '../contracts/tickets.ts';
import { type Clock, wakeTimeOf } from './deadlines.ts';

export interface TicketEntry {
  /** 1, 2, 3 … */
  readonly id: number;
  readonly at: Date;
  readonly by: TicketActor;
  readonly kind: TicketEntryKind;
  /** What made it: the same key makes no second one; null: cannot come twice. */
  readonly key: string | null;
  readonly field: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly text: string;
  readonly quoted: string;
  readonly attachments: readonly TicketFile[];
  readonly via: TicketEntryView['via'];
}

export interface TicketSummary extends TicketDraft {
  readonly code: string;
  readonly status: TicketStatus;
  readonly outcome: TicketOutcome | null;
  /** Why it was not taken up. */
  readonly reason: string | null;
  readonly mergedInto: string | null;
  readonly category: string | null;
  readonly priority: TicketPriority;
  readonly assignee: TicketPerson | null;
  readonly tags: readonly string[];
  readonly attachments: readonly TicketFile[];
  readonly source: TicketSource;
  /** Where it was made; null: nowhere, or the contact had the conversation deleted. */
  readonly conversation: string | null;
  /** Since when the contact had waited in the queue, whose place a call back keeps; null: had not. */
  readonly waitingSince: Date | null;
  /** The stretch of working time that `callAt` comes to; of calls back. */
  readonly promised: { readonly from: Date; readonly to: Date } | null;
  readonly attempts: number;
  readonly satisfaction: { readonly score: number; readonly comment: string; readonly at: Date } | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Resolved, or refused, or merged; null: open. */
  readonly endedAt: Date | null;
  readonly firstResponse: Clock;
  readonly resolution: Clock;
  /** The citizen wrote last. */
  readonly unanswered: boolean;
  readonly erasedAt: Date | null;
  /** Grows with every change. */
  readonly revision: number;
}

export interface Ticket extends TicketSummary {
  /** Oldest first. */
  readonly entries: readonly TicketEntry[];
  /** Ids of entries that are yet to be told to those they concern. */
  readonly untold: readonly number[];
}

export function isOpen({ status }: Pick<Ticket, 'status'>): boolean {
  return status !== 'resolved' && status !== 'closed';
}

/** Are they of the same person, as far as numbers and addresses say? */
export function sharesContact(
  one: Pick<TicketSummary, 'phone' | 'email'>,
  other: Pick<TicketSummary, 'phone' | 'email'>,
): boolean {
  const isSameAddress = one.email !== null && one.email.toLowerCase() === other.email?.toLowerCase();
  return (one.phone !== null && one.phone === other.phone) || isSameAddress;
}

/** A limit was used up before it was met. */
export function isOverdue({ firstResponse, resolution }: TicketSummary): boolean {
  return [firstResponse, resolution].some(({ breachedAt, metAt }) => breachedAt !== null && metAt === null);
}

/** The deadline that comes next; null: none runs. */
export function nextDueAt({ firstResponse, resolution }: TicketSummary): Date | null {
  return earliest([firstResponse.dueAt, resolution.dueAt]);
}

/** When the desk has to look at it by itself: to warn, to call it late, to close it. */
export function wakeTime(ticket: TicketSummary, closeResolvedAfterMs: number): Date | null {
  const closing =
    ticket.status === 'resolved' && ticket.endedAt !== null
      ? new Date(ticket.endedAt.getTime() + closeResolvedAfterMs)
      : null;
  return earliest([wakeTimeOf(ticket.firstResponse), wakeTimeOf(ticket.resolution), closing]);
}

/** What the citizen was told last; null: nothing yet. */
export function latestReplyOf({ entries }: Ticket): string | null {
  return entries.findLast(({ kind }) => kind === 'reply')?.text ?? null;
}

function earliest(times: readonly (Date | null)[]): Date | null {
  return times.reduce(
    (first, time) => (first === null || (time !== null && time < first) ? time : first),
    null,
  );
}
