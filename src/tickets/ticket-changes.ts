/** What may happen to a ticket. Pure: (ticket, change) → the ticket afterwards with its new history, or why not. */
import type { TicketActor, TicketOutcome, TicketStatus } from '../contracts/tickets.ts';
import { type Clock, meetClock, resetLimit, startClock, tickClock } from './deadlines.ts';
import { readPromisedTime } from './promised-time.ts';
import { isOpen, sharesContact, type Ticket } from './ticket.ts';
import type { Changed, TicketChange } from './ticket-change.ts';
import { changeField } from './ticket-fields.ts';
import { mayBecome, mayCitizenReopen } from './ticket-status.ts';
import { become, begun, type ChangeRules, type Step, write } from './ticket-steps.ts';

export function applyChange(
  ticket: Ticket,
  change: TicketChange,
  by: TicketActor,
  now: Date,
  rules: ChangeRules,
): Changed {
  if (ticket.erasedAt !== null)
    return change.kind === 'erase' ? { same: true } : { refused: 'ticket_erased' };
  if ('key' in change && ticket.entries.some(({ key }) => key === change.key)) return { same: true };
  switch (change.kind) {
    case 'assign':
    case 'priority':
    case 'category':
    case 'office':
    case 'complaintType':
    case 'tags':
    case 'contact':
    case 'link':
      return changeField(ticket, change, by, now, rules);
    case 'start':
      return move(ticket, 'in_progress', by, now, rules);
    case 'wait':
      return move(ticket, 'waiting', by, now, rules);
    case 'resolve':
      return move(ticket, 'resolved', by, now, rules, { outcome: 'solved' });
    case 'close':
      return move(ticket, 'closed', by, now, rules, { outcome: ticket.outcome ?? 'solved' });
    case 'reject':
      return isOpen(ticket)
        ? move(ticket, 'closed', by, now, rules, { outcome: 'rejected', text: change.reason })
        : { refused: 'ticket_not_possible' };
    case 'reopen':
      return reopen(ticket, change.reason, by, now, rules);
    case 'reply':
      return reply(ticket, change, by, now, rules);
    case 'note':
      return { next: write(ticket, { ...change, kind: 'note' }, by, now) };
    case 'information':
      return inform(ticket, change, by, now, rules);
    case 'call':
      return noteCall(ticket, change, by, now, rules);
    case 'rate':
      return rate(ticket, change, by, now);
    case 'merge':
      return merge(ticket, change.into, by, now, rules);
    case 'absorb':
      return absorb(ticket, change.from, by, now);
    case 'tick':
      return tick(ticket, by, now, rules);
    case 'recount':
      return {
        next: {
          ...ticket,
          firstResponse: resetLimit(ticket.firstResponse, ticket.firstResponse.limitMs, now, rules),
          resolution: resetLimit(ticket.resolution, ticket.resolution.limitMs, now, rules),
        },
      };
    case 'erase':
      return erase(ticket, change.cover, by, now, rules);
  }
}

function move(
  ticket: Ticket,
  to: TicketStatus,
  by: TicketActor,
  now: Date,
  rules: ChangeRules,
  { outcome = null, text = '' }: { readonly outcome?: TicketOutcome | null; readonly text?: string } = {},
): Changed {
  if (ticket.status === to) return { same: true };
  if (!mayBecome(ticket, to)) return { refused: 'ticket_not_possible' };
  return { next: become(ticket, to, by, now, rules, { outcome, text }) };
}

function reopen(ticket: Ticket, reason: string, by: TicketActor, now: Date, rules: ChangeRules): Changed {
  if (isOpen(ticket)) return { same: true };
  const may =
    by.kind === 'citizen'
      ? mayCitizenReopen(ticket, rules.reopenWithinMs, now)
      : mayBecome(ticket, 'in_progress');
  if (!may) return { refused: 'ticket_not_possible' };
  const next = become(ticket, 'in_progress', by, now, rules, { outcome: null, text: reason });
  return { next: { ...next, unanswered: by.kind === 'citizen' } };
}

