/** What others may want to know of conversations, as it happens. Listeners must not throw. */
import type { EventEmitter } from 'node:events';
import type { Person } from '../contracts/console.ts';
import type { Conversation, Message } from './conversation.ts';
import type { Change } from './handling.ts';

export type ConversationEvents = EventEmitter<{
  /** `origin` names who need not be told, because the answer to the command tells it. */
  messageStored: [{ message: Message; origin: string | null }];
  messageRated: [Message];
  /** Staff said of an answer what they think of it. */
  messageMarked: [Message];
  /** `change` is left out where it is told once more. */
  conversationChanged: [{ conversation: Conversation; lastSeq: number; change?: Change['kind'] }];
  contactErased: [{ conversations: readonly string[]; origin: string | null }];
  /** Volatile from here on: never stored, may be lost. */
  contactTyping: [{ conversation: string; typing: boolean }];
  contactPresence: [{ conversation: string; online: boolean }];
  contactSaw: [{ conversation: string; deliveredSeq?: number; readSeq?: number }];
  agentTyping: [{ conversation: string; agent: Person; typing: boolean }];
  agentSaw: [{ conversation: string; seq: number }];
}>;
