/** A contact and several of the staff on one desk, with real sockets and a real store. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationView, MessageView } from '../../src/contracts/chat.ts';
import type { InboxPage } from '../../src/contracts/console.ts';
import type { DeskSettings, DeskSettingsView } from '../../src/contracts/desk-settings.ts';
import type { Role } from '../../src/contracts/permissions.ts';
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

const WAIT = { timeout: 20_000 };
const SECRET = 'a-secret-of-the-host-app-that-is-long-enough';
const SKILL = 'thẻ BHYT';

let root: string;
let database: TestDatabase;
let desk: RunningDesk;
let admin: string;

type Member = StaffClient & { readonly account: StaffAccount; readonly cookie: string };
let lan: Member;
let hoa: Member;
let minh: Member;
let thuy: Member;
let contacts: ChatClient[] = [];

async function join(name: string, role: Role, skills: readonly string[] = []): Promise<Member> {
  const account = await makeAccount(desk.url, admin, { name, role, skills: [...skills], capacity: 20 });
  const cookie = await signIn(desk.url, account.email, account.password);
  return Object.assign(await connectStaff(desk.url, cookie), { account, cookie });
}

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'staffed-'));
  await writeSmallCorpus(root);
  database = await openDatabase();
  desk = await startDesk({ root, mongodbUri: database.uri, hostAppSecret: SECRET, firstAdmin: FIRST_ADMIN });
  admin = await signIn(desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
  lan = await join('Lê Thị Lan', 'agent');
  hoa = await join('Trần Hòa', 'agent', [SKILL]);
  minh = await join('Vũ Minh', 'agent');
  thuy = await join('Đỗ Thủy', 'supervisor');
});
afterAll(async () => {
  for (const one of [lan, hoa, minh, thuy]) one?.close();
  await desk?.stop();
  await database?.drop();
  await rm(root, { recursive: true, force: true });
});
afterEach(() => {
  for (const contact of contacts) contact.close();
  contacts = [];
});

interface Asking {
  readonly contact: ChatClient;
  readonly id: string;
  /** What the bot said to the wish for a person. */
  readonly answer: MessageView;
  /** How the contact sees the conversation now. */
  readonly view: () => Promise<ConversationView>;
  readonly transcript: () => Promise<readonly MessageView[]>;
}

async function visit(shown: Parameters<typeof connectChat>[1] = { token: newToken() }): Promise<ChatClient> {
  const contact = await connectChat(desk.url, shown);
  contacts.push(contact);
  return contact;
}

/** A contact who asks for a person. */
async function asking(shown?: Parameters<typeof connectChat>[1]): Promise<Asking> {
  const contact = await visit(shown);
  const { conversation } = await contact.open();
  const answer = await contact.ask('Gặp nhân viên', { choice: 'agent' });
  return {
    contact,
    id: conversation.id,
    answer,
    view: async () => (await contact.open()).conversation,
    transcript: async () => (await contact.open()).messages,
  };
}

/** One whom Lan has taken. */
async function served(): Promise<Asking> {
  const one = await asking();
  await lan.claim(one.id);
  await lan.open(one.id);
  return one;
}

const list = async (by: Member, query: string): Promise<InboxPage> =>
  (await callStaff<InboxPage>(desk.url, by.cookie, 'GET', `/conversations?${query}`)).body;
const ids = ({ conversations }: InboxPage): string[] => conversations.map(({ id }) => id);
const notices = (transcript: readonly MessageView[]): string[] =>
  transcript.filter(({ author }) => author === 'system').map(({ text }) => text);
const eventsOf = async (id: string) =>
  (await thuy.open(id)).messages.flatMap(({ event }) => (event === null ? [] : [event]));
const saidBy = (answer: MessageView): string =>
  answer.bubbles.map((bubble) => (bubble.kind === 'text' ? bubble.markdown : '')).join('\n');
const audited = (action: string) =>
  database.client.db().collection('audit_log').find({ action }).sort({ _id: 1 }).toArray();
const refusedWith = (code: string, details?: readonly string[]) => ({
  ack: { code, ...(details === undefined ? {} : { details }) },
});

