/** Groups of questions in the database, and how far the gathering has come. */
import { type Connection, Schema, Types } from 'mongoose';
import type { GroupState } from '../../contracts/unanswered.ts';
import { takeLease } from '../../storage/lease.ts';
import { isDuplicateKey } from '../../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../../storage/schema-options.ts';
import type { GroupAct, GroupSummary, QuestionGroup } from './question-group.ts';

interface GroupDocument {
  _id: Types.ObjectId;
  leads: readonly string[];
  state: GroupState;
  returned: boolean;
  acts: readonly GroupAct[];
  doneAt: Date | null;
  summary: GroupSummary;
  revision: number;
}

const schema = new Schema<GroupDocument>(
  {
    leads: [String],
    state: { type: String, required: true },
    returned: { type: Boolean, required: true },
    acts: [Schema.Types.Mixed],
    doneAt: { type: Date, default: null },
    summary: { type: Schema.Types.Mixed, required: true },
    revision: { type: Number, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'question_groups' },
);
schema.index({ state: 1, 'summary.weight': -1 });

const progressSchema = new Schema(
  { _id: { type: String, required: true }, owner: String, until: Date, at: Date, id: String },
  { ...SCHEMA_OPTIONS, collection: 'gathering' },
);

/** The last one that was looked at: by time, and among those of one time by id. */
export interface Position {
  readonly at: Date;
  readonly id: string;
}

export interface GroupStore {
  readonly find: (id: string) => Promise<QuestionGroup | null>;
  readonly list: (state: GroupState) => Promise<QuestionGroup[]>;
  readonly count: (state: GroupState) => Promise<number>;
  /** What leads to each group. */
  readonly listLeads: () => Promise<{ readonly id: string; readonly leads: readonly string[] }[]>;
  /** Makes it, unless there is one of this id. */
  readonly add: (group: QuestionGroup) => Promise<void>;
  /** @param next its revision is one above the one that was read @returns false: somebody was quicker */
  readonly replace: (next: QuestionGroup) => Promise<boolean>;
  /** Of a group that nothing is left of. */
  readonly remove: (id: string) => Promise<void>;
  /** Open ones whose suggestions are of another release. */
  readonly listOutdated: (release: number | null, most: number) => Promise<QuestionGroup[]>;
}

export interface ProgressStore {
  /** One node gathers for all. */
  readonly take: (owner: string, now: Date, until: Date) => Promise<boolean>;
  readonly find: (what: string) => Promise<Position | null>;
  readonly save: (what: string, position: Position) => Promise<void>;
}

export function createGroupStore(connection: Connection): GroupStore {
  const { collection } = connection.model('QuestionGroup', schema);
  const list = async (query: object, most: number): Promise<QuestionGroup[]> => {
    const found = await collection
      .find(query as never)
      .limit(most)
      .toArray();
    return (found as unknown as GroupDocument[]).map(toGroup);
  };
  return {
    async find(id) {
      return (await list({ _id: new Types.ObjectId(id) }, 1))[0] ?? null;
    },
    list: (state) => list({ state }, 0),
    count: (state) => collection.countDocuments({ state } as never),
    async listLeads() {
      const found = await collection
        .find({} as never)
        .project({ leads: 1 })
        .toArray();
      return found.map(({ _id, leads }) => ({ id: String(_id), leads }));
    },
    async add(group) {
      try {
        await collection.insertOne(toDocument(group) as never);
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    },
    async replace(next) {
      const { _id, ...rest } = toDocument(next);
      const { matchedCount } = await collection.updateOne(
        { _id, revision: next.revision - 1 } as never,
        { $set: rest } as never,
      );
      return matchedCount === 1;
    },
    async remove(id) {
      await collection.deleteOne({ _id: new Types.ObjectId(id) } as never);
    },
    listOutdated: (release, most) => list({ state: 'open', 'summary.release': { $ne: release } }, most),
  };
}

const LEASE = 'lease';

export function createProgressStore(connection: Connection): ProgressStore {
  const { collection } = connection.model('Gathering', progressSchema);
  return {
    take: (owner, now, until) => takeLease(collection, LEASE, { owner, now, until }),
    async find(what) {
      const found = await collection.findOne({ _id: what } as never);
      return found === null ? null : { at: found['at'] as Date, id: String(found['id']) };
    },
    async save(what, { at, id }) {
      await collection.updateOne({ _id: what } as never, { $set: { at, id } } as never, { upsert: true });
    },
  };
}

function toDocument({ id, ...group }: QuestionGroup): GroupDocument {
  const { leads, state, returned, acts, doneAt, summary, revision } = group;
  return { _id: new Types.ObjectId(id), leads, state, returned, acts, doneAt, summary, revision };
}

function toGroup(document: GroupDocument): QuestionGroup {
  const { _id, leads, state, returned, acts, doneAt, summary, revision } = document;
  return { id: _id.toHexString(), leads, state, returned, acts, doneAt, summary, revision };
}
