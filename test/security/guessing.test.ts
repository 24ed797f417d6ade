/** Sessions that are planted, and guessing at what is another's. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { png } from '../attachments/samples.ts';
import { writeSmallCorpus } from '../chaos/small-corpus.ts';
import { type ChatClient, connectChat, newClientId, newToken } from '../support/chat-client.ts';
import { type RunningDesk, startDesk } from '../support/desk.ts';
import { callStaff, FIRST_ADMIN, signIn } from '../support/staff-client.ts';

let root: string;
let desk: RunningDesk;
let admin: string;
let contact: ChatClient;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'guessing-'));
  await writeSmallCorpus(root);
  desk = await startDesk({ root, firstAdmin: FIRST_ADMIN });
  admin = await signIn(desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
  contact = await connectChat(desk.url);
  await contact.open();
});
afterAll(async () => {
  contact?.close();
  await desk?.stop();
  await rm(root, { recursive: true, force: true });
});

const post = (at: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${desk.url}/api/v1${at}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
const refusalOf = (doing: Promise<unknown>): Promise<string> =>
  doing.then(
    () => 'done',
    (error: { ack?: { code: string } }) => error.ack?.code ?? String(error),
  );

describe('a session', () => {
  it('is a new one at each signing in, whatever cookie was planted before', async () => {
    const planted = `vssid_desk_session=${'p'.repeat(43)}`;
    const response = await post('/staff/sign-in', JSON.stringify(FIRST_ADMIN), { cookie: planted });
    const [set = ''] = response.headers.getSetCookie();
    const given = set.split(';')[0]!;
    expect(given).not.toBe(planted);
    expect(set).toMatch(/HttpOnly/);
    expect(set).toMatch(/SameSite=Strict/);
    expect((await callStaff(desk.url, planted, 'GET', '/session')).status).toBe(401);
    const second = await signIn(desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
    expect(new Set([given, second, admin]).size).toBe(3);
    await callStaff(desk.url, second, 'POST', '/sign-out', {});
    expect((await callStaff(desk.url, second, 'GET', '/session')).status).toBe(401);
    expect((await callStaff(desk.url, given, 'GET', '/session')).status).toBe(200);
  });
});

describe('guessing', () => {
  const said = async (at: string, body: object) => {
    const response = await post(at, JSON.stringify(body));
    return { status: response.status, body: await response.text() };
  };

  it('does not tell which accounts there are', async () => {
    const wrong = { password: 'một mật khẩu nào đó' };
    const there = await said('/staff/sign-in', { email: FIRST_ADMIN.email, ...wrong });
    expect(there.status).toBe(401);
    expect(await said('/staff/sign-in', { email: 'ai.do@bhxh.example', ...wrong })).toEqual(there);
  });

  it('does not tell which tickets there are', async () => {
    const made = await post(
      '/tickets',
      JSON.stringify({
        key: newClientId(),
        kind: 'feedback',
        content: 'Ứng dụng chạy chậm quá',
        name: 'Lan',
        phone: '0912345678',
        email: '',
      }),
    );
    const { ticket } = (await made.json()) as { ticket: { code: string } };
    expect(made.status).toBe(201);
    const there = await said('/tickets/lookup', { code: ticket.code, contact: '0987654321' });
    expect(there.status).toBe(404);
    expect(await said('/tickets/lookup', { code: 'GY-222222', contact: '0912345678' })).toEqual(there);
  });

  it('does not reach another contact’s conversation, messages or files', async () => {
    const other = await connectChat(desk.url);
    const { conversation } = await other.open();
    const own = await contact.command('conversation:open', {
      id: conversation.id,
      conversation: conversation.id,
    });
    expect(own.conversation.id).not.toBe(conversation.id);
    const form = new FormData();
    form.append('file', new Blob([Uint8Array.from(png())]), 'a.png');
    const upload = await fetch(`${desk.url}/api/v1/conversation/attachments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${other.token}` },
      body: form,
    });
    const { id } = (await upload.json()) as { id: string };
    const taken = contact.command('message:send', {
      clientId: newClientId(),
      text: 'ảnh đây',
      attachments: [id],
    });
    expect(await refusalOf(taken)).toBe('attachment_not_found');
    const nearby = `${desk.url}/api/v1/attachments/${id.slice(0, 24)}.${'A'.repeat(22)}`;
    expect((await fetch(nearby)).status).toBe(404);
    const stranger = await fetch(`${desk.url}/api/v1/conversation/messages`, {
      headers: { authorization: `Bearer ${newToken()}` },
    });
    expect(await stranger.json()).toEqual({ messages: [], hasMore: false });
    other.close();
  });
});
