/** A thread with a contact, and what is said in it. Types and pure rules. */
import type { Platform } from '../contracts/answers.ts';
import type {
  Author,
  Bubble,
  Choice,
  ConversationStatus,
  RatingReason,
  RedactedType,
} from '../contracts/chat.ts';

export interface Conversation {
  readonly id: string;
  readonly contact: string;
  readonly status: ConversationStatus;
  readonly openedAt: Date;
}

export interface Message {
  readonly conversation: string;
  /** 1, 2, 3 … without gaps: the insert that takes the next number hands it out. */
  readonly seq: number;
  /** The sender's own name for it, unique in the conversation; of an answer, `replyIdOf` what it answers. */
  readonly clientId: string;
  readonly author: Author;
  readonly at: Date;
  /** Secrets are gone. */
  readonly text: string;
  readonly redacted: readonly RedactedType[];
  readonly bubbles: readonly Bubble[];
  readonly choices: readonly Choice[];
  readonly replyTo: number | null;
  readonly helpful: boolean | null;
  /** What the bot needs to answer; null on what the desk says, and where no answer of the bot is wanted. */
  readonly forBot: ForBot | null;
  /** Where the dialogue stood after this answer of the bot; opaque here. null on all other messages. */
  readonly dialogue: unknown;
  /** `dialogue` or `forBot.kept` holds personal values: it goes once a later answer is stored. */
  readonly isPrivate: boolean;
}

export interface ForBot {
  /** The choice that was tapped. */
  readonly choice: string | null;
  readonly platform: Platform | null;
  /** The conversation waited for a person when this was said. */
  readonly queued: boolean;
  /** As the engine understood it; opaque here. */
  readonly understanding: unknown;
  /** Personal values in the clear that the dialogue asked for; opaque here. null: none, or the message is answered. */
  readonly kept: unknown;
}

export interface Rating {
  readonly helpful: boolean;
  readonly reason: RatingReason | null;
}

/** An answer is named after its question: a question has one answer, however often it is taken up. */
export function replyIdOf(seq: number): string {
  return `reply:${seq}`;
}

/** May the contact rate it? Only what the FAQ or a person said. */
export function canBeRated(message: Message): boolean {
  return message.author === 'bot' && message.bubbles.some(({ kind }) => kind === 'answer');
}
