/** Canned replies in the database. */
import { type Connection, Schema, Types } from 'mongoose';
import { isDuplicateKey } from '../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import type { CannedRepliesDeps } from './canned-replies.ts';
import type { CannedReply } from './canned-reply.ts';

interface CannedReplyDocument {
  _id: Types.ObjectId;
  /** The shortcut as it is compared. */
  key: string;
  shortcut: string;
  title: string;
  text: string;
}

const schema = new Schema<CannedReplyDocument>(
  {
    key: { type: String, required: true },
    shortcut: { type: String, required: true },
    title: { type: String, required: true },
    text: { type: String, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'canned_replies' },
);
schema.index({ key: 1 }, { unique: true });

export function createCannedReplyStore(connection: Connection): CannedRepliesDeps['store'] {
  const { collection } = connection.model('CannedReply', schema);
  return {
    async list() {
      const found = (await collection.find({}).toArray()) as unknown as CannedReplyDocument[];
      return found.map(toCannedReply);
    },
    async insert({ shortcut, title, text }, key) {
      const document: CannedReplyDocument = { _id: new Types.ObjectId(), key, shortcut, title, text };
      try {
        await collection.insertOne(document as never);
        return toCannedReply(document);
      } catch (error) {
        if (isDuplicateKey(error)) return null;
        throw error;
      }
    },
    async replace(id, { shortcut, title, text }, key) {
      if (!Types.ObjectId.isValid(id)) return 'missing';
      try {
        const before = (await collection.findOneAndUpdate(
          { _id: new Types.ObjectId(id) } as never,
          { $set: { key, shortcut, title, text } } as never,
          { returnDocument: 'before' },
        )) as CannedReplyDocument | null;
        return before === null ? 'missing' : toCannedReply(before);
      } catch (error) {
        if (isDuplicateKey(error)) return 'taken';
        throw error;
      }
    },
    async remove(id) {
      if (!Types.ObjectId.isValid(id)) return null;
      const removed = (await collection.findOneAndDelete({
        _id: new Types.ObjectId(id),
      } as never)) as CannedReplyDocument | null;
      return removed === null ? null : toCannedReply(removed);
    },
  };
}

function toCannedReply(document: CannedReplyDocument): CannedReply {
  return {
    id: document._id.toHexString(),
    shortcut: document.shortcut,
    title: document.title,
    text: document.text,
  };
}
