/** Ticket → contract, for the staff, field by field. */
import type { DeadlineView, TicketDetail, TicketEntryView, TicketRow } from '../contracts/tickets.ts';
import { maskContact } from '../kernel/mask.ts';
import { type Clock, stateOf, usedBy, type WorkingTime } from './deadlines.ts';
import type { Ticket, TicketEntry, TicketSummary } from './ticket.ts';
import { listTransitions } from './ticket-status.ts';

const EXCERPT = 160;
const MINUTE_MS = 60_000;

export function presentRow(ticket: TicketSummary, now: Date, work: WorkingTime): TicketRow {
  const { promised, satisfaction } = ticket;
  return {
    code: ticket.code,
    kind: ticket.kind,
    complaintType: ticket.complaintType,
    status: ticket.status,
    outcome: ticket.outcome,
    priority: ticket.priority,
    excerpt: excerptOf(ticket.content),
    contact: { name: ticket.name, ...maskContact(ticket) },
    category: ticket.category,
    office: ticket.office,
    assignee: ticket.assignee,
    tags: ticket.tags,
    source: ticket.source,
    createdAt: ticket.createdAt.toISOString(),
    updatedAt: ticket.updatedAt.toISOString(),
    firstResponse: presentDeadline(ticket.firstResponse, now, work),
    resolution: presentDeadline(ticket.resolution, now, work),
    unanswered: ticket.unanswered,
    callAt: ticket.callAt,
    promised: promised === null ? null : { from: promised.from.toISOString(), to: promised.to.toISOString() },
    attempts: ticket.attempts,
    satisfaction: satisfaction && { score: satisfaction.score, comment: satisfaction.comment },
    revision: ticket.revision,
  };
}

export function presentDetail(ticket: Ticket, now: Date, work: WorkingTime): TicketDetail {
  return {
    ...presentRow(ticket, now, work),
    content: ticket.content,
    reason: ticket.reason,
    mergedInto: ticket.mergedInto,
    conversation: ticket.conversation,
    attachments: ticket.attachments,
    entries: ticket.entries.map(presentEntry),
    transitions: listTransitions(ticket),
    erasedAt: ticket.erasedAt?.toISOString() ?? null,
  };
}

function presentEntry(entry: TicketEntry): TicketEntryView {
  return {
    id: entry.id,
    at: entry.at.toISOString(),
    by: entry.by,
    kind: entry.kind,
    field: entry.field,
    from: entry.from,
    to: entry.to,
    text: entry.text,
    quoted: entry.quoted,
    attachments: entry.attachments,
    via: entry.via,
  };
}

function presentDeadline(clock: Clock, now: Date, work: WorkingTime): DeadlineView {
  return {
    dueAt: clock.dueAt?.toISOString() ?? null,
    state: stateOf(clock),
    limitMinutes: Math.round(clock.limitMs / MINUTE_MS),
    usedMinutes: Math.round(usedBy(clock, now, work) / MINUTE_MS),
  };
}

function excerptOf(content: string): string {
  const line = content.replace(/\s+/g, ' ').trim();
  return line.length <= EXCERPT ? line : `${line.slice(0, EXCERPT - 1).trimEnd()}…`;
}
