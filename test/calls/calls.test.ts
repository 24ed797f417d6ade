/** Calls on a real store: who gets one, what becomes of those whose pages are gone, and the log. */
import { createConnection } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PAGE_GRACE_MS, RINGS_FOR_MS } from '../../src/calls/call.ts';
import { type CallLog, type CallLogCaller, createCallLog } from '../../src/calls/call-log.ts';
import { type CallStore, createCallStore } from '../../src/calls/call-store.ts';
import { type Calls, createCalls, newCallId } from '../../src/calls/calls.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { wordsForNumber } from '../../src/vault/sealed-values.ts';
import { createVault } from '../../src/vault/vault.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';

const LAN = { id: 'lan', name: 'Lan' };
const MAI = { id: 'mai', name: 'Mai' };
const AGENT: CallLogCaller = { ...LAN, address: '127.0.0.1', oversees: false };
const NUMBER = '0912345678';

let database: TestDatabase;
let connection: Awaited<ReturnType<ReturnType<typeof createConnection>['asPromise']>>;
let store: CallStore;
let log: CallLog;
let now: Date;
let onDuty: readonly { readonly id: string; readonly name: string }[];
const opened: Calls[] = [];
const told: [string, string, string][] = [];
const audited: object[] = [];
const vault = createVault({ key: Buffer.alloc(32, 7) });

/** A node of the desk; another one is the desk after a restart. */
function startCalls(): Calls {
  const calls = createCalls({
    store,
    listOnDuty: async () => onDuty,
    findContactName: async (contact) => (contact === 'named' ? 'Nguyễn Văn An' : null),
    async tell(...notice) {
      told.push(notice);
    },
    isStoreUp: () => true,
    logger: createLogger('silent'),
    now: () => now,
    // By hand.
    sweepEveryMs: 3_600_000,
  });
  opened.push(calls);
  return calls;
}
let calls: Calls;
const pass = (ms: number): void => {
  now = new Date(now.getTime() + ms);
};
let contacts = 0;
const caller = (page = 'page-of-contact') => {
  const contact = `contact-${++contacts}`;
  return { contact, conversation: `conversation-${contacts}`, page };
};

beforeAll(async () => {
  database = await openDatabase();
  connection = await createConnection(database.uri).asPromise();
  store = createCallStore(connection);
  await connection.model('Call').createIndexes();
});
afterAll(async () => {
  await Promise.all(opened.map((one) => one.stop()));
  await connection?.destroy();
  await database?.drop();
});
beforeEach(async () => {
  await database.client.db().collection('calls').deleteMany({});
  now = new Date('2026-11-29T02:00:00Z');
  onDuty = [LAN, MAI];
  told.length = 0;
  audited.length = 0;
  calls = startCalls();
  pass(PAGE_GRACE_MS);
  log = createCallLog({
    store,
    calls,
    openVault: async () => ({ ...vault, wordsForNumber: (text) => wordsForNumber(text, vault) }),
    findNumberOf: async (contact) => (contact === 'named' ? NUMBER : null),
    findByNumber: async () => ({ name: null, conversations: [], tickets: [] }),
    async audit(entry) {
      audited.push(entry);
    },
    now: () => now,
  });
});

