/** What every change of a ticket is made of: a line in the history, another state, clocks that follow. Pure. */
import type {
  TicketActor,
  TicketKind,
  TicketOutcome,
  TicketPriority,
  TicketStatus,
} from '../contracts/tickets.ts';
import { type ClockRules, meetClock, pauseClock, resumeClock, startClock } from './deadlines.ts';
import { isOpen, type Ticket, type TicketEntry } from './ticket.ts';

export interface ChangeRules extends ClockRules {
  readonly limitsOf: (ticket: { readonly kind: TicketKind; readonly priority: TicketPriority }) => Limits;
  /** How long after its end the citizen may have it taken up again. */
  readonly reopenWithinMs: number;
  /** After which a resolved one is closed. */
  readonly closeResolvedAfterMs: number;
}
export interface Limits {
  readonly firstResponseMs: number;
  readonly resolutionMs: number;
}

export type Step = Omit<
  TicketEntry,
  'id' | 'at' | 'by' | 'key' | 'field' | 'from' | 'to' | 'text' | 'quoted' | 'attachments' | 'via'
> &
  Partial<TicketEntry>;

/** A line more in the history; told to those it concerns where it is not the desk's own count of time. */
export function write(ticket: Ticket, step: Step, by: TicketActor, now: Date): Ticket {
  const id = (ticket.entries.at(-1)?.id ?? 0) + 1;
  const blank = { key: null, field: null, from: null, to: null, text: '', quoted: '', via: null } as const;
  const entry: TicketEntry = { ...blank, attachments: [], ...pick(step), id, at: now, by };
  return {
    ...ticket,
    updatedAt: now,
    entries: [...ticket.entries, entry],
    untold: [...ticket.untold, id],
  };
}

/** Of a change only what an entry has. */
function pick({ kind, key, field, from, to, text, quoted, attachments, via }: Step): Step {
  const given = { key, field, from, to, text, quoted, attachments, via };
  return { kind, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) };
}

export function become(
  ticket: Ticket,
  to: TicketStatus,
  by: TicketActor,
  now: Date,
  rules: ChangeRules,
  { outcome, text }: { readonly outcome: TicketOutcome | null; readonly text: string },
): Ticket {
  const from = ticket.status;
  const written = write(ticket, { kind: 'status', from, to, text }, by, now);
  const { firstResponse, resolution } = ticket;
  if (to === 'waiting')
    return { ...written, status: to, resolution: pauseClock(resolution, now, rules), unanswered: false };
  if (to === 'in_progress')
    return {
      ...written,
      status: to,
      outcome: null,
      reason: null,
      endedAt: null,
      firstResponse: resumeClock(firstResponse, now, rules),
      // Whoever takes a matter up again has the whole time for it again.
      resolution: isOpen(ticket)
        ? resumeClock(resolution, now, rules)
        : startClock(resolution.limitMs, now, rules),
    };
  return {
    ...written,
    status: to,
    outcome,
    reason: outcome === 'rejected' ? text : ticket.reason,
    endedAt: ticket.endedAt ?? now,
    unanswered: false,
    firstResponse: meetClock(firstResponse, now, rules),
    resolution: meetClock(resolution, now, rules),
  };
}

/** Whoever does something about a new ticket has begun with it. */
export function begun(ticket: Ticket, by: TicketActor, now: Date, rules: ChangeRules): Ticket {
  return ticket.status === 'new'
    ? become(ticket, 'in_progress', by, now, rules, { outcome: null, text: '' })
    : ticket;
}
