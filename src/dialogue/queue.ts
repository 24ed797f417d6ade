/** Asking for a person, waiting for one, and leaving the queue again. */
import type { Scene } from './answers.ts';
import { agentChoice, callbackChoice, queueChoices, type Tap } from './choice-ids.ts';
import { copy } from './copy.ts';
import { readQueueWish } from './expressions.ts';
import { FLOWS } from './flows/all-flows.ts';
import { fillAhead, proceed, resume, running } from './flows/run-flow.ts';
import { act, offering, speak, staySilent } from './reply.ts';
import type { Said } from './said.ts';
import type { DialogueState, FlowState } from './state.ts';
import type { HandoverReason, Turn, Understanding } from './turn.ts';
import { findTypedChoice } from './typed-choice.ts';
import { topicChoices } from './unsure.ts';

const CALLBACK = FLOWS['support.callback'];

export function handOver(state: DialogueState, reason: HandoverReason): Turn {
  return act({ ...state, misses: 0, others: [] }, { kind: 'requestHandover', reason });
}

/** While the contact waits the bot speaks only of leaving the queue. */
export function whileQueued(
  state: DialogueState,
  tap: Tap | null,
  said: Said,
  understanding: Understanding,
  scene: Scene,
): Turn {
  const wish = tap === null ? wishOf(state, said, understanding) : tappedWish(tap);
  if (wish === null)
    return tap === null && !state.toldToWait && isSurelyAsked(understanding, scene)
      ? speak({ ...state, toldToWait: true }, [copy.handover.stillQueued], offering(queueChoices))
      : staySilent(state);
  if (wish === 'bot') return act({ ...state, leavingFor: 'bot' }, { kind: 'leaveQueue' });
  const empty: FlowState = { id: CALLBACK.id, slots: {}, skipped: [], step: 'phone', repairs: 0 };
  const flow = fillAhead({ ...empty, slots: keptFrom(state) }, CALLBACK, said);
  return act({ ...state, flow, leavingFor: 'callback' }, { kind: 'leaveQueue' });
}

/** From here on a message in the queue is a question that the bot could answer. */
const SURE = 0.8;

function isSurelyAsked({ decision, intent, confidence }: Understanding, { faq, platform }: Scene): boolean {
  if (decision !== 'answer' || intent === null || confidence < SURE) return false;
  return faq.find(intent, platform)?.kind === 'answer';
}

/** The offer to leave a number may still stand above, from before the contact waited. */
function tappedWish(tap: Tap): 'callback' | 'bot' | null {
  if (tap.kind === 'queue') return tap.to;
  return tap.kind === 'intent' && tap.intent === CALLBACK.id ? 'callback' : null;
}

const LONGEST_REQUEST = 12;

/** By label or place of a button too, when the two are what was offered last. */
function wishOf(state: DialogueState, said: Said, understanding: Understanding): 'callback' | 'bot' | null {
  const wish = readQueueWish(said);
  if (wish !== null) return wish;
  const { decision, intent } = understanding;
  if (decision === 'answer' && intent === CALLBACK.id && said.words.length <= LONGEST_REQUEST)
    return /\b(?:chua|khi nao|bao gio|luc nao|sao)\b/.test(said.folded) ? null : 'callback';
  if (state.offer === null) return null;
  const typed = findTypedChoice(said, { ...state.offer, asked: false });
  if (typed === null || typed.partial) return null;
  if (typed.id === 'queue:callback') return 'callback';
  return typed.id === 'queue:bot' ? 'bot' : null;
}

/** What a flow that was interrupted already knows serves the call too. */
function keptFrom({ flow }: DialogueState): FlowState['slots'] {
  const { phone, content, callAt } = flow?.slots ?? {};
  return {
    ...(phone === undefined ? {} : { phone }),
    ...(callAt === undefined ? {} : { callAt }),
    ...(content === undefined ? {} : { content }),
  };
}

export function sayRequested(state: DialogueState, staffed: boolean): Turn {
  const speech = staffed ? [copy.handover.staffed] : [copy.handover.queued, copy.handover.queuedOptions];
  return speak({ ...state, toldToWait: staffed }, speech, offering(queueChoices));
}

export function sayNotRequested(state: DialogueState): Turn {
  return speak(state, [copy.handover.failed], offering([agentChoice(), callbackChoice]));
}

export function sayLeft(state: DialogueState, scene: Scene): Turn {
  const left = { ...state, leavingFor: null };
  const now = running(left);
  if (now === null) return speak(left, [copy.handover.left], offering(topicChoices(scene)));
  return state.leavingFor === 'callback'
    ? proceed(now, [copy.handover.leftForFlow])
    : resume(now, [copy.handover.leftForFlow]);
}

export function sayNotLeft(state: DialogueState): Turn {
  const flow = state.leavingFor === 'callback' ? null : state.flow;
  return speak({ ...state, flow, leavingFor: null }, [copy.handover.leaveFailed], offering(queueChoices));
}
