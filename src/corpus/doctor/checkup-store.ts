/** The last examination of the corpus, in the database: every node shows the same one. */
import { type Connection, Schema } from 'mongoose';
import type { DoctorReport, DoctorStep } from '../../contracts/corpus-doctor.ts';
import { isDuplicateKey } from '../../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../../storage/schema-options.ts';

export interface Checkup {
  readonly state: 'running' | 'done' | 'failed';
  readonly step: DoctorStep | null;
  readonly progress: number;
  readonly problem: string | null;
  /** Of the last one that was finished, also while another one runs. */
  readonly report: DoctorReport | null;
  /** When whoever runs it last said so. */
  readonly aliveAt: Date;
}

const schema = new Schema(
  {
    _id: { type: String, required: true },
    owner: String,
    state: { type: String, required: true },
    step: String,
    progress: Number,
    problem: String,
    report: Schema.Types.Mixed,
    aliveAt: { type: Date, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'corpus_checkups' },
);

export interface CheckupStore {
  readonly find: () => Promise<Checkup | null>;
  /** @param deadBefore who has said nothing since then runs no more @returns false: one is running */
  readonly begin: (owner: string, now: Date, deadBefore: Date) => Promise<boolean>;
  readonly report: (owner: string, change: Partial<Checkup>) => Promise<void>;
}

const LATEST = 'latest';

export function createCheckupStore(connection: Connection): CheckupStore {
  const { collection } = connection.model('Checkup', schema);
  return {
    async find() {
      const found = await collection.findOne({ _id: LATEST } as never);
      if (found === null) return null;
      return {
        state: found['state'],
        step: found['step'] ?? null,
        progress: found['progress'] ?? 0,
        problem: found['problem'] ?? null,
        report: found['report'] ?? null,
        aliveAt: found['aliveAt'],
      };
    },
    async begin(owner, now, deadBefore) {
      const begun = { owner, state: 'running', step: 'reading', progress: 0, problem: null, aliveAt: now };
      try {
        const { matchedCount, upsertedCount } = await collection.updateOne(
          {
            _id: LATEST,
            $or: [{ state: { $ne: 'running' } }, { aliveAt: { $lt: deadBefore } }],
          } as never,
          { $set: begun } as never,
          { upsert: true },
        );
        return matchedCount + upsertedCount > 0;
      } catch (error) {
        // One is running: the upsert met it.
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async report(owner, change) {
      await collection.updateOne({ _id: LATEST, owner } as never, { $set: change } as never);
    },
  };
}
