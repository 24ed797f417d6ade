/** Asking for a person, waiting for one, and leaving the queue again. */
import type { Choice } from '../contracts/chat.ts';
import type { HandoverReason } from '../contracts/console.ts';
import type { Scene } from './answers.ts';
import { agentChoice, callbackChoice, queueChoices, readChoiceId, type Tap } from './choice-ids.ts';
import { copy } from './copy.ts';
import { readQueueWish } from './expressions.ts';
import { FLOWS } from './flows/all-flows.ts';
import { fillAhead, isLookupOver, proceed, resume, running } from './flows/run-flow.ts';
import { act, offering, speak, staySilent } from './reply.ts';
import type { Said } from './said.ts';
import type { DialogueState, FlowState } from './state.ts';
import type { Outcome, Turn, Understanding } from './turn.ts';
import { findTypedChoice } from './typed-choice.ts';
import { topicChoices } from './unsure.ts';

const CALLBACK = FLOWS['support.callback'];

export function handOver(state: DialogueState, reason: HandoverReason): Turn {
  return act({ ...state, misses: 0, others: [] }, { kind: 'requestHandover', reason });
}

/** What the contact wants of the queue itself; null: something else was said. */
export function leaveAsWished(
  state: DialogueState,
  tap: Tap | null,
  said: Said,
  understanding: Understanding,
): Turn | null {
  // In the form for the call "hủy" is about the form; the button is about the queue.
  const isInForm = state.leavingFor === 'callback' && state.flow !== null;
  if (isInForm && !(tap?.kind === 'queue' && tap.to === 'bot')) return null;
  const wish = tap === null ? wishOf(state, said, understanding) : tappedWish(tap);
  if (wish === null) return null;
  if (wish === 'bot') return act({ ...state, leavingFor: 'bot' }, { kind: 'leaveQueue' });
  const empty: FlowState = { id: CALLBACK.id, slots: {}, skipped: [], step: 'phone', repairs: 0 };
  const flow = fillAhead({ ...empty, slots: keptFrom(state) }, CALLBACK, said);
  const leaving = { ...state, flow, suspended: null, leavingFor: 'callback' } as const;
  // The place in the queue is given up only for a ticket.
  const now = running(leaving);
  return now === null ? null : proceed(now, [copy.handover.placeKept]);
}

/**
 * What the bot would say, as it says it to one who waits: help is given, all else gets one word, and a person is not
 * asked for twice.
 */
export function whileQueued(before: DialogueState, turn: Turn): Turn {
  // Who only asks when the call comes does not ask for another: a wish for one is read by leaveAsWished.
  const beginsCall = before.flow === null && turn.state.flow?.id === CALLBACK.id;
  if (before.leavingFor === 'callback' && before.flow !== null) return stayInQueue(turn);
  if (turn.effect?.kind === 'requestHandover') {
    const answered = { ...turn, effect: null };
    if (turn.bubbles.some(({ kind }) => kind !== 'text')) return answered;
  } else if (!beginsCall && isHelp(turn)) return turn;
  if (before.toldToWait) return staySilent(before);
  return speak({ ...before, toldToWait: true }, [copy.handover.stillQueued], offering(queueChoices));
}

/** The form for the call, filled in while the contact waits: who gives it up, or asks for a person, goes on waiting. */
function stayInQueue(turn: Turn): Turn {
  if (turn.effect?.kind === 'requestHandover')
    return speak(
      { ...turn.state, flow: null, leavingFor: null, toldToWait: true },
      [copy.handover.stillQueued],
      offering(queueChoices),
    );
  if (turn.state.flow !== null || turn.effect !== null) return turn;
  return speak(
    { ...turn.state, leavingFor: null, toldToWait: true },
    [copy.handover.callDropped],
    offering(queueChoices),
  );
}

