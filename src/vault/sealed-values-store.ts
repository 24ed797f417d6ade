/** Sealed values in the database. */
import { type Connection, Schema, type Types } from 'mongoose';
import type { RedactedType } from '../contracts/chat.ts';
import { isDuplicateKey } from '../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import type { SealedMessage, SealedValuesDeps } from './sealed-values.ts';

interface SealedDocument {
  _id: Types.ObjectId;
  conversation: string;
  clientId: string;
  types: RedactedType[];
  sealed: string;
  words?: string[];
  expiresAt: Date;
}

const schema = new Schema<SealedDocument>(
  {
    conversation: { type: String, required: true },
    clientId: { type: String, required: true },
    types: [String],
    sealed: { type: String, required: true },
    words: [String],
    expiresAt: { type: Date, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'sealed_values' },
);
schema.index({ conversation: 1, clientId: 1 }, { unique: true });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export function createSealedValuesStore(connection: Connection): SealedValuesDeps['store'] {
  const { collection } = connection.model('SealedValues', schema);
  return {
    async insert({ conversation, clientId, types, sealed, words, expiresAt }) {
      try {
        await collection.insertOne({
          conversation,
          clientId,
          types: [...types],
          sealed,
          words: [...words],
          expiresAt,
        } as never);
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    },
    async find(conversation, clientId) {
      const found = (await collection.findOne({ conversation, clientId } as never)) as SealedDocument | null;
      return found === null ? null : toSealedMessage(found);
    },
    async list(conversation) {
      const found = await collection.find({ conversation } as never).toArray();
      return (found as unknown as SealedDocument[]).map(toSealedMessage);
    },
    async listTypes(conversation, clientIds) {
      const found = (await collection
        .find({ conversation, clientId: { $in: [...clientIds] } } as never)
        .project({ clientId: 1, types: 1 })
        .toArray()) as SealedDocument[];
      return found.map(({ clientId, types }) => ({ clientId, types }));
    },
    async listWords(conversation) {
      const found = (await collection
        .find({ conversation } as never)
        .project({ words: 1 })
        .toArray()) as SealedDocument[];
      return found.flatMap(({ words = [] }) => words);
    },
    async removeOf(conversation) {
      await collection.deleteMany({ conversation } as never);
    },
  };
}

function toSealedMessage(document: SealedDocument): SealedMessage {
  return {
    conversation: document.conversation,
    clientId: document.clientId,
    types: document.types,
    sealed: document.sealed,
    words: document.words ?? [],
    expiresAt: document.expiresAt,
  };
}
