/** Conversations as whole sets of documents, to be moved out of the database and brought back. */
import { type Connection, mongo, Types } from 'mongoose';
import type { Note, Person } from '../contracts/console.ts';
import { searchWords } from '../kernel/search-words.ts';
import { isDuplicateKey } from '../storage/mongo-errors.ts';
import { EXACT, sameBytes } from '../storage/store-lines.ts';
import type { Conversation, Message } from './conversation.ts';
import { type ConversationDocument, conversationCollection, toConversation } from './conversation-store.ts';
import { type MessageDocument, toMessage } from './message-store.ts';
import { type NoteDocument, toNote } from './notes-store.ts';

const { BSON } = mongo;

/** One document as BSON, with the collection that it belongs to. */
export interface ColdDocument {
  readonly collection: string;
  readonly bytes: Uint8Array;
}

/** A conversation in which nothing has happened for long. */
export interface OverConversation {
  readonly id: string;
  readonly contact: string;
  readonly endedAt: Date;
  readonly was: 'bot' | 'closed';
  readonly revision: number;
}

/** What it is found by when it is away. */
export interface ColdSummary {
  readonly contact: string;
  readonly openedAt: Date;
  readonly endedAt: Date;
  /** Who of the staff had it, each once. */
  readonly agents: readonly Person[];
  /** Intents that were asked for or answered, in their order. */
  readonly topics: readonly string[];
  readonly messages: number;
  /** Words that it was found by and that no message holds: of the contact's name, and for numbers. */
  readonly words: readonly string[];
}

export interface ColdConversation {
  readonly documents: readonly ColdDocument[];
  readonly summary: ColdSummary;
}

export interface ToldConversation {
  readonly conversation: Conversation;
  readonly messages: readonly Message[];
  readonly notes: readonly Note[];
}

export interface ColdStore {
  /** Closed, or left to the bot, and quiet since before a time; the longest first. */
  readonly listOver: (
    before: Date,
    after: { readonly endedAt: Date; readonly id: string } | null,
    most: number,
  ) => Promise<OverConversation[]>;
  readonly countOver: (before: Date) => Promise<number>;
  /** Closes it to everybody. @returns false: something has happened in it */
  readonly gate: (one: OverConversation, at: Date) => Promise<boolean>;
  /** All of it, as it is stored now; null: it is gone, or not gated. */
  readonly read: (id: string) => Promise<ColdConversation | null>;
  /** Is everything that is stored of it among these, unchanged? Less of it may be stored. */
  readonly isWithin: (id: string, documents: readonly ColdDocument[]) => Promise<boolean>;
  /** Takes these out. @returns false: something has come in meanwhile, and has to be brought together with them */
  readonly remove: (id: string, documents: readonly ColdDocument[]) => Promise<boolean>;
  /** Something of it is stored, although it was taken out. */
  readonly hasRemains: (id: string) => Promise<boolean>;
  /**
   * Stores what is missing. A conversation that is still there goes on as it was; one that is not comes back closed.
   * May be repeated.
   */
  readonly putBack: (documents: readonly ColdDocument[], at: Date) => Promise<void>;
  /** null: these are no conversation. */
  readonly tell: (documents: readonly ColdDocument[]) => ToldConversation | null;
}

const MOST_TOPICS = 8;
/** Never in the archive: made anew from the rest. */
const LEFT_BEHIND = { words: 0, wordsDueAt: 0 } as const;

