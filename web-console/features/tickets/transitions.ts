/** Where a card may be put, and which change takes the ticket there. Pure; the desk decides anew. */
import type { TicketChangeRequest, TicketRow, TicketStatus } from '../../../src/contracts/tickets.ts';

type Standing = Pick<TicketRow, 'status' | 'outcome'>;

const NEXT: Readonly<Record<TicketStatus, readonly TicketStatus[]>> = {
  new: ['in_progress', 'waiting', 'resolved', 'closed'],
  in_progress: ['waiting', 'resolved', 'closed'],
  waiting: ['in_progress', 'resolved', 'closed'],
  resolved: ['in_progress', 'closed'],
  closed: ['in_progress'],
};

/** States that a ticket may go to. What was merged or erased is over for good. */
export function targetsOf({ status, outcome }: Standing): readonly TicketStatus[] {
  return outcome === 'merged' || outcome === 'erased' ? [] : NEXT[status];
}

/** The change that leads there; null: none does. */
export function changeTo(ticket: Standing, to: TicketStatus): TicketChangeRequest | null {
  if (!targetsOf(ticket).includes(to)) return null;
  switch (to) {
    case 'waiting':
      return { kind: 'wait' };
    case 'resolved':
      return { kind: 'resolve' };
    case 'closed':
      return { kind: 'close' };
    default:
      return isOver(ticket) ? { kind: 'reopen', reason: '' } : { kind: 'start' };
  }
}

export function isOver({ status }: Pick<TicketRow, 'status'>): boolean {
  return status === 'resolved' || status === 'closed';
}
