import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ActiveSessionList } from '../../src/contracts/staff.ts';
import {
  ADMIN,
  type Client,
  openStaffDesk,
  PASSWORD,
  type StaffDesk,
  sessionOf,
  tokenOf,
} from './staff-desk.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let desk: StaffDesk;
let admin: Client;
let joined = 0;
let agent: { id: string; email: string };
beforeAll(async () => {
  desk = await openStaffDesk();
});
afterAll(() => desk?.close());
beforeEach(async () => {
  admin = await desk.admin();
  agent = await desk.join(admin, `nhan.vien${++joined}@bhxh.gov.vn`, 'agent');
});

/** A client that has signed in as the agent. */
async function signedIn(): Promise<Client> {
  const client = desk.client();
  sessionOf(await client.signIn(agent.email, PASSWORD));
  return client;
}

async function statusOf(client: Client): Promise<number> {
  return (await client.send('GET', '/session')).status;
}

describe('a session', () => {
  it('tells who is signed in and what they may', async () => {
    const session = sessionOf(await (await signedIn()).send('GET', '/session'));
    expect(session).toMatchObject({
      account: { email: agent.email, role: 'agent' },
      mustChangePassword: false,
    });
    expect(session.permissions).toContain('conversations.handle');
    expect(session.permissions).not.toContain('accounts.manage');
  });

  it('ends after twelve hours without use, not with it', async () => {
    const idle = await signedIn();
    const used = await signedIn();
    desk.forward(11 * HOUR_MS);
    expect(await statusOf(used)).toBe(200);
    desk.forward(HOUR_MS);
    expect(await statusOf(used)).toBe(200);
    expect(await statusOf(idle)).toBe(401);
  });

  it('ends after seven days, however much it is used', async () => {
    const client = await signedIn();
    const statuses: number[] = [];
    for (let days = 0.4; days < 7.4; days += 0.4) {
      desk.forward(0.4 * 24 * HOUR_MS);
      statuses.push(await statusOf(client));
    }
    expect(statuses.slice(0, 17)).toEqual(Array.from({ length: 17 }, () => 200));
    expect(statuses[17]).toBe(401);
  });

  it('notes its use once a minute', async () => {
    const client = await signedIn();
    const used = async (): Promise<string | undefined> =>
      (await client.get<ActiveSessionList>('/sessions')).sessions[0]?.lastUsedAt;
    const first = await used();
    desk.forward(MINUTE_MS - 1);
    expect(await used()).toBe(first);
    desk.forward(1);
    await used();
    expect(await used()).toBe(desk.now().toISOString());
  });

  it('is listed with the others of the account, and ended by any of them', async () => {
    const [one, other] = [await signedIn(), await signedIn()];
    const { sessions } = await one.get<ActiveSessionList>('/sessions');
    expect(sessions.map(({ current }) => current).sort()).toEqual([false, true]);
    const ended: object[] = [];
    desk.staff.sessions.events.on('sessionEnded', (told) => ended.push(told));
    const session = sessions.find(({ current }) => !current)!.id;
    expect(await one.send('DELETE', `/sessions/${session}`)).toMatchObject({ status: 200 });
    expect([await statusOf(one), await statusOf(other)]).toEqual([200, 401]);
    expect(ended).toEqual([{ session, account: agent.id }]);
    for (const gone of [session, 'x', (await admin.get<ActiveSessionList>('/sessions')).sessions[0]!.id]) {
      const again = await one.send('DELETE', `/sessions/${gone}`);
      expect(again).toMatchObject({ status: 404, body: { error: { code: 'session_not_found' } } });
    }
  });

  it('ends all others at a word', async () => {
    const clients = [await signedIn(), await signedIn(), await signedIn()];
    await clients[0]!.send('DELETE', '/sessions');
    expect(await Promise.all(clients.map(statusOf))).toEqual([200, 401, 401]);
  });

  it('of somebody is ended by an admin', async () => {
    const client = await signedIn();
    expect(await admin.send('DELETE', `/accounts/${agent.id}/sessions`)).toMatchObject({ status: 200 });
    expect(await statusOf(client)).toBe(401);
    expect((await desk.audited('session.revoked')).at(-1)).toMatchObject({ subject: `account:${agent.id}` });
  });
});

