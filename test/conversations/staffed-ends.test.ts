/** How a conversation with a person ends, what is kept of it, and what happens when nobody is there. */
import { SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newClientId } from '../support/chat-client.ts';
import { callStaff, connectStaff, signIn } from '../support/staff-client.ts';
import {
  asking,
  audited,
  changeSettings,
  closeStaffedDesk,
  desk,
  eventsOf,
  hangUp,
  hoa,
  ids,
  lan,
  list,
  minh,
  notices,
  openStaffedDesk,
  refusedWith,
  SECRET,
  saidBy,
  served,
  thuy,
  visit,
  WAIT,
} from './staffed-desk.ts';

beforeAll(openStaffedDesk);
afterAll(closeStaffedDesk);
afterEach(hangUp);

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
    // Three digits alone stand in some hashes.
    expect(JSON.stringify(entries.at(-1))).not.toMatch(/654\D*321/);
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
