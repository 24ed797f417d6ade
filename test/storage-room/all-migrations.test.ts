import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLogger } from '../../src/kernel/logger.ts';
import { MIGRATIONS } from '../../src/storage/all-migrations.ts';
import { runMigrations } from '../../src/storage/migrations.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database?.drop());

it('brings what was stored before live agents into the shape of today, and may be repeated', async () => {
  const db = database.client.db();
  const queuedAt = new Date('2026-11-29T03:00:00Z');
  const old = { contact: 'c', open: true, openedAt: queuedAt };
  await db.collection('conversations').insertMany([
    { ...old, contact: 'a', status: 'queued', queuedAt, handoverReason: 'anger' },
    { ...old, contact: 'b', status: 'bot' },
  ]);
  await db.collection('contacts').insertOne({ subject: 's', name: 'An', phone: '0912345678' });

  await runMigrations(db, MIGRATIONS, { logger: createLogger('silent') });
  for (const { run } of MIGRATIONS) await run(db);

  const [queued, bot] = await db
    .collection('conversations')
    .find({}, { sort: { contact: 1 } })
    .toArray();
  expect(queued).toEqual({
    _id: expect.anything(),
    ...old,
    contact: 'a',
    status: 'queued',
    activeAt: queuedAt,
    queue: { queuedAt, priority: 0, skill: null, notTo: null, knowsDutyEnded: false },
    stays: [
      { reason: 'asked', requestedAt: queuedAt, claimedAt: null, agent: null, endedAt: null, end: null },
    ],
  });
  expect(bot).toEqual({ _id: expect.anything(), ...old, contact: 'b', status: 'bot' });
  expect(await db.collection('contacts').findOne({})).toEqual({
    _id: expect.anything(),
    subject: 's',
    name: 'An',
  });
});
