/** Facts in the database, each with the hours whose numbers are yet to be brought up to date. */
import { type Connection, Schema } from 'mongoose';
import { isDuplicateKey } from '../storage/mongo-errors.ts';
import { READ_AT_ONCE } from '../storage/read-at-once.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import type { ConversationFacts, Facts, TicketFacts } from './facts.ts';

/** `gone`: the conversation was deleted; it is there until its hours are counted anew. */
type FactsDocument = {
  _id: string;
  version: number;
  hours: readonly number[];
  dirtyHours?: readonly number[];
  /** What they were made from is in the archive, or deleted by its age: they stay as they are. */
  frozen?: true;
} & (
  | ({ kind: 'conversation'; dueAt?: Date } & Omit<ConversationFacts, 'id' | 'hours' | 'dueAt'>)
  | ({ kind: 'ticket'; dueAt?: Date } & Omit<TicketFacts, 'id' | 'hours' | 'dueAt'>)
  | { kind: 'gone' }
);

const schema = new Schema<FactsDocument>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    version: { type: Number, required: true },
    hours: [Number],
    dirtyHours: [Number],
    dueAt: Date,
    frozen: Boolean,
  },
  { ...SCHEMA_OPTIONS, collection: 'analytics_facts' },
);
schema.index({ hours: 1, _id: 1 });
schema.index({ dirtyHours: 1 }, { partialFilterExpression: { dirtyHours: { $exists: true } } });
schema.index({ dueAt: 1 }, { partialFilterExpression: { dueAt: { $exists: true } } });

export interface Stored {
  /** null: the conversation is deleted. */
  readonly facts: Facts | null;
  /** Grows with every change: whoever changes them names the one that was read. */
  readonly version: number;
  readonly dirtyHours: readonly number[];
  /** They are not to be made anew: what they were made from is away. */
  readonly frozen: boolean;
}

export interface Dirty {
  readonly key: string;
  readonly version: number;
  readonly hours: readonly number[];
}

export interface FactsStore {
  /** By their keys; those that are not there are missing. */
  readonly findMany: (keys: readonly string[]) => Promise<ReadonlyMap<string, Stored>>;
  /**
   * Puts facts in the place of those that were read, with the hours of both as yet to be counted.
   * @param before null: there were none
   * @returns false: somebody was quicker
   */
  readonly replace: (facts: Facts, before: Stored | null) => Promise<boolean>;
  /** As `replace`, for what is deleted. */
  readonly remove: (key: string, before: Stored) => Promise<boolean>;
  /** @returns false: they have changed since they were read */
  readonly freeze: (key: string, before: Stored) => Promise<boolean>;
  readonly thaw: (key: string) => Promise<void>;
  /** All that counts in this hour, in the order of their keys. */
  readonly listInHour: (hour: number) => Promise<Facts[]>;
  readonly listDirty: (most: number) => Promise<readonly Dirty[]>;
  /** Their hours are counted; those that changed meanwhile stay. */
  readonly markCounted: (dirty: readonly Dirty[]) => Promise<void>;
  /** Keys of what has to be looked at again by now. */
  readonly listDue: (now: Date, most: number) => Promise<readonly string[]>;
  /** Keys in order, behind one. */
  readonly listKeys: (after: string, most: number) => Promise<readonly string[]>;
}

export function keyOf({ kind, id }: Pick<Facts, 'kind' | 'id'>): string {
  return `${kind}:${id}`;
}

