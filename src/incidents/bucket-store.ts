/** How often each thing was asked, by five minutes, in the database; every node adds what it heard. */
import { type Connection, Schema } from 'mongoose';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import { BUCKET_MS } from './rise.ts';
import type { Subject } from './subject.ts';

interface BucketDocument {
  /** Subject and time, so that a bucket is found without a search. */
  _id: string;
  subject: string;
  at: Date;
  count: number;
  /** Stand for conversations, and lead to none. Some of them: enough to tell many from few. */
  tokens: string[];
  sample: string;
}

const DAY_S = 24 * 60 * 60;

const schema = new Schema<BucketDocument>(
  {
    _id: { type: String, required: true },
    subject: { type: String, required: true },
    at: { type: Date, required: true },
    count: { type: Number, required: true },
    tokens: [String],
    sample: String,
  },
  { ...SCHEMA_OPTIONS, collection: 'incident_buckets' },
);
// Two weeks are compared, and the day that is going on.
schema.index({ at: 1 }, { expireAfterSeconds: 15 * DAY_S });

export interface BucketAddition {
  readonly subject: Subject;
  /** The beginning of the five minutes. */
  readonly at: Date;
  readonly count: number;
  readonly tokens: readonly string[];
  /** A question, masked; the first one is kept. */
  readonly sample: string;
}

export type Bucket = BucketAddition;

export interface BucketStore {
  /** Not to be repeated: it counts. */
  readonly add: (additions: readonly BucketAddition[]) => Promise<void>;
  /** Of all subjects, in order of time. */
  readonly listSince: (from: Date) => Promise<Bucket[]>;
  /** How many at each of these times; those without a question are left out. */
  readonly counts: (subject: Subject, times: readonly Date[]) => Promise<ReadonlyMap<number, number>>;
  /** When the desk began to count, as far as it is kept; null: never. */
  readonly findFirst: () => Promise<Date | null>;
}

export function bucketAt(at: Date): Date {
  return new Date(Math.floor(at.getTime() / BUCKET_MS) * BUCKET_MS);
}

const idOf = (subject: Subject, at: Date): string => `${subject}|${at.getTime() / BUCKET_MS}`;

export function createBucketStore(connection: Connection): BucketStore {
  const { collection } = connection.model('IncidentBucket', schema);
  return {
    async add(additions) {
      if (additions.length === 0) return;
      await collection.bulkWrite(
        additions.map(({ subject, at, count, tokens, sample }) => ({
          updateOne: {
            filter: { _id: idOf(subject, at) as never },
            update: {
              $inc: { count },
              $addToSet: { tokens: { $each: [...tokens] } },
              $setOnInsert: { subject, at, sample },
            } as never,
            upsert: true,
          },
        })),
        { ordered: false },
      );
    },
    async listSince(from) {
      const found = await collection
        .find({ at: { $gte: from } } as never)
        .sort({ at: 1 })
        .toArray();
      return (found as unknown as BucketDocument[]).map(toBucket);
    },
    async counts(subject, times) {
      const ids = times.map((at) => idOf(subject, at));
      const found = (await collection
        .find({ _id: { $in: ids } } as never, { projection: { at: 1, count: 1 } })
        .toArray()) as unknown as Pick<BucketDocument, 'at' | 'count'>[];
      return new Map(found.map(({ at, count }) => [at.getTime(), count]));
    },
    async findFirst() {
      const [first] = (await collection
        .find({} as never, { projection: { at: 1 } })
        .sort({ at: 1 })
        .limit(1)
        .toArray()) as unknown as Pick<BucketDocument, 'at'>[];
      return first?.at ?? null;
    },
  };
}

function toBucket({ subject, at, count, tokens, sample }: BucketDocument): Bucket {
  return { subject, at, count, tokens, sample };
}
