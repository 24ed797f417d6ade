/** Contacts in the database. */
import { type Connection, type mongo, Schema, Types } from 'mongoose';
import { isDuplicateKey } from '../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import type { ContactsDeps, KeptProfile, StoredContact } from './contacts.ts';

interface ContactDocument extends KeptProfile {
  _id: Types.ObjectId;
  /** SHA-256 of the device's token; not on a contact that the host app vouches for. */
  tokenHash?: string;
  subject?: string;
  createdAt: Date;
}

const schema = new Schema<ContactDocument>(
  {
    tokenHash: String,
    subject: String,
    name: String,
    appVersion: String,
    platform: String,
    sealed: Schema.Types.Mixed,
    words: [String],
    createdAt: { type: Date, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'contacts' },
);
schema.index({ tokenHash: 1 }, { unique: true, partialFilterExpression: { tokenHash: { $type: 'string' } } });
schema.index({ subject: 1 }, { unique: true, partialFilterExpression: { subject: { $type: 'string' } } });

export function createContactStore(connection: Connection): ContactsDeps['store'] {
  const { collection } = connection.model('Contact', schema);
  const find = async (query: mongo.Filter<ContactDocument>): Promise<string | null> => {
    const found = await collection.findOne(query as never, { projection: { _id: 1 } });
    return found === null ? null : String(found._id);
  };
  /** Two callers at once make one contact: the second meets the first one's key and finds it. */
  const upsert = async (
    key: { tokenHash: string } | { subject: string },
    set: KeptProfile,
    now: Date,
  ): Promise<string> => {
    const found = await find(key);
    if (found !== null && Object.keys(set).length === 0) return found;
    try {
      await collection.updateOne(
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
    ensureBySubject: (subject, profile, now) => upsert({ subject }, profile, now),
    async adopt(tokenHash, subject, profile) {
      try {
        const adopted = await collection.findOneAndUpdate(
          { tokenHash } as never,
          { $set: { subject, ...profile }, $unset: { tokenHash: '' } } as never,
          { projection: { _id: 1 } },
        );
        return adopted === null ? null : String(adopted._id);
      } catch (error) {
        if (isDuplicateKey(error)) return null;
        throw error;
      }
    },
    async listProfiles(ids) {
      const wanted = ids.map((id) => new Types.ObjectId(id));
      const found = await collection.find({ _id: { $in: wanted } } as never).toArray();
      return (found as unknown as ContactDocument[]).map(toStoredContact);
    },
    async remove(id) {
      await collection.deleteOne({ _id: new Types.ObjectId(id) } as never);
    },
  };
}

function toStoredContact({ _id, name, appVersion, platform, sealed, words }: ContactDocument): StoredContact {
  return {
    id: _id.toHexString(),
    ...(name === undefined ? {} : { name }),
    ...(appVersion === undefined ? {} : { appVersion }),
    ...(platform === undefined ? {} : { platform }),
    ...(sealed === undefined ? {} : { sealed }),
    ...(words === undefined ? {} : { words }),
  };
}
