import { createConnection } from 'mongoose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ticketQuery } from '../../src/contracts/tickets.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { MIGRATIONS } from '../../src/storage/all-migrations.ts';
import { runMigrations } from '../../src/storage/migrations.ts';
import { createTicketStore } from '../../src/tickets/ticket-store.ts';
import { createTickets } from '../../src/tickets/tickets.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { DESK, SETTINGS, work } from '../tickets/sample-ticket.ts';

let database: TestDatabase;
let connection: Awaited<ReturnType<ReturnType<typeof createConnection>['asPromise']>>;
beforeAll(async () => {
  database = await openDatabase();
  connection = await createConnection(database.uri).asPromise();
});
afterAll(async () => {
  await connection?.destroy();
  await database?.drop();
});

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

it('gives tickets from before a history and deadlines that run since they were made', async () => {
  const store = createTicketStore(connection);
  await connection.model('Ticket').createIndexes();
  const createdAt = new Date('2026-11-27T02:00:00Z');
  const old = {
    kind: 'callback',
    status: 'new',
    content: 'gọi lại giúp',
    phone: '0912345678',
    callAt: 'chiều',
  };
  await database.client
    .db()
    .collection<{ _id: string }>('tickets')
    .insertOne({
      _id: 'GL-22222P',
      key: 'c:1',
      ...old,
      createdAt,
      latestReply: null,
      words: ['goi'],
    } as never);

  for (const { run } of MIGRATIONS) for (let times = 0; times < 2; times++) await run(database.client.db());
  const now = new Date('2026-11-30T08:00:00Z');
  const tickets = createTickets({ store, work, settings: () => SETTINGS, now: () => now });
  const code = 'GL-22222P';
  expect(await store.listDue(now, 10)).toEqual([code]);
  const ticket = await tickets.change(code, { kind: 'tick' }, DESK);
  expect(ticket).toMatchObject({
    ...old,
    code,
    priority: 'normal',
    source: 'bot',
    entries: [{ kind: 'created' }, {}],
  });
  expect(ticket.firstResponse.breachedAt).not.toBeNull();
  const found = await tickets.list(ticketQuery.parse({ view: 'callbacks', sort: 'promised' }), 'nobody');
  expect(found.tickets.map((one) => one.code)).toEqual([code]);
});

it('lets the settings say how long questions are kept, also where an index said so', async () => {
  const db = database.client.db();
  await db.collection('questions').createIndex({ at: 1 }, { expireAfterSeconds: 180 * 86_400 });
  for (const { run } of MIGRATIONS) for (let times = 0; times < 2; times++) await run(db);
  const found = (await db.collection('questions').indexes()).find(({ key }) => key['at'] === 1);
  expect(found).toMatchObject({ expireAfterSeconds: 730 * 86_400 });
});
