/** The newest check of each draft, in the database. */
import { type Connection, Schema } from 'mongoose';
import { isDuplicateKey } from '../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import type { Check } from './check.ts';

type CheckDocument = Omit<Check, 'draft'> & { _id: string };

const schema = new Schema<CheckDocument>(
  {
    _id: { type: String, required: true },
    run: { type: String, required: true },
    state: { type: String, required: true },
    step: String,
    progress: { type: Number, required: true },
    problem: String,
    report: Schema.Types.Mixed,
    measured: Schema.Types.Mixed,
    at: { type: Date, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'corpus_checks' },
);

export interface CheckStore {
  readonly find: (draft: string) => Promise<Check | null>;
  /** Begins a run; false when another one is under way, and was alive after `aliveSince`. */
  readonly begin: (check: Check, aliveSince: Date) => Promise<boolean>;
  /** Writes how a run stands; nothing when another one has begun since. */
  readonly save: (check: Check) => Promise<void>;
}

export function createCheckStore(connection: Connection): CheckStore {
  const { collection } = connection.model('CorpusCheck', schema);
  return {
    async find(draft) {
      const found = (await collection.findOne({ _id: draft } as never)) as CheckDocument | null;
      return found === null ? null : toCheck(found);
    },
    async begin(check, aliveSince) {
      const isFree = { $or: [{ state: { $ne: 'running' } }, { at: { $lt: aliveSince } }] };
      try {
        await collection.replaceOne({ _id: check.draft, ...isFree } as never, toDocument(check), {
          upsert: true,
        });
        return true;
      } catch (error) {
        // The upsert met the run that is under way.
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async save(check) {
      await collection.replaceOne({ _id: check.draft, run: check.run } as never, toDocument(check));
    },
  };
}

function toDocument({ run, state, step, progress, problem, report, measured, at }: Check): object {
  return { run, state, step, progress, problem, report, measured, at };
}

function toCheck({ _id, run, state, step, progress, problem, report, measured, at }: CheckDocument): Check {
  return { draft: _id, run, state, step, progress, problem, report, measured, at };
}
