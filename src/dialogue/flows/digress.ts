/** Something else in the middle of a flow: it is dealt with, then the flow goes on where it was. */
import type { HandoverReason } from '../../contracts/console.ts';
import { answerBubble, remember, type Scene } from '../answers.ts';
import { flowChoice, switchChoice, type Tap } from '../choice-ids.ts';
import { copy } from '../copy.ts';
import { asksHow, isNo, isQuestion, isRejection } from '../expressions.ts';
import { act, offering, type Speech, speak } from '../reply.ts';
import type { Said } from '../said.ts';
import type { Turn, Understanding } from '../turn.ts';
import { FLOWS, findFlow } from './all-flows.ts';
import { type Flow, isTold } from './flow.ts';
import { beginFlow, cancelFlow, type Running, resume } from './run-flow.ts';
import { readAhead } from './slot-values.ts';

interface Heard {
  readonly said: Said;
  readonly tap: Tap | null;
  readonly understanding: Understanding;
}

/** From here on a question-like message in a slot of free text is a question: below, it is content. */
const SURE = 0.9;
const LONGEST_QUESTION = 16;
const LONGEST_REQUEST = 9;
/** "cảm ơn em" is no content. */
const LONGEST_TALK = 4;
const AGENT = 'support.agent';
const ANGER = 'smalltalk.frustration';

/** @param isNoAnswer the message cannot be what was asked for, although that may be in any words */
export function digress(now: Running, heard: Heard, scene: Scene, isNoAnswer = false): Turn | null {
  if (heard.tap !== null) return onTap(now, heard.tap, scene);
  const { said, understanding } = heard;
  const isContent = isTold(now.at.step);
  if (understanding.questions.length > 1 && (!isContent || asksHow(said)))
    return answerBetween(now, understanding.questions, scene);
  if (understanding.decision !== 'answer' || understanding.intent === null) return null;
  const { intent, confidence } = understanding;
  if (intent === AGENT)
    return said.words.length <= LONGEST_REQUEST || !isContent ? handOver(now, 'asked') : null;
  const isAsked = isQuestion(said) && confidence >= SURE && said.words.length <= LONGEST_QUESTION;
  const kind = scene.faq.find(intent, scene.platform)?.kind;
  if (isContent) {
    const isTalk = kind === 'smalltalk' && intent !== ANGER && said.words.length <= LONGEST_TALK;
    return isTalk || (kind === 'answer' && isAsked && asksHow(said)) ? goTo(now, intent, said, scene) : null;
  }
  if (intent === 'lookup.office' && !isAsked && now.flow.slots.some(({ name }) => name === 'office'))
    return null;
  if (intent === ANGER && (isNo(said) || isRejection(said))) return null;
  if (isFreeText(now) && !isNoAnswer && !isAsked && (kind === 'answer' || intent === 'lookup.office'))
    return null;
  return goTo(now, intent, said, scene);
}

/** The answer may be in any words, so that only what is clearly a question is none. */
export function isFreeText({ at }: Running): boolean {
  return at.step === 'office' || at.step === 'place' || at.step === 'callAt' || isTold(at.step);
}

function onTap(now: Running, tap: Tap, scene: Scene): Turn | null {
  switch (tap.kind) {
    case 'agent':
      return handOver(now, tap.reason);
    case 'switch': {
      const flow = findFlow(tap.intent);
      return flow === null ? resume(now) : beginFlow(now.state, flow, null);
    }
    case 'intent':
      return tap.intent === AGENT ? handOver(now, 'asked') : goTo(now, tap.intent, null, scene);
    default:
      return resume(now);
  }
}

function goTo(now: Running, intent: string, said: Said | null, scene: Scene): Turn | null {
  const flow = findFlow(intent);
  if (flow !== null) return toFlow(now, flow, said);
  const entry = scene.faq.find(intent, scene.platform);
  if (entry === null) return null;
  if (intent === 'smalltalk.goodbye') return cancelFlow(now, scene);
  if (intent === ANGER) {
    const sentence = now.state.apologised ? copy.talk.stillListening : copy.talk.apologyBeforeAnswer;
    return resume({ ...now, state: { ...now.state, apologised: true } }, [sentence]);
  }
  if (entry.kind === 'smalltalk') return resume(now, [entry.markdown]);
  return answerBetween(now, [intent], scene);
}

function answerBetween(now: Running, intents: readonly string[], scene: Scene): Turn | null {
  const speech: Speech = intents.flatMap((intent) => {
    const entry = scene.faq.find(intent, scene.platform);
    return entry === null || findFlow(intent) !== null ? [] : [answerBubble(intent, entry)];
  });
  const last = intents.at(-1);
  if (speech.length === 0 || last === undefined) return null;
  return resume({ ...now, state: remember(now.state, last, [], scene) }, speech);
}

/** An office can be looked up in between; for another flow this one has to end, and that is asked first. */
function toFlow(now: Running, flow: Flow, said: Said | null): Turn | null {
  if (flow.id === now.flow.id) return said === null || !isFreeText(now) ? resume(now) : null;
  const place = said === null ? null : readAhead('place', said, flow);
  if (flow.id === 'lookup.office' && place !== null)
    return act({ ...now.state, flow: now.at }, FLOWS['lookup.office'].toEffect({ place }));
  if (Object.keys(now.at.slots).length === 0) return beginFlow(now.state, flow, said);
  return speak(
    now.state,
    [copy.flow.switching(now.flow.name, flow.summary)],
    offering([switchChoice(flow.id, copy.flow.switchTo(flow.summary)), flowChoice('continue')], {
      yes: `flow:switch:${flow.id}`,
      no: 'flow:continue',
    }),
  );
}

function handOver({ state }: Running, reason: HandoverReason): Turn {
  return act(state, { kind: 'requestHandover', reason });
}
