/** Messages in the database. */
import { type Connection, Schema } from 'mongoose';
import { createInserter } from '../storage/inserter.ts';
import { isDuplicateKey } from '../storage/mongo-errors.ts';
import { READ_AT_ONCE } from '../storage/read-at-once.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import { type ForBot, type Message, makeMessage, type Rating } from './conversation.ts';

/** What is empty is left out. */
export interface MessageDocument {
  conversation: string;
  seq: number;
  clientId: string;
  author: Message['author'];
  agent?: NonNullable<Message['agent']>;
  event?: NonNullable<Message['event']>;
  at: Date;
  text?: string;
  redacted?: Message['redacted'];
  bubbles?: Message['bubbles'];
  choices?: Message['choices'];
  replyTo?: number;
  rating?: Rating;
  forBot?: ForBot;
  dialogue?: unknown;
  isPrivate?: true;
  /**
   * The bot has yet to answer it. Not on a message that is written together with its answer. Taken off some time after
   * the answer: it may be there still, never too early gone.
   */
  awaitsReply?: true;
}

const schema = new Schema<MessageDocument>(
  {
    conversation: { type: String, required: true },
    seq: { type: Number, required: true },
    clientId: { type: String, required: true },
    author: { type: String, required: true },
    agent: Schema.Types.Mixed,
    event: Schema.Types.Mixed,
    at: { type: Date, required: true },
    text: String,
    redacted: [String],
    bubbles: [Schema.Types.Mixed],
    choices: [Schema.Types.Mixed],
    replyTo: Number,
    rating: Schema.Types.Mixed,
    forBot: Schema.Types.Mixed,
    dialogue: Schema.Types.Mixed,
    isPrivate: Boolean,
    awaitsReply: Boolean,
  },
  { ...SCHEMA_OPTIONS, collection: 'messages' },
);
schema.index({ conversation: 1, seq: 1 }, { unique: true });
schema.index({ conversation: 1, clientId: 1 }, { unique: true });
schema.index({ awaitsReply: 1, at: 1 }, { partialFilterExpression: { awaitsReply: true } });

export interface Awaiting {
  readonly conversation: string;
  readonly seq: number;
}

export interface MessageStore {
  /** Hands out the place: false when the seq or the clientId is taken in this conversation. */
  readonly append: (message: Message) => Promise<boolean>;
  /** The same for a message with its answer: says how many of the two have got their places. */
  readonly appendAnswered: (message: Message, answer: Message) => Promise<0 | 1 | 2>;
  /** For a message whose answer did not get its place. */
  readonly markAwaiting: (message: Awaiting) => Promise<void>;
  /** Takes personal values out of what the bot kept for itself before this place. */
  readonly forgetPrivate: (conversation: string, before: number) => Promise<void>;
  readonly findByClientId: (conversation: string, clientId: string) => Promise<Message | null>;
  readonly find: (conversation: string, seq: number) => Promise<Message | null>;
  /** In order, beginning behind `seq`. */
  readonly listAfter: (conversation: string, seq: number, most: number) => Promise<Message[]>;
  /** In order, the ones just before `seq`; Infinity: the newest. */
  readonly listBefore: (conversation: string, seq: number, most: number) => Promise<Message[]>;
  /** The newest message that holds where the dialogue stands. */
  readonly findDialogue: (conversation: string) => Promise<unknown>;
  /** Messages of contacts that may lack an answer, oldest first. */
  readonly listAwaiting: (before: Date, most: number) => Promise<Awaiting[]>;
  /** How many may lack an answer, counted up to `most`, and since when the oldest does; null: none. */
  readonly surveyAwaiting: (most: number) => Promise<{ readonly count: number; readonly since: Date | null }>;
  readonly listAwaitingIn: (conversation: string) => Promise<Message[]>;
  readonly markAnswered: (messages: readonly Awaiting[]) => Promise<void>;
  /** null: there is no such message. */
  readonly rate: (conversation: string, seq: number, rating: Rating) => Promise<Message | null>;
  readonly removeAll: (conversation: string) => Promise<void>;
}

