/** What staff say of single answers, in the database. */
import { type Connection, Schema } from 'mongoose';
import type { AnswerMark, Person } from '../../contracts/console.ts';
import { SCHEMA_OPTIONS } from '../../storage/schema-options.ts';

export interface Mark {
  readonly conversation: string;
  /** Of the answer. */
  readonly seq: number;
  readonly mark: AnswerMark;
  /** What was answered. */
  readonly intent: string;
  readonly by: Person;
  readonly at: Date;
}

const schema = new Schema(
  {
    conversation: { type: String, required: true },
    seq: { type: Number, required: true },
    mark: { type: String, required: true },
    intent: { type: String, required: true },
    by: { type: Schema.Types.Mixed, required: true },
    at: { type: Date, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'answer_marks' },
);
schema.index({ conversation: 1, seq: 1 }, { unique: true });

export interface MarkStore {
  /** The last word counts. */
  readonly save: (mark: Mark) => Promise<void>;
  readonly remove: (conversation: string, seq: number) => Promise<void>;
  readonly listOf: (conversation: string) => Promise<Mark[]>;
  readonly forgetConversation: (conversation: string) => Promise<void>;
}

export function createMarkStore(connection: Connection): MarkStore {
  const { collection } = connection.model('AnswerMark', schema);
  return {
    async save({ conversation, seq, mark, intent, by, at }) {
      await collection.updateOne(
        { conversation, seq } as never,
        { $set: { mark, intent, by: { id: by.id, name: by.name }, at } } as never,
        { upsert: true },
      );
    },
    async remove(conversation, seq) {
      await collection.deleteOne({ conversation, seq } as never);
    },
    async listOf(conversation) {
      const found = await collection.find({ conversation } as never).toArray();
      return (found as unknown as Mark[]).map(({ seq, mark, intent, by, at }) => ({
        conversation,
        seq,
        mark,
        intent,
        by,
        at,
      }));
    },
    async forgetConversation(conversation) {
      await collection.deleteMany({ conversation } as never);
    },
  };
}
