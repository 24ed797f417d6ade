/** What became of an effect, said to the contact. */

import type { Bubble } from '../contracts/chat.ts';
import { dayAt } from '../kernel/vietnam-time.ts';
import type { Scene } from './answers.ts';
import { agentChoice, flowChoice, intentChoice, locationChoice } from './choice-ids.ts';
import { copy } from './copy.ts';
import { FLOWS } from './flows/all-flows.ts';
import { type Running, resume, running, sayFailed } from './flows/run-flow.ts';
import { showValue } from './flows/slot-values.ts';
import { sayLeft, sayNotLeft, sayNotRequested, sayRequested } from './queue.ts';
import { act, offering, type Speech, saying, speak } from './reply.ts';
import type { DialogueState, FlowState } from './state.ts';
import type { Effect, Outcome, TicketReport, Turn } from './turn.ts';
import { topicChoices } from './unsure.ts';

export function onOutcome(state: DialogueState, outcome: Outcome, scene: Scene): Turn {
  switch (outcome.kind) {
    case 'ticketCreated':
      return sayCreated(state, outcome.code);
    case 'ticketFound':
      return outcome.ticket === null ? sayNoTicket(state) : sayTicket(state, outcome.ticket);
    case 'lookupThrottled':
      return sayThrottled(state);
    case 'informationAdded':
      return outcome.ticket === null ? sayNotAdded(state) : sayAdded(state, outcome.ticket);
    case 'officesFound':
      return sayOffices(state, outcome);
    case 'handoverRequested':
      return sayRequested(state, outcome);
    case 'queueLeft':
      return sayLeft(state, scene);
    case 'failed':
      return onFailure(state, outcome.effect, scene);
  }
}

export const statusChoice = intentChoice(
  'support.ticket-status',
  copy.flows['support.ticket-status'].summary,
);

function sayCreated(state: DialogueState, code: string): Turn {
  const now = running(state);
  const done: DialogueState = { ...state, flow: null, lastCode: code.slice(0, 40), misses: 0 };
  const speech = [receipt(now, code), ...afterCreation(now)];
  // The ticket stands in for the place in the queue.
  if (state.leavingFor === 'callback') return act(done, { kind: 'leaveQueue' }, speech);
  return speak(done, speech, offering([isReachable(now) ? statusChoice : null]));
}

function receipt(now: Running | null, code: string): Bubble {
  const { complaint, feedback, callback, other } = copy.created;
  const titles = {
    'support.complaint': complaint,
    'support.feedback': feedback,
    'support.callback': callback,
    'support.ticket-status': other,
    'lookup.office': other,
  };
  const shown = now?.flow.slots.filter(({ name }) => name !== 'content') ?? [];
  const rows = shown.flatMap(({ name, label }) => {
    const value = now?.at.slots[name];
    return value === undefined ? [] : [{ label, value: showValue(name, value) }];
  });
  const title = now === null ? other : titles[now.flow.id];
  return { kind: 'ticket', code, title, rows, ...(isReachable(now) ? { url: pageOf(code) } : {}) };
}

/** Without a number or an address a ticket cannot be looked up. */
const isReachable = (now: Running | null): boolean =>
  now?.at.slots.phone !== undefined || now?.at.slots.email !== undefined;

/** The citizen's page, where the ticket is seen, added to and printed. */
const pageOf = (code: string): string => `ticket?code=${encodeURIComponent(code)}`;

function afterCreation(now: Running | null): Speech {
  if (now?.flow.id === 'support.feedback') return [copy.created.thanks];
  if (now?.flow.id === 'support.callback') return [copy.created.willCall, copy.created.keep];
  return [isReachable(now) ? copy.created.keep : copy.created.keepWithoutContact];
}

function sayTicket(state: DialogueState, ticket: TicketReport): Turn {
  const { code, kind, status, outcome, latestReply, mayAdd } = ticket;
  const isAwaited = status === 'waiting' && latestReply !== null;
  const rows = [
    {
      label: copy.ticket.status,
      value: outcome === 'rejected' ? copy.ticket.rejected : copy.ticket.statuses[status],
    },
    { label: copy.ticket.createdAt, value: asVietnameseDate(ticket.createdAt) },
    {
      label: isAwaited ? copy.ticket.awaited : copy.ticket.reply,
      value: latestReply ?? copy.ticket.noReply,
    },
  ];
  const card: Bubble = { kind: 'ticket', code, title: copy.ticket.title(kind), rows, url: pageOf(code) };
  const { flow } = state;
  const addition = flow?.id === 'support.ticket-status' ? flow.slots.addition : undefined;
  if (flow !== null && addition !== undefined) return addAsTold(state, flow, ticket, card, addition);
  return speak(
    afterTicket(state, ticket),
    [card, status === 'waiting' && mayAdd ? copy.ticket.pleaseAdd : null],
    offering([mayAdd ? flowChoice('add') : null, agentChoice()]),
  );
}

