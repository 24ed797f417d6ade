import { createConnection } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ticketQuery } from '../../src/contracts/tickets.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import type { Ticket } from '../../src/tickets/ticket.ts';
import { makeTicketCode } from '../../src/tickets/ticket-code.ts';
import { createTicketKeeper } from '../../src/tickets/ticket-keeper.ts';
import { createTicketStore, type TicketAgenda } from '../../src/tickets/ticket-store.ts';
import { createTickets, type Tickets } from '../../src/tickets/tickets.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { BY_BOT, CITIZEN, DRAFT, LAN, MORNING, SETTINGS, work } from './sample-ticket.ts';

const ME = LAN.id;
const MINH = { id: 'b'.repeat(24), name: 'Minh' };
let database: TestDatabase;
let connection: Awaited<ReturnType<ReturnType<typeof createConnection>['asPromise']>>;
let store: ReturnType<typeof createTicketStore>;
let tickets: Tickets;
let now = MORNING;
beforeAll(async () => {
  database = await openDatabase();
  connection = await createConnection(database.uri).asPromise();
  store = createTicketStore(connection);
  await connection.model('Ticket').createIndexes();
});
afterAll(async () => {
  await connection?.destroy();
  await database?.drop();
});
beforeEach(async () => {
  await connection.model('Ticket').deleteMany({});
  now = MORNING;
  tickets = createTickets({ store, work, settings: () => SETTINGS, now: () => now });
});

let made = 0;
const make = (more: Partial<typeof DRAFT> = {}, origin = BY_BOT): Promise<Ticket> =>
  tickets.create(`key-${++made}`, { ...DRAFT, ...more }, origin);
const list = async (query: object): Promise<string[]> =>
  (await tickets.list(ticketQuery.parse({ view: 'all', ...query }), ME)).tickets.map(({ code }) => code);
const minutes = (count: number): Date => new Date(MORNING.getTime() + count * 60_000);

describe('a ticket', () => {
  it('is made once for a key, whatever is asked of it again or at once', async () => {
    const wanted = [DRAFT, { ...DRAFT, content: 'other' }, DRAFT];
    const all = await Promise.all(wanted.map((draft) => tickets.create('c1:5', draft, BY_BOT)));
    expect(new Set(all.map(({ code }) => code)).size).toBe(1);
    expect(await database.client.db().collection('tickets').countDocuments()).toBe(1);
  });

  it('gets another code when the first one is taken', async () => {
    const digits = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
    let next = 0;
    const randomBelow = (bound: number): number => (digits[next++] ?? 0) % bound;
    const same = createTickets({ store, work, settings: () => SETTINGS, randomBelow });
    const codes = [await same.create('a', DRAFT, BY_BOT), await same.create('b', DRAFT, BY_BOT)];
    expect(new Set(codes.map(({ code }) => code)).size).toBe(2);
  });

  it('comes back from the store as it was made', async () => {
    const ticket = await make(
      {},
      { ...BY_BOT, conversation: 'c'.repeat(24), tags: ['gấp'], category: 'Khác' },
    );
    expect(await tickets.get(ticket.code)).toEqual(ticket);
  });

  it.each([
    ['phone', '0912345678'],
    ['address, in capitals', 'AN@example.vn'],
  ])('is told to whoever knows its code and %s, and to nobody else', async (_name, contact) => {
    const { code } = await make();
    expect(await tickets.findFor(code, contact)).toMatchObject({ code });
    for (const wrong of ['0912345679', 'an@example.com', '', 'null'])
      expect(await tickets.findFor(code, wrong)).toBeNull();
    expect(
      await tickets.findFor(
        makeTicketCode('complaint', (bound) => bound - 1),
        contact,
      ),
    ).toBeNull();
  });

  it('without phone and address is found by nobody', async () => {
    const { code } = await make({ phone: null, email: null });
    for (const contact of ['', 'null', 'undefined']) expect(await tickets.findFor(code, contact)).toBeNull();
  });

  it('stays when its conversation is forgotten', async () => {
    const { code } = await make({}, { ...BY_BOT, conversation: 'c'.repeat(24) });
    await tickets.forgetConversation('c'.repeat(24));
    expect(await tickets.get(code)).toMatchObject({ conversation: null });
  });
});

