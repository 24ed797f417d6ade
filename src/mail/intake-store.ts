/** Which node reads the mailbox and how that goes, and how many answers a sender has had, in the database. */
import { createHash } from 'node:crypto';
import { type Connection, Schema } from 'mongoose';
import { takeLease } from '../storage/lease.ts';
import { isDuplicateKey } from '../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import type { IntakeDeps } from './intake.ts';

interface IntakeDocument {
  _id: string;
  owner?: string;
  until?: Date;
  lookedAt?: Date;
  receivedAt?: Date;
  failure?: string | null;
}
interface AnswersDocument {
  _id: string;
  count: number;
  forgetAt: Date;
}

const THE_ONE = 'mailbox';

const intakeSchema = new Schema<IntakeDocument>(
  {
    _id: { type: String, required: true },
    owner: String,
    until: Date,
    lookedAt: Date,
    receivedAt: Date,
    failure: String,
  },
  { ...SCHEMA_OPTIONS, collection: 'mail_intake' },
);
const answersSchema = new Schema<AnswersDocument>(
  {
    _id: { type: String, required: true },
    count: { type: Number, required: true },
    forgetAt: { type: Date, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'mail_answers' },
);
answersSchema.index({ forgetAt: 1 }, { expireAfterSeconds: 0 });

/** Automatic answers, counted by sender and day. */
export interface AnswerCountStore {
  /** @returns how many there are with this one */
  readonly count: (address: string, day: string, forgetAt: Date) => Promise<number>;
}

export function createIntakeStore(connection: Connection): IntakeDeps['store'] & AnswerCountStore {
  const { collection } = connection.model('MailIntake', intakeSchema);
  const answers = connection.model('MailAnswers', answersSchema).collection;
  const note = async (change: object): Promise<void> => {
    await collection.updateOne({ _id: THE_ONE } as never, { $set: change } as never);
  };
  const countOnce = async (id: string, forgetAt: Date): Promise<number> => {
    const counted = (await answers.findOneAndUpdate(
      { _id: id } as never,
      { $inc: { count: 1 }, $set: { forgetAt } } as never,
      { upsert: true, returnDocument: 'after' },
    )) as AnswersDocument | null;
    return counted?.count ?? 1;
  };
  return {
    lease: (owner, now, until) => takeLease(collection, THE_ONE, { owner, now, until }),
    async release(owner, now) {
      await collection.updateOne({ _id: THE_ONE, owner } as never, { $set: { until: now } } as never);
    },
    noteLooked: (at) => note({ lookedAt: at, failure: null }),
    noteReceived: (at) => note({ receivedAt: at }),
    noteFailure: (failure) => note({ failure }),
    async survey() {
      const found = (await collection.findOne({ _id: THE_ONE } as never)) as IntakeDocument | null;
      return {
        lookedAt: found?.lookedAt ?? null,
        receivedAt: found?.receivedAt ?? null,
        lastFailure: found?.failure ?? null,
      };
    },
    async count(address, day, forgetAt) {
      // Whom it is about is nobody's business.
      const id = `${day}:${createHash('sha256').update(address).digest('hex').slice(0, 32)}`;
      try {
        return await countOnce(id, forgetAt);
      } catch (error) {
        // Two nodes began to count at once.
        if (isDuplicateKey(error)) return countOnce(id, forgetAt);
        throw error;
      }
    },
  };
}