/** What was told before the ticket was found. */
function addAsTold(
  state: DialogueState,
  flow: FlowState,
  ticket: TicketReport,
  card: Bubble,
  information: string,
): Turn {
  if (!ticket.mayAdd) return saying([card], sayNotAdded(state));
  const { addition: _told, ...rest } = flow.slots;
  const slots = { ...rest, information };
  const effect = FLOWS[flow.id].toEffect(slots);
  return act({ ...state, flow: { ...flow, slots, step: 'sending', repairs: 0 } }, effect, [card]);
}

/** Code and contact are kept only as long as something may be added with them. */
function afterTicket(state: DialogueState, { mayAdd }: TicketReport): DialogueState {
  const { flow } = state;
  if (flow?.id !== 'support.ticket-status') return state;
  const { information: _added, ...slots } = flow.slots;
  return { ...state, flow: mayAdd ? { ...flow, slots, step: 'found', repairs: 0 } : null };
}

function sayAdded(state: DialogueState, ticket: TicketReport): Turn {
  return speak(
    afterTicket(state, ticket),
    [copy.ticket.added(ticket.code)],
    offering([ticket.mayAdd ? flowChoice('add') : null, agentChoice()]),
  );
}

function sayNotAdded(state: DialogueState): Turn {
  const another = intentChoice('support.complaint', copy.choices.newTicket);
  const flow = state.flow?.id === 'support.ticket-status' ? null : state.flow;
  return speak({ ...state, flow }, [copy.ticket.notAdded], offering([another, agentChoice()]));
}

function asVietnameseDate(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const [year, month, day] = dayAt(at).split('-');
  return `${day}/${month}/${year}`;
}

/** Whether it is the code or the phone that does not fit is not told. */
function sayNoTicket(state: DialogueState): Turn {
  const again = intentChoice('support.ticket-status', copy.ticket.tryAgain);
  const flow =
    state.flow?.id === 'support.ticket-status' ? { ...state.flow, step: 'missed' as const } : state.flow;
  return speak({ ...state, flow }, [copy.ticket.notFound], offering([again, agentChoice()]));
}

/** Trying again at once would only last longer. */
function sayThrottled(state: DialogueState): Turn {
  const flow =
    state.flow?.id === 'support.ticket-status' ? { ...state.flow, step: 'failed' as const } : state.flow;
  return speak({ ...state, flow }, [copy.ticket.throttled], offering([agentChoice()]));
}

const MOST_OFFICES = 3;

function sayOffices(
  state: DialogueState,
  { offices, isNearby }: Extract<Outcome, { kind: 'officesFound' }>,
): Turn {
  const best = offices.slice(0, MOST_OFFICES);
  const speech: Speech =
    best.length === 0
      ? [isNearby ? copy.offices.noneNearby : copy.offices.notFound]
      : [
          isNearby ? copy.offices.nearby : best.length === 1 ? copy.offices.found : copy.offices.foundSeveral,
          { kind: 'offices', offices: best.map((office) => ({ ...office, phones: [...office.phones] })) },
          ...(best.every(({ hours }) => hours === undefined) ? [copy.offices.callFirst] : []),
        ];
  const isLookup = state.flow === null || state.flow.id === 'lookup.office';
  const after: DialogueState = {
    ...state,
    lastIntent: 'lookup.office',
    lastPlatform: null,
    times: 1,
    misses: 0,
  };
  const now = isLookup ? null : running(after);
  if (now !== null) return resume(now, speech);
  const elsewhere = intentChoice('lookup.office', copy.offices.elsewhere);
  const nearby = best.length === 0 && !isNearby ? locationChoice : null;
  return speak({ ...after, flow: null }, speech, offering([elsewhere, nearby, agentChoice()]));
}

function onFailure(state: DialogueState, effect: Effect['kind'], scene: Scene): Turn {
  if (effect === 'requestHandover') return sayNotRequested(state);
  if (effect === 'leaveQueue') return sayNotLeft(state);
  const now = running(state);
  if (now === null)
    return speak(state, [copy.flow.notLookedUp], offering([...topicChoices(scene), agentChoice()]));
  if (effect === 'findOffices' && now.flow.id !== 'lookup.office')
    return resume(now, [copy.flow.notLookedUp]);
  return saying([], sayFailed(now));
}