describe('changes at once', () => {
  it('are all there, each once, in one history', async () => {
    const { code } = await make();
    const says = Array.from({ length: 12 }, (_, at) => `note-${at % 6}-key`);
    const note = (key: string) =>
      tickets.change(code, { kind: 'note', key, text: key, attachments: [] }, LAN);
    await Promise.all(says.map(note));
    const { entries, revision } = await tickets.get(code);
    expect(entries.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(new Set(entries.slice(1).map(({ text }) => text)).size).toBe(6);
    expect(revision).toBe(7);
  });

  it('of two who take it: the later one has it, and the history names both', async () => {
    const { code } = await make();
    await Promise.all([LAN, MINH].map((to) => tickets.change(code, { kind: 'assign', to }, LAN)));
    const { assignee, entries } = await tickets.get(code);
    const taken = entries.filter(({ field }) => field === 'assign').map(({ to }) => to);
    expect(taken.toSorted()).toEqual(['Lan', 'Minh']);
    expect(assignee?.name).toBe(taken.at(-1));
  });

  it('are refused with a reason', async () => {
    const { code } = await make();
    await expect(
      tickets.change(code, { kind: 'rate', score: 5, comment: '' }, CITIZEN),
    ).rejects.toMatchObject({
      code: 'ticket_not_possible',
    });
    await expect(tickets.change('PA-222222', { kind: 'start' }, LAN)).rejects.toMatchObject({
      code: 'ticket_not_found',
    });
  });
});

describe('merging', () => {
  it('closes one, goes on with the other, and may be repeated', async () => {
    const [source, target] = [await make(), await make({ email: null })];
    for (let times = 0; times < 2; times++) await tickets.merge(source.code, target.code, LAN);
    expect(await tickets.get(source.code)).toMatchObject({ status: 'closed', mergedInto: target.code });
    const { email, entries } = await tickets.get(target.code);
    expect([email, entries.filter(({ kind }) => kind === 'merge').length]).toEqual([DRAFT.email, 1]);
    const other = await make({ phone: '0987654321', email: null });
    await expect(tickets.merge(other.code, target.code, LAN)).rejects.toMatchObject({
      code: 'ticket_other_person',
    });
    await tickets.merge(other.code, target.code, LAN, true);
    expect(await tickets.findFor(target.code, '0987654321')).toBeNull();
    await expect(tickets.merge(target.code, source.code, LAN)).rejects.toMatchObject({
      code: 'ticket_not_possible',
    });
  });
});

describe('lists', () => {
  const fill = async () => {
    now = minutes(0);
    const first = await make({ content: 'Thẻ bảo hiểm bị sai ngày sinh', office: 'BHXH Quận 6' });
    now = minutes(1);
    const second = await make({
      kind: 'callback',
      complaintType: null,
      content: 'quên mật khẩu',
      callAt: 'chiều mai',
      office: null,
    });
    now = minutes(2);
    const third = await make({
      kind: 'question',
      complaintType: null,
      content: 'Bảo hiểm thất nghiệp tính sao',
      office: null,
    });
    now = minutes(3);
    await tickets.change(second.code, { kind: 'assign', to: { id: ME, name: 'Lan' } }, LAN);
    now = minutes(4);
    await tickets.change(first.code, { kind: 'priority', to: 'urgent' }, LAN);
    now = minutes(5);
    await tickets.change(third.code, { kind: 'tags', add: ['Báo chí'], remove: [] }, LAN);
    await tickets.change(third.code, { kind: 'resolve' }, LAN);
    return { first: first.code, second: second.code, third: third.code };
  };

  it('show what their filter says, in its order', async () => {
    const { first, second, third } = await fill();
    const cases: readonly [object, readonly string[]][] = [
      [{}, [third, first, second]],
      [{ sort: 'created' }, [third, second, first]],
      [{ view: 'open' }, [first, second]],
      [{ view: 'open', sort: 'due' }, [first, second]],
      [{ view: 'mine' }, [second]],
      [{ view: 'unassigned' }, [first]],
      [{ view: 'callbacks', sort: 'promised' }, [second]],
      [{ view: 'overdue' }, []],
      [{ status: 'resolved,new' }, [third, first]],
      [{ kind: 'complaint' }, [first]],
      [{ kind: 'complaint,question', status: 'resolved' }, [third]],
      [{ priority: 'urgent' }, [first]],
      [{ tag: 'bao chi' }, [third]],
      [{ office: 'bhxh quan 6' }, [first]],
      [{ assignee: ME }, [second]],
      [{ assignee: 'none' }, [third, first]],
      [{ source: 'email' }, []],
      [{ from: '2026-11-30', to: '2026-11-30' }, [third, second, first]],
      [{ from: '2026-12-01' }, []],
      [{ q: 'bao hiem' }, [third, first]],
      [{ q: 'BẢO hiểm thất ngh' }, [third]],
      [{ q: 'bao hiem', view: 'open' }, [first]],
      [{ q: first }, [first]],
      [{ q: second.slice(3) }, [second]],
      [{ q: '0912 345 678' }, [third, second, first]],
      [{ q: 'an@example.vn', kind: 'callback' }, [second]],
      [{ q: 'không có chữ này' }, []],
      [{ q: '(.*)+$' }, []],
    ];
    for (const [query, codes] of cases) expect({ query, codes: await list(query) }).toEqual({ query, codes });
    expect(await tickets.count(ME, 10)).toEqual({
      open: 2,
      mine: 1,
      unassigned: 1,
      overdue: 0,
      callbacks: 1,
    });
  });

  it('go on where the page before ended, also over tickets of the same moment', async () => {
    now = MORNING;
    const codes = new Set<string>();
    for (let at = 0; at < 120; at++) codes.add((await make({ content: `phiếu số ${at}` })).code);
    for (const query of [{ sort: 'created' }, { sort: 'due' }, { q: 'phiếu' }]) {
      const seen: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await tickets.list(
          ticketQuery.parse({ view: 'all', ...query, cursor: cursor ?? undefined }),
          ME,
        );
        seen.push(...page.tickets.map(({ code }) => code));
        cursor = page.cursor;
      }
      expect(seen.length).toBe(120);
      expect(new Set(seen)).toEqual(codes);
    }
  });
});