/** An answer, a question back, or a step of a form. */
function isHelp({ bubbles, effect, state, choices }: Turn): boolean {
  return (
    effect !== null ||
    state.flow !== null ||
    bubbles.some(({ kind }) => kind !== 'text') ||
    (state.offer?.asked === true && choices.some(isQuestionBack))
  );
}

function isQuestionBack({ id }: Choice): boolean {
  const tap = readChoiceId(id);
  return tap?.kind === 'intent' && tap.intent !== CALLBACK.id;
}

/** The offer to leave a number may still stand above, from before the contact waited. */
function tappedWish(tap: Tap): 'callback' | 'bot' | null {
  if (tap.kind === 'queue') return tap.to;
  return tap.kind === 'intent' && tap.intent === CALLBACK.id ? 'callback' : null;
}

const LONGEST_REQUEST = 12;
const MOST_BESIDE_NUMBER = 4;

/** By label or place of a button too, when the two are what was offered last. */
function wishOf(state: DialogueState, said: Said, understanding: Understanding): 'callback' | 'bot' | null {
  const wish = readQueueWish(said);
  if (wish !== null) return wish;
  const { decision, intent, entities } = understanding;
  // A number alone is the one to call.
  if (said.words.length <= MOST_BESIDE_NUMBER && entities.some(({ type }) => type === 'phone'))
    return 'callback';
  if (decision === 'answer' && intent === CALLBACK.id && said.words.length <= LONGEST_REQUEST)
    return /\b(?:chua|khi nao|bao gio|luc nao|sao)\b/.test(said.folded) ? null : 'callback';
  if (state.offer === null) return null;
  const typed = findTypedChoice(said, { ...state.offer, asked: false });
  if (typed === null || typed.partial) return null;
  if (typed.id === 'queue:callback') return 'callback';
  return typed.id === 'queue:bot' ? 'bot' : null;
}

/** What a flow that was interrupted already knows serves the call too. */
function keptFrom({ flow, suspended }: DialogueState): FlowState['slots'] {
  const { phone, content, callAt } = (flow ?? suspended)?.slots ?? {};
  return {
    ...(phone === undefined ? {} : { phone }),
    ...(callAt === undefined ? {} : { callAt }),
    ...(content === undefined ? {} : { content }),
  };
}

export function sayRequested(
  state: DialogueState,
  outcome: Extract<Outcome, { kind: 'handoverRequested' }>,
): Turn {
  if (!outcome.queued) return sayOffDuty(state, outcome.backAt);
  const { staffed, position, wait } = outcome;
  const speech = staffed
    ? [copy.handover.staffed(position, wait), copy.handover.staffedOptions]
    : [copy.handover.queued, copy.handover.queuedOptions];
  const waiting = { ...state, flow: null, suspended: state.flow ?? state.suspended, toldToWait: false };
  return speak(waiting, speech, offering(queueChoices));
}

function sayOffDuty(state: DialogueState, backAt: string | null): Turn {
  const speech = [copy.handover.offDuty(backAt), copy.handover.offDutyOptions];
  const now = running(state);
  return now === null || isLookupOver(now)
    ? speak(state, speech, offering([callbackChoice]))
    : resume(now, speech);
}

export function sayNotRequested(state: DialogueState): Turn {
  return speak(state, [copy.handover.failed], offering([agentChoice(), callbackChoice]));
}

export function sayLeft(state: DialogueState, scene: Scene): Turn {
  const left = { ...state, flow: state.flow ?? state.suspended, suspended: null, leavingFor: null };
  const now = running(left);
  if (state.leavingFor === 'callback') return speak(left, [copy.handover.leftForCall], offering([]));
  if (now === null || isLookupOver(now))
    return speak({ ...left, flow: null }, [copy.handover.left], offering(topicChoices(scene)));
  return resume(now, [copy.handover.leftForFlow]);
}

export function sayNotLeft(state: DialogueState): Turn {
  return speak({ ...state, leavingFor: null }, [copy.handover.leaveFailed], offering(queueChoices));
}
