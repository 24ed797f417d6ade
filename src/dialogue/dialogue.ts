/** The dialogue: (state, input) → what the bot says and wants done. Pure: no clock, chance or I/O. */
import type { Position } from '../contracts/offices.ts';
import { answer, answerAll, clarify, othersOf, type Scene, sayNotWorking, showAgain } from './answers.ts';
import { agentChoice, callbackChoice, intentChoice, readChoiceId, type Tap } from './choice-ids.ts';
import { copy } from './copy.ts';
import {
  addsToSent,
  isAcknowledgement,
  isCancel,
  isChangeOfSent,
  isMark,
  isNo,
  isNotWorking,
  isRejection,
  isSendAgain,
  isSwearing,
  isWordless,
  triedInVain,
} from './expressions.ts';
import { advanceFlow } from './flows/advance-flow.ts';
import { FLOWS, findFlow } from './flows/all-flows.ts';
import type { Slot } from './flows/flow.ts';
import { beginFlow, isLookupOver, resume, running } from './flows/run-flow.ts';
import { readAddition } from './flows/slot-values.ts';
import { answerForPlatform, followPlace, followPlatform, followTopic, namedPlatform } from './follow-ups.ts';
import { onOutcome, statusChoice } from './outcomes.ts';
import { findPosition } from './position.ts';
import { handOver, leaveAsWished, whileQueued } from './queue.ts';
import { act, offering, saying, speak } from './reply.ts';
import { listen, type Said } from './said.ts';
import { type DialogueState, restoreState, startState } from './state.ts';
import type { Dialogue, Faq, Input, Turn, Understanding } from './turn.ts';
import { findTypedChoice } from './typed-choice.ts';
import {
  askToRephrase,
  calm,
  likelyProblem,
  sayUnknown,
  sayWordless,
  smallTalk,
  topicChoices,
  tryOthers,
} from './unsure.ts';

type Message = Extract<Input, { kind: 'message' }>;

export function createDialogue(): Dialogue {
  return {
    start: startState,
    restore: restoreState,
    keeps,
    contextOf: ({ lastIntent, platform }) => ({ lastIntent, platform }),
    advance: (state, input, faq) =>
      input.kind === 'outcome'
        ? onOutcome(state, input.outcome, { faq, platform: state.platform })
        : onMessage(state, input, faq),
  };
}

function keeps({ flow, offer }: DialogueState, { intent, questions }: Understanding): readonly string[] {
  // Who waits was just asked for a number.
  if (offer?.choices.some(({ id }) => id === 'queue:callback')) return ['phone'];
  const begun = [intent ?? '', ...questions].map(findFlow);
  const flows = [flow === null ? null : FLOWS[flow.id], ...begun];
  const asksPhone = ({ name }: Slot): boolean => name === 'phone' || name === 'contact';
  return flows.some((other) => other?.slots.some(asksPhone)) ? ['phone'] : [];
}

function onMessage(before: DialogueState, message: Message, faq: Faq): Turn {
  const said = listen(message.text, message.understanding.entities);
  const state = { ...before, platform: namedPlatform(said) ?? before.platform };
  const scene: Scene = { faq, platform: state.platform ?? message.platform };
  const tapped = message.choice === null ? null : readChoiceId(message.choice);
  if (!message.queued) return onSaid({ ...state, suspended: null }, message, said, tapped, scene);
  return (
    leaveAsWished(state, tapped, said, message.understanding) ??
    whileQueued(state, onSaid(state, message, said, tapped, scene))
  );
}

function onSaid(state: DialogueState, message: Message, said: Said, tapped: Tap | null, scene: Scene): Turn {
  const near = findPosition(message.understanding.entities);
  if (near !== null) return findNearby(state, near);
  const tap = tapped ?? typedTap(state, said, message.understanding);
  const now = running(state);
  if (tap === null && isWordless(said))
    return now === null || isLookupOver(now) ? sayWordless(state, isMark(said), scene) : resume(now);
  if (now !== null) {
    const turn = advanceFlow(now, { said, tap, understanding: message.understanding }, scene);
    if (turn !== null) return turn;
  }
  const free = { ...state, flow: null };
  return (
    (tap === null ? null : onTap(free, tap, tapped === null ? said : null, scene)) ??
    onWords(free, said, message.understanding, scene)
  );
}