describe('what changes in an account', () => {
  it('counts at the next request', async () => {
    const client = await signedIn();
    expect(await client.send('GET', '/accounts')).toMatchObject({ status: 403 });
    await admin.send('PATCH', `/accounts/${agent.id}`, { role: 'supervisor' });
    expect(await client.send('GET', '/accounts')).toMatchObject({ status: 200 });
    expect(await client.send('PATCH', `/accounts/${agent.id}`, { role: 'admin' })).toMatchObject({
      status: 403,
    });
  });

  it('ends all sessions when it is disabled, for good', async () => {
    const clients = [await signedIn(), await signedIn()];
    const ended: string[] = [];
    desk.staff.sessions.events.on('sessionEnded', ({ account }) => ended.push(account));
    await admin.send('PATCH', `/accounts/${agent.id}`, { disabled: true });
    expect(ended).toEqual([agent.id, agent.id]);
    await admin.send('PATCH', `/accounts/${agent.id}`, { disabled: false });
    expect(await Promise.all(clients.map(statusOf))).toEqual([401, 401]);
    expect(await statusOf(await signedIn())).toBe(200);
  });

  it('counts for sessions even when the server died before it could end them', async () => {
    const client = await signedIn();
    const accounts = desk.database.client.db().collection('staff_accounts');
    await accounts.updateOne({ email: agent.email }, { $inc: { generation: 1 } });
    expect(await statusOf(client)).toBe(401);
    expect(await desk.staff.sessions.list(agent.id)).toEqual([]);
  });
});

describe('a new password', () => {
  const NEXT = 'một mật khẩu mới hẳn';

  it('ends every other session and moves this one to a new cookie', async () => {
    const [one, other] = [await signedIn(), await signedIn()];
    const before = one.cookie();
    const answer = await one.send('PUT', '/password', { current: PASSWORD, next: NEXT });
    const { session } = sessionOf(answer);
    expect(answer.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/);
    expect(one.cookie()).not.toBe(before);
    expect((await one.get<{ session: string }>('/session')).session).toBe(session);
    expect(await statusOf(other)).toBe(401);
    expect((await desk.client().send('GET', '/session', undefined, { cookie: before })).status).toBe(401);
    expect(await desk.client().signIn(agent.email, PASSWORD)).toMatchObject({ status: 401 });
    expect(await desk.client().signIn(agent.email, NEXT)).toMatchObject({ status: 200 });
  });

  it('is refused when the current one is wrong, and when it is no new one, too short or too long', async () => {
    const client = await signedIn();
    for (const [current, next, status, code] of [
      ['sai', NEXT, 403, 'password_wrong'],
      [PASSWORD, PASSWORD, 400, 'password_unchanged'],
      [PASSWORD, 'ngắn quá', 400, 'password_too_short'],
      [PASSWORD, 'dài'.repeat(70), 400, 'password_too_long'],
    ] as const) {
      const answer = await client.send('PUT', '/password', { current, next });
      expect(answer).toMatchObject({ status, body: { error: { code } } });
    }
    expect(await statusOf(client)).toBe(200);
  });

  it('cannot be set by one who found a signed-in browser and guesses the current one', async () => {
    const client = await signedIn();
    const statuses: number[] = [];
    for (let at = 0; at < 11; at++)
      statuses.push((await client.send('PUT', '/password', { current: 'sai', next: NEXT })).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 403), 429]);
  });

  it('is set by link: that ends all sessions too', async () => {
    const client = await signedIn();
    const reset = await admin.send('POST', `/accounts/${agent.id}/reset`, {});
    const token = tokenOf((reset.body as unknown as { link: string }).link);
    expect(await statusOf(client)).toBe(200);
    await desk.client().send('POST', '/link', { token, password: NEXT });
    expect(await statusOf(client)).toBe(401);
  });
});

describe('another site', () => {
  it.each([
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site', origin: 'https://evil.bhxh.gov.vn' }],
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
  ])('changes nothing with the cookie of somebody: %j', async (headers: Record<string, string>) => {
    const client = await signedIn();
    for (const [method, path, body] of [
      ['POST', '/sign-out', {}],
      ['DELETE', '/sessions', undefined],
      ['PUT', '/password', { current: PASSWORD, next: 'mật khẩu của kẻ gian' }],
      ['POST', '/sign-in', ADMIN],
    ] as const) {
      const answer = await client.send(method, path, body, headers);
      expect(answer, path).toMatchObject({ status: 403, body: { error: { code: 'cross_site' } } });
    }
    expect(await statusOf(client)).toBe(200);
  });

  it('is not our own, which may', async () => {
    const client = await signedIn();
    const headers = { 'sec-fetch-site': 'same-origin', origin: desk.url };
    expect(await client.send('POST', '/sign-out', {}, headers)).toMatchObject({ status: 200 });
  });
});
