/** A turn put together: what is said, what is offered below it, what is to be done. */
import type { Bubble, Choice } from '../contracts/chat.ts';
import type { DialogueState, Offer } from './state.ts';
import type { Effect, Turn } from './turn.ts';

export const MOST_CHOICES = 8;

/** A sentence is a bubble of its own; an empty one is none. */
export type Speech = readonly (string | Bubble | null)[];

export function offering(
  choices: readonly (Choice | null)[],
  answers: { readonly yes?: string; readonly no?: string; readonly asked?: boolean } = {},
): Offer {
  const given = choices.filter((choice) => choice !== null);
  const unique = given.filter(({ id }, at) => given.findIndex((other) => other.id === id) === at);
  return {
    choices: unique.slice(0, MOST_CHOICES),
    yes: answers.yes ?? null,
    no: answers.no ?? null,
    asked: answers.asked ?? false,
  };
}

export function speak(state: DialogueState, speech: Speech, offer: Offer | null = null): Turn {
  return {
    state: { ...state, offer },
    bubbles: speech.flatMap(toBubble),
    choices: offer?.choices ?? [],
    effect: null,
  };
}

export function act(state: DialogueState, effect: Effect, speech: Speech = []): Turn {
  return { ...speak(state, speech), effect };
}

export function staySilent(state: DialogueState): Turn {
  return { state, bubbles: [], choices: [], effect: null };
}

/** The same turn with something said before it. */
export function saying(speech: Speech, turn: Turn): Turn {
  return { ...turn, bubbles: [...speech.flatMap(toBubble), ...turn.bubbles] };
}

function toBubble(said: string | Bubble | null): Bubble[] {
  if (said === null || said === '') return [];
  return [typeof said === 'string' ? { kind: 'text', markdown: said } : said];
}
