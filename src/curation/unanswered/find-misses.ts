/** What went wrong in a conversation, told from what was said in it. Pure: looking again gives the same. */
import type { Author, RatingReason } from '../../contracts/chat.ts';
import type { AnswerMark, HandoverReason } from '../../contracts/console.ts';
import type { MissKind } from '../../contracts/unanswered.ts';
import { maskSuspects } from '../question.ts';
import { type Miss, questionKey, saysSomething } from './miss.ts';

/** A message as this room needs it. */
export interface SaidMessage {
  readonly seq: number;
  readonly author: Author;
  readonly at: Date;
  readonly text: string;
  readonly replyTo: number | null;
  readonly helpful: boolean | null;
  readonly ratedWhy: RatingReason | null;
  /** Of what the contact said to the bot; null on all else. */
  readonly asked: {
    readonly decision: 'answer' | 'clarify' | 'unknown';
    readonly intent: string | null;
    /** The choice that was tapped. */
    readonly choice: string | null;
    /** Not an answer to what the bot asked, and not said while the contact waits for a person. */
    readonly isQuestion: boolean;
  } | null;
}

export interface Looked {
  readonly id: string;
  readonly person: string;
  readonly isClosed: boolean;
  /** In order. */
  readonly messages: readonly SaidMessage[];
  /** Each time a person was asked for. */
  readonly handovers: readonly { readonly at: Date; readonly reason: HandoverReason }[];
  /** By the place of the answer. */
  readonly marks: ReadonlyMap<number, AnswerMark>;
  /** Intents that staff proposed, by the place of the question. */
  readonly proposals: ReadonlyMap<number, string>;
}

/** Who has not said a word for so long has gone. */
export const ABANDONED_AFTER_MS = 30 * 60 * 1_000;
/** A choice by which the contact says that none of those offered was meant (src/dialogue/choice-ids.ts). */
const NONE_OF_THESE = 'none-of-these';
/** Asking for a person is no question to be taught. */
const FOR_A_PERSON = 'support.agent';
/** An editor wants a person behind these answers, or a form broke: neither says that the question was not understood. */
const NOT_FOR_WANT_OF_AN_ANSWER: ReadonlySet<HandoverReason> = new Set(['marked-intent', 'flow-failed']);

/** Every question of the conversation with what went wrong with it; those that went well are left out. */
export function findMisses(looked: Looked, now: Date): Miss[] {
  const { messages, marks, proposals } = looked;
  const handedOver = findHandedOver(looked);
  return messages.flatMap((message, at) => {
    if (message.author !== 'contact') return [];
    const key = questionKey(message.text);
    const isUnderstood = message.asked !== null && message.asked.decision !== 'unknown';
    if (!saysSomething(key, isUnderstood)) return [];
    const answer = messages.find(({ author, replyTo }) => author === 'bot' && replyTo === message.seq);
    const kinds: MissKind[] = [];
    if (message.asked !== null && isTyped(message)) {
      const { decision } = message.asked;
      if (decision === 'unknown') kinds.push('unknown');
      if (decision === 'clarify' && isAbandoned(messages.slice(at + 1), message, looked.isClosed, now))
        kinds.push('clarified');
      if (answer?.helpful === false) kinds.push('unhelpful');
      if (handedOver.has(message.seq)) kinds.push('handedOver');
      if (answer !== undefined && marks.get(answer.seq) === 'wrong') kinds.push('wrong');
    }
    const proposed = proposals.get(message.seq) ?? null;
    if (proposed !== null) kinds.push('proposed');
    if (kinds.length === 0) return [];
    return [
      {
        conversation: looked.id,
        seq: message.seq,
        text: maskSuspects(message.text),
        key,
        person: looked.person,
        at: message.at,
        kinds,
        ratedWhy: answer?.helpful === false ? answer.ratedWhy : null,
        proposed,
      },
    ];
  });
}

function isTyped({ asked }: SaidMessage): boolean {
  return asked?.isQuestion === true && asked.choice === null;
}

/** Asked back: was no choice taken, and nothing else said? */
function isAbandoned(
  later: readonly SaidMessage[],
  { at }: SaidMessage,
  isClosed: boolean,
  now: Date,
): boolean {
  const next = later.find(({ author }) => author === 'contact');
  if (next?.asked?.choice === NONE_OF_THESE) return true;
  const until = at.getTime() + ABANDONED_AFTER_MS;
  if (next !== undefined) return next.at.getTime() > until;
  return isClosed || now.getTime() > until;
}

/** For each time a person was asked for: the last question before it, unless that is long ago. */
function findHandedOver({ messages, handovers }: Looked): ReadonlySet<number> {
  const found = new Set<number>();
  for (const { at, reason } of handovers) {
    if (NOT_FOR_WANT_OF_AN_ANSWER.has(reason)) continue;
    const question = messages.findLast(
      (message) => message.at <= at && isTyped(message) && message.asked?.intent !== FOR_A_PERSON,
    );
    if (question !== undefined && at.getTime() - question.at.getTime() <= ABANDONED_AFTER_MS)
      found.add(question.seq);
  }
  return found;
}
