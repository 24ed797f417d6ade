/** The ids of choices: what the bot writes below its messages and reads back when one is tapped. */
import { type Choice, LOCATION_CHOICE } from '../contracts/chat.ts';
import type { HandoverReason } from '../contracts/console.ts';
import { copy } from './copy.ts';
import { type SlotName, slotName } from './state.ts';

export const NONE_OF_THESE = 'none-of-these';
export const AGAIN = 'again';

export type FlowAct = 'confirm' | 'edit' | 'cancel' | 'skip' | 'retry' | 'continue' | 'add';

/** What a choice means. */
export type Tap =
  | { readonly kind: 'intent'; readonly intent: string }
  | { readonly kind: 'agent'; readonly reason: HandoverReason }
  | { readonly kind: 'none' }
  | { readonly kind: 'again' }
  | { readonly kind: 'location' }
  | { readonly kind: 'platform'; readonly platform: 'android' | 'ios' }
  | { readonly kind: 'flow'; readonly act: FlowAct }
  | { readonly kind: 'edit'; readonly slot: SlotName }
  | { readonly kind: 'set'; readonly slot: SlotName; readonly value: string }
  | { readonly kind: 'switch'; readonly intent: string }
  | { readonly kind: 'queue'; readonly to: 'callback' | 'bot' };

const LONGEST_LABEL = 120;
const ID = /^[\w.:-]{1,100}$/;
const REASONS: readonly string[] = [
  'asked',
  'unsure',
  'anger',
  'repeated',
  'negative-feedback',
  'flow-failed',
] satisfies HandoverReason[];
const ACTS: readonly string[] = [
  'confirm',
  'edit',
  'cancel',
  'skip',
  'retry',
  'continue',
  'add',
] satisfies FlowAct[];

function isReason(word: string): word is HandoverReason {
  return REASONS.includes(word);
}

function isAct(word: string): word is FlowAct {
  return ACTS.includes(word);
}

/** @returns null for what is no id of ours: ids come from outside. */
export function readChoiceId(id: string): Tap | null {
  const [head, ...tail] = id.split(':');
  const rest = tail.join(':');
  switch (head) {
    case 'intent':
      return rest === '' ? null : { kind: 'intent', intent: rest };
    case 'agent':
      if (rest === '') return { kind: 'agent', reason: 'asked' };
      return isReason(rest) ? { kind: 'agent', reason: rest } : null;
    case NONE_OF_THESE:
      return { kind: 'none' };
    case AGAIN:
      return { kind: 'again' };
    case LOCATION_CHOICE:
      return rest === '' ? { kind: 'location' } : null;
    case 'platform':
      return rest === 'android' || rest === 'ios' ? { kind: 'platform', platform: rest } : null;
    case 'queue':
      return rest === 'callback' || rest === 'bot' ? { kind: 'queue', to: rest } : null;
    case 'flow':
      return readFlowChoice(tail);
    default:
      return null;
  }
}

function readFlowChoice([act, name, ...value]: readonly string[]): Tap | null {
  if (act === 'switch' && name !== undefined) return { kind: 'switch', intent: name };
  const slot = slotName.safeParse(name);
  if (act === 'edit' && slot.success) return { kind: 'edit', slot: slot.data };
  if (act === 'set' && slot.success && value.length > 0)
    return { kind: 'set', slot: slot.data, value: value.join(':') };
  return name === undefined && act !== undefined && isAct(act) ? { kind: 'flow', act } : null;
}

function labelled(id: string, label: string): Choice {
  return { id, label: label.length <= LONGEST_LABEL ? label : `${label.slice(0, LONGEST_LABEL - 1)}…` };
}

/** @returns null when the entry cannot be offered: editors name their intents as they like. */
export function intentChoice(intent: string, title: string): Choice | null {
  const id = `intent:${intent}`;
  return ID.test(id) && title !== '' ? labelled(id, title) : null;
}

export const agentChoice = (reason: HandoverReason = 'asked'): Choice =>
  labelled(reason === 'asked' ? 'agent' : `agent:${reason}`, copy.choices.agent);
export const callbackChoice: Choice = labelled('intent:support.callback', copy.choices.callback);
export const noneChoice: Choice = labelled(NONE_OF_THESE, copy.choices.none);
export const againChoice: Choice = labelled(AGAIN, copy.choices.again);
export const locationChoice: Choice = labelled(LOCATION_CHOICE, copy.choices.location);
export const platformChoices: readonly Choice[] = [
  labelled('platform:android', copy.choices.android),
  labelled('platform:ios', copy.choices.ios),
];
export const queueChoices: readonly Choice[] = [
  labelled('queue:callback', copy.choices.callback),
  labelled('queue:bot', copy.choices.backToBot),
];
export const flowChoice = (act: FlowAct): Choice => labelled(`flow:${act}`, copy.choices.flow[act]);
export const editChoice = (slot: SlotName, label: string): Choice => labelled(`flow:edit:${slot}`, label);
export const setChoice = (slot: SlotName, value: string, label: string): Choice =>
  labelled(`flow:set:${slot}:${value}`, label);
export const switchChoice = (intent: string, label: string): Choice =>
  labelled(`flow:switch:${intent}`, label);

/** Not an answer to the bot's question but a way round it. */
export function isWayOut({ id }: Choice): boolean {
  return /^(?:none-of-these$|agent|again$|queue:|flow:(?:cancel|skip|edit|continue)$)/.test(id);
}
