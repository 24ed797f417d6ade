/** Questions that were not served well, in the database. */
import { type Connection, Schema, Types } from 'mongoose';
import { isDuplicateKey } from '../../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../../storage/schema-options.ts';
import type { Miss } from './miss.ts';

/** At the longest: the settings of the desk may say less, and `removeBefore` does it. */
const KEEP_S = 730 * 24 * 60 * 60;

interface MissDocument {
  _id: Types.ObjectId;
  /** Left out: asked over the API, or the contact was erased. */
  conversation?: string;
  seq?: number;
  text: string;
  key: string;
  person: string;
  at: Date;
  /** Empty: all is well after all; it goes with the next summary. */
  kinds: Miss['kinds'];
  ratedWhy: Miss['ratedWhy'];
  proposed: string | null;
  /** null: not put into one yet. */
  group: string | null;
  /** When it was written, until its group knows of it. */
  freshAt?: Date;
}

const schema = new Schema<MissDocument>(
  {
    conversation: String,
    seq: Number,
    text: { type: String, required: true },
    key: { type: String, required: true },
    person: { type: String, required: true },
    at: { type: Date, required: true },
    kinds: [String],
    ratedWhy: { type: String, default: null },
    proposed: { type: String, default: null },
    group: { type: String, default: null },
    freshAt: Date,
  },
  { ...SCHEMA_OPTIONS, collection: 'misses' },
);
schema.index(
  { conversation: 1, seq: 1 },
  { unique: true, partialFilterExpression: { conversation: { $exists: true } } },
);
schema.index({ group: 1, at: -1 });
schema.index({ freshAt: 1 }, { partialFilterExpression: { freshAt: { $exists: true } } });
schema.index({ at: 1 }, { expireAfterSeconds: KEEP_S });

export interface KeptMiss extends Miss {
  readonly id: string;
  readonly group: string | null;
}
export interface FreshMiss extends KeptMiss {
  readonly freshAt: Date;
}

export interface MissStore {
  /** Writes what was found in a conversation; what was found there before and is not now is nothing any more. */
  readonly replaceIn: (conversation: string, misses: readonly Miss[], now: Date) => Promise<void>;
  /** Writes one without a conversation, once for an id. */
  readonly addAlone: (id: string, miss: Miss, now: Date) => Promise<void>;
  /** Those that their groups do not know of yet, oldest first. */
  readonly listFresh: (most: number) => Promise<FreshMiss[]>;
  readonly putInto: (id: string, group: string) => Promise<void>;
  /** Their groups know of them; what changed meanwhile stays fresh. */
  readonly markKnown: (misses: readonly FreshMiss[]) => Promise<void>;
  /** Newest first; those that are well after all are left out. */
  readonly listOf: (group: string, most: number) => Promise<KeptMiss[]>;
  /** Takes the link to a conversation off. */
  readonly forgetConversation: (conversation: string) => Promise<void>;
  /** What was asked before a time goes. @returns how many */
  readonly removeBefore: (at: Date) => Promise<number>;
  readonly countBefore: (at: Date) => Promise<number>;
}

export function createMissStore(connection: Connection): MissStore {
  const { collection } = connection.model('Miss', schema);
  const list = async (query: object, sort: Record<string, 1 | -1>, most: number): Promise<MissDocument[]> => {
    const found = await collection
      .find(query as never)
      .sort(sort)
      .limit(most)
      .toArray();
    return found as unknown as MissDocument[];
  };

  return {
    async replaceIn(conversation, misses, freshAt) {
      const before = await list({ conversation }, { seq: 1 }, 0);
      for (const miss of misses) {
        const { seq, text, key, person, at, kinds, ratedWhy, proposed } = miss;
        const known = before.find((one) => one.seq === seq);
        if (known !== undefined && isSame(known, miss)) continue;
        const change = {
          $set: { text, key, person, at, kinds, ratedWhy, proposed, freshAt },
          $setOnInsert: { group: null },
        };
        try {
          await collection.updateOne({ conversation, seq } as never, change as never, { upsert: true });
        } catch (error) {
          // Another node was quicker; it saw the same conversation.
          if (!isDuplicateKey(error)) throw error;
        }
      }
      const left = new Set(misses.map(({ seq }) => seq));
      const gone = before.filter(({ seq, kinds }) => !left.has(seq ?? null) && kinds.length > 0);
      if (gone.length === 0) return;
      const ids = gone.map(({ _id }) => _id);
      await collection.updateMany({ _id: { $in: ids } } as never, { $set: { kinds: [], freshAt } } as never);
    },
    async addAlone(id, { text, key, person, at, kinds, ratedWhy, proposed }, freshAt) {
      const made = { text, key, person, at, kinds, ratedWhy, proposed, freshAt, group: null };
      await collection.updateOne({ _id: new Types.ObjectId(id) } as never, { $setOnInsert: made } as never, {
        upsert: true,
      });
    },
    async listFresh(most) {
      const found = await list({ freshAt: { $exists: true } }, { freshAt: 1 }, most);
      return found.map((document) => ({ ...toMiss(document), freshAt: document.freshAt ?? new Date(0) }));
    },
    async putInto(id, group) {
      await collection.updateOne({ _id: new Types.ObjectId(id) } as never, { $set: { group } } as never);
    },
    async markKnown(misses) {
      for (const { id, kinds, freshAt } of misses) {
        const same = { _id: new Types.ObjectId(id), freshAt };
        if (kinds.length === 0) await collection.deleteOne(same as never);
        else await collection.updateOne(same as never, { $unset: { freshAt: '' } } as never);
      }
    },
    async listOf(group, most) {
      const found = await list({ group }, { at: -1 }, most);
      return found.filter(({ kinds }) => kinds.length > 0).map(toMiss);
    },
    async removeBefore(at) {
      return (await collection.deleteMany({ at: { $lt: at } } as never)).deletedCount;
    },
    countBefore: (at) => collection.countDocuments({ at: { $lt: at } } as never),
    async forgetConversation(conversation) {
      await collection.updateMany(
        { conversation } as never,
        { $unset: { conversation: '', seq: '' } } as never,
      );
    },
  };
}

function isSame(known: MissDocument, { kinds, text, ratedWhy, proposed }: Miss): boolean {
  return (
    known.text === text &&
    known.ratedWhy === ratedWhy &&
    known.proposed === proposed &&
    known.kinds.join() === kinds.join()
  );
}

function toMiss(document: MissDocument): KeptMiss {
  return {
    id: document._id.toHexString(),
    conversation: document.conversation ?? null,
    seq: document.seq ?? null,
    text: document.text,
    key: document.key,
    person: document.person,
    at: document.at,
    kinds: document.kinds,
    ratedWhy: document.ratedWhy,
    proposed: document.proposed,
    group: document.group,
  };
}
