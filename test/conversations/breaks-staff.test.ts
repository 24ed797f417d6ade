/** What breaks in the middle while a person has the conversation: a desk that dies, and one that begins anew. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ObjectId } from 'mongodb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DeskSettingsView } from '../../src/contracts/desk-settings.ts';
import { writeSmallCorpus } from '../chaos/small-corpus.ts';
import { type ChatClient, connectChat, newClientId, newToken } from '../support/chat-client.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { type RunningDesk, startDesk } from '../support/desk.ts';
import {
  callStaff,
  connectStaff,
  FIRST_ADMIN,
  makeAccount,
  type StaffAccount,
  type StaffClient,
  signIn,
} from '../support/staff-client.ts';

const WAIT = { timeout: 30_000 };

let root: string;
let database: TestDatabase;
let desk: RunningDesk;
let account: StaffAccount;
let cookie: string;
let lan: StaffClient;
let contact: ChatClient;
let id: string;

const start = () => startDesk({ root, mongodbUri: database.uri, firstAdmin: FIRST_ADMIN });
const collection = (name: string) => database.client.db().collection(name);
const byId = () => ({ _id: new ObjectId(id) });

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'breaks-staff-'));
  await writeSmallCorpus(root);
  database = await openDatabase();
  desk = await start();
  const admin = await signIn(desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
  account = await makeAccount(desk.url, admin, { name: 'Lê Thị Lan', role: 'agent' });
  cookie = await signIn(desk.url, account.email, account.password);
});
afterAll(async () => {
  await desk?.stop();
  await database?.drop();
  await rm(root, { recursive: true, force: true });
});
afterEach(() => {
  contact?.close();
  lan?.close();
});

/** Lan has the conversation of a new contact. */
async function serve(): Promise<void> {
  lan = await connectStaff(desk.url, cookie);
  contact = await connectChat(desk.url, { token: newToken() });
  id = (await contact.open()).conversation.id;
  await contact.ask('Gặp nhân viên', { choice: 'agent' });
  await lan.claim(id);
}

/** As after the power was cut: everybody comes back to another process. */
async function restart(): Promise<void> {
  const { token } = contact;
  contact.close();
  lan.close();
  await desk.stop();
  desk = await start();
  contact = await connectChat(desk.url, { token });
  await contact.open();
}

const LONG_AGO = new Date(Date.now() - 60_000);
/** The change stands in the store, and the process died before it was told; or before it was noted as told. */
async function leaveUntold(event: unknown, revision: number): Promise<void> {
  const untold = { revision, event, at: LONG_AGO };
  await collection('conversations').updateOne(byId(), { $push: { untold } } as never);
}
const told = () =>
  collection('messages').find({ conversation: id, author: 'system' }).sort({ seq: 1 }).toArray();
const isNothingUntold = async () => {
  const found = await collection('conversations').findOne(byId());
  return (found?.['untold'] ?? []).length === 0;
};

describe('a change whose desk died before it was told', () => {
  it('is told once when two desks look for it, in the order of the conversation', async () => {
    await serve();
    const [notice] = await told();
    lan.close();
    contact.close();
    await desk.stop();
    await collection('messages').deleteOne({ _id: notice!._id });
    const conversation = await collection('conversations').findOne(byId());
    await leaveUntold(notice!['event'], conversation!['revision']);

    const other = await start();
    desk = await start();
    await expect.poll(isNothingUntold, WAIT).toBe(true);
    expect(await told()).toMatchObject([
      { seq: notice!['seq'], clientId: `event:${conversation!['revision']}`, text: notice!['text'] },
    ]);
    await other.stop();
  });

  it('is not told again where only the note of it was missing', async () => {
    await serve();
    const [notice] = await told();
    await leaveUntold(notice!['event'], Number(notice!['clientId'].split(':')[1]));
    await expect.poll(isNothingUntold, WAIT).toBe(true);
    expect(await told()).toEqual([notice]);
  });

  it('comes before whatever is done next, which another desk may do at once', async () => {
    await serve();
    const conversation = await collection('conversations').findOne(byId());
    const event = { kind: 'joined', by: { id: 'x', name: 'Đỗ Thủy' }, to: null, skill: null, note: '' };
    // Just now: nobody looks for it yet.
    const untold = { revision: conversation!['revision'] + 100, event, at: new Date() };
    await collection('conversations').updateOne(byId(), { $push: { untold } } as never);
    await lan.finish(id);
    expect((await told()).map(({ event: one }) => one.kind)).toEqual(['claimed', 'joined', 'closed']);
    expect(await isNothingUntold()).toBe(true);
  });

  it('reaches those who look at the conversation meanwhile, and lists are drawn anew', async () => {
    await serve();
    await lan.open(id);
    const conversation = await collection('conversations').findOne(byId());
    const heardBefore = lan.heard('conversation:changed').length;
    const event = { kind: 'joined', by: { id: 'x', name: 'Đỗ Thủy' }, to: null, skill: null, note: '' };
    await leaveUntold(event, conversation!['revision'] + 100);
    await lan.hear('message:sent', ({ message }) => message.event?.kind === 'joined');
    await expect.poll(() => contact.heard.at(-1)?.text, WAIT).toContain('Đỗ Thủy');
    await expect
      .poll(() => lan.heard('conversation:changed').slice(heardBefore), WAIT)
      .toContainEqual(expect.objectContaining({ id, status: 'active' }));
  });
});

