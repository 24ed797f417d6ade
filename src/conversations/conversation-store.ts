/** Conversations in the database. */
import { type Collection, type Connection, Schema, Types } from 'mongoose';
import type { ConversationEvent } from '../contracts/console.ts';
import { AppError } from '../kernel/app-error.ts';
import { isDuplicateKey } from '../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import type { Conversation, Satisfaction } from './conversation.ts';

/** What is null or empty is left out. */
export interface ConversationDocument {
  _id: Types.ObjectId;
  contact: string;
  status: Conversation['status'];
  /** Set as long as the conversation is not closed: a contact has one such. */
  open?: true;
  openedAt: Date;
  activeAt?: Date;
  revision?: number;
  queue?: NonNullable<Conversation['queue']>;
  handling?: NonNullable<Conversation['handling']>;
  stays?: Conversation['stays'];
  heldPlace?: NonNullable<Conversation['heldPlace']>;
  waitsForAgent?: true;
  closing?: NonNullable<Conversation['closing']>;
  satisfaction?: Satisfaction;
  deliveredSeq?: number;
  readSeq?: number;
  /** Changes that are yet to be told in the conversation, oldest first. */
  untold?: readonly Untold[];
  /** What is said in it, folded, and when that is to be written anew; unset: not before something happens. */
  words?: readonly string[];
  wordsDueAt?: Date;
  /** It is on its way into the archive: closed to everybody, whatever it was. */
  archiving?: { readonly at: Date; readonly was: 'bot' | 'closed' };
  /** When it was brought back from the archive. */
  restoredAt?: Date;
}

/** A change that is made, but not yet told. */
export interface Untold {
  readonly revision: number;
  readonly event: ConversationEvent;
  readonly at: Date;
}

const schema = new Schema<ConversationDocument>(
  {
    contact: { type: String, required: true },
    status: { type: String, required: true },
    open: Boolean,
    openedAt: { type: Date, required: true },
    activeAt: Date,
    revision: Number,
    queue: Schema.Types.Mixed,
    handling: Schema.Types.Mixed,
    stays: [Schema.Types.Mixed],
    heldPlace: Schema.Types.Mixed,
    waitsForAgent: Boolean,
    closing: Schema.Types.Mixed,
    satisfaction: Schema.Types.Mixed,
    deliveredSeq: Number,
    readSeq: Number,
    untold: [Schema.Types.Mixed],
    words: [String],
    wordsDueAt: Date,
    archiving: Schema.Types.Mixed,
    restoredAt: Date,
  },
  { ...SCHEMA_OPTIONS, collection: 'conversations' },
);
schema.index({ contact: 1 }, { unique: true, partialFilterExpression: { open: true }, name: 'one_open' });
schema.index({ contact: 1, openedAt: -1 });
schema.index({ status: 1, activeAt: -1 });
schema.index({ activeAt: -1 });
schema.index({ 'handling.agent.id': 1 }, { partialFilterExpression: { status: 'active' } });
schema.index({ 'stays.requestedAt': 1 });
schema.index({ 'untold.at': 1 });
schema.index({ words: 1 });
schema.index({ wordsDueAt: 1 }, { partialFilterExpression: { wordsDueAt: { $exists: true } } });

/** Hundreds of them, of no use but for searching, in what is read several times for each message. */
const WITHOUT_WORDS = { projection: { words: 0 } } as const;

/** For all stores of this room. */
export function conversationCollection(connection: Connection): Collection {
  return (connection.models['Conversation'] ?? connection.model('Conversation', schema)).collection;
}

export interface ConversationStore {
  readonly find: (id: string) => Promise<Conversation | null>;
  readonly findOpen: (contact: string) => Promise<Conversation | null>;
  /** The one opened last, open or not. */
  readonly findNewest: (contact: string) => Promise<Conversation | null>;
  /** The open conversation of a contact, of a new one where there is none. Two at once make one. */
  readonly ensureOpen: (contact: string, now: Date) => Promise<Conversation>;
  /** Newest first. */
  readonly listOf: (contact: string) => Promise<Conversation[]>;
  /**
   * Writes a changed conversation, unless somebody was quicker.
   * @param next its revision is one above the one that was read
   * @param untold what is to be told of it
   * @returns all that is yet to be told of it, oldest first; null: the revision is not the one that was read any more
   * @throws AppError `not_possible_now` when it is to be opened again, and the contact has another one open
   */
  readonly replace: (next: Conversation, untold: Untold | null) => Promise<readonly Untold[] | null>;
  readonly listUntold: (before: Date, most: number) => Promise<string[]>;
  readonly findUntold: (id: string) => Promise<readonly Untold[]>;
  readonly markTold: (id: string, revision: number) => Promise<void>;
  /** What changes beside the handling, and needs no order. */
  readonly touch: (
    id: string,
    what: { readonly activeAt: Date; readonly waitsForAgent: boolean },
  ) => Promise<void>;
  /** While a person has the conversation; never back. */
  readonly raiseSeen: (
    id: string,
    seen: { readonly deliveredSeq?: number; readonly readSeq?: number },
  ) => Promise<void>;
  /** null: it is not closed. */
  readonly rate: (id: string, satisfaction: Satisfaction) => Promise<Conversation | null>;
  readonly remove: (id: string) => Promise<void>;
}

