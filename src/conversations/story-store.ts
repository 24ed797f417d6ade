/** Conversations as those who count read them: many at once, whole, without what only the chat itself needs. */
import { type Connection, Types } from 'mongoose';
import type { Bubble, RatingReason } from '../contracts/chat.ts';
import { READ_AT_ONCE } from '../storage/read-at-once.ts';
import type { Conversation, Message } from './conversation.ts';
import { type ConversationDocument, conversationCollection, toConversation } from './conversation-store.ts';

/** What was said, and how it was rated. */
export interface StoryMessage
  extends Pick<Message, 'seq' | 'author' | 'at' | 'text' | 'agent' | 'event' | 'replyTo'> {
  readonly bubbles: readonly { readonly kind: Bubble['kind']; readonly intent?: string | undefined }[];
  /** Ids. */
  readonly choices: readonly string[];
  readonly rating: { readonly helpful: boolean; readonly reason: RatingReason | null } | null;
  readonly asked: {
    readonly choice: string | null;
    readonly platform: string | null;
    readonly queued: boolean;
    readonly decision: 'answer' | 'clarify' | 'unknown';
    readonly intent: string | null;
    readonly candidates: readonly string[];
  } | null;
}

export interface Story {
  readonly conversation: Conversation;
  /** In order. */
  readonly messages: readonly StoryMessage[];
}

export interface StoryStore {
  /** Those that are gone are missing. */
  readonly read: (ids: readonly string[]) => Promise<readonly Story[]>;
  /** What moved behind a moment and an id, the oldest movement first. */
  readonly listMoved: (
    after: { readonly at: Date; readonly id: string },
    most: number,
  ) => Promise<readonly { readonly id: string; readonly at: Date; readonly revision: number }[]>;
  /** Ids behind one, in order. */
  readonly listIds: (after: string, most: number) => Promise<readonly string[]>;
  readonly count: () => Promise<number>;
}

interface StoredMessage extends Omit<StoryMessage, 'asked' | 'choices'> {
  readonly conversation: string;
  readonly choices?: readonly { readonly id: string }[];
  readonly forBot?: {
    readonly choice: string | null;
    readonly platform: string | null;
    readonly queued: boolean;
    readonly understanding: {
      readonly decision: 'answer' | 'clarify' | 'unknown';
      readonly intent: string | null;
      readonly candidates: readonly { readonly intent: string }[];
    } | null;
  };
}

const WANTED = {
  _id: 0,
  conversation: 1,
  seq: 1,
  author: 1,
  at: 1,
  text: 1,
  agent: 1,
  event: 1,
  replyTo: 1,
  rating: 1,
  'bubbles.kind': 1,
  'bubbles.intent': 1,
  'choices.id': 1,
  'forBot.choice': 1,
  'forBot.platform': 1,
  'forBot.queued': 1,
  'forBot.understanding.decision': 1,
  'forBot.understanding.intent': 1,
  'forBot.understanding.candidates.intent': 1,
} as const;

const FIRST = '0'.repeat(24);

/** The store of messages has been made before. */
export function createStoryStore(connection: Connection): StoryStore {
  const conversations = conversationCollection(connection);
  const messages = connection.model('Message').collection;
  const behind = (id: string) => ({ $gt: new Types.ObjectId(id === '' ? FIRST : id) });

  return {
    async read(ids) {
      if (ids.length === 0) return [];
      const wanted = ids.map((id) => new Types.ObjectId(id));
      const [found, said] = await Promise.all([
        conversations.find({ _id: { $in: wanted } } as never, { projection: { words: 0 } }).toArray(),
        messages
          .find({ conversation: { $in: [...ids] } } as never, { projection: WANTED })
          .sort({ conversation: 1, seq: 1 })
          .batchSize(READ_AT_ONCE)
          .toArray(),
      ]);
      const byConversation = new Map<string, StoryMessage[]>(ids.map((id) => [id, []]));
      for (const message of said as unknown as StoredMessage[])
        byConversation.get(message.conversation)?.push(toStoryMessage(message));
      return (found as unknown as ConversationDocument[]).map((document) => {
        const conversation = toConversation(document);
        return { conversation, messages: byConversation.get(conversation.id) ?? [] };
      });
    },
    async listMoved(after, most) {
      // Many that moved at one moment fill a page: then it takes a longer one to get behind them.
      for (let limit = most; ; limit *= 2) {
        const found = await conversations
          .find({ activeAt: { $gte: after.at } } as never)
          .sort({ activeAt: 1, _id: 1 })
          .limit(limit)
          .project({ activeAt: 1, revision: 1 })
          .toArray();
        const moved = found
          .map(({ _id, activeAt, revision }) => ({
            id: String(_id),
            at: activeAt as Date,
            revision: revision ?? 0,
          }))
          .filter(({ id, at }) => at > after.at || id > after.id);
        if (moved.length > 0 || found.length < limit) return moved.slice(0, most);
      }
    },
    async listIds(after, most) {
      const found = await conversations
        .find({ _id: behind(after) } as never)
        .sort({ _id: 1 })
        .limit(most)
        .project({ _id: 1 })
        .toArray();
      return found.map(({ _id }) => String(_id));
    },
    count: () => conversations.countDocuments({}),
  };
}

function toStoryMessage(document: StoredMessage): StoryMessage {
  const { seq, author, at, text, agent, event, replyTo, bubbles, choices, rating, forBot } = document;
  const understanding = forBot?.understanding ?? null;
  return {
    seq,
    author,
    at,
    text: text ?? '',
    agent: agent ?? null,
    event: event ?? null,
    replyTo: replyTo ?? null,
    bubbles: bubbles ?? [],
    choices: choices?.map(({ id }) => id) ?? [],
    rating: rating === undefined || rating === null ? null : { ...rating, reason: rating.reason ?? null },
    asked:
      forBot === undefined || understanding === null
        ? null
        : {
            choice: forBot.choice,
            platform: forBot.platform,
            queued: forBot.queued,
            decision: understanding.decision,
            intent: understanding.intent,
            candidates: understanding.candidates.map(({ intent }) => intent),
          },
  };
}
