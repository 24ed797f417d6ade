/** What the bot says when it does not know, was misunderstood, or is scolded. It never bluffs; a person is near. */
import type { Choice } from '../contracts/chat.ts';
import { clarify, entryChoices, type Scene } from './answers.ts';
import { agentChoice, callbackChoice } from './choice-ids.ts';
import { copy } from './copy.ts';
import { offering, speak } from './reply.ts';
import type { DialogueState } from './state.ts';
import type { Turn } from './turn.ts';

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
  const missed = { ...state, misses: Math.min(state.misses + 1, 99), others: [] };
  const agent = agentChoice('unsure');
  if (missed.misses > 1)
    return speak(
      missed,
      [copy.unknown.again],
      offering([agent, callbackChoice], { yes: agent.id, asked: true }),
    );
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
export function calm(state: DialogueState): Turn {
  const agent = agentChoice('anger');
  if (state.apologised)
    return speak({ ...state, others: [] }, [copy.talk.stillListening], offering([agent, callbackChoice]));
  return speak(
    { ...state, apologised: true, others: [] },
    [copy.talk.apology],
    offering([agent, callbackChoice]),
  );
}

export function smallTalk(state: DialogueState, intent: string, scene: Scene): Turn | null {
  const entry = scene.faq.find(intent, scene.platform);
  if (entry === null) return null;
  const choices = entryChoices(entry.related, MOST_TOPICS);
  const topics = intent === 'smalltalk.greeting' ? topicChoices(scene) : [];
  return speak({ ...state, misses: 0 }, [entry.markdown], offering([...topics, ...choices]));
}
