/** Confirmed questions in the database. */
import { type Connection, Schema, Types } from 'mongoose';
import { SCHEMA_OPTIONS } from '../../storage/schema-options.ts';
import type { ConfirmedQuestion } from './confirmed-question.ts';

const schema = new Schema(
  {
    text: { type: String, required: true },
    key: { type: String, required: true },
    intent: { type: String, required: true },
    source: { type: String, required: true },
    by: { type: Schema.Types.Mixed, required: true },
    at: { type: Date, required: true },
    /** Of the marked answer. */
    conversation: String,
    seq: Number,
  },
  { ...SCHEMA_OPTIONS, collection: 'confirmed_questions' },
);
schema.index({ key: 1 }, { unique: true });
schema.index({ conversation: 1 }, { partialFilterExpression: { conversation: { $exists: true } } });

export interface ConfirmedStore {
  /** @returns its id; null: there was one with this key, which has the new intent now */
  readonly save: (question: Omit<ConfirmedQuestion, 'id'>) => Promise<string | null>;
  readonly list: () => Promise<ConfirmedQuestion[]>;
  /** @returns how many there were */
  readonly remove: (ids: readonly string[]) => Promise<number>;
  readonly removeOfAnswer: (conversation: string, seq: number) => Promise<void>;
  /** Takes the link to a conversation off. */
  readonly forgetConversation: (conversation: string) => Promise<void>;
}

export function createConfirmedStore(connection: Connection): ConfirmedStore {
  const { collection } = connection.model('ConfirmedQuestion', schema);
  return {
    async save({ text, key, intent, source, by, at, answer }) {
      const link = answer === null ? {} : { conversation: answer.conversation, seq: answer.seq };
      const { upsertedId } = await collection.updateOne(
        { key } as never,
        {
          $set: { intent, by: { id: by.id, name: by.name }, at },
          $setOnInsert: { text, source, ...link },
        } as never,
        { upsert: true },
      );
      return upsertedId === null ? null : String(upsertedId);
    },
    async list() {
      return (await collection.find({}).toArray()).map((document) => ({
        id: String(document._id),
        text: document['text'],
        key: document['key'],
        intent: document['intent'],
        source: document['source'],
        by: document['by'],
        at: document['at'],
        answer:
          document['conversation'] === undefined
            ? null
            : { conversation: document['conversation'], seq: document['seq'] },
      }));
    },
    async remove(ids) {
      const all = ids.map((id) => new Types.ObjectId(id));
      return (await collection.deleteMany({ _id: { $in: all } } as never)).deletedCount;
    },
    async removeOfAnswer(conversation, seq) {
      await collection.deleteMany({ conversation, seq } as never);
    },
    async forgetConversation(conversation) {
      await collection.updateMany(
        { conversation } as never,
        { $unset: { conversation: '', seq: '' } } as never,
      );
    },
  };
}
