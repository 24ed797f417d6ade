/** Sessions of the staff in the database. */
import { type Connection, Schema, Types } from 'mongoose';
import { SCHEMA_OPTIONS } from '../../storage/schema-options.ts';
import type { Session } from './session.ts';

interface SessionDocument extends Omit<Session, 'id' | 'account'> {
  _id: Types.ObjectId;
  account: Types.ObjectId;
}

const schema = new Schema<SessionDocument>(
  {
    tokenHash: { type: String, required: true },
    account: { type: Schema.Types.ObjectId, required: true },
    generation: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    lastUsedAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    userAgent: { type: String, default: '' },
    address: { type: String, default: '' },
  },
  { ...SCHEMA_OPTIONS, collection: 'staff_sessions' },
);
schema.index({ tokenHash: 1 }, { unique: true });
schema.index({ account: 1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export interface SessionStore {
  readonly newId: () => string;
  readonly insert: (session: Session) => Promise<void>;
  /** One that has not expired. */
  readonly findByToken: (tokenHash: string, now: Date) => Promise<Session | null>;
  readonly noteUse: (id: string, use: Pick<Session, 'lastUsedAt' | 'expiresAt'>) => Promise<void>;
  /** Those of an account, the one used last first; expired ones too, until the database takes them away. */
  readonly list: (account: string) => Promise<Session[]>;
  /** false: there is no such session of the account. */
  readonly remove: (account: string, id: string) => Promise<boolean>;
}

export function createSessionStore(connection: Connection): SessionStore {
  const { collection } = connection.model('StaffSession', schema);
  return {
    newId: () => new Types.ObjectId().toHexString(),
    async insert(session) {
      await collection.insertOne(toDocument(session) as never);
    },
    async findByToken(tokenHash, now) {
      const query = { tokenHash, expiresAt: { $gt: now } };
      const found = (await collection.findOne(query as never)) as SessionDocument | null;
      return found === null ? null : toSession(found);
    },
    async noteUse(id, { lastUsedAt, expiresAt }) {
      // No upsert: a session that ended meanwhile stays ended.
      await collection.updateOne({ _id: new Types.ObjectId(id) }, { $set: { lastUsedAt, expiresAt } });
    },
    async list(account) {
      const found = await collection
        .find({ account: new Types.ObjectId(account) })
        .sort({ lastUsedAt: -1, _id: -1 })
        .toArray();
      return (found as unknown as SessionDocument[]).map(toSession);
    },
    async remove(account, id) {
      const query = { _id: new Types.ObjectId(id), account: new Types.ObjectId(account) };
      return (await collection.deleteOne(query)).deletedCount === 1;
    },
  };
}

function toDocument(session: Session): SessionDocument {
  return {
    _id: new Types.ObjectId(session.id),
    tokenHash: session.tokenHash,
    account: new Types.ObjectId(session.account),
    generation: session.generation,
    createdAt: session.createdAt,
    lastUsedAt: session.lastUsedAt,
    expiresAt: session.expiresAt,
    userAgent: session.userAgent,
    address: session.address,
  };
}

function toSession(document: SessionDocument): Session {
  return {
    id: document._id.toHexString(),
    tokenHash: document.tokenHash,
    account: document.account.toHexString(),
    generation: document.generation,
    createdAt: document.createdAt,
    lastUsedAt: document.lastUsedAt,
    expiresAt: document.expiresAt,
    userAgent: document.userAgent,
    address: document.address,
  };
}
