/** The settings of the desk in the database: one document. */
import { type Connection, Schema } from 'mongoose';
import { isDuplicateKey } from '../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import type { DeskSettingsDeps } from './desk-settings.ts';

interface SettingsDocument {
  _id: string;
  revision: number;
  settings: unknown;
  savedBy: string;
  savedAt: Date;
}

const THE_ONE = 'desk';

const schema = new Schema<SettingsDocument>(
  {
    _id: { type: String, required: true },
    revision: { type: Number, required: true },
    settings: { type: Schema.Types.Mixed, required: true },
    savedBy: { type: String, required: true },
    savedAt: { type: Date, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'desk_settings' },
);

export function createDeskSettingsStore(connection: Connection): DeskSettingsDeps['store'] {
  const { collection } = connection.model('DeskSettings', schema);
  return {
    async findNewer(knownRevision) {
      const query = { _id: THE_ONE, revision: { $ne: knownRevision } };
      const found = (await collection.findOne(query as never)) as SettingsDocument | null;
      return found === null ? null : { revision: found.revision, settings: found.settings };
    },
    async replace(revision, settings, { by, at }) {
      const fields = { revision: revision + 1, settings, savedBy: by, savedAt: at };
      if (revision > 0) {
        const query = { _id: THE_ONE, revision };
        const { matchedCount } = await collection.updateOne(query as never, { $set: fields } as never);
        return matchedCount === 1;
      }
      try {
        await collection.insertOne({ _id: THE_ONE, ...fields } as never);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
  };
}