export function createMessageStore(connection: Connection): MessageStore {
  const { collection } = connection.model('Message', schema);
  const inserter = createInserter(collection);
  const list = async (query: object, direction: 1 | -1, most: number): Promise<Message[]> => {
    const found = await collection
      .find(query as never)
      .sort({ seq: direction })
      .limit(most)
      .batchSize(READ_AT_ONCE)
      .toArray();
    return (found as unknown as MessageDocument[]).map(toMessage);
  };
  const findOne = async (query: object): Promise<Message | null> => {
    const found = (await collection.findOne(query as never)) as unknown as MessageDocument | null;
    return found === null ? null : toMessage(found);
  };

  return {
    async append(message) {
      try {
        await inserter.insert(toDocument(message));
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async appendAnswered(message, answer) {
      const forBot = message.forBot && { ...message.forBot, kept: null };
      const { awaitsReply: _, ...document } = toDocument({ ...message, forBot, isPrivate: false });
      try {
        return (await inserter.insertPair(document, toDocument(answer))) ? 2 : 1;
      } catch (error) {
        if (isDuplicateKey(error)) return 0;
        throw error;
      }
    },
    async markAwaiting({ conversation, seq }) {
      await collection.updateOne({ conversation, seq } as never, { $set: { awaitsReply: true } } as never);
    },
    async forgetPrivate(conversation, before) {
      await collection.updateMany(
        { conversation, seq: { $lt: before }, isPrivate: true } as never,
        { $unset: { dialogue: '', 'forBot.kept': '', isPrivate: '' } } as never,
      );
    },
    findByClientId: (conversation, clientId) => findOne({ conversation, clientId }),
    find: (conversation, seq) => findOne({ conversation, seq }),
    listAfter: (conversation, seq, most) => list({ conversation, seq: { $gt: seq } }, 1, most),
    async listBefore(conversation, seq, most) {
      const before = Number.isFinite(seq) ? { seq: { $lt: seq } } : {};
      return (await list({ conversation, ...before }, -1, most)).reverse();
    },
    async findDialogue(conversation) {
      const found = await collection
        .find({ conversation, dialogue: { $exists: true } } as never)
        .sort({ seq: -1 })
        .limit(1)
        .project({ dialogue: 1 })
        .toArray();
      return found[0]?.['dialogue'] ?? null;
    },
    async listAwaiting(before, most) {
      const found = await collection
        .find({ awaitsReply: true, at: { $lt: before } } as never)
        .sort({ at: 1 })
        .limit(most)
        .project({ conversation: 1, seq: 1 })
        .toArray();
      return found.map(({ conversation, seq }) => ({ conversation, seq }));
    },
    async surveyAwaiting(most) {
      const awaiting = { awaitsReply: true };
      const [count, [oldest]] = await Promise.all([
        collection.countDocuments(awaiting as never, { limit: most }),
        collection
          .find(awaiting as never)
          .sort({ at: 1 })
          .limit(1)
          .project({ at: 1 })
          .toArray(),
      ]);
      return { count, since: (oldest?.['at'] as Date | undefined) ?? null };
    },
    listAwaitingIn: (conversation) => list({ conversation, awaitsReply: true }, 1, 100),
    async markAnswered(messages) {
      if (messages.length === 0) return;
      const updates = messages.map(({ conversation, seq }) => ({
        updateOne: { filter: { conversation, seq }, update: { $unset: { awaitsReply: '' } } },
      }));
      await collection.bulkWrite(updates as never, { ordered: false });
    },
    async rate(conversation, seq, rating) {
      const found = (await collection.findOneAndUpdate(
        { conversation, seq } as never,
        { $set: { rating } } as never,
        { returnDocument: 'after' },
      )) as unknown as MessageDocument | null;
      return found === null ? null : toMessage(found);
    },
    async removeAll(conversation) {
      await collection.deleteMany({ conversation } as never);
    },
  };
}

function toDocument(message: Message): MessageDocument {
  const { conversation, seq, clientId, author, at } = message;
  const document: MessageDocument = { conversation, seq, clientId, author, at };
  if (message.agent !== null) document.agent = message.agent;
  if (message.event !== null) document.event = message.event;
  if (message.text !== '') document.text = message.text;
  if (message.redacted.length > 0) document.redacted = message.redacted;
  if (message.bubbles.length > 0) document.bubbles = message.bubbles;
  if (message.choices.length > 0) document.choices = message.choices;
  if (message.replyTo !== null) document.replyTo = message.replyTo;
  if (message.dialogue !== null) document.dialogue = message.dialogue;
  if (message.isPrivate) document.isPrivate = true;
  if (message.forBot !== null) {
    document.forBot = message.forBot;
    document.awaitsReply = true;
  }
  return document;
}

export function toMessage(document: MessageDocument): Message {
  const { conversation, seq, clientId, author, at } = document;
  return makeMessage({
    conversation,
    seq,
    clientId,
    author,
    at,
    agent: document.agent ?? null,
    event: document.event ?? null,
    text: document.text ?? '',
    redacted: document.redacted ?? [],
    bubbles: document.bubbles ?? [],
    choices: document.choices ?? [],
    replyTo: document.replyTo ?? null,
    helpful: document.rating?.helpful ?? null,
    ratedWhy: document.rating?.reason ?? null,
    forBot: document.forBot === undefined ? null : { ...document.forBot, kept: document.forBot.kept ?? null },
    dialogue: document.dialogue ?? null,
    isPrivate: document.isPrivate ?? false,
  });
}