/** Another flow goes on behind it. */
function findNearby(state: DialogueState, near: Position): Turn {
  const flow = state.flow?.id === 'lookup.office' ? null : state.flow;
  return act({ ...state, flow }, { kind: 'findOffices', query: '', near });
}

/** What was typed instead of tapped. In a slot only whole labels count: "2" may be the answer. */
function typedTap(state: DialogueState, said: Said, understanding: Understanding): Tap | null {
  if (state.offer === null) return null;
  const isSlot = state.flow !== null && state.flow.step !== 'confirm' && state.flow.step !== 'edit';
  const typed = findTypedChoice(said, state.offer, isSlot);
  if (typed === null) return null;
  const isSureOfAnother =
    typed.partial && understanding.decision === 'answer' && typed.id !== `intent:${understanding.intent}`;
  return isSureOfAnother ? null : readChoiceId(typed.id);
}

/**
 * @param said what was typed instead of tapped: it may hold more than the choice
 * @returns null when the choice means nothing (any more): then its label is read as a message
 */
function onTap(state: DialogueState, tap: Tap, said: Said | null, scene: Scene): Turn | null {
  switch (tap.kind) {
    case 'intent':
      return toIntent(state, tap.intent, [], said, scene);
    case 'switch':
      return toIntent(state, tap.intent, [], null, scene);
    case 'agent':
      return handOver(state, tap.reason);
    case 'none':
      return askToRephrase(state, scene);
    case 'again':
      return showAgain(state, scene);
    case 'location':
      return saying([copy.offices.noPosition], beginFlow(state, FLOWS['lookup.office'], null));
    case 'platform': {
      const known = { ...state, platform: tap.platform };
      const noted = copy.answer.platformNoted(copy.platforms[tap.platform]);
      return (
        answerForPlatform(known, tap.platform, null, scene) ??
        speak(known, [noted], offering(topicChoices(scene)))
      );
    }
    case 'queue':
      return tap.to === 'callback'
        ? beginFlow(state, FLOWS['support.callback'], said)
        : speak(state, [copy.talk.ready], offering(topicChoices(scene)));
    case 'edit':
    case 'set':
      return sayFinished(state, scene);
    case 'flow':
      if (tap.act === 'cancel')
        return speak(state, [copy.talk.nothingToCancel], offering(topicChoices(scene)));
      return sayFinished(state, scene);
  }
}

/** A button of a flow that is over. Nothing is sent twice. */
function sayFinished(state: DialogueState, scene: Scene): Turn {
  const sentence = state.lastCode === null ? copy.talk.finished : copy.talk.alreadySent(state.lastCode);
  return speak(state, [sentence], offering(topicChoices(scene)));
}

function toIntent(
  state: DialogueState,
  intent: string,
  others: readonly string[],
  said: Said | null,
  scene: Scene,
): Turn | null {
  if (intent === 'support.agent') return handOver(state, 'asked');
  const flow = findFlow(intent);
  if (flow !== null) return beginFlow(state, flow, said);
  if (intent === 'smalltalk.frustration') return calm(state);
  if (scene.faq.find(intent, scene.platform)?.kind === 'smalltalk') return smallTalk(state, intent, scene);
  return behindAnswer(answer(state, intent, others, scene), intent, scene);
}

/** Where the editors want it, a person takes over behind the answer. */
function behindAnswer(turn: Turn | null, intent: string, { faq, platform }: Scene): Turn | null {
  if (turn === null || turn.effect !== null || !faq.find(intent, platform)?.handsOver) return turn;
  return saying(turn.bubbles, handOver(turn.state, 'marked-intent'));
}

function onWords(state: DialogueState, said: Said, understanding: Understanding, scene: Scene): Turn {
  return (
    onExpression(state, said, scene) ??
    followPlatform(state, said, understanding, scene) ??
    followPlace(state, said) ??
    onUnderstanding(state, said, understanding, scene)
  );
}