describe('a voice call', () => {
  it('rings with everybody who is free, and not with one who talks', async () => {
    const rung: string[][] = [];
    calls.events.on('ringing', ({ agents }) => rung.push([...agents]));
    const first = await calls.start(caller());
    await calls.accept(first!.id, LAN, 'page-of-lan');
    await calls.start(caller());
    expect(rung).toEqual([['lan', 'mai'], ['mai']]);
    expect(await calls.listFor('lan')).toMatchObject({ ringing: [], own: { id: first!.id } });
    expect((await calls.listFor('mai')).ringing).toHaveLength(1);
  });

  it('is not made while nobody is there and free', async () => {
    onDuty = [LAN];
    const first = await calls.start(caller());
    await calls.accept(first!.id, LAN, 'page-of-lan');
    expect(await calls.isAnybodyFree()).toBe(false);
    expect(await calls.start(caller())).toBeNull();
  });

  it('goes to one of those who take it at once, and the others are told who', async () => {
    const call = await calls.start(caller());
    const agents = Array.from({ length: 8 }, (_, at) => ({ id: `agent-${at}`, name: `Người ${at}` }));
    const results = await Promise.allSettled(
      agents.map((agent) => calls.accept(call!.id, agent, `page-${agent.id}`)),
    );
    const won = results.filter(({ status }) => status === 'fulfilled');
    expect(won).toHaveLength(1);
    const { agent } = (await store.find(call!.id))!;
    for (const result of results)
      if (result.status === 'rejected')
        expect(result.reason).toMatchObject({ code: 'call_taken', details: [agent?.name] });
  });

  it('leaves an agent who takes two at once with one', async () => {
    const made = await Promise.all([calls.start(caller()), calls.start(caller())]);
    const results = await Promise.allSettled(made.map((call) => calls.accept(call!.id, LAN, 'page-of-lan')));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const [refused] = results.filter((result) => result.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'in_a_call' });
  });

  it('is one for a contact, however often it is asked for', async () => {
    const who = caller();
    const made = await Promise.all([calls.start(who), calls.start(who), calls.start(who)]);
    expect(new Set(made.map((call) => call?.id)).size).toBe(1);
    const elsewhere = { ...who, page: 'another-page' };
    await expect(calls.start(elsewhere)).rejects.toMatchObject({ code: 'call_elsewhere' });
    // The first page was closed: the person calls from the other one.
    pass(6_000);
    expect((await calls.start(elsewhere))?.id).not.toBe(made[0]?.id);
    expect(await store.find(made[0]!.id)).toMatchObject({ status: 'cancelled' });
  });

  it('is missed when its time is over, and when nobody is left to take it', async () => {
    const [first, second] = [await calls.start(caller()), await calls.start(caller())];
    await calls.decline(second!.id, 'lan');
    expect(await store.find(second!.id)).toMatchObject({ status: 'ringing' });
    await calls.decline(second!.id, 'mai');
    expect(await store.find(second!.id)).toMatchObject({ status: 'missed' });
    pass(RINGS_FOR_MS);
    await calls.beat('contact', [first!.id]);
    await calls.sweep();
    expect(await store.find(first!.id)).toMatchObject({ status: 'missed', endedBy: 'desk' });
    expect(told.map(([, , text]) => text)).toEqual(
      Array(2).fill('Cuộc gọi thoại chưa có nhân viên nghe máy.'),
    );
  });

  it('ends when one of its pages is gone, and is told once', async () => {
    const call = await calls.start(caller());
    await calls.accept(call!.id, LAN, 'page-of-lan');
    pass(PAGE_GRACE_MS + 1);
    await calls.beat('agent', [call!.id]);
    await calls.sweep();
    expect(await store.find(call!.id)).toMatchObject({ status: 'ended', endedBy: 'contact' });
    await calls.sweep();
    expect(told).toEqual([[call!.conversation, `call:${call!.id}`, 'Cuộc gọi thoại 12 giây với Lan.']]);
  });

  it('outlives a restart of the desk where its pages come back, and ends where they do not', async () => {
    const [kept, left] = [await calls.start(caller()), await calls.start(caller())];
    await calls.accept(kept!.id, LAN, 'page-of-lan');
    await calls.accept(left!.id, MAI, 'page-of-mai');
    pass(60_000);
    const again = startCalls();
    await again.sweep();
    expect(await store.listLive()).toHaveLength(2);
    pass(PAGE_GRACE_MS);
    await again.resume(kept!.id, 'contact', kept!.contact!, 'page-of-contact');
    await again.resume(kept!.id, 'agent', 'lan', 'page-of-lan');
    await again.sweep();
    expect((await store.listLive()).map(({ id }) => id)).toEqual([kept!.id]);
    expect(await store.find(left!.id)).toMatchObject({ status: 'ended' });
  });

  it.each([
    ['another contact', 'contact', 'somebody', 'page-of-contact'],
    ['another page', 'contact', null, 'page-of-others'],
    ['another agent', 'agent', 'mai', 'page-of-lan'],
  ] as const)('is not for %s', async (_name, side, party, page) => {
    const who = caller();
    const call = await calls.start(who);
    await calls.accept(call!.id, LAN, 'page-of-lan');
    await expect(calls.resume(call!.id, side, party ?? who.contact, page)).rejects.toMatchObject({
      code: 'call_not_found',
    });
  });
});