describe('the desk itself', () => {
  const keep = (told: string[], agenda: TicketAgenda = store) =>
    createTicketKeeper({
      tickets,
      agenda,
      now: () => now,
      tell: async (ticket, { kind, to }) => void told.push(`${ticket.code} ${kind} ${to ?? ''}`.trim()),
      isStoreUp: () => true,
      logger: createLogger('silent'),
      everyMs: 3_600_000,
    });

  it('warns and calls late what nobody answers, once, and after a restart too', async () => {
    const { code } = await make();
    // A night and most of a working day later.
    now = new Date('2026-11-30T16:00:00+07:00');
    expect(await keep([]).tick()).toBe(1);
    expect((await tickets.get(code)).firstResponse.warnedAt).toEqual(now);
    expect(await keep([]).tick()).toBe(0);
    now = new Date('2026-12-01T09:00:00+07:00');
    expect(await keep([]).tick()).toBe(1);
    expect(await list({ view: 'overdue' })).toEqual([code]);
    await tickets.change(
      code,
      { kind: 'reply', key: 'reply-key', text: 'x', attachments: [], next: null },
      LAN,
    );
    expect(await list({ view: 'overdue' })).toEqual([]);
  });

  it('closes what is resolved after a week', async () => {
    const { code } = await make();
    await tickets.change(code, { kind: 'resolve' }, LAN);
    now = new Date(MORNING.getTime() + 7 * 24 * 3_600_000);
    await keep([]).tick();
    expect(await tickets.get(code)).toMatchObject({ status: 'closed', outcome: 'solved' });
  });

  it('tells every line of the history, also those that a crash left untold', async () => {
    const { code } = await make();
    await tickets.change(code, { kind: 'start' }, LAN);
    const told: string[] = [];
    await keep(told).tellAll();
    expect(told).toEqual([`${code} created`, `${code} status in_progress`]);
    await keep(told).tellAll();
    expect(told.length).toBe(2);
  });
});
