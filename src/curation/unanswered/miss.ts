/** A question that the bot did not serve well. Types and pure rules. */
import type { RatingReason } from '../../contracts/chat.ts';
import type { MissKind } from '../../contracts/unanswered.ts';

export interface Miss {
  /** null: asked over the API, or the conversation was erased. */
  readonly conversation: string | null;
  readonly seq: number | null;
  /** Secrets are gone, and what may be one. */
  readonly text: string;
  readonly key: string;
  /** Tells people apart without naming them. */
  readonly person: string;
  readonly at: Date;
  readonly kinds: readonly MissKind[];
  readonly ratedWhy: RatingReason | null;
  /** The intent that staff proposed. */
  readonly proposed: string | null;
}

/**
 * What one person's trouble of a kind weighs. A wrong answer is the worst outcome there is, and somebody looked to say
 * so; a handover costs an agent minutes; who rated has bothered to; no answer costs the contact a try; a question back
 * that was left alone may as well have been answered by then. A proposal costs nobody anything, but a colleague waits.
 */
export const COSTS: Readonly<Record<MissKind, number>> = {
  wrong: 5,
  handedOver: 4,
  unhelpful: 3,
  proposed: 2,
  unknown: 2,
  clarified: 1,
};

/** Of several things that went wrong with one question the dearest counts. */
export function costOf(kinds: readonly MissKind[]): number {
  return Math.max(0, ...kinds.map((kind) => COSTS[kind]));
}

const LEAST_LETTERS = 2;

/** Questions are the same when they differ only in accents, capitals or punctuation. */
export function questionKey(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Said to what was said, folded; asked back about by chance. */
const NODS: ReadonlySet<string> = new Set('a ah da ha hi k ko oh oi ok u uh uk um vg'.split(' '));

/**
 * Is there anything to teach in it? "?" and "ok" are no questions.
 * @param isUnderstood the bot made something of it: then it may be ever so short, "sổ"
 */
export function saysSomething(key: string, isUnderstood = false): boolean {
  const letters = key.replace(/[^\p{L}]+/gu, '').length;
  return letters > LEAST_LETTERS || (isUnderstood && letters > 0 && !NODS.has(key));
}
