/** The directory of offices in the database: a document an office, and one that counts the changes. */
import { type Connection, Schema } from 'mongoose';
import { isDuplicateKey } from '../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import type { Office, StoredOffice } from './office.ts';

interface OfficeDocument extends Omit<Office, 'code'> {
  _id: string;
  revision: number;
  savedBy: string | null;
  savedAt: Date;
}
interface DirectoryDocument {
  _id: string;
  changes: number;
}

/** Who saves it, and when; null: the desk itself. */
export interface Saved {
  readonly by: string | null;
  readonly at: Date;
}

export interface OfficeStore {
  readonly list: () => Promise<StoredOffice[]>;
  readonly find: (code: string) => Promise<StoredOffice | null>;
  /** As revision 1; false: the code is taken. */
  readonly insert: (office: Office, saved: Saved) => Promise<boolean>;
  /** Puts `revision + 1` in the place of `revision`; false: that is not the last one any more. */
  readonly replace: (revision: number, office: Office, saved: Saved) => Promise<boolean>;
  /** false: there is a later revision, or no such office any more. */
  readonly remove: (code: string, revision: number) => Promise<boolean>;
  /** How often anything was changed; null: the directory was never filled. */
  readonly countChanges: () => Promise<number | null>;
  /** To be called behind every change: other nodes look at the count. */
  readonly noteChange: () => Promise<void>;
}

const THE_ONE = 'directory';

const offices = new Schema<OfficeDocument>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    level: { type: String, required: true },
    province: { type: String, required: true },
    address: String,
    phones: [Schema.Types.Mixed],
    hours: String,
    location: Schema.Types.Mixed,
    parent: String,
    aliases: [String],
    active: { type: Boolean, required: true },
    revision: { type: Number, required: true },
    savedBy: String,
    savedAt: { type: Date, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'offices' },
);
const directory = new Schema<DirectoryDocument>(
  { _id: { type: String, required: true }, changes: { type: Number, required: true } },
  { ...SCHEMA_OPTIONS, collection: 'office_directory' },
);

export function createOfficeStore(connection: Connection): OfficeStore {
  const { collection } = connection.model('Office', offices);
  const counter = connection.model('OfficeDirectory', directory).collection;
  return {
    async list() {
      const found = (await collection.find({}).sort({ _id: 1 }).toArray()) as unknown as OfficeDocument[];
      return found.map(toOffice);
    },
    async find(code) {
      const found = (await collection.findOne({ _id: code } as never)) as unknown as OfficeDocument | null;
      return found === null ? null : toOffice(found);
    },
    async insert(office, saved) {
      try {
        await collection.insertOne({ _id: office.code, ...fieldsOf(office, 1, saved) } as never);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async replace(revision, office, saved) {
      const { matchedCount } = await collection.updateOne(
        { _id: office.code, revision } as never,
        { $set: fieldsOf(office, revision + 1, saved) } as never,
      );
      return matchedCount === 1;
    },
    async remove(code, revision) {
      const { deletedCount } = await collection.deleteOne({ _id: code, revision } as never);
      return deletedCount === 1;
    },
    async countChanges() {
      const found = await counter.findOne({ _id: THE_ONE } as never);
      return found === null ? null : (found as unknown as DirectoryDocument).changes;
    },
    async noteChange() {
      try {
        await counter.updateOne({ _id: THE_ONE } as never, { $inc: { changes: 1 } } as never, {
          upsert: true,
        });
      } catch (error) {
        // Another node has made the document at the same moment.
        if (!isDuplicateKey(error)) throw error;
        await counter.updateOne({ _id: THE_ONE } as never, { $inc: { changes: 1 } } as never);
      }
    },
  };
}

function fieldsOf(office: Office, revision: number, { by, at }: Saved): Omit<OfficeDocument, '_id'> {
  return {
    name: office.name,
    level: office.level,
    province: office.province,
    address: office.address,
    phones: office.phones.map(({ number, extension }) => ({
      number,
      ...(extension === undefined ? {} : { extension }),
    })),
    hours: office.hours,
    location: office.location && {
      latitude: office.location.latitude,
      longitude: office.location.longitude,
    },
    parent: office.parent,
    aliases: office.aliases,
    active: office.active,
    revision,
    savedBy: by,
    savedAt: at,
  };
}

function toOffice(document: OfficeDocument): StoredOffice {
  return {
    code: document._id,
    name: document.name,
    level: document.level,
    province: document.province,
    address: document.address,
    phones: document.phones.map(({ number, extension }) => ({
      number,
      ...(extension === undefined ? {} : { extension }),
    })),
    hours: document.hours,
    location: document.location,
    parent: document.parent,
    aliases: document.aliases,
    active: document.active,
    revision: document.revision,
  };
}
