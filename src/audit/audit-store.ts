/** The audit log in the database. It is only ever added to. */
import { type Connection, type mongo, Schema } from 'mongoose';
import type { AuditAction } from '../contracts/audit.ts';
import { isDuplicateKey } from '../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import { type AuditEntry, writeCanonical } from './audit.ts';

const COLLECTION = 'audit_log';

interface AuditDocument extends Omit<AuditEntry, 'number' | 'details'> {
  _id: number;
  /** Canonical JSON: a document may not hold every key, and may hold numbers in other ways. */
  details: string;
}

const schema = new Schema<AuditDocument>(
  {
    _id: { type: Number, required: true },
    at: { type: Date, required: true },
    actor: { type: new Schema({ id: String, name: String }, { _id: false }), default: null },
    action: { type: String, required: true },
    subject: { type: String, required: true },
    details: { type: String, required: true },
    address: { type: String, default: null },
    hash: { type: String, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: COLLECTION },
);
schema.index({ at: 1 });
schema.index({ action: 1, _id: -1 });
schema.index({ 'actor.id': 1, _id: -1 });

export interface AuditFilter {
  /** Only numbers below. */
  readonly before?: number | undefined;
  readonly action?: AuditAction | undefined;
  /** The id of an account. */
  readonly actor?: string | undefined;
  readonly from?: Date | undefined;
  /** Only earlier ones. */
  readonly until?: Date | undefined;
}

/** A document that is no entry, in whatever way: somebody wrote it who is not the log. */
export interface StrayDocument {
  readonly id: unknown;
}

export interface AuditStore {
  readonly findLast: () => Promise<AuditEntry | null>;
  /** false: the number is taken. */
  readonly insert: (entry: AuditEntry) => Promise<boolean>;
  /** The newest first. */
  readonly list: (filter: AuditFilter, most: number) => Promise<AuditEntry[]>;
  readonly walk: WalkAudit;
}

/** Everything in the collection, by number. */
export type WalkAudit = () => AsyncIterable<AuditEntry | StrayDocument>;

export function createAuditStore(connection: Connection): AuditStore {
  const { collection } = connection.model('AuditEntry', schema);
  const find = async (query: object, most: number): Promise<AuditEntry[]> => {
    const found = await collection
      .find(query as never)
      .sort({ _id: -1 })
      .limit(most)
      .toArray();
    return (found as unknown as AuditDocument[]).map(toEntry);
  };
  return {
    async findLast() {
      const [last] = await find({}, 1);
      return last ?? null;
    },
    async insert(entry) {
      try {
        await collection.insertOne(toDocument(entry) as never);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    list: ({ before, action, actor, from, until }, most) =>
      find(
        {
          ...(before === undefined ? {} : { _id: { $lt: before } }),
          ...(action === undefined ? {} : { action }),
          ...(actor === undefined ? {} : { 'actor.id': actor }),
          ...(from === undefined && until === undefined
            ? {}
            : { at: { ...(from && { $gte: from }), ...(until && { $lt: until }) } }),
        },
        most,
      ),
    walk: () => walkDocuments(collection.find({}).sort({ _id: 1 })),
  };
}

/** For commands, which have no models. */
export function readAuditLog(db: mongo.Db): WalkAudit {
  return () => walkDocuments(db.collection(COLLECTION).find({}).sort({ _id: 1 }));
}

async function* walkDocuments(documents: AsyncIterable<unknown>): AsyncGenerator<AuditEntry | StrayDocument> {
  for await (const document of documents) yield readEntry(document as AuditDocument);
}

function readEntry(document: AuditDocument): AuditEntry | StrayDocument {
  const { _id: id, at, details } = document;
  if (!Number.isSafeInteger(id) || !(at instanceof Date) || Number.isNaN(at.getTime())) return { id };
  try {
    const entry = toEntry(document);
    // Text that reads the same but is written otherwise was not written by the log.
    return writeCanonical(entry.details) === details ? entry : { id };
  } catch {
    return { id };
  }
}

function toDocument(entry: AuditEntry): AuditDocument {
  return {
    _id: entry.number,
    at: entry.at,
    actor: entry.actor && { id: entry.actor.id, name: entry.actor.name },
    action: entry.action,
    subject: entry.subject,
    details: writeCanonical(entry.details),
    address: entry.address,
    hash: entry.hash,
  };
}

function toEntry(document: AuditDocument): AuditEntry {
  return {
    number: document._id,
    at: document.at,
    actor: document.actor && { id: document.actor.id, name: document.actor.name },
    action: document.action,
    subject: document.subject,
    details: JSON.parse(document.details),
    address: document.address,
    hash: document.hash,
  };
}
