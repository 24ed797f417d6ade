/** Tickets as the desk gives them to the console, made up. */
import type { DeadlineView, TicketRow } from '../../src/contracts/tickets.ts';

export function deadline(change: Partial<DeadlineView> = {}): DeadlineView {
  return {
    dueAt: '2026-12-20T04:00:00.000Z',
    state: 'running',
    limitMinutes: 420,
    usedMinutes: 60,
    ...change,
  };
}

export function ticketRow(change: Partial<TicketRow> = {}): TicketRow {
  return {
    code: 'PA-7K3F9Q',
    kind: 'complaint',
    complaintType: null,
    status: 'new',
    outcome: null,
    priority: 'normal',
    excerpt: 'Không đăng nhập được',
    contact: { name: null, phone: '091•••• 678', email: null },
    category: null,
    office: null,
    assignee: null,
    tags: [],
    source: 'bot',
    createdAt: '2026-11-29T02:00:00.000Z',
    updatedAt: '2026-11-29T02:00:00.000Z',
    firstResponse: deadline(),
    resolution: deadline({ limitMinutes: 4_200 }),
    unanswered: false,
    callAt: null,
    promised: null,
    attempts: 0,
    satisfaction: null,
    revision: 1,
    ...change,
  };
}
