/** Ticket → contract, for the citizen: what is said in public, with numbers and addresses masked. */
import type { CitizenTicket } from '../contracts/citizen-tickets.ts';
import type { TicketKind, TicketOutcome, TicketStatus } from '../contracts/tickets.ts';
import { maskContact } from '../kernel/mask.ts';
import { isOpen, latestReplyOf, type Ticket, type TicketEntry } from './ticket.ts';
import { mayCitizenReopen } from './ticket-status.ts';

export function presentForCitizen(
  ticket: Ticket,
  reopenWithinMs: number,
  now: Date,
): Omit<CitizenTicket, 'mergedInto'> {
  const mayReopen = mayCitizenReopen(ticket, reopenWithinMs, now);
  const { resolution } = ticket;
  return {
    code: ticket.code,
    kind: ticket.kind,
    complaintType: ticket.complaintType,
    status: ticket.status,
    outcome: ticket.outcome,
    reason: ticket.reason,
    content: ticket.content,
    office: ticket.office,
    contact: { name: ticket.name, ...maskContact(ticket) },
    createdAt: ticket.createdAt.toISOString(),
    updatedAt: ticket.updatedAt.toISOString(),
    // A day that is over is no promise.
    expectedBy: resolution.dueAt !== null && resolution.dueAt > now ? resolution.dueAt.toISOString() : null,
    timeline: ticket.entries.flatMap(presentEntry),
    satisfaction: ticket.satisfaction?.score ?? null,
    mayAdd: mayAdd(ticket, reopenWithinMs, now),
    mayReopen,
    mayRate: !isOpen(ticket) && ticket.outcome !== 'merged' && ticket.outcome !== 'erased',
  };
}

/** What is said of a ticket in chat. */
export interface TicketReport {
  readonly code: string;
  readonly kind: TicketKind;
  readonly status: TicketStatus;
  readonly outcome: TicketOutcome | null;
  readonly createdAt: string;
  readonly latestReply: string | null;
  readonly mayAdd: boolean;
}

export function reportOf(ticket: Ticket, reopenWithinMs: number, now: Date): TicketReport {
  return {
    code: ticket.code,
    kind: ticket.kind,
    status: ticket.status,
    outcome: ticket.outcome,
    createdAt: ticket.createdAt.toISOString(),
    latestReply: latestReplyOf(ticket),
    mayAdd: mayAdd(ticket, reopenWithinMs, now),
  };
}

const mayAdd = (ticket: Ticket, reopenWithinMs: number, now: Date): boolean =>
  isOpen(ticket) || mayCitizenReopen(ticket, reopenWithinMs, now);

const PUBLIC = ['created', 'reply', 'information', 'status', 'call', 'rating'] as const;
type PublicKind = (typeof PUBLIC)[number];

function presentEntry(entry: TicketEntry): CitizenTicket['timeline'] {
  const kind = PUBLIC.find((one) => one === entry.kind);
  if (kind === undefined) return [];
  return [
    {
      at: entry.at.toISOString(),
      kind,
      status: kind === 'status' ? (entry.to as CitizenTicket['status']) : null,
      text: textOf(entry, kind),
      by: kind === 'reply' && entry.by.kind === 'staff' ? entry.by.name : null,
      attachments: entry.attachments.map(({ url, name, type, size }) => ({ url, name, type, size })),
    },
  ];
}

/** Notes on a call are the staff's own. */
function textOf({ text }: TicketEntry, kind: PublicKind): string {
  return kind === 'call' ? '' : text;
}
