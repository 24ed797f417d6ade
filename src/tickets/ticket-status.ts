/** The states of a ticket and the ways between them. */
import type { TicketStatus } from '../contracts/tickets.ts';
import type { Ticket } from './ticket.ts';

const WAYS: Readonly<Record<TicketStatus, readonly TicketStatus[]>> = {
  new: ['in_progress', 'waiting', 'resolved', 'closed'],
  in_progress: ['waiting', 'resolved', 'closed'],
  waiting: ['in_progress', 'resolved', 'closed'],
  resolved: ['in_progress', 'closed'],
  closed: ['in_progress'],
};

/** Where it may go from here. What was merged or erased is over for good. */
export function listTransitions({
  status,
  outcome,
}: Pick<Ticket, 'status' | 'outcome'>): readonly TicketStatus[] {
  return outcome === 'merged' || outcome === 'erased' ? [] : WAYS[status];
}

export function mayBecome(ticket: Pick<Ticket, 'status' | 'outcome'>, status: TicketStatus): boolean {
  return listTransitions(ticket).includes(status);
}

/** May the citizen have it taken up again? Only for a while, and not what was merged or erased. */
export function mayCitizenReopen(
  ticket: Pick<Ticket, 'status' | 'outcome' | 'endedAt'>,
  withinMs: number,
  now: Date,
): boolean {
  return (
    ticket.endedAt !== null &&
    mayBecome(ticket, 'in_progress') &&
    now.getTime() < ticket.endedAt.getTime() + withinMs
  );
}
