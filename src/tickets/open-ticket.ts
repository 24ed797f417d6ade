/** A form → a draft → a ticket as it is when it is made. Pure. */
import type {
  NewTicket,
  TicketActor,
  TicketDraft,
  TicketFile,
  TicketPriority,
  TicketSource,
} from '../contracts/tickets.ts';
import { startClock } from './deadlines.ts';
import { readPromisedTime } from './promised-time.ts';
import type { Ticket } from './ticket.ts';
import type { ChangeRules } from './ticket-steps.ts';

/** The fields of a form. */
type TicketFields = Pick<
  NewTicket,
  'kind' | 'complaintType' | 'content' | 'name' | 'phone' | 'email' | 'office'
>;

/** What may be known of a ticket when it is made, beside the draft. */
export interface TicketOrigin {
  readonly source: TicketSource;
  readonly by: TicketActor;
  readonly conversation?: string | null;
  /** When the contact joined the queue that the ticket stands in for. */
  readonly waitingSince?: Date | null;
  readonly priority?: TicketPriority;
  readonly category?: string | null;
  readonly tags?: readonly string[];
  readonly attachments?: readonly TicketFile[];
}

/** What a form says, whoever fills it in: an empty field is one that is not given. */
export function draftOf(form: TicketFields & { readonly callAt?: string }): TicketDraft {
  const { kind, complaintType, content, name, phone, email, office, callAt = '' } = form;
  return {
    kind,
    complaintType: kind === 'complaint' ? (complaintType ?? 'report') : null,
    content,
    office: office || null,
    phone: phone || null,
    email: email || null,
    name: name || null,
    callAt: callAt || null,
    score: null,
  };
}

/** A ticket as it is when it is made. */
export function openTicket(
  draft: TicketDraft,
  { code, key }: { readonly code: string; readonly key: string },
  origin: TicketOrigin,
  now: Date,
  rules: ChangeRules,
): Ticket {
  const { kind, callAt } = draft;
  const { source, by, priority = 'normal', attachments = [] } = origin;
  const { firstResponseMs, resolutionMs } = rules.limitsOf({ kind, priority });
  const promised = kind === 'callback' ? readPromisedTime(callAt ?? '', now, rules.work) : null;
  // Nobody is late before the time that the contact asked for.
  const from = promised !== null && promised.from > now ? promised.from : now;
  return {
    ...draft,
    code,
    status: 'new',
    outcome: null,
    reason: null,
    mergedInto: null,
    category: origin.category ?? null,
    priority,
    assignee: null,
    tags: origin.tags ?? [],
    attachments,
    source,
    conversation: origin.conversation ?? null,
    waitingSince: origin.waitingSince ?? null,
    promised,
    attempts: 0,
    satisfaction: null,
    createdAt: now,
    updatedAt: now,
    endedAt: null,
    firstResponse: startClock(firstResponseMs, from, rules),
    resolution: startClock(resolutionMs, from, rules),
    unanswered: true,
    erasedAt: null,
    revision: 1,
    entries: [
      {
        id: 1,
        at: now,
        by,
        kind: 'created',
        key,
        field: null,
        from: null,
        to: null,
        text: '',
        quoted: '',
        attachments: [],
        via: null,
      },
    ],
    untold: [1],
  };
}
