/** Where one conversation stands, as this process knows it. The unique indexes say when it is behind. */
import type { ConversationEvent } from '../contracts/console.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Conversation, Message } from './conversation.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { MessageStore } from './message-store.ts';

export interface Thread {
  conversation: Conversation;
  lastSeq: number;
  /** Where the bot's dialogue stands; opaque. */
  dialogue: unknown;
  /** Messages that the bot has yet to answer, in order. */
  unanswered: Message[];
  /** Nothing up to here wants an answer of the bot any more: it answered, was silent on purpose, or a person came. */
  passedSeq: number;
  /** Something before the next answer holds personal values. */
  hasPrivate: boolean;
}

/** More than the messages of the last few turns, in which the dialogue's state mostly is. */
const TAIL = 20;
/** From then on a person answers. */
const TAKEN: ReadonlySet<ConversationEvent['kind']> = new Set([
  'claimed',
  'assigned',
  'taken-over',
  'transferred',
]);

/** @throws AppError `not_open` when there is no such conversation */
export async function loadThread(
  id: string,
  conversations: Pick<ConversationStore, 'find'>,
  messages: Pick<MessageStore, 'listBefore' | 'findDialogue'>,
): Promise<Thread> {
  const [conversation, tail] = await Promise.all([
    conversations.find(id),
    messages.listBefore(id, Number.POSITIVE_INFINITY, TAIL),
  ]);
  if (conversation === null) throw new AppError({ code: 'not_open', message: id });
  const last = tail.findLast(({ dialogue }) => dialogue !== null);
  const isWhole = (tail[0]?.seq ?? 1) === 1;
  const passedSeq = tail.reduce((place, message) => Math.max(place, passedBy(message)), 0);
  return {
    conversation,
    lastSeq: tail.at(-1)?.seq ?? 0,
    dialogue: last?.dialogue ?? (isWhole ? null : await messages.findDialogue(id)),
    hasPrivate: tail.some(({ isPrivate }) => isPrivate),
    passedSeq,
    unanswered: tail.filter(({ forBot, seq }) => forBot !== null && seq > passedSeq),
  };
}

/** Messages are answered in order: what the bot left out before its answer, or before a person came, stays so. */
function passedBy({ seq, author, event, replyTo }: Message): number {
  if (author === 'agent' || (event !== null && TAKEN.has(event.kind))) return seq;
  return replyTo ?? 0;
}