export function createFactsStore(connection: Connection): FactsStore {
  const { collection } = connection.model('AnalyticsFacts', schema);
  const put = async (document: FactsDocument, before: Stored | null): Promise<boolean> => {
    try {
      if (before === null) {
        await collection.insertOne(document as never);
        return true;
      }
      const place = { _id: document._id, version: before.version };
      return (await collection.replaceOne(place as never, document as never)).matchedCount === 1;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  };
  const find = async (query: object, sort: Record<string, 1>): Promise<FactsDocument[]> =>
    (await collection
      .find(query as never)
      .sort(sort)
      .batchSize(READ_AT_ONCE)
      .toArray()) as unknown as FactsDocument[];

  return {
    async findMany(keys) {
      const found = keys.length === 0 ? [] : await find({ _id: { $in: [...keys] } }, { _id: 1 });
      return new Map(
        found.map((document) => {
          const { _id, version, dirtyHours = [], frozen = false } = document;
          return [_id, { facts: toFacts(document), version, dirtyHours, frozen }];
        }),
      );
    },
    replace(facts, before) {
      const { id: _, dueAt, ...rest } = facts;
      const document = {
        _id: keyOf(facts),
        ...rest,
        version: (before?.version ?? 0) + 1,
        ...(dueAt === null ? {} : { dueAt }),
        dirtyHours: hoursToCount(before, facts.hours),
      };
      return put(document as FactsDocument, before);
    },
    remove(_id, before) {
      const version = before.version + 1;
      return put({ _id, kind: 'gone', version, hours: [], dirtyHours: hoursToCount(before, []) }, before);
    },
    async freeze(_id, { version }) {
      const change = { $set: { frozen: true }, $unset: { dueAt: '' } };
      return (await collection.updateOne({ _id, version } as never, change as never)).matchedCount === 1;
    },
    async thaw(_id) {
      await collection.updateOne({ _id } as never, { $unset: { frozen: '' } } as never);
    },
    async listInHour(hour) {
      return (await find({ hours: hour }, { _id: 1 })).flatMap((document) => toFacts(document) ?? []);
    },
    async listDirty(most) {
      const found = await collection
        .find({ dirtyHours: { $exists: true } } as never)
        .limit(most)
        .project({ version: 1, dirtyHours: 1 })
        .toArray();
      return found.map(({ _id, version, dirtyHours }) => ({ key: String(_id), version, hours: dirtyHours }));
    },
    async markCounted(dirty) {
      if (dirty.length === 0) return;
      const steps = dirty.flatMap(({ key, version }) => [
        { deleteOne: { filter: { _id: key, version, kind: 'gone' } } },
        { updateOne: { filter: { _id: key, version }, update: { $unset: { dirtyHours: '' } } } },
      ]);
      await collection.bulkWrite(steps as never, { ordered: false });
    },
    async listDue(now, most) {
      const found = await collection
        .find({ dueAt: { $lte: now } } as never)
        .sort({ dueAt: 1 })
        .limit(most)
        .project({ _id: 1 })
        .toArray();
      return found.map(({ _id }) => String(_id));
    },
    async listKeys(after, most) {
      const found = await collection
        .find({ _id: { $gt: after } } as never)
        .sort({ _id: 1 })
        .limit(most)
        .project({ _id: 1 })
        .toArray();
      return found.map(({ _id }) => String(_id));
    },
  };
}

/** Of an hour that is not counted yet nothing is known: it stays to be counted. */
function hoursToCount(before: Stored | null, hours: readonly number[]): number[] {
  const all = new Set([...(before?.dirtyHours ?? []), ...(before?.facts?.hours ?? []), ...hours]);
  return [...all].sort((a, b) => a - b);
}

function toFacts(document: FactsDocument): Facts | null {
  if (document.kind === 'gone') return null;
  const { _id, hours, dueAt = null, activeAt, revision } = document;
  const id = _id.slice(_id.indexOf(':') + 1);
  if (document.kind === 'ticket') {
    const { office, createdAt, closedAt, isLate, breachedAt, reopenedAt, respondedAt } = document;
    const times = { createdAt, closedAt, breachedAt, reopenedAt, respondedAt };
    return { kind: 'ticket', id, activeAt, revision, hours, dueAt, office, isLate, ...times };
  }
  const { visits, questions, requests, shifts, score } = document;
  const counted = { visits, questions, requests, shifts, score };
  return { kind: 'conversation', id, activeAt, revision, hours, dueAt, ...counted };
}
