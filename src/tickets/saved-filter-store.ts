/** Saved filters in the database. */
import { type Connection, Schema, Types } from 'mongoose';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import type { SavedFilterOfStaff, SavedFiltersDeps } from './saved-filters.ts';

interface SavedFilterDocument {
  _id: Types.ObjectId;
  owner: string;
  name: string;
  query: string;
  shared: boolean;
}

const schema = new Schema<SavedFilterDocument>(
  {
    owner: { type: String, required: true },
    name: { type: String, required: true },
    query: { type: String, required: true },
    shared: { type: Boolean, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'ticket_filters' },
);
schema.index({ owner: 1 });
schema.index({ shared: 1 });

export function createSavedFilterStore(connection: Connection): SavedFiltersDeps['store'] {
  const { collection } = connection.model('TicketFilter', schema);
  return {
    async list(account) {
      const found = await collection.find({ $or: [{ owner: account }, { shared: true }] } as never).toArray();
      return (found as unknown as SavedFilterDocument[]).map(toSavedFilter);
    },
    async insert({ name, query, shared }, owner) {
      const document: SavedFilterDocument = { _id: new Types.ObjectId(), owner, name, query, shared };
      await collection.insertOne(document as never);
      return toSavedFilter(document);
    },
    async remove(id, owner, orShared) {
      if (!Types.ObjectId.isValid(id)) return false;
      const mine = orShared ? { $or: [{ owner }, { shared: true }] } : { owner };
      const { deletedCount } = await collection.deleteOne({ _id: new Types.ObjectId(id), ...mine } as never);
      return deletedCount === 1;
    },
  };
}

function toSavedFilter({ _id, owner, name, query, shared }: SavedFilterDocument): SavedFilterOfStaff {
  return { id: _id.toHexString(), owner, name, query, shared };
}
