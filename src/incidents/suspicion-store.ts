/** Suspicions in the database: of one subject one at a time, for as long as its rise lasts. */
import { type Connection, Schema, Types } from 'mongoose';
import { isDuplicateKey } from '../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import type { Rise, Suspicion } from './suspicion.ts';

interface SuspicionDocument {
  _id: Types.ObjectId;
  subject: string;
  /** The subject, while the rise lasts: a second suspicion of it is then refused. */
  rising?: string;
  state: Suspicion['state'];
  since: Date;
  risingAt: Date;
  asked: number;
  usual: number;
  samples: string[];
  incident: string | null;
}

const DAY_S = 24 * 60 * 60;

const schema = new Schema<SuspicionDocument>(
  {
    subject: { type: String, required: true },
    rising: String,
    state: { type: String, required: true },
    since: { type: Date, required: true },
    risingAt: { type: Date, required: true },
    asked: { type: Number, required: true },
    usual: { type: Number, required: true },
    samples: [String],
    incident: String,
  },
  { ...SCHEMA_OPTIONS, collection: 'incident_suspicions' },
);
schema.index({ rising: 1 }, { unique: true, partialFilterExpression: { rising: { $type: 'string' } } });
// What people wrote is not kept longer than they are counted.
schema.index({ risingAt: 1 }, { expireAfterSeconds: 15 * DAY_S });

export interface SuspicionStore {
  /** Makes it, or notes that it still rises. A higher number takes the place of a lower one. */
  readonly note: (rise: Rise, at: Date) => Promise<void>;
  readonly find: (id: string) => Promise<Suspicion | null>;
  /** Those whose rise lasts, whatever their state. */
  readonly listRising: () => Promise<Suspicion[]>;
  /** From open to another state. false: it is not open any more. */
  readonly settle: (id: string, state: 'taken' | 'dismissed', incident: string | null) => Promise<boolean>;
  /** The rise has ended: an open one is over, and the subject is free. */
  readonly end: (id: string, risingAt: Date) => Promise<void>;
}

export function createSuspicionStore(connection: Connection): SuspicionStore {
  const { collection } = connection.model('IncidentSuspicion', schema);
  return {
    async note({ subject, asked, usual, samples }, at) {
      const raise = () =>
        collection.updateOne(
          { rising: subject } as never,
          {
            $set: { risingAt: at, samples: [...samples] },
            $max: { asked },
            $setOnInsert: { subject, state: 'open', since: at, usual, incident: null },
          } as never,
          { upsert: true },
        );
      try {
        await raise();
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        // Another node has just made it.
        await raise();
      }
    },
    async find(id) {
      if (!Types.ObjectId.isValid(id)) return null;
      const found = await collection.findOne({ _id: new Types.ObjectId(id) } as never);
      return found === null ? null : toSuspicion(found as unknown as SuspicionDocument);
    },
    async listRising() {
      const found = await collection
        .find({ rising: { $type: 'string' } } as never)
        .sort({ since: 1 })
        .toArray();
      return (found as unknown as SuspicionDocument[]).map(toSuspicion);
    },
    async settle(id, state, incident) {
      if (!Types.ObjectId.isValid(id)) return false;
      const { matchedCount } = await collection.updateOne(
        { _id: new Types.ObjectId(id), state: 'open', rising: { $type: 'string' } } as never,
        { $set: { state, incident } } as never,
      );
      return matchedCount === 1;
    },
    async end(id, risingAt) {
      const query = { _id: new Types.ObjectId(id), risingAt };
      await collection.updateOne({ ...query, state: 'open' } as never, { $set: { state: 'over' } } as never);
      await collection.updateOne(query as never, { $unset: { rising: '' } } as never);
    },
  };
}

function toSuspicion(document: SuspicionDocument): Suspicion {
  return {
    id: document._id.toHexString(),
    subject: document.subject,
    state: document.state,
    since: document.since,
    risingAt: document.risingAt,
    asked: document.asked,
    usual: document.usual,
    samples: document.samples,
    incident: document.incident,
  };
}