async function changeSettings(change: (settings: DeskSettings) => DeskSettings): Promise<void> {
  const { body } = await callStaff<DeskSettingsView>(desk.url, admin, 'GET', '/settings');
  const next = { revision: body.revision, settings: change(body.settings) };
  expect(await callStaff(desk.url, admin, 'PUT', '/settings', next)).toMatchObject({ status: 200 });
}

describe('a contact who asks for a person', () => {
  it('appears in everybody’s inbox, and is told what to expect', async () => {
    const { id, view, answer } = await asking();
    const row = await lan.hear('conversation:changed', (one) => one.id === id);
    expect(row).toMatchObject({ status: 'queued', reason: 'asked', agent: null, priority: 0 });
    await hoa.hear('conversation:changed', (one) => one.id === id);
    const page = await list(lan, 'view=queue');
    expect(ids(page)).toContain(id);
    expect(page.counts.queue).toBe(page.conversations.length);
    expect(await view()).toMatchObject({
      status: 'queued',
      queue: { staffed: true, position: expect.any(Number) },
    });
    expect(answer.choices.map((choice) => choice.id)).toContain('queue:callback');
  });

  it('brings the bot’s transcript along, with how it was understood', async () => {
    const contact = await visit();
    const { conversation } = await contact.open();
    const answer = await contact.ask('quen mk vssid lm sao lay lai qua mail', { platform: 'ios' });
    const [found] = answer.bubbles.flatMap((bubble) => (bubble.kind === 'answer' ? [bubble] : []));
    await contact.ask('Gặp nhân viên', { choice: 'agent' });
    const opened = await lan.open(conversation.id);
    expect(opened.messages.map(({ author }) => author)).toEqual(['contact', 'bot', 'contact', 'bot']);
    expect(opened.messages[0]?.understanding?.candidates[0]).toMatchObject({
      intent: found?.intent,
      title: found?.title,
    });
    expect(opened).toMatchObject({ contactOnline: true, notes: [], draft: '' });
  });

  it('may go on asking the bot meanwhile', async () => {
    const { contact, view } = await asking();
    const answer = await contact.ask('quen mk vssid lm sao lay lai qua mail');
    expect(answer.bubbles.some(({ kind }) => kind === 'answer')).toBe(true);
    expect(await view()).toMatchObject({ status: 'queued' });
  });

  it('may leave the queue for a callback, whose ticket keeps the place', async () => {
    const { contact, id, view } = await asking();
    const before = await lan.open(id);
    await contact.ask('Để lại số, nhân viên gọi lại', { choice: 'queue:callback' });
    // Not before there is a ticket.
    expect(await view()).toMatchObject({ status: 'queued' });
    let said: MessageView | undefined;
    for (const text of ['0912345678', 'sáng mai', 'không đăng nhập được', 'Gửi'])
      said = await contact.ask(text);
    const [receipt] = said!.bubbles.flatMap((bubble) => (bubble.kind === 'ticket' ? [bubble] : []));
    const [ticket] = await database.client.db().collection('tickets').find({ conversation: id }).toArray();
    expect(String(ticket?._id)).toBe(receipt?.code);
    expect(ticket?.['waitingSince']).toEqual(new Date(before.conversation.queuedAt!));
    expect(await view()).toMatchObject({ status: 'bot', queue: null });
    // And so does the queue, for one who thinks better of it.
    await contact.ask('Gặp nhân viên', { choice: 'agent' });
    expect((await lan.open(id)).conversation.queuedAt).toBe(before.conversation.queuedAt);
  });
});

