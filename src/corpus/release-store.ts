/** Releases in the database: one document each, and one small document that says which is live. */
import { type Connection, Schema } from 'mongoose';
import { AppError } from '../kernel/app-error.ts';
import { isDuplicateKey } from '../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import type { LiveRelease, ReleaseContent, ReleaseRecord, ReleaseSummary } from './release.ts';

interface ReleaseDocument {
  _id: number;
  at: Date;
  note: string;
  checksum: string;
  format: number;
  content: ReleaseContent;
}

interface LiveDocument {
  _id: 'live';
  release: number;
  at: Date;
  /** What every node is to have ready. */
  next?: number;
}

/** The release that intents/ and faq/ said the same as last. */
interface FilesDocument {
  _id: 'files';
  release: number;
  at: Date;
}

interface SummaryDocument extends ReleaseSummary {
  _id: number;
}

interface NodeDocument {
  _id: string;
  ready: number[];
  at: Date;
}

const releaseSchema = new Schema<ReleaseDocument>(
  {
    _id: { type: Number, required: true },
    at: { type: Date, required: true },
    note: { type: String, required: true },
    checksum: { type: String, required: true },
    format: { type: Number, required: true },
    content: { type: Schema.Types.Mixed, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'corpus_releases' },
);

const liveSchema = new Schema<LiveDocument>(
  {
    _id: { type: String, required: true },
    release: { type: Number, required: true },
    at: { type: Date, required: true },
    next: Number,
  },
  { ...SCHEMA_OPTIONS, collection: 'corpus_live' },
);

const filesSchema = new Schema<FilesDocument>(
  {
    _id: { type: String, required: true },
    release: { type: Number, required: true },
    at: { type: Date, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'corpus_files' },
);

/** Beside the releases, which are large: what lists of them show. */
const summarySchema = new Schema<SummaryDocument>(
  {
    _id: { type: Number, required: true },
    at: { type: Date, required: true },
    by: { type: String, default: null },
    scheduledBy: { type: String, default: null },
    notes: { type: String, default: '' },
    entries: { type: Number, required: true },
    phrases: { type: Number, required: true },
    draft: { type: String, default: null },
    answeredFor: { type: String, default: null },
    totals: { type: Schema.Types.Mixed, default: null },
  },
  { ...SCHEMA_OPTIONS, collection: 'corpus_release_summaries' },
);

const nodeSchema = new Schema<NodeDocument>(
  {
    _id: { type: String, required: true },
    ready: { type: [Number], required: true },
    at: { type: Date, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'corpus_nodes' },
);
nodeSchema.index({ at: 1 }, { expireAfterSeconds: 60 * 60 });

/** MongoDB's bound for a document is 16 MiB; the rest is room for what a release may hold later. */
const MOST_BYTES = 12 * 1024 * 1024;

export interface ReleaseStore {
  /** false when the number is taken. @throws AppError `release_too_large` */
  readonly insert: (release: ReleaseRecord) => Promise<boolean>;
  /** As it is stored: not yet held against its schema. */
  readonly find: (number: number) => Promise<unknown>;
  readonly findNewestNumber: () => Promise<number | null>;
  readonly findLive: () => Promise<LiveRelease | null>;
  /** Names the release that every node is to have ready. */
  readonly announceNext: (number: number) => Promise<void>;
  /** Makes a release live where none is yet; leaves a live one alone. */
  readonly makeFirstLive: (number: number, at: Date) => Promise<void>;
  readonly findFilesNumber: () => Promise<number | null>;
  readonly noteFiles: (number: number, at: Date) => Promise<void>;
  /** Makes a release live in place of `before`; false when another one is live by now. */
  readonly changeLive: (before: number, number: number, at: Date) => Promise<boolean>;
  readonly saveSummary: (number: number, summary: ReleaseSummary) => Promise<void>;
  /** Newest first. */
  readonly listSummaries: (before: number, most: number) => Promise<(ReleaseSummary & { number: number })[]>;
  readonly saveNode: (node: string, ready: readonly number[], at: Date) => Promise<void>;
  readonly removeNode: (node: string) => Promise<void>;
  readonly listNodes: (
    since: Date,
  ) => Promise<{ readonly node: string; readonly ready: readonly number[] }[]>;
}

export function createReleaseStore(connection: Connection): ReleaseStore {
  const releases = connection.model('CorpusRelease', releaseSchema);
  const live = connection.model('CorpusLive', liveSchema);
  const files = connection.model('CorpusFiles', filesSchema);
  const summaries = connection.model('CorpusReleaseSummary', summarySchema);
  const nodes = connection.model('CorpusNode', nodeSchema);

  return {
    async insert({ number, ...rest }) {
      const bytes = Buffer.byteLength(JSON.stringify(rest.content));
      if (bytes > MOST_BYTES) {
        throw new AppError({
          code: 'release_too_large',
          message: `The corpus is ${bytes} bytes, a release may have ${MOST_BYTES}. Take out phrases that say the same.`,
        });
      }
      try {
        await releases.collection.insertOne({ _id: number, ...rest } as never);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async find(number) {
      const found = await releases.findById(number).lean();
      if (found === null) return null;
      const { _id, ...rest } = found;
      return { number: _id, ...rest };
    },
    async findNewestNumber() {
      const newest = await releases.findOne({}, { _id: 1 }).sort({ _id: -1 }).lean();
      return newest?._id ?? null;
    },
    async findLive() {
      const found = await live.findById('live').lean();
      return found === null ? null : { number: found.release, at: found.at, next: found.next ?? null };
    },
    async announceNext(number) {
      await live.updateOne({ _id: 'live' }, { $set: { next: number } });
    },
    async makeFirstLive(number, at) {
      try {
        await live.updateOne({ _id: 'live' }, { $setOnInsert: { release: number, at } }, { upsert: true });
      } catch (error) {
        // Two upserts at once may both try to insert: one of them has.
        if (!isDuplicateKey(error)) throw error;
      }
    },
    async findFilesNumber() {
      return (await files.findById('files').lean())?.release ?? null;
    },
    async noteFiles(number, at) {
      const note = () =>
        files.updateOne({ _id: 'files' }, { $set: { release: number, at } }, { upsert: true });
      await note().catch((error: unknown) => {
        // Two upserts at once may both try to insert: now it is there.
        if (!isDuplicateKey(error)) throw error;
        return note();
      });
    },
    async changeLive(before, number, at) {
      const changed = await live.updateOne(
        { _id: 'live', release: before },
        { $set: { release: number, at }, $unset: { next: '' } },
      );
      return changed.matchedCount === 1;
    },
    async saveSummary(number, { at, by, scheduledBy, notes, entries, phrases, draft, answeredFor, totals }) {
      const summary = { at, by, scheduledBy, notes, entries, phrases, draft, answeredFor, totals };
      await summaries.replaceOne({ _id: number }, summary, { upsert: true });
    },
    async listSummaries(before, most) {
      const found = await summaries
        .find({ _id: { $lt: before } })
        .sort({ _id: -1 })
        .limit(most)
        .lean();
      return found.map(
        ({ _id, at, by, scheduledBy, notes, entries, phrases, draft, answeredFor, totals }) => ({
          number: _id,
          at,
          by,
          scheduledBy: scheduledBy ?? null,
          notes,
          entries,
          phrases,
          draft,
          answeredFor,
          totals,
        }),
      );
    },
    async saveNode(node, ready, at) {
      await nodes.replaceOne({ _id: node }, { ready: [...ready], at }, { upsert: true });
    },
    async removeNode(node) {
      await nodes.deleteOne({ _id: node });
    },
    async listNodes(since) {
      const found = await nodes.find({ at: { $gte: since } }).lean();
      return found.map(({ _id, ready }) => ({ node: _id, ready }));
    },
  };
}
