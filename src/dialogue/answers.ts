/** Answers from the FAQ, and what is worth asking next. */
import type { Bubble, Choice } from '../contracts/chat.ts';
import {
  againChoice,
  agentChoice,
  callbackChoice,
  intentChoice,
  noneChoice,
  platformChoices,
} from './choice-ids.ts';
import { copy } from './copy.ts';
import { offering, speak } from './reply.ts';
import { type DialogueState, isIntentId } from './state.ts';
import type { Faq, Input, Turn, Understanding } from './turn.ts';

export type Entry = NonNullable<ReturnType<Faq['find']>>;
export type Platform = NonNullable<Extract<Input, { kind: 'message' }>['platform']>;

/** What a turn needs besides state and message. */
export interface Scene {
  readonly faq: Faq;
  /** As the contact named it, else of the device. */
  readonly platform: Platform | null;
}

const AGENT_INTENT = 'support.agent';
const MOST_RELATED = 3;
const MOST_CANDIDATES = 3;

export function answerBubble(intent: string, { title, markdown, sources }: Entry): Bubble {
  return { kind: 'answer', intent, title, markdown, sources: [...sources] };
}

/** Entries as choices; a person among them comes last. */
export function entryChoices(related: Entry['related'], most: number): (Choice | null)[] {
  const entries = related.filter(({ id }) => id !== AGENT_INTENT).slice(0, most);
  return [
    ...entries.map(({ id, title }) => intentChoice(id, title)),
    ...(related.some(({ id }) => id === AGENT_INTENT) ? [agentChoice()] : []),
  ];
}

/** Answers one question, or says that it has just been answered. */
export function answer(
  state: DialogueState,
  intent: string,
  others: readonly string[],
  scene: Scene,
): Turn | null {
  const entry = scene.faq.find(intent, scene.platform);
  if (entry === null) return null;
  const isRepeated = state.lastIntent === intent && state.lastPlatform === scene.platform;
  // What is pinned may be newer than the answer that was given: it is said once more.
  const mayBeNews = entry.isPinned === true && state.times < 2;
  if (isRepeated && !mayBeNews) {
    return sayRepeated({ ...state, times: Math.min(state.times + 1, 99), misses: 0 }, entry);
  }
  const asksPlatform = entry.variesByPlatform && scene.platform === null;
  const choices = [
    ...(asksPlatform ? platformChoices : []),
    ...entryChoices(entry.related, asksPlatform ? 2 : MOST_RELATED),
  ];
  const next = remember(state, intent, others, scene);
  const answered = isRepeated ? { ...next, times: state.times + 1 } : next;
  return speak(answered, [answerBubble(intent, entry)], offering(choices));
}

/** The entry of the same topic that is for the other platform. */
export function findTwin(
  last: string,
  related: readonly { readonly id: string }[],
  platform: Platform,
  understanding: Understanding | null,
  { faq }: Scene,
): string | null {
  const [topic] = last.split('.');
  const nearby = [
    ...(understanding?.candidates.map(({ intent }) => intent) ?? []),
    `${topic}.${platform}`,
    ...related.map(({ id }) => id),
  ];
  return (
    nearby.find((id) => id.split('.')[0] === topic && faq.find(id, platform)?.onlyFor === platform) ?? null
  );
}

/** Who names no phone gets both answers: several at once must not guess. */
function forEveryPhone(intent: string, scene: Scene): string[] {
  const entry = scene.faq.find(intent, scene.platform);
  if (!entry || entry.onlyFor === null || scene.platform !== null) return [intent];
  const other = entry.onlyFor === 'ios' ? 'android' : 'ios';
  const twin = findTwin(intent, entry.related, other, null, scene);
  return twin === null ? [intent] : [intent, twin];
}