/** What is said about the conversation itself. */
function onExpression(state: DialogueState, said: Said, scene: Scene): Turn | null {
  if (readAddition(said, null) !== null) return beginFlow(state, FLOWS['support.ticket-status'], said);
  if (isSendAgain(said) && state.lastCode !== null)
    return speak(state, [copy.talk.alreadySent(state.lastCode)], offering([]));
  if (isChangeOfSent(said) && state.lastCode !== null)
    return addsToSent(said)
      ? speak(state, [copy.talk.addAfterLookup(state.lastCode)], offering([statusChoice]))
      : sayCannotChange(state, state.lastCode);
  if (isRejection(said)) return tryOthers(state, scene);
  if (isNotWorking(said) && state.lastIntent !== null) return sayNotWorking(state, scene);
  if (isNo(said)) return state.others.length > 0 ? tryOthers(state, scene) : acknowledge(state);
  if (isAcknowledgement(said)) return acknowledge(state);
  if (isCancel(said)) return acknowledge(state);
  return null;
}

function sayCannotChange(state: DialogueState, code: string): Turn {
  const flow = ({ GY: 'support.feedback', GL: 'support.callback' } as const)[code.slice(0, 2)];
  const another = intentChoice(flow ?? 'support.complaint', copy.choices.newTicket);
  return speak(state, [copy.talk.cannotChange(code)], offering([another, statusChoice]));
}

const acknowledge = (state: DialogueState): Turn =>
  speak({ ...state, misses: 0 }, [copy.talk.acknowledged], offering([]));

function onUnderstanding(state: DialogueState, said: Said, understanding: Understanding, scene: Scene): Turn {
  const { decision, intent, questions } = understanding;
  const isAngry = isSwearing(said);
  if (decision === 'answer' && intent === 'smalltalk.frustration' && questions.length < 2)
    return calm(state, likelyProblem(understanding, scene));
  const answered =
    questions.length > 1
      ? answerQuestions(state, questions, said, scene)
      : decision === 'answer' && intent !== null
        ? besideStaff(toIntent(state, intent, othersOf(understanding, intent), said, scene), said)
        : null;
  if (answered !== null) {
    if (!isAngry || state.apologised) return answered;
    const calmed = { ...answered, state: { ...answered.state, apologised: true } };
    return saying([copy.talk.apologyBeforeAnswer], calmed);
  }
  if (isAngry) return calm(state, likelyProblem(understanding, scene));
  if (decision === 'clarify') return askBack(state, said, understanding, scene);
  return sayUnknown(state, scene);
}

/** Who has tried in vain gets the answer, and besides it a person. */
function besideStaff(turn: Turn | null, said: Said): Turn | null {
  const isAnswer = turn?.bubbles.some(({ kind }) => kind === 'answer') ?? false;
  if (turn === null || !isAnswer || turn.effect !== null || !triedInVain(said)) return turn;
  const others = turn.choices.filter(({ id }) => readChoiceId(id)?.kind !== 'agent');
  const offer = offering([...others, agentChoice('repeated'), callbackChoice]);
  return { ...turn, state: { ...turn.state, offer }, choices: offer.choices };
}

/** Each question that has an answer, in order; then the flow or person that was asked for besides. */
function answerQuestions(
  state: DialogueState,
  questions: readonly string[],
  said: Said,
  scene: Scene,
): Turn | null {
  const isGuided = (intent: string): boolean => intent === 'support.agent' || findFlow(intent) !== null;
  const answers = answerAll(
    state,
    questions.filter((intent) => !isGuided(intent)),
    scene,
  );
  const guided = questions.find(isGuided);
  if (guided === undefined) return answers;
  const turn = toIntent(answers?.state ?? state, guided, [], said, scene);
  return turn === null || answers === null ? (turn ?? answers) : saying(answers.bubbles, turn);
}

/** From here on a reply of small talk does no harm although it is not sure. */
const HARMLESS = 0.4;

function askBack(state: DialogueState, said: Said, understanding: Understanding, scene: Scene): Turn {
  const { candidates } = understanding;
  const [best] = candidates;
  if (best !== undefined && best.confidence >= HARMLESS && best.intent !== 'smalltalk.frustration') {
    const isTalk = scene.faq.find(best.intent, scene.platform)?.kind === 'smalltalk';
    const talk = isTalk ? smallTalk(state, best.intent, scene) : null;
    if (talk !== null) return talk;
  }
  return (
    followTopic(state, said, understanding, scene) ??
    clarify(
      state,
      candidates.map(({ intent }) => intent),
      scene,
    ) ??
    sayUnknown(state, scene)
  );
}