describe('the log', () => {
  it('keeps a telephone call with its number under seal, and finds it however it is written', async () => {
    const call = await log.open({ direction: 'inbound', number: '+84 912 345 678' }, AGENT);
    expect(call).toMatchObject({ status: 'accepted', agent: LAN, number: { masked: '0912•••678' } });
    expect(JSON.stringify(await database.client.db().collection('calls').findOne({}))).not.toContain(
      '345678',
    );
    await log.annotate(
      call.id,
      { contactName: 'Trần Thị Bé', note: 'quên mật khẩu', outcome: 'advised' },
      AGENT,
    );
    const found = await log.findCaller('0912.345.678', 'lan');
    expect(found).toMatchObject({ name: 'Trần Thị Bé', calls: [{ note: 'quên mật khẩu' }] });
    expect((await log.list({ view: 'all', number: NUMBER }, 'lan')).calls).toHaveLength(1);
    expect((await log.list({ view: 'all', number: '0912345679' }, 'lan')).calls).toHaveLength(0);
    expect(await log.reveal(call.id, AGENT)).toBe(NUMBER);
    expect(audited).toMatchObject([{ action: 'value.revealed', subject: `call:${call.id}` }]);
  });

  it('lets an agent note one call at a time, which rings with nobody meanwhile', async () => {
    const call = await log.open({ direction: 'inbound', number: NUMBER }, AGENT);
    await expect(log.open({ direction: 'outbound', number: NUMBER }, AGENT)).rejects.toMatchObject({
      code: 'in_a_call',
    });
    onDuty = [LAN];
    expect(await calls.isAnybodyFree()).toBe(false);
    pass(125_000);
    await log.finish(call.id, AGENT);
    expect(await store.find(call.id)).toMatchObject({ status: 'ended', untold: false });
    expect(await calls.isAnybodyFree()).toBe(true);
  });

  it('is written by whoever had the call, and by supervisors', async () => {
    const call = await log.open({ direction: 'inbound', number: NUMBER }, AGENT);
    const other = { ...AGENT, ...MAI };
    await expect(log.annotate(call.id, { note: 'x' }, other)).rejects.toMatchObject({
      code: 'not_yours',
      details: ['Lan'],
    });
    expect(await log.annotate(call.id, { note: 'x' }, { ...other, oversees: true })).toMatchObject({
      note: 'x',
    });
  });

  it('shows who is to be called back, until somebody does', async () => {
    const missed = async (contact: string) => {
      const call = await calls.start({ ...caller(), contact });
      for (const { id } of onDuty) await calls.decline(call!.id, id);
      return call!;
    };
    const [named, unknown] = [await missed('named'), await missed('nameless')];
    expect(await log.list({ view: 'missed' }, 'lan')).toMatchObject({ missed: 2 });
    const back = await log.open({ direction: 'outbound', calledBack: named.id }, AGENT);
    expect(back).toMatchObject({ contactName: 'Nguyễn Văn An', conversation: named.conversation });
    expect(await log.reveal(back.id, AGENT)).toBe(NUMBER);
    await expect(log.open({ direction: 'outbound', calledBack: unknown.id }, AGENT)).rejects.toMatchObject({
      code: 'number_unknown',
    });
    const after = await log.list({ view: 'missed' }, 'lan');
    expect(after.missed).toBe(1);
    const open = after.calls.filter(({ calledBackAt }) => calledBackAt === null);
    expect(open.map(({ id }) => id)).toEqual([unknown.id]);
    expect(after.calls).toHaveLength(2);
  });

  it('is read page by page, without gap or repetition', async () => {
    const first = await log.open({ direction: 'inbound', number: NUMBER }, AGENT);
    const ended = await log.finish(first.id, AGENT);
    // Three at each moment.
    const others = Array.from({ length: 119 }, (_, at) => ({
      ...ended,
      id: newCallId(),
      ringingAt: new Date(now.getTime() + Math.floor(at / 3)),
    }));
    await Promise.all(others.map((call) => store.insert(call)));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await log.list({ view: 'mine', ...(cursor === undefined ? {} : { cursor }) }, 'lan');
      seen.push(...page.calls.map(({ id }) => id));
      cursor = page.cursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(120);
    expect(new Set(seen).size).toBe(120);
  });

  it('forgets whose a call was when the contact is erased', async () => {
    const call = await calls.start({ ...caller(), contact: 'named' });
    await calls.end(call!.id, 'contact', 'hung-up');
    await store.forgetConversation(call!.conversation!);
    expect(await store.find(call!.id)).toMatchObject({
      contact: null,
      conversation: null,
      contactName: null,
      status: 'cancelled',
      untold: false,
    });
  });
});