export function createConversationStore(connection: Connection): ConversationStore {
  const collection = conversationCollection(connection);
  const findOne = async (query: object, options: object = {}): Promise<Conversation | null> => {
    const found = (await collection.findOne(query as never, {
      ...options,
      ...WITHOUT_WORDS,
    })) as ConversationDocument | null;
    return found === null ? null : toConversation(found);
  };
  const byId = (id: string): { _id: Types.ObjectId } => ({ _id: new Types.ObjectId(id) });
  const findOpen = (contact: string): Promise<Conversation | null> => findOne({ contact, open: true });
  const update = async (query: object, change: object): Promise<void> => {
    await collection.updateOne(query as never, change as never);
  };

  return {
    find: (id) => findOne(byId(id)),
    findOpen,
    findNewest: (contact) => findOne({ contact }, { sort: { openedAt: -1 } }),
    async ensureOpen(contact, openedAt) {
      for (;;) {
        const found = await findOpen(contact);
        if (found !== null) return found;
        const made: ConversationDocument = {
          _id: new Types.ObjectId(),
          contact,
          status: 'bot',
          open: true,
          openedAt,
          activeAt: openedAt,
          wordsDueAt: dueAfter(openedAt),
        };
        try {
          await collection.insertOne(made as never);
          return toConversation(made);
        } catch (error) {
          if (!isDuplicateKey(error)) throw error;
        }
      }
    },
    async listOf(contact) {
      const found = await collection
        .find({ contact } as never)
        .sort({ openedAt: -1 })
        .project(WITHOUT_WORDS.projection)
        .toArray();
      return (found as unknown as ConversationDocument[]).map(toConversation);
    },
    async replace(next, untold) {
      const before = next.revision - 1;
      const query = { ...byId(next.id), revision: before === 0 ? { $in: [0, null] } : before };
      const { set, unset } = changesOf(next);
      const change = {
        $set: set,
        ...(Object.keys(unset).length > 0 ? { $unset: unset } : {}),
        ...(untold === null ? {} : { $push: { untold } }),
      };
      try {
        const found = (await collection.findOneAndUpdate(query as never, change as never, {
          returnDocument: 'after',
          projection: { untold: 1 },
        })) as unknown as ConversationDocument | null;
        return found === null ? null : (found.untold ?? []);
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        throw new AppError({ code: 'not_possible_now', message: `${next.contact} has another one open` });
      }
    },
    async listUntold(before, most) {
      const found = await collection
        .find({ 'untold.at': { $lt: before } } as never)
        .limit(most)
        .project({ _id: 1 })
        .toArray();
      return found.map(({ _id }) => String(_id));
    },
    async findUntold(id) {
      const found = (await collection.findOne(byId(id) as never, {
        projection: { untold: 1 },
      })) as ConversationDocument | null;
      return found?.untold ?? [];
    },
    markTold: (id, revision) => update(byId(id), { $pull: { untold: { revision } } }),
    async touch(id, { activeAt, waitsForAgent }) {
      await update(byId(id), {
        $set: { activeAt, wordsDueAt: dueAfter(activeAt), ...(waitsForAgent && { waitsForAgent }) },
        ...(waitsForAgent ? {} : { $unset: { waitsForAgent: '' } }),
      });
    },
    raiseSeen: (id, seen) => update({ ...byId(id), status: 'active' }, { $max: seen }),
    async rate(id, satisfaction) {
      const found = (await collection.findOneAndUpdate(
        { ...byId(id), status: 'closed' } as never,
        { $set: { satisfaction } } as never,
        { returnDocument: 'after', ...WITHOUT_WORDS },
      )) as unknown as ConversationDocument | null;
      return found === null ? null : toConversation(found);
    },
    async remove(id) {
      await collection.deleteOne(byId(id) as never);
    },
  };
}

/** In a lively conversation the same words would be written again and again. */
const WORDS_REST_MS = 5_000;
const dueAfter = (activeAt: Date): Date => new Date(activeAt.getTime() + WORDS_REST_MS);

/** All that handling.ts may change. */
function changesOf(next: Conversation): { set: object; unset: Record<string, ''> } {
  const { status, activeAt, revision, queue, handling, stays, heldPlace, waitsForAgent, closing } = next;
  const optional = {
    open: status === 'closed' ? null : true,
    queue,
    handling,
    heldPlace,
    waitsForAgent: waitsForAgent || null,
    closing,
  };
  const wordsDueAt = dueAfter(activeAt);
  const set: Record<string, unknown> = { status, activeAt, revision, stays, wordsDueAt };
  const unset: Record<string, ''> = {};
  for (const [name, value] of Object.entries(optional)) {
    if (value === null) unset[name] = '';
    else set[name] = value;
  }
  return { set, unset };
}

export function toConversation(document: ConversationDocument): Conversation {
  return {
    id: document._id.toHexString(),
    contact: document.contact,
    status: document.status,
    openedAt: document.openedAt,
    activeAt: document.activeAt ?? document.openedAt,
    revision: document.revision ?? 0,
    queue: document.queue ?? null,
    handling: document.handling ?? null,
    stays: document.stays ?? [],
    heldPlace: document.heldPlace ?? null,
    waitsForAgent: document.waitsForAgent ?? false,
    closing: document.closing ?? null,
    satisfaction: document.satisfaction ?? null,
    deliveredSeq: document.deliveredSeq ?? 0,
    readSeq: document.readSeq ?? 0,
  };
}
