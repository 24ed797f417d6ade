/** What the bot says when it does not know, was misunderstood, or is scolded. It never bluffs; a person is near. */
import type { Choice } from '../contracts/chat.ts';
import { clarify, entryChoices, type Scene } from './answers.ts';
import { agentChoice, callbackChoice, intentChoice } from './choice-ids.ts';
import { copy } from './copy.ts';
import { offering, speak } from './reply.ts';
import type { DialogueState } from './state.ts';
import type { Turn, Understanding } from './turn.ts';

const CAPABILITIES = 'smalltalk.capabilities';
const MOST_TOPICS = 3;

/** What people ask most, as the editors related it to what the bot can do. */
export function topicChoices({ faq, platform }: Scene): (Choice | null)[] {
  const entry = faq.find(CAPABILITIES, platform);
  return entry === null
    ? []
    : entryChoices(
        entry.related.filter(({ id }) => id !== 'support.agent'),
        MOST_TOPICS,
      );
}

/** The first time what it can do, then a person or a call. */
export function sayUnknown(state: DialogueState, scene: Scene): Turn {
  // At its bound it goes on between two numbers, so that no sentence is said twice running.
  const missed = { ...state, misses: state.misses >= 99 ? 98 : state.misses + 1, others: [] };
  const agent = agentChoice('unsure');
  const again =
    missed.misses === 2 ? copy.unknown.again : copy.unknown.further[missed.misses % 2 === 1 ? 0 : 1];
  if (missed.misses > 1)
    return speak(missed, [again], offering([agent, callbackChoice], { yes: agent.id, asked: true }));
  return speak(missed, [copy.unknown.first], offering([...topicChoices(scene), agent]));
}

/** "không phải cái đó": the next candidates, or please say it otherwise. */
export function tryOthers(state: DialogueState, scene: Scene): Turn {
  const next = clarify(state, state.others, scene, copy.clarify.others);
  const missed = { misses: Math.min(state.misses + 1, 99), others: [] };
  if (next !== null) return { ...next, state: { ...next.state, ...missed } };
  return askToRephrase(state, scene);
}

export function askToRephrase(state: DialogueState, scene: Scene): Turn {
  if (state.misses > 0) return sayUnknown(state, scene);
  return speak(
    { ...state, misses: 1, others: [] },
    [copy.clarify.rephrase],
    offering([...topicChoices(scene), agentChoice('unsure')]),
  );
}

/** Apologises once in a conversation; after that it stays with the matter. */
export function calm(state: DialogueState, problem: Choice | null = null): Turn {
  const agent = agentChoice('anger');
  const offer = offering([problem, agent, callbackChoice]);
  if (state.apologised) return speak({ ...state, others: [] }, [copy.talk.stillListening], offer);
  return speak({ ...state, apologised: true, others: [] }, [copy.talk.apology], offer);
}

const ANGER = 'smalltalk.frustration';
/** From here on what a scolding message may be about is worth offering: of what is not the scolding itself. */
const LIKELY = 0.4;
/** Below this it is a guess, however little is left beside the scolding. */
const LEAST = 0.1;

/** The problem that stands behind abuse, to be chosen. */
export function likelyProblem({ candidates }: Understanding, { faq, platform }: Scene): Choice | null {
  const anger = candidates.find(({ intent }) => intent === ANGER)?.confidence ?? 0;
  const least = Math.max(LEAST, LIKELY * (1 - anger));
  for (const { intent, confidence } of candidates) {
    const entry = confidence < least ? null : faq.find(intent, platform);
    if (entry?.kind === 'answer') return intentChoice(intent, entry.title);
  }
  return null;
}

/** "?", "...", "😀": no miss. A question mark behind an answer says that it is not clear. */
export function sayWordless(state: DialogueState, isMark: boolean, scene: Scene): Turn {
  const last = state.lastIntent === null ? null : scene.faq.find(state.lastIntent, scene.platform);
  if (!isMark || last === null || state.misses > 0)
    return speak(state, [copy.talk.wordless], offering(topicChoices(scene)));
  const related = entryChoices(
    last.related.filter(({ id }) => id !== 'support.agent'),
    MOST_TOPICS,
  );
  return speak(state, [copy.answer.notClear], offering([...related, agentChoice('repeated')]));
}

export function smallTalk(state: DialogueState, intent: string, scene: Scene): Turn | null {
  const entry = scene.faq.find(intent, scene.platform);
  if (entry === null) return null;
  const choices = entryChoices(entry.related, MOST_TOPICS);
  const topics = intent === 'smalltalk.greeting' ? topicChoices(scene) : [];
  return speak({ ...state, misses: 0 }, [entry.markdown], offering([...topics, ...choices]));
}
