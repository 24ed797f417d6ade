/** Which solutions were used, in the database: each is good for one thing, on whichever node. */
import { type Connection, Schema } from 'mongoose';
import { isDuplicateKey } from '../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';

interface SpentDocument {
  /** The seed, which is random. */
  _id: string;
  forgetAt: Date;
}

const schema = new Schema<SpentDocument>(
  { _id: { type: String, required: true }, forgetAt: { type: Date, required: true } },
  { ...SCHEMA_OPTIONS, collection: 'spent_solutions' },
);
schema.index({ forgetAt: 1 }, { expireAfterSeconds: 0 });

export interface SpentSolutionStore {
  /** @param until it is refused by itself from then on @returns false: it was used before */
  readonly spend: (seed: string, until: Date) => Promise<boolean>;
}

export function createSpentSolutionStore(connection: Connection): SpentSolutionStore {
  const { collection } = connection.model('SpentSolution', schema);
  return {
    async spend(seed, until) {
      try {
        await collection.insertOne({ _id: seed, forgetAt: until } as never);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
  };
}
