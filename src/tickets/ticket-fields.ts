/** Changing what a ticket says of itself, beside its state. Pure. */
import type { TicketActor } from '../contracts/tickets.ts';
import { resetLimit } from './deadlines.ts';
import type { Ticket } from './ticket.ts';
import type { Changed, TicketChange } from './ticket-change.ts';
import { begun, type ChangeRules, write } from './ticket-steps.ts';

const MOST_TAGS = 20;

export type FieldChange = Extract<
  TicketChange,
  {
    kind: 'assign' | 'priority' | 'category' | 'office' | 'complaintType' | 'tags' | 'contact' | 'link';
  }
>;

export function changeField(
  ticket: Ticket,
  change: FieldChange,
  by: TicketActor,
  now: Date,
  rules: ChangeRules,
): Changed {
  const note = (of: Ticket, from: string | null, to: string | null): Ticket =>
    write(of, { kind: 'field', field: change.kind, from, to }, by, now);
  switch (change.kind) {
    case 'assign': {
      const { to } = change;
      if (ticket.assignee?.id === to?.id) return { same: true };
      const next = note(ticket, ticket.assignee?.name ?? null, to?.name ?? null);
      return { next: { ...(to === null ? next : begun(next, by, now, rules)), assignee: to } };
    }
    case 'priority': {
      if (ticket.priority === change.to) return { same: true };
      const priority = change.to;
      const { firstResponseMs, resolutionMs } = rules.limitsOf({ kind: ticket.kind, priority });
      return {
        next: {
          ...note(ticket, ticket.priority, priority),
          priority,
          firstResponse: resetLimit(ticket.firstResponse, firstResponseMs, now, rules),
          resolution: resetLimit(ticket.resolution, resolutionMs, now, rules),
        },
      };
    }
    case 'category':
    case 'office': {
      const to = change.to === '' ? null : change.to;
      if (ticket[change.kind] === to) return { same: true };
      return { next: { ...note(ticket, ticket[change.kind], to), [change.kind]: to } };
    }
    case 'complaintType':
      if (ticket.kind !== 'complaint') return { refused: 'ticket_not_possible' };
      if (ticket.complaintType === change.to) return { same: true };
      return { next: { ...note(ticket, ticket.complaintType, change.to), complaintType: change.to } };
    case 'tags': {
      const kept = ticket.tags.filter((tag) => !change.remove.includes(tag));
      const tags = [...new Set([...kept, ...change.add])].slice(0, MOST_TAGS);
      if (tags.join('\n') === ticket.tags.join('\n')) return { same: true };
      return { next: { ...note(ticket, ticket.tags.join(', '), tags.join(', ')), tags } };
    }
    case 'contact': {
      const [name, phone, email] = [change.name || null, change.phone || null, change.email || null];
      if (ticket.name === name && ticket.phone === phone && ticket.email === email) return { same: true };
      // The history says that they changed, not what they were: it is read by many.
      return { next: { ...note(ticket, null, null), name, phone, email } };
    }
    case 'link':
      if (ticket.conversation === change.conversation) return { same: true };
      return {
        next: {
          ...write(ticket, { kind: 'link', from: ticket.conversation, to: change.conversation }, by, now),
          conversation: change.conversation,
        },
      };
  }
}
