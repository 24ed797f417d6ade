/** The key that the desk made for itself, in the database. */
import { type Connection, Schema } from 'mongoose';
import { isDuplicateKey } from '../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import type { VaultKeyDeps } from './vault-key.ts';

interface SecretDocument {
  _id: string;
  /** Base64url. */
  value: string;
  createdAt: Date;
}

const VAULT_KEY = 'vault-key';

const schema = new Schema<SecretDocument>(
  {
    _id: { type: String, required: true },
    value: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'desk_secrets' },
);

export function createVaultKeyStore(connection: Connection): VaultKeyDeps['store'] {
  const { collection } = connection.model('DeskSecret', schema);
  const find = async (): Promise<Buffer | null> => {
    const found = (await collection.findOne({ _id: VAULT_KEY } as never)) as SecretDocument | null;
    return found === null ? null : Buffer.from(found.value, 'base64url');
  };
  return {
    async ensureKey(made, now) {
      const found = await find();
      if (found !== null) return found;
      try {
        const document: SecretDocument = {
          _id: VAULT_KEY,
          value: made.toString('base64url'),
          createdAt: now,
        };
        await collection.insertOne(document as never);
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      const kept = await find();
      if (kept === null) throw new Error('the vault key vanished while it was being made');
      return kept;
    },
  };
}
