/** Floods of every kind against a running desk, and crowds behind one address that are no flood. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { FLOOD_LIMITS, type FloodLimits } from '../../src/kernel/limits.ts';
import { writeSmallCorpus } from '../chaos/small-corpus.ts';
import { type ChatClient, connectChat, newClientId, newToken } from '../support/chat-client.ts';
import { type DeskOptions, postQuestion, type RunningDesk, startDesk } from '../support/desk.ts';
import { createReadableLog } from '../support/log.ts';
import { callStaff, connectStaff, FIRST_ADMIN, signIn } from '../support/staff-client.ts';

let desk: RunningDesk;
let root: string;
let clients: ChatClient[] = [];
async function start(options: DeskOptions = {}): Promise<void> {
  root = await mkdtemp(path.join(tmpdir(), 'limits-'));
  await writeSmallCorpus(root);
  desk = await startDesk({ root, firstAdmin: FIRST_ADMIN, ...options });
}
const few = (change: Partial<FloodLimits>): FloodLimits => ({ ...FLOOD_LIMITS, ...change });
const once = (points: number) => ({ points, windowMs: 3_600_000 });
afterEach(async () => {
  for (const client of clients) client.close();
  clients = [];
  await desk.stop();
  await rm(root, { recursive: true, force: true });
});

async function arrive(): Promise<ChatClient> {
  const client = await connectChat(desk.url);
  clients.push(client);
  return client;
}
/** The code of what was refused, or ok; and when to try again. */
const outcome = (doing: Promise<unknown>): Promise<string> =>
  doing.then(
    () => 'ok',
    (error: {
      ack?: { code: string; retryAfterMs?: number };
      data?: { code: string; retryAfterMs?: number };
    }) => {
      const { code, retryAfterMs } = error.ack ?? error.data ?? { code: String(error) };
      return code === 'too_many_requests' && !(retryAfterMs && retryAfterMs > 0) ? 'no retryAfterMs' : code;
    },
  );
const tally = (outcomes: readonly string[]): Record<string, number> =>
  Object.fromEntries([...new Set(outcomes)].map((one) => [one, outcomes.filter((o) => o === one).length]));

