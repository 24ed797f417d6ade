/** A contact and several of the staff on one desk, with real sockets and a real store: from asking to helping. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { MessageView } from '../../src/contracts/chat.ts';
import { newClientId } from '../support/chat-client.ts';
import { connectStaff, makeAccount } from '../support/staff-client.ts';
import {
  admin,
  asking,
  audited,
  closeStaffedDesk,
  database,
  desk,
  eventsOf,
  hangUp,
  hoa,
  ids,
  lan,
  list,
  type Member,
  notices,
  openStaffedDesk,
  refusedWith,
  SKILL,
  served,
  thuy,
  visit,
  WAIT,
} from './staffed-desk.ts';

beforeAll(openStaffedDesk);
afterAll(closeStaffedDesk);
afterEach(hangUp);

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
