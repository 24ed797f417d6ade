/** Questions in the database. */
import { type Connection, mongo, Schema, Types } from 'mongoose';
import { DUPLICATE_KEY } from '../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import type { Question } from './question.ts';

/** At the longest: the settings of the desk may say less, and `removeBefore` does it. */
const KEEP_S = 730 * 24 * 60 * 60;

/** BadValue, DocumentValidationFailure, document too large: the same document is refused for ever. */
const REFUSED: ReadonlySet<number> = new Set([2, 121, 10_334]);

interface QuestionDocument {
  _id: Types.ObjectId;
  at: Date;
  text: string;
  platform: 'android' | 'ios' | null;
  decision: 'answer' | 'clarify' | 'unknown';
  intent: string | null;
  confidence: number;
  candidates: { intent: string; confidence: number }[];
  release: number | null;
  /** Left out: asked over the API, or the contact was erased. */
  conversation?: string;
  seq?: number;
  /** No conversation holds it, and it had no answer: it is yet to be gathered for the editors. */
  toGather?: true;
}

const schema = new Schema<QuestionDocument>(
  {
    at: { type: Date, required: true },
    text: { type: String, required: true },
    platform: { type: String, default: null },
    decision: { type: String, required: true },
    intent: { type: String, default: null },
    confidence: { type: Number, required: true },
    candidates: [{ _id: false, intent: String, confidence: Number }],
    release: { type: Number, default: null },
    conversation: String,
    seq: Number,
    toGather: Boolean,
  },
  { ...SCHEMA_OPTIONS, collection: 'questions' },
);
schema.index({ at: 1 }, { expireAfterSeconds: KEEP_S });
schema.index({ decision: 1, at: -1 });
schema.index({ conversation: 1 }, { partialFilterExpression: { conversation: { $exists: true } } });
schema.index({ toGather: 1, at: 1 }, { partialFilterExpression: { toGather: true } });

export interface QuestionLogStore {
  readonly newId: () => string;
  /**
   * Writes each question once, however often it is given.
   * @returns how many the database refused, for a reason that will not pass
   * @throws the driver's errors when the batch did not arrive as a whole, or nobody knows
   */
  readonly write: (questions: readonly Question[]) => Promise<number>;
  /** What was asked lately, masked; the newest first. */
  readonly listTexts: (most: number) => Promise<string[]>;
  /** Questions without a conversation that had no answer and are not gathered yet, oldest first. */
  readonly listToGather: (
    most: number,
  ) => Promise<{ readonly id: string; readonly at: Date; readonly text: string }[]>;
  readonly markGathered: (ids: readonly string[]) => Promise<void>;
  /** Takes the link to a conversation off. */
  readonly forgetConversation: (conversation: string) => Promise<void>;
  /** What was asked before a time goes. @returns how many */
  readonly removeBefore: (at: Date) => Promise<number>;
  readonly countBefore: (at: Date) => Promise<number>;
}

export function createQuestionLogStore(connection: Connection): QuestionLogStore {
  const model = connection.model('Question', schema);
  return {
    async listTexts(most) {
      const found = await model.find({}, { text: 1 }).sort({ at: -1 }).limit(most).lean();
      return found.map(({ text }) => text);
    },
    newId: () => new Types.ObjectId().toHexString(),
    async write(questions) {
      try {
        await model.collection.insertMany(questions.map(toDocument), { ordered: false });
        return 0;
      } catch (error) {
        // A command that failed as a whole comes as a bulk error too, without errors of single documents.
        const codes =
          error instanceof mongo.MongoBulkWriteError ? [error.writeErrors].flat().map(codeOf) : [];
        if (codes.length === 0 || !codes.every((code) => code === DUPLICATE_KEY || REFUSED.has(code)))
          throw error;
        return codes.filter((code) => REFUSED.has(code)).length;
      }
    },
    async listToGather(most) {
      const found = await model.collection
        .find({ toGather: true } as never)
        .sort({ at: 1 })
        .limit(most)
        .project({ at: 1, text: 1 })
        .toArray();
      return found.map(({ _id, at, text }) => ({ id: String(_id), at, text }));
    },
    async markGathered(ids) {
      const all = ids.map((id) => new Types.ObjectId(id));
      await model.collection.updateMany(
        { _id: { $in: all } } as never,
        { $unset: { toGather: '' } } as never,
      );
    },
    async removeBefore(at) {
      return (await model.collection.deleteMany({ at: { $lt: at } } as never)).deletedCount;
    },
    countBefore: (at) => model.collection.countDocuments({ at: { $lt: at } } as never),
    async forgetConversation(conversation) {
      await model.collection.updateMany(
        { conversation } as never,
        { $unset: { conversation: '', seq: '' } } as never,
      );
    },
  };
}

function codeOf({ code }: { readonly code: number }): number {
  return code;
}

function toDocument({ id, candidates, place, ...rest }: Question): QuestionDocument {
  return {
    _id: new Types.ObjectId(id),
    at: rest.at,
    text: rest.text,
    platform: rest.platform,
    decision: rest.decision,
    intent: rest.intent,
    confidence: rest.confidence,
    candidates: candidates.map(({ intent, confidence }) => ({ intent, confidence })),
    release: rest.release,
    ...(place === null ? {} : { conversation: place.conversation, seq: place.seq }),
    ...(place === null && rest.decision === 'unknown' ? { toGather: true } : {}),
  };
}