describe('a claim', () => {
  it('is won by one of two who click at once, and the other is told by whom', async () => {
    for (let round = 0; round < 3; round++) {
      const { id, contact, transcript, view } = await asking();
      const claims = await Promise.allSettled([lan.claim(id), hoa.claim(id)]);
      const [winner, loser] = claims[0]?.status === 'fulfilled' ? [lan, 1] : [hoa, 0];
      expect(claims.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(claims[loser]).toMatchObject({ reason: refusedWith('already_claimed', [winner.account.name]) });
      await expect.poll(() => notices(contact.heard), WAIT).toHaveLength(1);
      // The acknowledgement was lost, and the button is pressed again.
      expect(await winner.claim(id)).toMatchObject({ status: 'active', agent: { id: winner.account.id } });
      expect(notices(await transcript())).toEqual([
        `Nhân viên ${winner.account.name} đã vào hỗ trợ Anh/Chị.`,
      ]);
      expect(await view()).toMatchObject({ status: 'active', queue: null, agent: winner.account.name });
    }
  });

  it('moves the conversation from the queue to mine', async () => {
    const { id } = await served();
    expect(ids(await list(lan, 'view=queue'))).not.toContain(id);
    expect(ids(await list(lan, 'view=mine'))).toContain(id);
    expect(ids(await list(hoa, 'view=mine'))).not.toContain(id);
    expect(ids(await list(hoa, `view=all&agent=${lan.account.id}`))).toContain(id);
  });

  it('may come without having been asked for, while the bot has it', async () => {
    const contact = await visit();
    const { conversation } = await contact.open();
    expect(await lan.claim(conversation.id)).toMatchObject({
      status: 'active',
      agent: { id: lan.account.id },
    });
    await expect(hoa.claim(conversation.id)).rejects.toMatchObject(refusedWith('already_claimed'));
    await lan.finish(conversation.id);
    await expect(lan.claim(conversation.id)).rejects.toMatchObject(refusedWith('not_possible_now'));
    await expect(lan.claim('f'.repeat(24))).rejects.toMatchObject(refusedWith('conversation_not_found'));
  });
});

describe('a conversation in hand', () => {
  it('goes both ways, without the bot, and tells who waits for whom', async () => {
    const { id, contact, transcript } = await served();
    const question = await contact.send('quen mk vssid lm sao lay lai qua mail');
    const heard = await lan.hear(
      'message:sent',
      (fact) => fact.conversation === id && fact.message.seq === question.seq,
    );
    expect(heard.message).toMatchObject({ author: 'contact', text: question.text });
    await hoa.hear('conversation:changed', (row) => row.id === id && row.lastSeq === question.seq);
    expect((await list(lan, 'view=mine')).conversations.find((one) => one.id === id)).toMatchObject({
      waitsForAgent: true,
    });
    const said = await lan.say(id, 'Dạ, Anh/Chị bấm “Quên mật khẩu” ạ.');
    await expect
      .poll(() => contact.heard.at(-1), WAIT)
      .toMatchObject({ seq: said.seq, by: lan.account.name });
    expect((await list(lan, 'view=mine')).conversations.find((one) => one.id === id)).toMatchObject({
      waitsForAgent: false,
    });
    const authors = (await transcript()).map(({ author }) => author);
    expect(authors.slice(authors.indexOf('system'))).toEqual(['system', 'contact', 'agent']);
  });

  it('has an agent’s message once, however often it is sent', async () => {
    const { id, contact, transcript } = await served();
    const name = { clientId: newClientId() };
    const both = await Promise.all([lan.say(id, 'Chào Anh/Chị.', name), lan.say(id, 'Chào Anh/Chị.', name)]);
    expect(await lan.say(id, 'something else', name)).toEqual(both[0]);
    expect(both[1]).toEqual(both[0]);
    // Also when somebody else has it meanwhile.
    await lan.command('conversation:transfer', { id, to: { kind: 'agent', agent: hoa.account.id } });
    expect(await lan.say(id, 'Chào Anh/Chị.', name)).toEqual(both[0]);
    expect((await transcript()).filter(({ author }) => author === 'agent')).toHaveLength(1);
    expect(contact.heard.filter(({ author }) => author === 'agent')).toHaveLength(1);
  });

  it('is nobody else’s to write in, hand on or close', async () => {
    const { id } = await served();
    const refused = refusedWith('not_yours', [lan.account.name]);
    await expect(hoa.say(id, 'Chào Anh/Chị.')).rejects.toMatchObject(refused);
    await expect(thuy.say(id, 'Chào Anh/Chị.')).rejects.toMatchObject(refused);
    await expect(hoa.finish(id)).rejects.toMatchObject(refused);
    await expect(hoa.command('conversation:transfer', { id, to: { kind: 'bot' } })).rejects.toMatchObject(
      refused,
    );
    const { id: waiting } = await asking();
    await expect(hoa.say(waiting, 'Chào Anh/Chị.')).rejects.toMatchObject(refusedWith('not_possible_now'));
  });

  it('shows who looks at it and who types', async () => {
    const { id, contact } = await served();
    const { viewers } = await hoa.open(id);
    expect(viewers.map((one) => one.id).sort()).toEqual([lan.account.id, hoa.account.id].sort());
    await hoa.command('typing:set', { id, typing: true });
    await lan.hear(
      'viewers:changed',
      (fact) =>
        fact.conversation === id && fact.viewers.some((one) => one.id === hoa.account.id && one.typing),
    );
    const typing: unknown[] = [];
    contact.socket.on('typing:changed', (fact) => typing.push(fact));
    // Only of who has it the contact sees it.
    await hoa.command('typing:set', { id, typing: true });
    await lan.command('typing:set', { id, typing: true });
    await expect.poll(() => typing, WAIT).toEqual([{ author: 'agent', typing: true }]);
    await contact.command('typing:set', { typing: true });
    await lan.hear('contact:typing', (fact) => fact.conversation === id && fact.typing);
    await hoa.command('conversation:leave', { id });
    await lan.hear('viewers:changed', (fact) => fact.conversation === id && fact.viewers.length === 1);
  });

  it('tells the agent what the contact has got and seen', async () => {
    const { id, contact } = await served();
    const { seq } = await lan.say(id, 'Chào Anh/Chị.');
    await lan.hear('contact:got', (fact) => fact.conversation === id && fact.deliveredSeq === seq);
    await contact.command('read:mark', { seq, handled: true });
    await lan.hear('contact:got', (fact) => fact.conversation === id && fact.readSeq === seq);
    expect(await hoa.open(id)).toMatchObject({ deliveredSeq: seq, readSeq: seq });
  });
});

describe('a transfer', () => {
  const transfer = (by: Member, id: string, to: object, note = '') =>
    by.command('conversation:transfer', { id, to, note });

  it('to an agent hands it over, once, with a note that the contact never sees', async () => {
    const { id, view, transcript } = await served();
    const to = { kind: 'agent', agent: hoa.account.id };
    for (let time = 0; time < 2; time++)
      expect(await transfer(lan, id, to, 'đã xác minh')).toMatchObject({ agent: { id: hoa.account.id } });
    expect(await view()).toMatchObject({ status: 'active', agent: hoa.account.name });
    expect(notices(await transcript())).toHaveLength(2);
    expect(JSON.stringify(await transcript())).not.toContain('đã xác minh');
    expect((await eventsOf(id)).map(({ kind, note }) => [kind, note])).toEqual([
      ['claimed', ''],
      ['transferred', 'đã xác minh'],
    ]);
    await expect(lan.say(id, 'Chào Anh/Chị.')).rejects.toMatchObject(refusedWith('not_yours'));
    await hoa.say(id, 'Chào Anh/Chị.');
  });

  it('to an agent who is not there is refused', async () => {
    const { id } = await served();
    const absent = await makeAccount(desk.url, admin, { name: 'Người vắng', role: 'agent' });
    for (const agent of [absent.id, 'f'.repeat(24)])
      await expect(transfer(lan, id, { kind: 'agent', agent })).rejects.toMatchObject(
        refusedWith('agent_unavailable'),
      );
    await lan.say(id, 'Chào Anh/Chị.');
  });

  it('to a skill puts it in front of the queue for those who have it', async () => {
    const { id, view } = await served();
    for (let time = 0; time < 2; time++)
      expect(await transfer(lan, id, { kind: 'queue', skill: SKILL })).toMatchObject({
        status: 'queued',
        skill: SKILL,
        priority: 2,
      });
    expect(await view()).toMatchObject({ status: 'queued', queue: { position: 1, staffed: true } });
    expect((await eventsOf(id)).map(({ kind }) => kind)).toEqual(['claimed', 'returned']);
    expect(ids(await list(hoa, `view=queue&skill=${encodeURIComponent(SKILL)}`))).toEqual([id]);
    await hoa.finish((await hoa.claim(id)).id);
  });

  it('to the bot lets the bot answer again', async () => {
    const { id, contact, view } = await served();
    for (let time = 0; time < 2; time++)
      expect(await transfer(lan, id, { kind: 'bot' })).toMatchObject({ status: 'bot', agent: null });
    expect((await eventsOf(id)).map(({ kind }) => kind)).toEqual(['claimed', 'to-bot']);
    const answer = await contact.ask('quen mk vssid lm sao lay lai qua mail');
    expect(answer.bubbles.some(({ kind }) => kind === 'answer')).toBe(true);
    expect(await view()).toMatchObject({ status: 'bot', agent: null });
  });
});

describe('a supervisor', () => {
  it('joins, and both write', async () => {
    const { id, transcript } = await served();
    expect(await thuy.command('conversation:join', { id })).toMatchObject({
      agent: { id: lan.account.id },
      joined: [{ id: thuy.account.id }],
    });
    await thuy.say(id, 'Tôi cùng hỗ trợ.');
    await lan.say(id, 'Chào Anh/Chị.');
    expect((await transcript()).slice(-2).map(({ by }) => by)).toEqual([thuy.account.name, lan.account.name]);
    expect(ids(await list(thuy, 'view=mine'))).toContain(id);
  });

  it('whispers, to the agent and not to the contact', async () => {
    const { id, contact, transcript } = await served();
    const note = { id, clientId: newClientId(), text: 'hỏi thêm mã số giúp chị', whisper: true };
    const written = await thuy.command('note:add', note);
    expect(written).toMatchObject({ whisper: true, author: { id: thuy.account.id } });
    await lan.hear('whisper:heard', ({ text }) => text === note.text);
    await lan.hear('note:added', ({ id: one }) => one === written.id);
    expect(hoa.heard('whisper:heard')).toEqual([]);
    // An agent's note to everybody is just that.
    const plain = { ...note, clientId: newClientId(), text: 'khách dùng máy cũ' };
    expect(await lan.command('note:add', plain)).toMatchObject({ whisper: false });
    expect((await hoa.open(id)).notes.map(({ text }) => text)).toEqual([note.text, plain.text]);
    await lan.say(id, 'Chào Anh/Chị.');
    await expect.poll(() => contact.heard.at(-1)?.author, WAIT).toBe('agent');
    const seen = JSON.stringify([contact.heard, await transcript()]);
    expect(seen).not.toContain(note.text);
    expect(seen).not.toContain(plain.text);
  });

  it('takes over, which is logged, and the agent writes no more', async () => {
    const { id, view } = await served();
    expect(await thuy.command('conversation:takeOver', { id })).toMatchObject({
      agent: { id: thuy.account.id },
    });
    expect(await view()).toMatchObject({ agent: thuy.account.name });
    await expect(lan.say(id, 'Chào Anh/Chị.')).rejects.toMatchObject(
      refusedWith('not_yours', [thuy.account.name]),
    );
    await thuy.say(id, 'Tôi hỗ trợ tiếp.');
    const [entry] = (await audited('conversation.takenOver')).slice(-1);
    expect(entry).toMatchObject({ subject: `conversation:${id}`, actor: { id: thuy.account.id } });
    expect(JSON.parse(entry!['details'])).toEqual({ from: lan.account.name });
  });
});

describe('notes and drafts', () => {
  it('of a note sent twice there is one, at its place', async () => {
    const { id } = await served();
    const { seq } = await lan.say(id, 'Chào Anh/Chị.');
    const note = { id, clientId: newClientId(), text: 'gọi lại lúc 5 giờ' };
    const first = await lan.command('note:add', note);
    expect(await lan.command('note:add', { ...note, text: 'something else' })).toEqual(first);
    expect((await lan.open(id)).notes).toEqual([expect.objectContaining({ text: note.text, after: seq })]);
  });

  it('a draft outlives the connection, and is its writer’s alone', async () => {
    const { id } = await served();
    await lan.command('draft:save', { id, text: 'Dạ, Anh/Chị bấm' });
    const again = await connectStaff(desk.url, lan.cookie);
    expect(await again.open(id)).toMatchObject({ draft: 'Dạ, Anh/Chị bấm' });
    expect(await hoa.open(id)).toMatchObject({ draft: '' });
    await again.command('draft:save', { id, text: '' });
    expect(await lan.open(id)).toMatchObject({ draft: '' });
    again.close();
  });
});

describe('closing', () => {
  it('is seen by the contact, who says how it was, and may come back', async () => {
    const { id, contact, view } = await served();
    const closing = { id, reason: 'Đã giải quyết', tags: ['mật khẩu'] };
    const closed = await lan.command('conversation:close', closing);
    expect(closed).toMatchObject({ status: 'closed', closeReason: 'Đã giải quyết', tags: ['mật khẩu'] });
    // The acknowledgement was lost.
    expect(await lan.command('conversation:close', closing)).toMatchObject({ revision: closed.revision });
    expect(await view()).toMatchObject({
      status: 'closed',
      reopenUntil: expect.any(String),
      satisfaction: null,
    });
    expect(notices(contact.heard)).toHaveLength(2);
    await expect(contact.send('còn nữa')).rejects.toMatchObject(refusedWith('conversation_closed'));
    await expect(lan.say(id, 'Chào Anh/Chị.')).rejects.toMatchObject(refusedWith('not_possible_now'));

    await contact.command('satisfaction:give', { score: 2, comment: 'hơi lâu' });
    expect(await contact.command('satisfaction:give', { score: 4, comment: 'ổn' })).toMatchObject({
      conversation: { satisfaction: 4 },
    });
    await lan.hear('conversation:changed', (row) => row.id === id && row.satisfaction?.score === 4);
    const { body } = await callStaff(desk.url, thuy.cookie, 'GET', '/board');
    expect(body).toMatchObject({ today: { satisfaction: 4, satisfactionCount: 1 } });
    expect(ids(await list(lan, `view=closed&tag=${encodeURIComponent('mật khẩu')}`))).toEqual([id]);

    expect(await contact.command('conversation:reopen', {})).toMatchObject({
      conversation: { status: 'queued' },
    });
    expect(await contact.command('conversation:reopen', {})).toMatchObject({
      conversation: { status: 'queued' },
    });
    const row = await lan.hear(
      'conversation:changed',
      (one) => one.id === id && one.revision > closed.revision,
    );
    expect(row).toMatchObject({ status: 'queued', priority: 1, closedAt: null });
    expect((await eventsOf(id)).map(({ kind }) => kind)).toEqual(['claimed', 'closed', 'reopened']);
    await lan.claim(id);
    await lan.finish(id);
  });

  it('cannot be undone where another conversation was begun meanwhile', async () => {
    const { id, contact } = await served();
    await lan.finish(id);
    // Another device of the same contact, which has begun anew.
    const tablet = await visit({ token: contact.token });
    const { conversation } = await tablet.open({ fresh: true });
    expect(conversation.id).not.toBe(id);
    await expect(contact.command('conversation:reopen', {})).rejects.toMatchObject(
      refusedWith('not_possible_now'),
    );
    expect((await lan.open(id)).conversation).toMatchObject({ status: 'closed' });
    await tablet.ask('quen mk vssid lm sao lay lai qua mail');
  });

  it('may be undone only for as long as the settings say', async () => {
    const { id, contact } = await served();
    await lan.finish(id);
    await changeSettings((settings) => ({ ...settings, reopenHours: 0 }));
    await expect(contact.command('conversation:reopen', {})).rejects.toMatchObject(
      refusedWith('reopen_expired'),
    );
    await changeSettings((settings) => ({ ...settings, reopenHours: 24 }));
    expect((await contact.open()).conversation.id).toBe(id);
    expect((await contact.open({ fresh: true })).conversation).toMatchObject({ status: 'bot', lastSeq: 0 });
  });
});

describe('numbers of persons', () => {
  it('are shown to who has the conversation, each time logged, and to no other agent', async () => {
    const { id, contact } = await served();
    const { seq, text } = await contact.send('số của tôi là 0987 654 321, gọi giúp');
    expect(text).not.toMatch(/654/);
    const opened = await lan.open(id);
    expect(opened.messages.find((one) => one.seq === seq)).toMatchObject({ sealed: ['phone'], text });
    const before = (await audited('value.revealed')).length;
    const { values } = await lan.command('value:reveal', { id, seq });
    expect(values).toMatchObject([{ type: 'phone', value: expect.stringMatching(/^0987\D*654\D*321$/) }]);
    const entries = await audited('value.revealed');
    expect(entries).toHaveLength(before + 1);
    expect(entries.at(-1)).toMatchObject({
      subject: `conversation:${id}#${seq}`,
      actor: { id: lan.account.id },
    });
    expect(JSON.stringify(entries.at(-1))).not.toMatch(/654/);
    const refused = refusedWith('not_yours', [lan.account.name]);
    await expect(hoa.command('value:reveal', { id, seq })).rejects.toMatchObject(refused);
    await expect(hoa.command('contact:reveal', { id })).rejects.toMatchObject(refused);
    expect(await audited('value.revealed')).toHaveLength(before + 1);
    expect((await thuy.command('value:reveal', { id, seq })).values).toHaveLength(1);
    await lan.finish(id);
    await expect(lan.command('value:reveal', { id, seq })).rejects.toMatchObject(refusedWith('not_yours'));
  });

  it('of a profile are sealed too', async () => {
    const identity = await new SignJWT({ sub: newClientId(), name: 'Nguyễn Văn Ánh', phone: '0911222333' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(SECRET));
    const { id } = await asking({ identity });
    await lan.claim(id);
    const opened = await lan.open(id);
    expect(opened.contact).toMatchObject({ name: 'Nguyễn Văn Ánh', sealed: ['phone'] });
    expect(JSON.stringify(opened)).not.toContain('0911222333');
    expect(await lan.command('contact:reveal', { id })).toEqual({
      values: [{ type: 'phone', value: '0911222333' }],
    });
  });
});

describe('search', () => {
  it('finds a conversation without accents, by a name and by a number that is not kept', async () => {
    const identity = await new SignJWT({ sub: newClientId(), name: 'Phạm Thị Tuyết' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(SECRET));
    const { id, contact } = await asking({ identity });
    await lan.claim(id);
    await contact.send('máy báo lỗi Đồng Bộ kỳ lạ, số tôi 0977.111.222');
    await lan.say(id, 'Anh/Chị khởi động lại giúp em.');
    const find = async (q: string) => list(hoa, `view=all&q=${encodeURIComponent(q)}`);
    await expect.poll(async () => ids(await find('dong bo ky la')), WAIT).toEqual([id]);
    const [row] = (await find('ĐỒNG BỘ')).conversations;
    expect(row?.found).toContain('Đồng Bộ');
    for (const q of ['pham tuyet', 'khoi dong', '0977111222', '+84 977 111 222'])
      expect(ids(await find(q)), q).toEqual([id]);
    expect(ids(await find('0977111223'))).toEqual([]);
    expect(ids(await find('dong bo khong co'))).toEqual([]);
  });
});

describe('out of hours', () => {
  it('nobody is made to wait: a callback is offered, and when the desk is back', async () => {
    const { contact: early, id: waiting, view } = await asking();
    const inThreeDays = new Date(Date.now() + (3 * 24 + 7) * 60 * 60_000);
    const weekday = (inThreeDays.getUTCDay() + 6) % 7;
    const week = [0, 1, 2, 3, 4, 5, 6].map((at) => (at === weekday ? [{ from: '08:00', to: '11:30' }] : []));
    await changeSettings((settings) => ({
      ...settings,
      duty: { enabled: true, week, holidays: false, specialDays: [] },
    }));
    const backAt = `${inThreeDays.toISOString().slice(0, 10)}T01:00:00.000Z`;

    const late = await asking();
    expect(await late.view()).toMatchObject({ status: 'bot', queue: null });
    expect(saidBy(late.answer)).toContain('ngoài giờ trực');
    expect(saidBy(late.answer)).toMatch(/8\s*(giờ|h|:)|08:00/);
    expect(late.answer.choices.some(({ id }) => id.includes('callback'))).toBe(true);

    // Whoever waits already keeps the place, and is told.
    await expect.poll(() => notices(early.heard), WAIT).toHaveLength(1);
    expect(await view()).toMatchObject({ status: 'queued', queue: { backAt } });
    expect((await eventsOf(waiting)).map(({ kind }) => kind)).toEqual(['duty-ended']);

    await changeSettings((settings) => ({
      ...settings,
      duty: { ...settings.duty, week: week.map(() => []) },
    }));
    const never = await asking();
    expect(await never.view()).toMatchObject({ status: 'bot', queue: null });
    expect(saidBy(never.answer)).toContain('ngoài giờ trực');
    await changeSettings((settings) => ({ ...settings, duty: { ...settings.duty, enabled: false } }));
    expect(await (await asking()).view()).toMatchObject({ status: 'queued' });
  });
});

describe('automatic assignment', () => {
  it('gives a conversation to somebody who has room, and tells that one', async () => {
    const before = await list(hoa, 'view=queue');
    for (const { id } of before.conversations) await thuy.finish(id);
    await changeSettings((settings) => ({ ...settings, assignment: 'automatic' }));
    for (const one of [lan, minh, thuy]) await one.command('presence:set', { state: 'away' });
    const { id, view } = await asking();
    const row = await hoa.hear('conversation:assigned', (one) => one.id === id);
    expect(row).toMatchObject({ status: 'active', agent: { id: hoa.account.id } });
    expect(await view()).toMatchObject({ status: 'active', agent: hoa.account.name });
    expect(lan.heard('conversation:assigned')).toEqual([]);
    await changeSettings((settings) => ({ ...settings, assignment: 'manual' }));
    for (const one of [lan, minh, thuy]) await one.command('presence:set', { state: 'online' });
  });
});

describe('whoever is not there any more', () => {
  it('by a revoked session is told so and cut off', async () => {
    const cookie = await signIn(desk.url, minh.account.email, minh.account.password);
    const client = await connectStaff(desk.url, cookie);
    const gone = new Promise<string>((resolve) => client.socket.once('disconnect', resolve));
    const { status } = await callStaff(desk.url, minh.cookie, 'DELETE', '/sessions');
    expect(status).toBe(200);
    await gone;
    expect(client.heard('session:ended')).toHaveLength(1);
    await expect(connectStaff(desk.url, cookie)).rejects.toMatchObject({ data: { code: 'signed_out' } });
    // The one that revoked it goes on.
    await minh.command('presence:set', { state: 'online' });
  });

  it('by a lost connection gives the conversations back in front after the grace time, and the contact is told', async () => {
    await changeSettings((settings) => ({ ...settings, agentGraceSeconds: 1 }));
    const { id, contact, view } = await asking();
    await minh.claim(id);
    minh.close();
    await lan.hear('agents:changed', (agents) => agents.some((one) => one.id === minh.account.id));
    await expect.poll(view, WAIT).toMatchObject({ status: 'queued', queue: { position: 1 }, agent: null });
    expect(notices(contact.heard)).toHaveLength(2);
    expect(await lan.claim(id)).toMatchObject({ agent: { id: lan.account.id } });
    expect((await eventsOf(id)).map(({ kind, by }) => [kind, by?.id])).toEqual([
      ['claimed', minh.account.id],
      ['agent-gone', minh.account.id],
      ['claimed', lan.account.id],
    ]);
    // Those who are there have lost nothing.
    const mine = await list(lan, 'view=mine');
    expect(ids(mine)).toContain(id);
    await changeSettings((settings) => ({ ...settings, agentGraceSeconds: 60 }));
  });
});
