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
import type { ConversationEvent, HandoverReason, Person } from '../contracts/console.ts';

export interface Conversation {
  readonly id: string;
  readonly contact: string;
  readonly status: ConversationStatus;
  readonly openedAt: Date;
  /** When anything last happened in it; up to a minute behind while only the bot speaks. */
  readonly activeAt: Date;
  /** Grows with every change of handling.ts: whoever changes it names the one that was read. */
  readonly revision: number;
  /** Where it waits; null unless it is queued. */
  readonly queue: QueuePlace | null;
  /** Who has it; null unless it is active. */
  readonly handling: Handling | null;
  /** Each time a person was asked for, oldest first. */
  readonly stays: readonly Stay[];
  /** The place in the queue that is kept for a contact who left it, until then. */
  readonly heldPlace: { readonly queuedAt: Date; readonly until: Date } | null;
  /** The contact wrote last and no person has answered since. */
  readonly waitsForAgent: boolean;
  readonly closing: Closing | null;
  readonly satisfaction: Satisfaction | null;
  /** What the contact has got, and seen, while a person had the conversation. */
  readonly deliveredSeq: number;
  readonly readSeq: number;
}

export interface QueuePlace {
  readonly queuedAt: Date;
  /** Higher goes first; within one, whoever waits longest. */
  readonly priority: number;
  /** A tag that its agent must have; null: anybody. */
  readonly skill: string | null;
  /** Who gave it back: the desk does not give it to the same one again. */
  readonly notTo: string | null;
  /** The contact was told that duty is over for now. */
  readonly knowsDutyEnded: boolean;
}

export interface Handling {
  readonly agent: Person;
  /** Others of the staff who may write in it too. */
  readonly joined: readonly Person[];
  readonly since: Date;
}

/** One request for a person, from asking to its end. */
export interface Stay {
  readonly reason: HandoverReason;
  readonly requestedAt: Date;
  /** When the first agent took it; null: nobody yet, or nobody ever. */
  readonly claimedAt: Date | null;
  /** Who had it last. */
  readonly agent: Person | null;
  readonly endedAt: Date | null;
  readonly end: 'left' | 'to-bot' | 'closed' | null;
}

export interface Closing {
  readonly at: Date;
  readonly by: Person | null;
  readonly reason: string;
  readonly tags: readonly string[];
}

export interface Satisfaction {
  /** 1 to 5. */
  readonly score: number;
  readonly comment: string;
  readonly at: Date;
}

export interface Message {
  readonly conversation: string;
  /** 1, 2, 3 … without gaps: the insert that takes the next number hands it out. */
  readonly seq: number;
  /** The sender's own name for it, unique in the conversation; of an answer, `replyIdOf` what it answers. */
  readonly clientId: string;
  readonly author: Author;
  /** Who of the staff wrote it. */
  readonly agent: Person | null;
  /** What happened to the conversation; of system messages. */
  readonly event: ConversationEvent | null;
  readonly at: Date;
  /** Secrets are gone. */
  readonly text: string;
  readonly redacted: readonly RedactedType[];
  readonly bubbles: readonly Bubble[];
  readonly choices: readonly Choice[];
  readonly replyTo: number | null;
  readonly helpful: boolean | null;
  /** Why it was no help; null: nothing was said of it. */
  readonly ratedWhy: RatingReason | null;
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
  /** It asks something: it neither fills in a form nor was said while a person was waited for. */
  readonly isQuestion?: boolean;
}

export interface Rating {
  readonly helpful: boolean;
  readonly reason: RatingReason | null;
}

/** What a message is made of; the rest is nothing. */
export function makeMessage(
  said: Pick<Message, 'conversation' | 'seq' | 'clientId' | 'author' | 'at'> & Partial<Message>,
): Message {
  return {
    agent: null,
    event: null,
    text: '',
    redacted: [],
    bubbles: [],
    choices: [],
    replyTo: null,
    helpful: null,
    ratedWhy: null,
    forBot: null,
    dialogue: null,
    isPrivate: false,
    ...said,
  };
}

/** An answer is named after its question: a question has one answer, however often it is taken up. */
export function replyIdOf(seq: number): string {
  return `reply:${seq}`;
}

/** A system message is named after the change that it tells: each is told once. */
export function eventIdOf(revision: number): string {
  return `event:${revision}`;
}

/** May the contact rate it? Only what the FAQ or a person said. */
export function canBeRated(message: Message): boolean {
  return message.author === 'bot' && message.bubbles.some(({ kind }) => kind === 'answer');
}
