/** Changes of the stored shape: numbered, recorded, each made once, also when several nodes start together. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import { AppError } from '../kernel/app-error.ts';
import type { Logger } from '../kernel/logger.ts';
import { isDuplicateKey } from './mongo-errors.ts';

export interface Migration {
  /** From 1 on, without gaps; never given to another one. */
  readonly number: number;
  /** What it does, in a few words. */
  readonly name: string;
  /**
   * Must do no harm when it is repeated, in whole or from the middle, nor when two nodes are in it at once:
   * the node that began may die, or be so slow that another takes over.
   */
  readonly run: (database: mongo.Db) => Promise<void>;
}

export interface MigrationOptions {
  readonly logger: Logger;
  /** After this long without a sign of life of the node that runs a migration, another takes over. */
  readonly leaseMs?: number;
}

/** `beat` counts up while `owner` is alive. Watching it change needs no clocks that agree. */
interface MigrationRecord {
  readonly _id: number;
  readonly name: string;
  readonly state: 'running' | 'done' | 'failed';
  readonly owner: string;
  readonly beat: number;
  readonly finishedAt?: Date;
}

const COLLECTION = 'migrations';
/** Longer than an election in a replica set takes, during which no sign of life can be given. */
const LEASE_MS = 30_000;
/** Signs of life in a lease: two may be lost. */
const BEATS = 3;
/**
 * Looks at another node's migration in a lease. They are counted, not the time: a process that was held up
 * itself must not take the others for dead.
 */
const LOOKS = 30;

/**
 * Makes the migrations that are not recorded as done, in order; waits for those that another node is making.
 * @returns the numbers made by this call
 * @throws AppError `store_too_new` when the store knows a migration that the program does not;
 *   `migration_failed` with number and name (it is tried again at the next start); the driver's errors
 */
export async function runMigrations(
  database: mongo.Db,
  migrations: readonly Migration[],
  { logger, leaseMs = LEASE_MS }: MigrationOptions,
): Promise<number[]> {
  const records = database.collection<MigrationRecord>(COLLECTION);
  const newest = await findNewest(database);
  const known = migrations.at(-1)?.number ?? 0;
  if (newest !== null && newest._id > known) {
    throw new AppError({
      code: 'store_too_new',
      message: `The store was made by a newer program: it has migration ${newest._id} (${newest.name}), this program knows ${known}. Start the newer program, or restore a backup from before.`,
    });
  }
  const made: number[] = [];
  for (const migration of migrations) {
    if (await makeOnce(database, records, migration, leaseMs, logger)) made.push(migration.number);
  }
  return made;
}

/** @returns the highest number that the store has a record of; null: none */
export async function findNewestMigration(database: mongo.Db): Promise<number | null> {
  return (await findNewest(database))?._id ?? null;
}

/** @returns what is not done yet, in order; nothing is made */
export async function listPending(
  database: mongo.Db,
  migrations: readonly Migration[],
): Promise<
  readonly (Pick<Migration, 'number' | 'name'> & { readonly state: 'new' | 'running' | 'failed' })[]
> {
  const records = await database.collection<MigrationRecord>(COLLECTION).find().toArray();
  return migrations.flatMap(({ number, name }) => {
    const state = records.find(({ _id }) => _id === number)?.state ?? 'new';
    return state === 'done' ? [] : [{ number, name, state }];
  });
}

async function findNewest(database: mongo.Db): Promise<MigrationRecord | null> {
  const [newest] = await database
    .collection<MigrationRecord>(COLLECTION)
    .find()
    .sort({ _id: -1 })
    .limit(1)
    .toArray();
  return newest ?? null;
}

/** @returns whether this call made it; false when it was done, or got done, by another. */
async function makeOnce(
  database: mongo.Db,
  records: mongo.Collection<MigrationRecord>,
  { number, name, run }: Migration,
  leaseMs: number,
  logger: Logger,
): Promise<boolean> {
  const owner = randomUUID();
  while (await claim(records, { number, name }, owner, leaseMs, logger)) {
    const mine = { _id: number, owner };
    const beating = setInterval(() => {
      records.updateOne(mine, { $inc: { beat: 1 } }).catch(() => undefined);
    }, leaseMs / BEATS);
    logger.info({ migration: number, name }, 'migration begins');
    try {
      await run(database);
    } catch (cause) {
      // So that the next start need not wait for a lease; when this is lost too, it waits.
      await records.updateOne(mine, { $set: { state: 'failed' } }).catch(() => undefined);
      throw new AppError({
        code: 'migration_failed',
        message: `Migration ${number} (${name}) failed: ${(cause as Error).message}. Mend the cause and start again; it may be repeated without harm.`,
        cause,
      });
    } finally {
      clearInterval(beating);
    }
    const { matchedCount } = await records.updateOne(mine, {
      $set: { state: 'done', finishedAt: new Date() },
    });
    // Not matched: so slow that another took over. Then it is done when that one says so.
    if (matchedCount === 1) {
      logger.info({ migration: number, name }, 'migration done');
      return true;
    }
  }
  return false;
}

/** Waits until the migration is this node's to make (true) or done (false). */
async function claim(
  records: mongo.Collection<MigrationRecord>,
  { number, name }: Pick<Migration, 'number' | 'name'>,
  owner: string,
  leaseMs: number,
  logger: Logger,
): Promise<boolean> {
  let seen: { owner: string; beat: number; looks: number } | undefined;
  for (;;) {
    const record = await records.findOne({ _id: number });
    if (record?.state === 'done') return false;
    if (record === null) {
      if (await begin(records, { _id: number, name, state: 'running', owner, beat: 0 })) return true;
      continue;
    }
    if (seen?.owner !== record.owner || seen.beat !== record.beat) {
      if (seen === undefined && record.state === 'running')
        logger.info({ migration: number, name }, 'another node makes this migration; waiting for it');
      seen = { owner: record.owner, beat: record.beat, looks: 0 };
    }
    if (record.state === 'failed' || seen.looks > LOOKS) {
      const unchanged = { _id: number, state: record.state, owner: record.owner, beat: record.beat };
      const { matchedCount } = await records.updateOne(unchanged, {
        $set: { state: 'running', owner },
        $inc: { beat: 1 },
      });
      if (matchedCount === 1) {
        logger.warn({ migration: number, name }, 'migration taken over from a node that did not finish it');
        return true;
      }
      continue;
    }
    seen.looks += 1;
    await delay(leaseMs / LOOKS);
  }
}

async function begin(records: mongo.Collection<MigrationRecord>, record: MigrationRecord): Promise<boolean> {
  try {
    await records.insertOne(record);
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