/** Several questions of one message, in order, one bubble each. */
export function answerAll(state: DialogueState, intents: readonly string[], scene: Scene): Turn | null {
  const all = new Set(intents.flatMap((intent) => forEveryPhone(intent, scene)));
  const found = [...all].flatMap((intent) => {
    const entry = scene.faq.find(intent, scene.platform);
    return entry === null ? [] : [{ intent, entry }];
  });
  const last = found.at(-1);
  if (last === undefined) return null;
  const shown = new Set(found.map(({ intent }) => intent));
  const related = found.flatMap(({ entry }) => entry.related).filter(({ id }) => !shown.has(id));
  return speak(
    remember(state, last.intent, [], scene),
    found.map(({ intent, entry }) => answerBubble(intent, entry)),
    offering(entryChoices(related, MOST_RELATED)),
  );
}

export function remember(
  state: DialogueState,
  intent: string,
  others: readonly string[],
  { platform }: Pick<Scene, 'platform'>,
): DialogueState {
  return {
    ...state,
    lastIntent: isIntentId(intent) ? intent : null,
    lastPlatform: platform,
    times: 1,
    misses: 0,
    others: others.filter((other) => other !== intent && isIntentId(other)).slice(0, MOST_CANDIDATES),
  };
}

function sayRepeated(state: DialogueState, { related }: Entry): Turn {
  const otherWays = entryChoices(
    related.filter(({ id }) => id !== AGENT_INTENT),
    2,
  );
  const agent = agentChoice('repeated');
  return state.times <= 2
    ? speak(state, [copy.answer.repeated], offering([...otherWays, againChoice, agent]))
    : speak(
        state,
        [copy.answer.repeatedAgain],
        offering([agent, callbackChoice, againChoice], { yes: agent.id, asked: true }),
      );
}

/** Shows the last answer once more: asked for expressly. */
export function showAgain(state: DialogueState, scene: Scene): Turn | null {
  if (state.lastIntent === null) return null;
  const entry = scene.faq.find(state.lastIntent, state.lastPlatform ?? scene.platform);
  if (entry === null) return null;
  return speak(
    state,
    [answerBubble(state.lastIntent, entry)],
    offering([...entryChoices(entry.related, 2), agentChoice('repeated')]),
  );
}

/** "làm rồi mà không được": another way, or a person. */
export function sayNotWorking(state: DialogueState, { faq, platform }: Scene): Turn {
  const entry = state.lastIntent === null ? null : faq.find(state.lastIntent, platform);
  const agent = agentChoice('repeated');
  return speak(
    state,
    [copy.answer.notWorking],
    offering([...entryChoices(entry?.related ?? [], 2).filter((choice) => choice?.id !== 'agent'), agent]),
  );
}

/** Asks which of the candidates is meant; null when none of them can be offered. */
export function clarify(
  state: DialogueState,
  intents: readonly string[],
  { faq, platform }: Scene,
  question?: string,
): Turn | null {
  const offered = intents.flatMap((intent) => {
    const entry = faq.find(intent, platform);
    if (entry === null || entry.kind === 'smalltalk') return [];
    const choice = intent === AGENT_INTENT ? agentChoice('asked') : intentChoice(intent, entry.title);
    return choice === null ? [] : [choice];
  });
  const choices = offered.slice(0, MOST_CANDIDATES);
  const [only] = choices;
  if (only === undefined) return null;
  const agent = state.misses > 0 ? [agentChoice('unsure')] : [];
  const asked = choices.length === 1 ? copy.clarify.one(only.label) : copy.clarify.several;
  return speak(
    { ...state, others: [] },
    [question ?? asked],
    offering([...choices, noneChoice, ...agent], {
      asked: true,
      no: noneChoice.id,
      ...(choices.length === 1 ? { yes: only.id } : {}),
    }),
  );
}

/** What else the message could have meant, best first. */
export function othersOf({ candidates }: Understanding, shown: string | null): string[] {
  return candidates.map(({ intent }) => intent).filter((intent) => intent !== shown);
}
