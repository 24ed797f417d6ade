/** All that the views show of the conversation. */
import type { AnswerResponse } from '../../src/contracts/answers.ts';
import type { ConversationView, MessageView } from '../../src/contracts/chat.ts';
import { EMPTY, type Transcript } from '../../web-sync/transcript.ts';
import type { Owner } from '../device/device-token.ts';
import type { OutboxEntry } from './outbox.ts';

export type Link =
  /** The first try is under way. */
  | 'connecting'
  | 'online'
  /** Cut off; it tries again by itself. */
  | 'waiting'
  /** The device itself says that it has no network. */
  | 'offline'
  /** Connected, but the desk cannot store anything now. */
  | 'degraded'
  /** Connected, but the desk puts contacts off for a moment. */
  | 'busy'
  /** Connected; the device solves what the desk asks of new ones during a flood. */
  | 'checking'
  /** The desk does not know the identity: waits for another. */
  | 'refused';

export interface ChatState {
  readonly owner: Owner;
  readonly link: Link;
  /** null: not opened yet. */
  readonly conversation: ConversationView | null;
  readonly transcript: Transcript<MessageView>;
  readonly pending: readonly OutboxEntry[];
  /** The clientId of what is on its way. */
  readonly sending: string | null;
  /** The place of the message whose reply is being written. */
  readonly awaiting: number | null;
  readonly agentTyping: boolean;
  /** The agent has seen everything up to here. */
  readonly agentRead: number;
  /** Answers without a memory, by the clientId of the message, while the desk cannot store. */
  readonly provisional: ReadonlyMap<string, AnswerResponse>;
  readonly loadingEarlier: boolean;
}

export function initialState(owner: Owner, pending: readonly OutboxEntry[]): ChatState {
  return {
    owner,
    link: 'connecting',
    conversation: null,
    transcript: EMPTY,
    pending,
    sending: null,
    awaiting: null,
    agentTyping: false,
    agentRead: 0,
    provisional: new Map(),
    loadingEarlier: false,
  };
}

/** The two ways out of the queue for a person. */
export const QUEUE_CHOICES = { callback: 'queue:callback', backToBot: 'queue:bot' } as const;
export function isQueueChoice(id: string | undefined): boolean {
  return id === QUEUE_CHOICES.callback || id === QUEUE_CHOICES.backToBot;
}

/** Does the bot answer now? Also while the contact waits for a person. */
export function isBotThere(conversation: ConversationView | null): boolean {
  return conversation?.status === 'bot' || conversation?.status === 'queued';
}

/** Has the message at this place been replied to? */
export function isAnswered({ messages }: Transcript<MessageView>, seq: number): boolean {
  return messages.some(({ author, replyTo, seq: place }) =>
    replyTo === null ? author !== 'contact' && place > seq : replyTo === seq,
  );
}