function reply(
  ticket: Ticket,
  change: Extract<TicketChange, { kind: 'reply' }>,
  by: TicketActor,
  now: Date,
  rules: ChangeRules,
): Changed {
  if (ticket.outcome === 'merged') return { refused: 'ticket_not_possible' };
  const said = write(ticket, { ...change, kind: 'reply' }, by, now);
  const answered: Ticket = {
    ...said,
    unanswered: false,
    firstResponse: meetClock(ticket.firstResponse, now, rules),
  };
  // A word behind the end does not take the matter up again.
  if (!isOpen(ticket)) return { next: answered };
  const to = change.next ?? (ticket.status === 'new' ? 'in_progress' : ticket.status);
  if (to === ticket.status) return { next: answered };
  const outcome = to === 'resolved' ? 'solved' : null;
  return { next: become(answered, to, by, now, rules, { outcome, text: '' }) };
}

function inform(
  ticket: Ticket,
  change: Extract<TicketChange, { kind: 'information' }>,
  by: TicketActor,
  now: Date,
  rules: ChangeRules,
): Changed {
  const isOver = !isOpen(ticket);
  if (isOver && !mayCitizenReopen(ticket, rules.reopenWithinMs, now)) return { refused: 'ticket_closed' };
  const said: Ticket = { ...write(ticket, { ...change, kind: 'information' }, by, now), unanswered: true };
  // What the citizen was waited for is there; and who writes behind the end means that it was none.
  return isOver || ticket.status === 'waiting'
    ? {
        next: {
          ...become(said, 'in_progress', by, now, rules, { outcome: null, text: '' }),
          unanswered: true,
        },
      }
    : { next: said };
}

function noteCall(
  ticket: Ticket,
  { outcome, note, callAt }: Extract<TicketChange, { kind: 'call' }>,
  by: TicketActor,
  now: Date,
  rules: ChangeRules,
): Changed {
  if (!isOpen(ticket)) return { refused: 'ticket_not_possible' };
  const noted: Ticket = {
    ...write(
      begun(ticket, by, now, rules),
      {
        kind: 'call',
        to: outcome,
        text: [note, callAt].filter((part) => part !== '').join(' · '),
        via: 'phone',
      },
      by,
      now,
    ),
    attempts: ticket.attempts + 1,
  };
  if (outcome === 'later' && callAt !== '') return { next: promise(noted, callAt, now, rules) };
  if (outcome !== 'reached') return { next: noted };
  const reached: Ticket = {
    ...noted,
    unanswered: false,
    firstResponse: meetClock(noted.firstResponse, now, rules),
  };
  // A call back is what its ticket asks for.
  return ticket.kind === 'callback'
    ? { next: become(reached, 'resolved', by, now, rules, { outcome: 'solved', text: '' }) }
    : { next: reached };
}

/** Another time was agreed upon: the clocks run from there. */
function promise(ticket: Ticket, callAt: string, now: Date, rules: ChangeRules): Ticket {
  const promised = readPromisedTime(callAt, now, rules.work);
  const from = promised.from > now ? promised.from : now;
  const again = (clock: Clock): Clock =>
    clock.metAt === null ? startClock(clock.limitMs, from, rules) : clock;
  const { firstResponse, resolution } = ticket;
  return { ...ticket, callAt, promised, firstResponse: again(firstResponse), resolution: again(resolution) };
}

function rate(
  ticket: Ticket,
  { score, comment }: Extract<TicketChange, { kind: 'rate' }>,
  by: TicketActor,
  now: Date,
): Changed {
  if (isOpen(ticket) || ticket.outcome === 'merged') return { refused: 'ticket_not_possible' };
  const { satisfaction } = ticket;
  if (satisfaction?.score === score && satisfaction.comment === comment) return { same: true };
  const from = satisfaction === null ? null : String(satisfaction.score);
  return {
    next: {
      ...write(ticket, { kind: 'rating', from, to: String(score), text: comment }, by, now),
      satisfaction: { score, comment, at: now },
    },
  };
}