/** The stores of conversations, messages and notes have been made before. */
export function createColdStore(connection: Connection): ColdStore {
  const conversations = conversationCollection(connection);
  const messages = connection.model('Message').collection;
  const notes = connection.model('ConversationNote').collection;
  const kept = [messages, notes];

  const readRaw = async (id: string): Promise<ColdDocument[]> => {
    const found: ColdDocument[] = [];
    const parts = [
      {
        collection: conversations,
        query: { _id: new Types.ObjectId(id) },
        sort: {},
        projection: LEFT_BEHIND,
      },
      { collection: messages, query: { conversation: id }, sort: { seq: 1 }, projection: {} },
      { collection: notes, query: { conversation: id }, sort: { at: 1 }, projection: {} },
    ] as const;
    for (const { collection, query, sort, projection } of parts) {
      const raw = collection.find(query as never, { raw: true, sort, projection } as never);
      for await (const bytes of raw as unknown as AsyncIterable<Uint8Array>)
        found.push({ collection: collection.collectionName, bytes: new Uint8Array(bytes) });
    }
    return found;
  };

  const isConversation = ({ collection }: ColdDocument): boolean =>
    collection === conversations.collectionName;
  const ofName = <Document>(documents: readonly ColdDocument[], name: string): Document[] =>
    documents
      .filter(({ collection }) => collection === name)
      .map(({ bytes }) => BSON.deserialize(bytes) as Document);

  const tell = (documents: readonly ColdDocument[]): ToldConversation | null => {
    const [document] = ofName<ConversationDocument>(documents, conversations.collectionName);
    if (document === undefined) return null;
    return {
      conversation: toConversation(document),
      messages: ofName<MessageDocument>(documents, messages.collectionName).map(toMessage),
      notes: ofName<NoteDocument>(documents, notes.collectionName).map(toNote),
    };
  };

  const overQuery = (before: Date): object => ({
    status: { $in: ['bot', 'closed'] },
    activeAt: { $lt: before },
    'untold.0': { $exists: false },
    $or: [{ restoredAt: { $exists: false } }, { restoredAt: { $lt: before } }],
  });

  const hasRemains = async (id: string): Promise<boolean> => {
    for (const collection of kept)
      if ((await collection.findOne({ conversation: id } as never, { projection: { _id: 1 } })) !== null)
        return true;
    return false;
  };

  /** It goes on as if nothing had been; where the contact has begun another one it stays closed. */
  const ungate = async (id: string): Promise<void> => {
    const _id = new Types.ObjectId(id);
    try {
      await conversations.updateOne(
        { _id, 'archiving.was': 'bot', status: 'closed' } as never,
        { $set: { status: 'bot', open: true }, $unset: { archiving: '' } } as never,
      );
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    await conversations.updateOne({ _id } as never, { $unset: { archiving: '' } } as never);
  };

  return {
    async listOver(before, after, most) {
      const behind =
        after === null
          ? {}
          : {
              $or: [
                { activeAt: { $gt: after.endedAt } },
                { activeAt: after.endedAt, _id: { $gt: new Types.ObjectId(after.id) } },
              ],
            };
      const found = (await conversations
        .find({ $and: [overQuery(before), behind] } as never)
        .sort({ activeAt: 1, _id: 1 })
        .limit(most)
        .project({ contact: 1, status: 1, activeAt: 1, revision: 1, archiving: 1 })
        .toArray()) as unknown as ConversationDocument[];
      return found.map(({ _id, contact, status, activeAt, revision, archiving }) => ({
        id: _id.toHexString(),
        contact,
        endedAt: activeAt!,
        was: archiving?.was ?? (status === 'bot' ? 'bot' : 'closed'),
        revision: revision ?? 0,
      }));
    },
    countOver: (before) => conversations.countDocuments(overQuery(before) as never),
    async gate({ id, endedAt, was, revision }, at) {
      const { matchedCount } = await conversations.updateOne(
        {
          _id: new Types.ObjectId(id),
          status: { $in: [was, 'closed'] },
          activeAt: endedAt,
          revision: revision === 0 ? { $in: [0, null] } : revision,
        } as never,
        { $set: { status: 'closed', archiving: { at, was } }, $unset: { open: '' } } as never,
      );
      return matchedCount === 1;
    },
    async read(id) {
      const documents = await readRaw(id);
      const told = tell(documents);
      const held = (await conversations.findOne(
        { _id: new Types.ObjectId(id), archiving: { $exists: true } } as never,
        { projection: { words: 1 } },
      )) as unknown as Pick<ConversationDocument, 'words'> | null;
      if (told === null || held === null) return null;
      return { documents, summary: summarize(told, held.words ?? []) };
    },
    async isWithin(id, documents) {
      const known = new Map(documents.map((one) => [placeOf(one), one.bytes]));
      return (await readRaw(id)).every((one) => {
        const same = known.get(placeOf(one));
        // What it became while it was gated is told by `remove`.
        return same !== undefined && (isConversation(one) || sameBytes(same, one.bytes));
      });
    },
    async remove(id, documents) {
      const told = tell(documents);
      if (told === null) return false;
      const last = told.messages.at(-1)?.seq ?? 0;
      await messages.deleteMany({ conversation: id, seq: { $lte: last } } as never);
      await notes.deleteMany({ _id: { $in: told.notes.map((note) => note.id) } } as never);
      if (await hasRemains(id)) return false;
      const _id = new Types.ObjectId(id);
      const { activeAt, revision, satisfaction } = told.conversation;
      const { deletedCount } = await conversations.deleteOne({
        _id,
        archiving: { $exists: true },
        activeAt,
        revision: revision === 0 ? { $in: [0, null] } : revision,
        'satisfaction.at': satisfaction?.at ?? { $exists: false },
      } as never);
      const isGone = deletedCount === 1 || (await conversations.findOne({ _id } as never)) === null;
      return isGone && !(await hasRemains(id));
    },
    hasRemains,
    async putBack(documents, at) {
      for (const collection of kept) {
        const missing = documents.filter((one) => one.collection === collection.collectionName);
        if (missing.length > 0) await insertMissing(collection, missing);
      }
      const raw = documents.find(isConversation);
      if (raw === undefined) return;
      const { archiving: _, open: __, ...document } = BSON.deserialize(raw.bytes, EXACT);
      const id = (document['_id'] as Types.ObjectId).toHexString();
      try {
        await conversations.insertOne({
          ...document,
          status: 'closed',
          restoredAt: at,
          wordsDueAt: at,
        } as never);
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        await ungate(id);
      }
    },
    tell,
  };
}

type Inserting = Pick<ReturnType<typeof conversationCollection>, 'insertMany'>;

/** Those that are there already stay as they are. */
async function insertMissing(collection: Inserting, documents: readonly ColdDocument[]): Promise<void> {
  try {
    const all = documents.map(({ bytes }) => BSON.deserialize(bytes, EXACT));
    await collection.insertMany(all as never, { ordered: false });
  } catch (error) {
    const faults = error instanceof mongo.MongoBulkWriteError ? [error.writeErrors].flat() : [error];
    if (faults.length === 0 || !faults.every(isDuplicateKey)) throw error;
  }
}

function placeOf({ collection, bytes }: ColdDocument): string {
  return `${collection}:${String(BSON.deserialize(bytes)['_id'])}`;
}

function summarize({ conversation, messages }: ToldConversation, foundBy: readonly string[]): ColdSummary {
  const { contact, openedAt, activeAt, stays, closing } = conversation;
  const agents = new Map<string, Person>();
  for (const one of [...stays.map(({ agent }) => agent), closing?.by ?? null])
    if (one !== null) agents.set(one.id, { id: one.id, name: one.name });
  const topics = new Set<string>();
  const said = new Set<string>();
  for (const { text, bubbles, forBot } of messages) {
    for (const word of searchWords(text)) said.add(word);
    const asked = (forBot?.understanding as { intent?: unknown } | null | undefined)?.intent;
    if (typeof asked === 'string') topics.add(asked);
    for (const bubble of bubbles) if (bubble.kind === 'answer') topics.add(bubble.intent);
  }
  return {
    contact,
    openedAt,
    endedAt: activeAt,
    agents: [...agents.values()],
    topics: [...topics].slice(0, MOST_TOPICS),
    messages: messages.length,
    words: foundBy.filter((word) => !said.has(word)),
  };
}
