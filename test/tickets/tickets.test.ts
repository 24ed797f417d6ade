import { createConnection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTicketCode } from '../../src/tickets/ticket-code.ts';
import { createTicketStore } from '../../src/tickets/ticket-store.ts';
import { createTickets, type Tickets } from '../../src/tickets/tickets.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';

const DRAFT = {
  kind: 'callback',
  complaintType: null,
  content: 'không đăng nhập được',
  office: null,
  phone: '0912345678',
  email: null,
  name: null,
  callAt: 'chiều mai',
  score: null,
} as const;

let database: TestDatabase;
let connection: Awaited<ReturnType<ReturnType<typeof createConnection>['asPromise']>>;
let tickets: Tickets;
beforeAll(async () => {
  database = await openDatabase();
  connection = await createConnection(database.uri).asPromise();
  const store = createTicketStore(connection);
  await connection.model('Ticket').createIndexes();
  let next = 0;
  // The second ticket meets the code of the first one.
  const digits = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
  tickets = createTickets({ store, randomBelow: (bound) => (digits[next++] ?? next) % bound });
});
afterAll(async () => {
  await connection?.destroy();
  await database?.drop();
});

describe('a ticket', () => {
  it('is made once for a key, whatever is asked of it again or at once', async () => {
    const made = await Promise.all([
      tickets.create('c1:5', DRAFT, 'c1'),
      tickets.create('c1:5', { ...DRAFT, content: 'other' }, 'c1'),
      tickets.create('c1:5', DRAFT, 'c1'),
    ]);
    expect(new Set(made.map(({ code }) => code)).size).toBe(1);
    expect(await database.client.db().collection('tickets').countDocuments()).toBe(1);
  });

  it('gets another code when the first one is taken', async () => {
    const before = await database.client.db().collection('tickets').distinct('_id');
    const { code } = await tickets.create('c1:6', DRAFT, 'c1');
    expect(before).not.toContain(code);
  });

  it('is told to whoever knows code and phone number, and to nobody else', async () => {
    const { code } = await tickets.create('c2:1', DRAFT, 'c2');
    expect(await tickets.findFor(code, '0912345678')).toMatchObject({ code, status: 'new' });
    expect(await tickets.findFor(code, '0912345679')).toBeNull();
    const never = makeTicketCode('callback', (bound) => bound - 1);
    expect(await tickets.findFor(never, '0912345678')).toBeNull();
  });

  it('stays when its conversation is forgotten', async () => {
    const { code } = await tickets.create('c3:1', DRAFT, 'c3');
    await tickets.forgetConversation('c3');
    expect(await tickets.findFor(code, '0912345678')).toMatchObject({ conversation: null });
  });
});