describe('one sender', () => {
  it('is put off after a burst of messages, by the person and not by the connection; nobody else is', async () => {
    await start({ floodLimits: few({ messages: once(5) }) });
    const lan = await arrive();
    await lan.open();
    const again = await connectChat(desk.url, { token: lan.token });
    clients.push(again);
    await again.open();
    const sends = [lan, lan, lan, again, again, again, lan].map(
      (device, at) => () => device.command('message:send', { clientId: newClientId(), text: `câu ${at}` }),
    );
    const outcomes: string[] = [];
    for (const send of sends) outcomes.push(await outcome(send()));
    expect(tally(outcomes)).toEqual({ ok: 5, too_many_requests: 2 });
    // Behind the same address.
    const minh = await arrive();
    await minh.open();
    expect(await outcome(minh.send('quên mật khẩu'))).toBe('ok');
    const { messages } = await lan.open();
    expect(messages.filter(({ author }) => author === 'contact')).toHaveLength(5);
  });

  it('gives no command without an acknowledgement, and is cut off when it does not mind', async () => {
    await start({ floodLimits: few({ commands: once(20) }) });
    const flooder = await arrive();
    await flooder.open();
    const cut = new Promise<void>((resolve) => flooder.socket.once('disconnect', () => resolve()));
    const acks = await Promise.all(
      Array.from({ length: 100 }, () => outcome(flooder.command('typing:set', { typing: true }))),
    );
    expect(tally(acks)).toEqual({ ok: 19, too_many_requests: 81 });
    for (let at = 0; at < 1_000; at++) flooder.socket.emit('typing:set', { typing: true }, () => undefined);
    await cut;
    expect(await outcome(arrive())).toBe('ok');
  });

  it('opens so many fresh conversations', async () => {
    await start({ floodLimits: few({ freshConversations: once(2) }) });
    const lan = await arrive();
    const open = () => outcome(lan.open({ fresh: true }));
    expect([await open(), await open(), await open()]).toEqual(['ok', 'ok', 'too_many_requests']);
    expect(await outcome(lan.open())).toBe('ok');
  });

  it('of the staff floods nobody either', async () => {
    await start({ floodLimits: few({ staffCommands: once(10) }) });
    const cookie = await signIn(desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
    const admin = await connectStaff(desk.url, cookie);
    const acks = await Promise.all(
      Array.from({ length: 30 }, () => outcome(admin.command('presence:set', { state: 'online' }))),
    );
    expect(tally(acks)['too_many_requests']).toBe(21);
    admin.close();
  });
});

describe('one address', () => {
  it('brings so many new contacts; those who are known come back all the same', async () => {
    await start({ floodLimits: few({ newContacts: once(3) }) });
    const outcomes: string[] = [];
    for (let at = 0; at < 5; at++) outcomes.push(await outcome((await arrive()).open()));
    expect(tally(outcomes)).toEqual({ ok: 3, too_many_requests: 2 });
    const back = await connectChat(desk.url, { token: clients[0]!.token });
    clients.push(back);
    expect(await outcome(back.open())).toBe('ok');
  });

  it('connects so often', async () => {
    await start({ floodLimits: few({ connections: once(3) }) });
    const outcomes: string[] = [];
    for (let at = 0; at < 5; at++) outcomes.push(await outcome(arrive()));
    expect(tally(outcomes)).toEqual({ ok: 3, too_many_requests: 2 });
  });

  it('may not go on guessing identities', async () => {
    await start({
      hostAppSecret: 'the host app and the desk know it, 32 bytes',
      floodLimits: few({ refusedCredentials: once(3) }),
    });
    const outcomes: string[] = [];
    for (let at = 0; at < 6; at++) outcomes.push(await outcome(connectChat(desk.url, { identity: 'a.b.c' })));
    expect(tally(outcomes)).toEqual({ identity_invalid: 3, too_many_requests: 3 });
  });

  it('asks so many questions without a conversation, and is told when to come back', async () => {
    await start({ floodLimits: few({ answers: once(3) }) });
    const asked = [];
    for (let at = 0; at < 5; at++) asked.push(await postQuestion(desk.url, { text: 'quên mật khẩu' }));
    expect(asked.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
    expect(Number(asked[4]!.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await asked[4]!.json()).toEqual({
      error: { code: 'too_many_requests', message: expect.any(String), retryAfterMs: expect.any(Number) },
    });
  });

  it('posts so many files and requests, the staff’s endpoints included', async () => {
    await start({ floodLimits: few({ uploads: once(1), requests: once(4) }) });
    const post = () =>
      fetch(`${desk.url}/api/v1/conversation/attachments`, {
        method: 'POST',
        headers: { authorization: `Bearer ${newToken()}` },
        body: new FormData(),
      });
    expect([(await post()).status, (await post()).status]).toEqual([401, 429]);
    const session = () => callStaff(desk.url, '', 'GET', '/session');
    expect([(await session()).status, (await session()).status, (await session()).status]).toEqual([
      401, 401, 429,
    ]);
    expect((await fetch(`${desk.url}/healthz`)).status).toBe(200);
  });
});

describe('where a call comes from', () => {
  const statuses = async (addresses: readonly string[]): Promise<number[]> => {
    const all: number[] = [];
    for (const address of addresses) {
      const response = await fetch(`${desk.url}/api/v1/faq`, { headers: { 'x-forwarded-for': address } });
      all.push(response.status);
    }
    return all;
  };

  it('is not what it says itself', async () => {
    await start({ floodLimits: few({ requests: once(2) }) });
    expect(await statuses(['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'])).toEqual([
      200, 200, 429, 429,
    ]);
  });

  it('is what a trusted proxy says, an IPv6 subscriber being one whatever the last half is', async () => {
    await start({
      trustedProxies: ['127.0.0.1'],
      floodLimits: few({ requests: once(2), connections: once(1) }),
    });
    expect(await statuses(['192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.2'])).toEqual([
      200, 200, 429, 200,
    ]);
    expect(await statuses(['6.6.6.6, 192.0.2.1', '7.7.7.7, 192.0.2.1'])).toEqual([429, 429]);
    expect(await statuses(['2001:db8::1', '2001:db8::2', '2001:db8::3', '2001:db8:0:1::1'])).toEqual([
      200, 200, 429, 200,
    ]);
  });

  it('counts for sockets alike', async () => {
    const log = createReadableLog();
    await start({ trustedProxies: ['1'], floodLimits: few({ connections: once(1) }), logger: log.logger });
    const { io } = await import('socket.io-client');
    const connect = (address: string): Promise<string> =>
      new Promise((resolve) => {
        const socket = io(`${desk.url}/chat`, {
          auth: { token: newToken() },
          extraHeaders: { 'x-forwarded-for': address },
          transports: ['websocket'],
          forceNew: true,
          reconnection: false,
        });
        const end = (said: string) => {
          socket.disconnect();
          resolve(said);
        };
        socket.once('connect', () => end('ok'));
        socket.once('connect_error', (error) =>
          end((error as { data?: { code?: string } }).data?.code ?? '?'),
        );
      });
    expect(await connect('192.0.2.1')).toBe('ok');
    expect(await connect('9.9.9.9, 192.0.2.1')).toBe('too_many_requests');
    expect(await connect('192.0.2.2')).toBe('ok');
    expect(log.text()).not.toContain('192.0.2.');
  });
});
