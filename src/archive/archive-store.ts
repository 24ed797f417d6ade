/** The index of the archive in the database: a small document for each conversation, and one for each pack. */
import { type Connection, Schema } from 'mongoose';
import type { Person } from '../contracts/console.ts';
import { isDuplicateKey } from '../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import type { Archived, Place } from './archived.ts';

interface ArchivedDocument {
  _id: string;
  contact: string;
  openedAt: Date;
  endedAt: Date;
  archivedAt: Date;
  state: Archived['state'];
  agents: readonly Person[];
  topics: readonly string[];
  messages: number;
  words: readonly string[];
  pack: string;
  offset: number;
  bytes: number;
  sha256: string;
}

interface PackDocument {
  _id: string;
  /** The process that writes to it; nobody else does. */
  owner: string;
  createdAt: Date;
  /** It holds something that nobody is to read any more: what is still wanted is to be copied out. */
  dirty?: true;
}

const schema = new Schema<ArchivedDocument>(
  {
    _id: { type: String, required: true },
    contact: { type: String, required: true },
    openedAt: { type: Date, required: true },
    endedAt: { type: Date, required: true },
    archivedAt: { type: Date, required: true },
    state: { type: String, required: true },
    agents: [Schema.Types.Mixed],
    topics: [String],
    messages: { type: Number, required: true },
    words: [String],
    pack: { type: String, required: true },
    offset: { type: Number, required: true },
    bytes: { type: Number, required: true },
    sha256: { type: String, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'archived_conversations' },
);
schema.index({ contact: 1 });
schema.index({ endedAt: -1, _id: -1 });
schema.index({ pack: 1, offset: 1 });
schema.index({ words: 1 });
schema.index({ 'agents.id': 1, endedAt: -1 });
schema.index({ state: 1, archivedAt: 1 }, { partialFilterExpression: { state: 'packed' } });

const packSchema = new Schema<PackDocument>(
  {
    _id: { type: String, required: true },
    owner: { type: String, required: true },
    createdAt: { type: Date, required: true },
    dirty: Boolean,
  },
  { ...SCHEMA_OPTIONS, collection: 'archive_packs' },
);
const folderSchema = new Schema(
  { _id: { type: String, required: true }, mark: String },
  { ...SCHEMA_OPTIONS, collection: 'archive_folders' },
);
const THE_ONE = 'archive';

export interface ArchiveFilter {
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly agent?: string | undefined;
  readonly topic?: string | undefined;
  /** All of them, as they stand in the index: of names, for numbers. */
  readonly words?: readonly string[];
}

export interface KnownPack {
  readonly name: string;
  readonly owner: string;
  readonly dirty: boolean;
}

export interface ArchiveStore {
  /** The mark that the folder bears, made when it is first asked for. */
  readonly ensureMark: (mark: string) => Promise<{ readonly mark: string; readonly isFirst: boolean }>;
  readonly find: (id: string) => Promise<Archived | null>;
  /** Newest first, behind one. */
  readonly list: (
    filter: ArchiveFilter,
    after: { readonly endedAt: Date; readonly id: string } | null,
    most: number,
  ) => Promise<Archived[]>;
  readonly count: (filter: ArchiveFilter) => Promise<number>;
  readonly listOf: (contact: string) => Promise<Archived[]>;
  /** Those of a pack, in its order, whatever their state. */
  readonly listIn: (pack: string) => Promise<Archived[]>;
  /** Cold, and at an end before a time; the longest first. */
  readonly listEnded: (before: Date, most: number) => Promise<Archived[]>;
  readonly countEnded: (before: Date) => Promise<number>;
  /** @returns false: there is one already */
  readonly insert: (one: Archived) => Promise<boolean>;
  /** It is in the pack alone from now on. */
  readonly markCold: (id: string, place: Place) => Promise<void>;
  /** @returns false: it lies elsewhere, or is gone */
  readonly move: (id: string, from: Place, to: Place) => Promise<boolean>;
  /** Takes it out of the index; its pack is marked first, so that what it holds does not stay. */
  readonly remove: (one: Pick<Archived, 'id' | 'place'>) => Promise<void>;
  readonly addPack: (name: string, owner: string, at: Date) => Promise<void>;
  readonly markDirty: (pack: string) => Promise<void>;
  readonly listPacks: () => Promise<KnownPack[]>;
  /** Those whose moving was begun and not ended. */
  readonly listPacked: (most: number) => Promise<Archived[]>;
  readonly listDirty: () => Promise<string[]>;
  readonly removePack: (name: string) => Promise<void>;
  readonly surveyPacks: () => Promise<ReadonlyMap<string, number>>;
}

export function createArchiveStore(connection: Connection): ArchiveStore {
  const { collection } = connection.model('ArchivedConversation', schema);
  const packs = connection.model('ArchivePack', packSchema).collection;
  const folders = connection.model('ArchiveFolder', folderSchema).collection;
  const list = async (query: object, sort: Record<string, 1 | -1>, most = 0): Promise<Archived[]> => {
    const found = await collection
      .find(query as never)
      .sort(sort)
      .limit(most)
      .toArray();
    return (found as unknown as ArchivedDocument[]).map(toArchived);
  };

  /** Also of a pack that is known no more: then it is known again. */
  const markDirty = async (pack: string): Promise<void> => {
    const seen = { $set: { dirty: true }, $setOnInsert: { owner: '', createdAt: new Date() } };
    await packs.updateOne({ _id: pack } as never, seen as never, { upsert: true });
  };

  return {
    async ensureMark(mark) {
      const read = async () => (await folders.findOne({ _id: THE_ONE } as never))?.['mark'];
      const known = (await read()) as string | undefined;
      if (known !== undefined) return { mark: known, isFirst: (await packs.findOne({})) === null };
      try {
        await folders.insertOne({ _id: THE_ONE, mark } as never);
        return { mark, isFirst: true };
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        return { mark: String(await read()), isFirst: true };
      }
    },
    async find(id) {
      return (await list({ _id: id }, {}, 1))[0] ?? null;
    },
    list: (filter, after, most) =>
      list({ $and: [queryOf(filter), after === null ? {} : behind(after)] }, { endedAt: -1, _id: -1 }, most),
    count: (filter) => collection.countDocuments(queryOf(filter) as never),
    listOf: (contact) => list({ contact }, { openedAt: -1 }),
    listIn: (pack) => list({ pack }, { offset: 1 }),
    listEnded: (before, most) => list({ state: 'cold', endedAt: { $lt: before } }, { endedAt: 1 }, most),
    countEnded: (before) => collection.countDocuments({ state: 'cold', endedAt: { $lt: before } } as never),
    async insert({ id, place, ...rest }) {
      const { contact, openedAt, endedAt, archivedAt, state, agents, topics, messages, words } = rest;
      const about = { contact, openedAt, endedAt, archivedAt, state, agents, topics, messages, words };
      try {
        await collection.insertOne({ _id: id, ...about, ...place } as never);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async markCold(id, { pack, offset }) {
      await collection.updateOne({ _id: id, pack, offset } as never, { $set: { state: 'cold' } } as never);
    },
    async move(id, from, to) {
      const { matchedCount } = await collection.updateOne(
        { _id: id, pack: from.pack, offset: from.offset } as never,
        { $set: { pack: to.pack, offset: to.offset } } as never,
      );
      return matchedCount === 1;
    },
    async remove({ id, place }) {
      await markDirty(place.pack);
      const { deletedCount } = await collection.deleteOne({ _id: id, pack: place.pack } as never);
      if (deletedCount === 1) return;
      // It was moved to another pack meanwhile.
      const moved = (await collection.findOne({ _id: id } as never)) as unknown as ArchivedDocument | null;
      if (moved === null) return;
      await markDirty(moved.pack);
      await collection.deleteOne({ _id: id } as never);
    },
    async addPack(name, owner, createdAt) {
      await packs.insertOne({ _id: name, owner, createdAt } as never);
    },
    markDirty,
    listPacked: (most) => list({ state: 'packed' }, { archivedAt: 1 }, most),
    async listPacks() {
      const found = (await packs.find({}).sort({ _id: 1 }).toArray()) as unknown as PackDocument[];
      return found.map(({ _id, owner, dirty }) => ({ name: _id, owner, dirty: dirty ?? false }));
    },
    async listDirty() {
      const found = await packs
        .find({ dirty: true } as never)
        .sort({ _id: 1 })
        .toArray();
      return found.map(({ _id }) => String(_id));
    },
    async removePack(name) {
      await packs.deleteOne({ _id: name } as never);
    },
    async surveyPacks() {
      const sums = await collection
        .aggregate([{ $group: { _id: '$pack', end: { $max: { $add: ['$offset', '$bytes'] } } } }])
        .toArray();
      return new Map(sums.map(({ _id, end }) => [String(_id), Number(end)]));
    },
  };
}

function queryOf({ from, to, agent, topic, words = [] }: ArchiveFilter): object {
  return {
    $and: [
      { state: 'cold' },
      from === undefined ? {} : { endedAt: { $gte: from } },
      to === undefined ? {} : { endedAt: { $lt: to } },
      agent === undefined ? {} : { 'agents.id': agent },
      topic === undefined ? {} : { topics: topic },
      ...words.map((word) => ({ words: word })),
    ],
  };
}

function behind({ endedAt, id }: { readonly endedAt: Date; readonly id: string }): object {
  return { $or: [{ endedAt: { $lt: endedAt } }, { endedAt, _id: { $lt: id } }] };
}

function toArchived(document: ArchivedDocument): Archived {
  const { _id, contact, openedAt, endedAt, archivedAt, state, agents, topics, messages, words } = document;
  const { pack, offset, bytes, sha256 } = document;
  const place = { pack, offset, bytes, sha256 };
  return { id: _id, contact, openedAt, endedAt, archivedAt, state, agents, topics, messages, words, place };
}
