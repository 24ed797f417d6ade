/** Floods of every kind against a running desk, and crowds behind one address that are no flood. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { writeSmallCorpus } from '../chaos/small-corpus.ts';
import { type ChatClient, connectChat, newClientId, newToken } from '../support/chat-client.ts';
import { type RunningDesk, startDesk } from '../support/desk.ts';
import { createReadableLog } from '../support/log.ts';
import { connectStaff, FIRST_ADMIN } from '../support/staff-client.ts';

const never = (points: number) => ({ points, windowMs: 3_600_000 });
const LIMITS = {
  messages: never(5),
  freshConversations: never(2),
  commands: never(40),
  staffCommands: never(20),
  newContacts: never(3),
  connections: never(8),
  refusedCredentials: never(3),
  requests: never(8),
  answers: never(3),
  uploads: never(1),
};

const log = createReadableLog();
let desk: RunningDesk;
let open: RunningDesk;
let roots: string[] = [];
let clients: ChatClient[] = [];
beforeAll(async () => {
  const start = async (more: object) => {
    const root = await mkdtemp(path.join(tmpdir(), 'limits-'));
    roots.push(root);
    await writeSmallCorpus(root);
    return startDesk({
      root,
      firstAdmin: FIRST_ADMIN,
      hostAppSecret: 'the host app and the desk know it, 32 bytes',
      floodLimits: LIMITS,
      logger: log.logger,
      ...more,
    });
  };
  desk = await start({ trustedProxies: ['127.0.0.1'] });
  open = await start({});
});
afterAll(async () => {
  await desk?.stop();
  await open?.stop();
  for (const root of roots) await rm(root, { recursive: true, force: true });
  roots = [];
});
afterEach(() => {
  for (const client of clients) client.close();
  clients = [];
});

/** Everybody comes through the proxy; each test has addresses of its own. */
const from = (address: string) => ({ 'x-forwarded-for': address });
async function arrive(address: string, token = newToken()): Promise<ChatClient> {
  const client = await connectChat(desk.url, { token }, from(address));
  clients.push(client);
  return client;
}
const call = (at: string, address: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${desk.url}/api/v1${at}`, { ...init, headers: { ...from(address), ...init.headers } });

/** ok, or the code of what was refused: with a time to come back where it is too much. */
const outcome = (doing: Promise<unknown>): Promise<string> =>
  doing.then(
    () => 'ok',
    (error: { ack?: Refusal; data?: Refusal }) => {
      const { code, retryAfterMs = 0 } = error.ack ?? error.data ?? { code: String(error) };
      return code === 'too_many_requests' && retryAfterMs <= 0 ? 'no retryAfterMs' : code;
    },
  );
interface Refusal {
  readonly code: string;
  readonly retryAfterMs?: number;
}
async function tally(count: number, act: (at: number) => Promise<unknown>): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let at = 0; at < count; at++) {
    const said = await outcome(act(at));
    counts[said] = (counts[said] ?? 0) + 1;
  }
  return counts;
}

describe('one sender', () => {
  it('is put off after a burst of messages, on whichever device; nobody else behind the address is', async () => {
    const lan = await arrive('192.0.2.10');
    await lan.open();
    const again = await arrive('192.0.2.10', lan.token);
    await again.open();
    const send = (at: number) =>
      (at % 2 === 0 ? lan : again).command('message:send', { clientId: newClientId(), text: `câu ${at}` });
    expect(await tally(7, send)).toEqual({ ok: 5, too_many_requests: 2 });
    const minh = await arrive('192.0.2.10');
    await minh.open();
    expect(await outcome(minh.send('quên mật khẩu'))).toBe('ok');
    const { messages } = await lan.open();
    expect(messages.filter(({ author }) => author === 'contact')).toHaveLength(5);
  });

  it('gives no command without an acknowledgement, and is cut off when it does not mind', async () => {
    const flooder = await arrive('192.0.2.11');
    await flooder.open();
    const cut = new Promise<void>((resolve) => flooder.socket.once('disconnect', () => resolve()));
    const type = () => flooder.command('typing:set', { typing: true });
    expect(await tally(60, type)).toEqual({ ok: 39, too_many_requests: 21 });
    for (let at = 0; at < 1_000; at++) flooder.socket.emit('typing:set', { typing: true }, () => undefined);
    await cut;
    expect(await outcome(arrive('192.0.2.11'))).toBe('ok');
  });

  it('opens so many fresh conversations', async () => {
    const lan = await arrive('192.0.2.12');
    expect(await tally(3, () => lan.open({ fresh: true }))).toEqual({ ok: 2, too_many_requests: 1 });
    expect(await outcome(lan.open())).toBe('ok');
  });

  it('of the staff floods nobody either', async () => {
    const response = await call('/staff/sign-in', '192.0.2.13', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(FIRST_ADMIN),
    });
    const admin = await connectStaff(desk.url, response.headers.getSetCookie()[0]!.split(';')[0]!);
    const said = await tally(25, () => admin.command('presence:set', { state: 'online' }));
    expect(said).toEqual({ ok: 19, too_many_requests: 6 });
    admin.close();
  });
});

describe('one address', () => {
  it('brings so many new contacts; those who are known come back all the same', async () => {
    const tokens: string[] = [];
    const said = await tally(5, async () => {
      const client = await arrive('192.0.2.20');
      tokens.push(client.token);
      return client.open();
    });
    expect(said).toEqual({ ok: 3, too_many_requests: 2 });
    expect(await outcome((await arrive('192.0.2.20', tokens[0])).open())).toBe('ok');
  });

  it('connects so often', async () => {
    expect(await tally(10, () => arrive('192.0.2.21'))).toEqual({ ok: 8, too_many_requests: 2 });
  });

  it('may not go on guessing identities', async () => {
    const guess = () => connectChat(desk.url, { identity: 'a.b.c' }, from('192.0.2.22'));
    expect(await tally(5, guess)).toEqual({ identity_invalid: 3, too_many_requests: 2 });
  });

  it('asks so many questions without a conversation, and is told when to come back', async () => {
    const ask = () =>
      call('/answers', '192.0.2.23', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"text":"quên mật khẩu"}',
      });
    const asked = [await ask(), await ask(), await ask(), await ask()];
    expect(asked.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(Number(asked[3]!.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await asked[3]!.json()).toEqual({
      error: { code: 'too_many_requests', message: expect.any(String), retryAfterMs: expect.any(Number) },
    });
  });

  it('posts so many files', async () => {
    const post = async () =>
      (await call('/conversation/attachments', '192.0.2.24', { method: 'POST', body: new FormData() }))
        .status;
    expect([await post(), await post()]).toEqual([401, 429]);
  });
});

describe('where a call comes from', () => {
  const statuses = async (url: string, addresses: readonly string[]): Promise<number[]> => {
    const all: number[] = [];
    for (const address of addresses)
      all.push((await fetch(`${url}/api/v1/staff/session`, { headers: from(address) })).status);
    return all;
  };
  const times = (count: number, address: string): string[] => Array.from({ length: count }, () => address);

  it('is what a trusted proxy says, and an IPv6 subscriber is one, whatever the last half', async () => {
    expect(await statuses(desk.url, [...times(9, '192.0.2.30'), '192.0.2.31'])).toEqual([
      ...Array.from({ length: 8 }, () => 401),
      429,
      401,
    ]);
    // What the client wrote itself stands in front.
    expect(await statuses(desk.url, ['6.6.6.6, 192.0.2.30', '7.7.7.7, 192.0.2.30'])).toEqual([429, 429]);
    const subscriber = Array.from({ length: 9 }, (_, at) => `2001:db8::${at + 1}`);
    expect(await statuses(desk.url, [...subscriber, '2001:db8:0:1::1'])).toEqual([
      ...Array.from({ length: 8 }, () => 401),
      429,
      401,
    ]);
    expect((await fetch(`${desk.url}/healthz`)).status).toBe(200);
  });

  it('is not what the client says itself, for requests and sockets alike', async () => {
    const addresses = Array.from({ length: 9 }, (_, at) => `192.0.2.${at + 1}`);
    expect(await statuses(open.url, addresses)).toEqual([...Array.from({ length: 8 }, () => 401), 429]);
    const said = await tally(9, (at) =>
      connectChat(open.url, undefined, from(addresses[at]!)).then((c) => c.close()),
    );
    expect(said).toEqual({ ok: 8, too_many_requests: 1 });
  });

  it('is in no log', () => {
    expect(log.text()).not.toContain('192.0.2.');
  });
});
