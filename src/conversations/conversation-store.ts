/** Conversations in the database. */
import { type Connection, Schema, Types } from 'mongoose';
import type { ConversationStatus } from '../contracts/chat.ts';
import { isDuplicateKey } from '../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import type { Conversation } from './conversation.ts';

interface ConversationDocument {
  _id: Types.ObjectId;
  contact: string;
  status: ConversationStatus;
  /** Set as long as the conversation is not closed: a contact has one such. */
  open?: true;
  openedAt: Date;
  queuedAt?: Date;
  /** Why a person was asked for. */
  handoverReason?: string;
}

const schema = new Schema<ConversationDocument>(
  {
    contact: { type: String, required: true },
    status: { type: String, required: true },
    open: Boolean,
    openedAt: { type: Date, required: true },
    queuedAt: Date,
    handoverReason: String,
  },
  { ...SCHEMA_OPTIONS, collection: 'conversations' },
);
schema.index({ contact: 1 }, { unique: true, partialFilterExpression: { open: true }, name: 'one_open' });
schema.index({ contact: 1, openedAt: -1 });

export interface ConversationStore {
  readonly find: (id: string) => Promise<Conversation | null>;
  readonly findOpen: (contact: string) => Promise<Conversation | null>;
  /** The open conversation of a contact, of a new one where there is none. Two at once make one. */
  readonly ensureOpen: (contact: string, now: Date) => Promise<Conversation>;
  readonly listOf: (contact: string) => Promise<Conversation[]>;
  /** From `bot` to `queued`; a conversation in any other state is left alone. */
  readonly enterQueue: (id: string, reason: string, now: Date) => Promise<void>;
  /** From `queued` to `bot`; likewise. */
  readonly leaveQueue: (id: string) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
}

export function createConversationStore(connection: Connection): ConversationStore {
  const { collection } = connection.model('Conversation', schema);
  const findOne = async (query: object): Promise<Conversation | null> => {
    const found = (await collection.findOne(query as never)) as ConversationDocument | null;
    return found === null ? null : toConversation(found);
  };
  const findOpen = (contact: string): Promise<Conversation | null> => findOne({ contact, open: true });
  const update = async (query: object, change: object): Promise<void> => {
    await collection.updateOne(query as never, change as never);
  };

  return {
    find: (id) => findOne({ _id: new Types.ObjectId(id) }),
    findOpen,
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
      const found = await collection.find({ contact } as never).toArray();
      return (found as unknown as ConversationDocument[]).map(toConversation);
    },
    enterQueue: (id, handoverReason, queuedAt) =>
      update(
        { _id: new Types.ObjectId(id), status: 'bot' },
        { $set: { status: 'queued', queuedAt, handoverReason } },
      ),
    leaveQueue: (id) =>
      update(
        { _id: new Types.ObjectId(id), status: 'queued' },
        { $set: { status: 'bot' }, $unset: { queuedAt: '', handoverReason: '' } },
      ),
    async remove(id) {
      await collection.deleteOne({ _id: new Types.ObjectId(id) } as never);
    },
  };
}

function toConversation({ _id, contact, status, openedAt }: ConversationDocument): Conversation {
  return { id: _id.toHexString(), contact, status, openedAt };
}
