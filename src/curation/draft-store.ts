/** Drafts in the database: one document each, so that whatever happens in a draft is one step. */
import { type Connection, Schema, Types } from 'mongoose';
import type { Person } from '../contracts/console.ts';
import type { DraftStatus } from '../contracts/curation.ts';
import type { UnitValue } from '../corpus/corpus-units.ts';
import { AppError } from '../kernel/app-error.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import type { Draft, DraftChange, DraftComment } from './draft.ts';

interface ChangeDocument {
  unit: string;
  before?: UnitValue | null;
  after?: UnitValue | null;
  add?: string[];
  remove?: string[];
  revision: number;
  by: Person;
  at: Date;
}

interface CommentDocument {
  id: Types.ObjectId;
  unit: string | null;
  text: string;
  by: Person;
  at: Date;
}

interface DraftDocument {
  _id: Types.ObjectId;
  name: string;
  status: DraftStatus;
  changes: ChangeDocument[];
  comments: CommentDocument[];
  createdBy: Person;
  createdAt: Date;
  changedBy: Person;
  changedAt: Date;
  revision: number;
  edition: number;
  publishAt: Date | null;
  scheduledBy?: Person | null;
  approvedBy: Person | null;
  held: string | null;
  release: number | null;
}

const schema = new Schema<DraftDocument>(
  {
    name: { type: String, required: true },
    status: { type: String, required: true },
    changes: [Schema.Types.Mixed],
    comments: [Schema.Types.Mixed],
    createdBy: { type: Schema.Types.Mixed, required: true },
    createdAt: { type: Date, required: true },
    changedBy: { type: Schema.Types.Mixed, required: true },
    changedAt: { type: Date, required: true },
    revision: { type: Number, required: true },
    edition: { type: Number, required: true },
    publishAt: { type: Date, default: null },
    scheduledBy: { type: Schema.Types.Mixed, default: null },
    approvedBy: { type: Schema.Types.Mixed, default: null },
    held: { type: String, default: null },
    release: { type: Number, default: null },
  },
  { ...SCHEMA_OPTIONS, collection: 'corpus_drafts' },
);
schema.index({ status: 1, changedAt: -1 });
schema.index({ publishAt: 1 });

/** A draft without what its changes are. */
export type ClosedDraft = Omit<Draft, 'changes'> & { readonly changeCount: number };

export interface DraftStore {
  readonly insert: (draft: Omit<Draft, 'id'>) => Promise<Draft>;
  readonly find: (id: string) => Promise<Draft | null>;
  /** Changed last, first. */
  readonly listOpen: () => Promise<Draft[]>;
  readonly listClosed: (most: number) => Promise<ClosedDraft[]>;
  /** Open ones whose time to be published has come. */
  readonly listDue: (at: Date) => Promise<Draft[]>;
  /** Puts it, comments aside, in the place of the same edition; false: that is not the last one any more. @throws AppError `draft_too_large` */
  readonly replace: (draft: Draft) => Promise<boolean>;
  /** false: there is no such draft. */
  readonly addComment: (id: string, comment: Omit<DraftComment, 'id'>) => Promise<DraftComment | null>;
}

const CLOSED = ['published', 'discarded'];
/** MongoDB's bound for a document is 16 MiB; comments come on top. */
const MOST_BYTES = 12 * 1024 * 1024;
const WITHOUT_CONTENT = {
  'changes.before': 0,
  'changes.after': 0,
  'changes.add': 0,
  'changes.remove': 0,
} as const;

export function createDraftStore(connection: Connection): DraftStore {
  const { collection } = connection.model('CorpusDraft', schema);
  const list = async (query: object): Promise<Draft[]> => {
    const found = await collection
      .find(query as never)
      .sort({ changedAt: -1, _id: -1 })
      .toArray();
    return (found as unknown as DraftDocument[]).map(toDraft);
  };
  return {
    async insert(draft) {
      const document = { _id: new Types.ObjectId(), ...toFields(draft), comments: [] };
      await collection.insertOne(document as never);
      return toDraft(document);
    },
    async find(id) {
      if (!Types.ObjectId.isValid(id)) return null;
      const found = await collection.findOne({ _id: new Types.ObjectId(id) } as never);
      return found === null ? null : toDraft(found as unknown as DraftDocument);
    },
    listOpen: () => list({ status: { $nin: CLOSED } }),
    async listClosed(most) {
      const found = await collection
        .find({ status: { $in: CLOSED } } as never, { projection: WITHOUT_CONTENT })
        .sort({ changedAt: -1, _id: -1 })
        .limit(most)
        .toArray();
      return (found as unknown as DraftDocument[]).map((document) => {
        const { changes, ...rest } = toDraft(document);
        return { ...rest, changeCount: changes.length };
      });
    },
    listDue: (at) => list({ publishAt: { $lte: at }, status: { $nin: CLOSED } }),
    async replace(draft) {
      const fields = { ...toFields(draft), edition: draft.edition + 1 };
      const bytes = Buffer.byteLength(JSON.stringify(fields.changes));
      if (bytes > MOST_BYTES)
        throw new AppError({ code: 'draft_too_large', message: `${draft.id}: ${bytes} bytes` });
      const { matchedCount } = await collection.updateOne(
        { _id: new Types.ObjectId(draft.id), edition: draft.edition } as never,
        { $set: fields } as never,
      );
      return matchedCount === 1;
    },
    async addComment(id, { unit, text, by, at }) {
      if (!Types.ObjectId.isValid(id)) return null;
      const comment: CommentDocument = { id: new Types.ObjectId(), unit, text, by, at };
      const { matchedCount } = await collection.updateOne(
        { _id: new Types.ObjectId(id) } as never,
        { $push: { comments: comment } } as never,
      );
      return matchedCount === 1 ? toComment(comment) : null;
    },
  };
}

function toFields(draft: Omit<Draft, 'id'>): Omit<DraftDocument, '_id' | 'comments'> {
  return {
    name: draft.name,
    status: draft.status,
    changes: draft.changes.map(({ change, revision, by, at }) => ({
      unit: change.unit,
      ...('add' in change
        ? { add: [...change.add], remove: [...change.remove] }
        : { before: change.before, after: change.after }),
      revision,
      by,
      at,
    })),
    createdBy: draft.createdBy,
    createdAt: draft.createdAt,
    changedBy: draft.changedBy,
    changedAt: draft.changedAt,
    revision: draft.revision,
    edition: draft.edition,
    publishAt: draft.publishAt,
    scheduledBy: draft.scheduledBy,
    approvedBy: draft.approvedBy,
    held: draft.held,
    release: draft.release,
  };
}

function toDraft(document: DraftDocument): Draft {
  return {
    id: document._id.toHexString(),
    name: document.name,
    status: document.status,
    changes: document.changes.map(toChange),
    comments: document.comments.map(toComment),
    createdBy: document.createdBy,
    createdAt: document.createdAt,
    changedBy: document.changedBy,
    changedAt: document.changedAt,
    revision: document.revision,
    edition: document.edition,
    publishAt: document.publishAt,
    scheduledBy: document.scheduledBy ?? null,
    approvedBy: document.approvedBy,
    held: document.held,
    release: document.release,
  };
}

function toChange({ unit, before = null, after = null, add, remove, ...rest }: ChangeDocument): DraftChange {
  const { revision, by, at } = rest;
  const change = add === undefined ? { unit, before, after } : { unit, add, remove: remove ?? [] };
  return { change, revision, by, at };
}

function toComment({ id, unit, text, by, at }: CommentDocument): DraftComment {
  return { id: id.toHexString(), unit, text, by, at };
}
