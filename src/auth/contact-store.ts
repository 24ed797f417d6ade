/** Contacts in the database. */
import { type Connection, type mongo, Schema, Types } from 'mongoose';
import { isDuplicateKey } from '../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import type { Profile } from './caller.ts';
import type { ContactsDeps } from './contacts.ts';

interface ContactDocument {
  _id: Types.ObjectId;
  /** SHA-256 of the device's token; not on a contact that the host app vouches for. */
  tokenHash?: string;
  subject?: string;
  name?: string;
  phone?: string;
  bhxhNumber?: string;
  appVersion?: string;
  platform?: string;
  createdAt: Date;
}

const schema = new Schema<ContactDocument>(
  {
    tokenHash: String,
    subject: String,
    name: String,
    phone: String,
    bhxhNumber: String,
    appVersion: String,
    platform: String,
    createdAt: { type: Date, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'contacts' },
);
schema.index({ tokenHash: 1 }, { unique: true, partialFilterExpression: { tokenHash: { $type: 'string' } } });
schema.index({ subject: 1 }, { unique: true, partialFilterExpression: { subject: { $type: 'string' } } });

export function createContactStore(connection: Connection): ContactsDeps['store'] {
  const model = connection.model('Contact', schema);
  const find = async (query: mongo.Filter<ContactDocument>): Promise<string | null> => {
    const found = await model.collection.findOne(query as never, { projection: { _id: 1 } });
    return found === null ? null : String(found._id);
  };
  /** Two callers at once make one contact: the second meets the first one's key and finds it. */
  const upsert = async (
    key: { tokenHash: string } | { subject: string },
    set: Profile,
    now: Date,
  ): Promise<string> => {
    const found = await find(key);
    if (found !== null && Object.keys(set).length === 0) return found;
    try {
      await model.collection.updateOne(
        key as never,
        { ...(Object.keys(set).length > 0 ? { $set: set } : {}), $setOnInsert: { createdAt: now } } as never,
        { upsert: true },
      );
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    const made = await find(key);
    if (made === null) throw new Error('a contact vanished while it was being made');
    return made;
  };

  return {
    findByToken: (tokenHash) => find({ tokenHash }),
    findBySubject: (subject) => find({ subject }),
    ensureByToken: (tokenHash, now) => upsert({ tokenHash }, {}, now),
    ensureBySubject: (subject, profile, now) => upsert({ subject }, definedOf(profile), now),
    async adopt(tokenHash, subject, profile) {
      try {
        const adopted = await model.collection.findOneAndUpdate(
          { tokenHash } as never,
          { $set: { subject, ...definedOf(profile) }, $unset: { tokenHash: '' } } as never,
          { projection: { _id: 1 } },
        );
        return adopted === null ? null : String(adopted._id);
      } catch (error) {
        if (isDuplicateKey(error)) return null;
        throw error;
      }
    },
    async remove(id) {
      await model.collection.deleteOne({ _id: new Types.ObjectId(id) } as never);
    },
  };
}

function definedOf(profile: Profile): Profile {
  return Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== undefined));
}