describe('a desk that is started again', () => {
  it('knows who has the conversation, and what was said is said once', async () => {
    await serve();
    const name = { clientId: newClientId() };
    const said = await lan.say(id, 'Chào Anh/Chị.', name);
    await restart();
    lan = await connectStaff(desk.url, cookie);
    // Neither acknowledgement had come.
    expect(await lan.say(id, 'Chào Anh/Chị.', name)).toEqual(said);
    expect(await lan.claim(id)).toMatchObject({ status: 'active', agent: { id: account.id } });
    const { seq } = await contact.send('em chào chị');
    const { messages } = await lan.open(id);
    expect(messages.slice(-3).map((one) => [one.seq, one.author])).toEqual([
      [seq - 2, 'system'],
      [seq - 1, 'agent'],
      [seq, 'contact'],
    ]);
    await lan.finish(id);
  });

  it('forgets no grace time: an agent who does not come back loses the conversation', async () => {
    const admin = await signIn(desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
    const { body } = await callStaff<DeskSettingsView>(desk.url, admin, 'GET', '/settings');
    const next = { ...body, settings: { ...body.settings, agentGraceSeconds: 2 } };
    expect(await callStaff(desk.url, admin, 'PUT', '/settings', next)).toMatchObject({ status: 200 });
    await serve();
    await restart();
    await expect
      .poll(async () => (await contact.open()).conversation, WAIT)
      .toMatchObject({ status: 'queued', queue: { position: 1 } });
    expect((await told()).map(({ event }) => event.kind)).toEqual(['claimed', 'agent-gone']);
    // Who comes back later takes it again.
    lan = await connectStaff(desk.url, cookie);
    expect(await lan.claim(id)).toMatchObject({ agent: { id: account.id } });
  });
});

describe('two desks on one store', () => {
  it('believe the store and not what they remember', async () => {
    const other = await start();
    const admin = await signIn(desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
    const wanted = { name: 'Trần Hòa', role: 'agent' } as const;
    const second = await makeAccount(desk.url, admin, wanted);
    const hoa = await connectStaff(desk.url, await signIn(desk.url, second.email, second.password));
    await serve();
    const elsewhere = await connectStaff(other.url, cookie);
    await elsewhere.say(id, 'Chào Anh/Chị.');
    await lan.command('conversation:transfer', { id, to: { kind: 'agent', agent: second.id } });
    // There Lan has it still, as far as that desk remembers.
    const lost = [
      { ack: { code: 'already_claimed', details: [second.name] } },
      { ack: { code: 'not_yours' } },
    ];
    await expect(elsewhere.claim(id)).rejects.toMatchObject(lost[0]!);
    await expect(elsewhere.say(id, 'Chào Anh/Chị.')).rejects.toMatchObject(lost[1]!);
    await hoa.say(id, 'Chào Anh/Chị.');
    expect((await told()).map(({ event }) => event.kind)).toEqual(['claimed', 'transferred']);
    hoa.close();
    elsewhere.close();
    await other.stop();
  });
});