function merge(ticket: Ticket, into: string, by: TicketActor, now: Date, rules: ChangeRules): Changed {
  if (ticket.mergedInto === into) return { same: true };
  if (ticket.outcome === 'merged' || ticket.code === into) return { refused: 'ticket_not_possible' };
  const written = write(ticket, { kind: 'merge', to: into }, by, now);
  const next = become(written, 'closed', by, now, rules, { outcome: 'merged', text: '' });
  return { next: { ...next, mergedInto: into } };
}

function absorb(ticket: Ticket, from: Ticket, by: TicketActor, now: Date): Changed {
  const isThere = ticket.entries.some(({ kind, from: code }) => kind === 'merge' && code === from.code);
  if (isThere) return { same: true };
  if (ticket.outcome === 'merged') return { refused: 'ticket_not_possible' };
  const step: Step = { kind: 'merge', from: from.code, text: from.content, attachments: from.attachments };
  // Of the same person what is lacking here is taken from there; of another one nothing.
  const isSame = sharesContact(ticket, from);
  return {
    next: {
      ...write(ticket, step, by, now),
      name: isSame ? (ticket.name ?? from.name) : ticket.name,
      phone: isSame ? (ticket.phone ?? from.phone) : ticket.phone,
      email: isSame ? (ticket.email ?? from.email) : ticket.email,
      tags: [...new Set([...ticket.tags, ...from.tags])],
    },
  };
}

function tick(ticket: Ticket, by: TicketActor, now: Date, rules: ChangeRules): Changed {
  let next: Ticket = {
    ...ticket,
    firstResponse: countClock(ticket.firstResponse, now, rules),
    resolution: countClock(ticket.resolution, now, rules),
  };
  for (const field of ['firstResponse', 'resolution'] as const) {
    const { clock, told } = tickClock(next[field], now);
    if (told !== null)
      next = { ...write(next, { kind: 'deadline', from: field, to: told }, by, now), [field]: clock };
  }
  // Reminders are no news of the matter itself.
  next = { ...next, updatedAt: ticket.updatedAt };
  const closesAt = (ticket.endedAt?.getTime() ?? Number.POSITIVE_INFINITY) + rules.closeResolvedAfterMs;
  if (ticket.status === 'resolved' && closesAt <= now.getTime())
    next = become(next, 'closed', by, now, rules, { outcome: ticket.outcome, text: '' });
  // Also where there is nothing to say: when to look again is counted anew.
  return { next };
}

/** A clock that was never counted runs from its beginning. */
function countClock(clock: Clock, now: Date, rules: ChangeRules): Clock {
  return clock.runningSince !== null && clock.dueAt === null
    ? resetLimit(clock, clock.limitMs, now, rules)
    : clock;
}

function erase(
  ticket: Ticket,
  cover: ((text: string) => string) | null,
  by: TicketActor,
  now: Date,
  rules: ChangeRules,
): Changed {
  const clean = (text: string): string => (cover === null ? '' : cover(text));
  const ended = isOpen(ticket)
    ? become(ticket, 'closed', by, now, rules, { outcome: 'erased', text: '' })
    : { ...ticket, outcome: 'erased' as const };
  const written = write(ended, { kind: 'erasure' }, by, now);
  return {
    next: {
      ...written,
      name: null,
      phone: null,
      email: null,
      callAt: null,
      conversation: null,
      content: clean(ticket.content),
      reason: ticket.reason === null ? null : clean(ticket.reason),
      attachments: [],
      satisfaction: ticket.satisfaction === null ? null : { ...ticket.satisfaction, comment: '' },
      entries: written.entries.map((entry) => ({
        ...entry,
        text: clean(entry.text),
        quoted: '',
        attachments: [],
        ...(entry.kind === 'link' || entry.field === 'contact' ? { from: null, to: null } : {}),
      })),
      erasedAt: now,
      unanswered: false,
      untold: [],
    },
  };
}
