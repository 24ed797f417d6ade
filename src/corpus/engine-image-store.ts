/** Images of trained engines in the database, so that each release is trained once, on one node. */
import { type Connection, mongo, Schema } from 'mongoose';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';

const headSchema = new Schema(
  {
    _id: { type: String, required: true },
    parts: { type: Number, required: true },
    at: { type: Date, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'corpus_engines' },
);
headSchema.index({ at: 1 });

const partSchema = new Schema(
  {
    /** `key:number` */
    _id: { type: String, required: true },
    key: { type: String, required: true },
    data: { type: Buffer, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'corpus_engine_parts' },
);
partSchema.index({ key: 1 });

/** Well under MongoDB's 16 MiB for a document. */
const PART_BYTES = 4 * 1024 * 1024;
/** The newest ones, of 5 MB each; older releases are trained again when they are wanted. */
const MOST_KEPT = 10;

export interface EngineImageStore {
  /** null: there is none. */
  readonly find: (key: string) => Promise<Uint8Array | null>;
  /** May be repeated. */
  readonly save: (key: string, bytes: Uint8Array, at: Date) => Promise<void>;
}

export function createEngineImageStore(connection: Connection): EngineImageStore {
  const { collection: heads } = connection.model('CorpusEngine', headSchema);
  const { collection: parts } = connection.model('CorpusEnginePart', partSchema);

  const remove = async (key: string): Promise<void> => {
    await heads.deleteOne({ _id: key } as never);
    await parts.deleteMany({ key });
  };

  return {
    async find(key) {
      const head = await heads.findOne({ _id: key } as never);
      if (head === null) return null;
      const ids = Array.from({ length: head['parts'] as number }, (_, number) => `${key}:${number}`);
      const found = await Promise.all(ids.map((id) => parts.findOne({ _id: id } as never)));
      const data = found.flatMap((part) => (part === null ? [] : [(part['data'] as mongo.Binary).buffer]));
      return data.length === ids.length ? Buffer.concat(data) : null;
    },
    async save(key, bytes, at) {
      const count = Math.ceil(bytes.length / PART_BYTES);
      for (let number = 0; number < count; number++) {
        const data = new mongo.Binary(bytes.subarray(number * PART_BYTES, (number + 1) * PART_BYTES));
        await parts.replaceOne({ _id: `${key}:${number}` } as never, { key, data } as never, {
          upsert: true,
        });
      }
      // The head last: an image without it is not there.
      await heads.replaceOne({ _id: key } as never, { parts: count, at } as never, { upsert: true });
      const old = await heads.find({}).sort({ at: -1 }).skip(MOST_KEPT).toArray();
      for (const { _id } of old) await remove(String(_id));
    },
  };
}
