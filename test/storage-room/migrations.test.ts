import { MongoClient } from 'mongodb';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Migration, runMigrations } from '../../src/storage/migrations.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { createReadableLog } from '../support/log.ts';

/** Short, so that a take-over can be seen; hundreds of times the way to the database and back. */
const LEASE_MS = 900;

let log = createReadableLog();
let database: TestDatabase;
let other: MongoClient;
let runs: string[];

beforeAll(async () => {
  database = await openDatabase();
  other = await new MongoClient(database.uri).connect();
});
afterAll(async () => {
  await other?.close();
  await database?.drop();
});
beforeEach(() => {
  log = createReadableLog();
  runs = [];
});
afterEach(async () => {
  await database.client.db().dropDatabase();
});

const run = (migrations: readonly Migration[], client: { db: MongoClient['db'] } = database.client) =>
  runMigrations(client.db(), migrations, { logger: log.logger, leaseMs: LEASE_MS });
const records = () => database.client.db().collection<{ _id: number; state: string }>('migrations');

/** A migration that only tells that it ran. */
const noting = (number: number, work: () => Promise<void> = async () => undefined): Migration => ({
  number,
  name: `step ${number}`,
  async run() {
    runs.push(`begin ${number}`);
    await work();
    runs.push(`end ${number}`);
  },
});

it('makes each migration once, in order, and records it', async () => {
  expect(await run([noting(1), noting(2)])).toEqual([1, 2]);
  expect(await run([noting(1), noting(2), noting(3)])).toEqual([3]);
  expect(runs).toEqual([1, 2, 3].flatMap((number) => [`begin ${number}`, `end ${number}`]));
  expect((await records().find().toArray()).map(({ _id, state }) => [_id, state])).toEqual([
    [1, 'done'],
    [2, 'done'],
    [3, 'done'],
  ]);
});

it('hands the database to the migration', async () => {
  const seed: Migration = {
    number: 1,
    name: 'seed',
    run: async (db) => void (await db.collection('things').insertOne({ name: 'a' })),
  };
  await run([seed]);
  expect(await database.client.db().collection('things').countDocuments()).toBe(1);
});

it('lets one of two nodes that start together make it, while the other waits until it is done', async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const slow = noting(1, () => held);
  const first = run([slow, noting(2)]);
  const second = run([slow, noting(2)], other);
  await expect.poll(() => log.text()).toContain('another node makes this migration');
  release();
  const made = await Promise.all([first, second]);
  expect(made.flat().sort()).toEqual([1, 2]);
  expect(runs).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2']);
});

it('leaves a migration to the node that makes it for as long as that one lives, however long it takes', async () => {
  const slow = noting(1, () => new Promise((resolve) => setTimeout(resolve, 2 * LEASE_MS)));
  await Promise.all([run([slow]), run([slow], other)]);
  expect(runs).toEqual(['begin 1', 'end 1']);
});

it('takes over from a node that died in the middle', async () => {
  await records().insertOne({ _id: 1, name: 'step 1', state: 'running', owner: 'dead', beat: 4 } as never);
  expect(await run([noting(1)])).toEqual([1]);
  expect(runs).toEqual(['begin 1', 'end 1']);
  expect(log.text()).toContain('taken over');
});

it('is taken over by one of several that wait', async () => {
  await records().insertOne({ _id: 1, name: 'step 1', state: 'running', owner: 'dead', beat: 4 } as never);
  const made = await Promise.all([run([noting(1)]), run([noting(1)], other)]);
  expect(made.flat()).toEqual([1]);
  expect(runs).toEqual(['begin 1', 'end 1']);
});

it('stops the start with number and name when one fails, and tries again the next time', async () => {
  let broken = true;
  const failing = noting(2, async () => {
    if (broken) throw new Error('disk is full');
  });
  await expect(run([noting(1), failing, noting(3)])).rejects.toMatchObject({
    code: 'migration_failed',
    message: expect.stringMatching(/^Migration 2 \(step 2\) failed: disk is full\. Mend the cause/),
  });
  expect(runs).not.toContain('begin 3');
  broken = false;
  expect(await run([noting(1), failing, noting(3)])).toEqual([2, 3]);
});

it('refuses a store that is newer than the program', async () => {
  await run([noting(1), noting(2)]);
  await expect(run([noting(1)])).rejects.toMatchObject({
    code: 'store_too_new',
    message: expect.stringMatching(
      /has migration 2 \(step 2\), this program knows 1\. Start the newer program/,
    ),
  });
});
