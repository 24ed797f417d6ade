/** Attacks on a running desk, one family after the other. */
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { png } from '../attachments/samples.ts';
import { writeSmallCorpus } from '../chaos/small-corpus.ts';
import { type ChatClient, connectChat, newToken } from '../support/chat-client.ts';
import { type RunningDesk, startDesk } from '../support/desk.ts';
import { createReadableLog } from '../support/log.ts';
import { callStaff, connectStaff, FIRST_ADMIN, type StaffClient, signIn } from '../support/staff-client.ts';

const NOBODYS = 'f'.repeat(24);
const log = createReadableLog();
let root: string;
let desk: RunningDesk;
let admin: string;
let staff: StaffClient;
let contact: ChatClient;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'attacks-'));
  await writeSmallCorpus(root);
  desk = await startDesk({
    root,
    firstAdmin: FIRST_ADMIN,
    logger: log.logger,
    allowedOrigins: ['https://a.vn'],
  });
  admin = await signIn(desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
  staff = await connectStaff(desk.url, admin);
  contact = await connectChat(desk.url);
  await contact.open();
});
afterAll(async () => {
  contact?.close();
  staff?.close();
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
/** As it is written: fetch would tidy the address up. */
const getRaw = (at: string): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(desk.url);
    const asking = httpRequest({ hostname, port, path: at }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (some: string) => {
        text += some;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asking.on('error', reject).end();
  });

const OPERATORS = [
  { $ne: null },
  { $gt: '' },
  { $regex: '.*' },
  { $where: 'sleep(5000)' },
  ['a'],
  [{ $ne: 1 }],
];

describe('operators of the database in place of a text', () => {
  it.each(OPERATORS.map((operator) => [JSON.stringify(operator), operator] as const))(
    '%s opens nothing over HTTP',
    async (_name, operator) => {
      const bodies: [string, object][] = [
        ['/staff/sign-in', { email: operator, password: operator }],
        ['/staff/sign-in', { email: FIRST_ADMIN.email, password: operator }],
        ['/staff/link', { token: operator, password: 'một câu dài mà ai cũng nhớ' }],
        ['/tickets/lookup', { code: operator, contact: operator }],
        ['/tickets', { kind: operator, key: operator, content: operator, phone: operator }],
        ['/answers', { text: operator }],
        ['/answers', { text: 'a', context: { lastIntent: operator } }],
      ];
      for (const [at, body] of bodies) {
        const response = await post(at, JSON.stringify(body));
        expect([400, 401], `${at} ${await response.text()}`).toContain(response.status);
      }
    },
  );

  it('opens nothing in query strings and addresses', async () => {
    for (const query of ['view[$ne]=x', 'view=queue&q[$regex]=.*', 'view=queue&view[$gt]=', 'view[]=queue']) {
      const { status } = await callStaff(desk.url, admin, 'GET', `/conversations?${query}`);
      expect([200, 400], query).toContain(status);
    }
    for (const id of ['{"$ne":null}', '[$ne]', '$where', '%00', '../accounts'])
      for (const at of ['/accounts/ID/sessions', '/canned/ID', '/curation/drafts/ID']) {
        const address = at.replace('ID', encodeURIComponent(id));
        const { status } = await callStaff(desk.url, admin, 'DELETE', address);
        expect([400, 404], address).toContain(status);
      }
  });

  it.each(OPERATORS.map((operator) => [JSON.stringify(operator), operator] as const))(
    '%s opens nothing over sockets',
    async (_name, operator) => {
      expect(await refusalOf(contact.command('conversation:open', { after: operator }))).toBe(
        'invalid_request',
      );
      expect(await refusalOf(contact.command('history:read', { before: operator }))).toBe('invalid_request');
      expect(await refusalOf(contact.command('message:rate', { seq: operator, helpful: true }))).toBe(
        'invalid_request',
      );
      const sent = contact.command('message:send', { clientId: operator, text: 'xin chào' });
      expect(await refusalOf(sent)).toBe('invalid_request');
      for (const name of [
        'conversation:open',
        'conversation:claim',
        'conversation:join',
        'contact:reveal',
      ] as const)
        expect(await refusalOf(staff.command(name, { id: operator })), name).toBe('invalid_request');
    },
  );
});

it('no body changes the prototype of everything', async () => {
  const polluting = [
    '{"__proto__":{"polluted":true},"text":"xin chào"}',
    '{"constructor":{"prototype":{"polluted":true}},"text":"xin chào"}',
    '{"text":"xin chào","context":{"__proto__":{"polluted":true}}}',
  ];
  const cookie = { cookie: admin };
  for (const body of polluting) {
    for (const { method, path: at } of desk.app.staffDesk.routes) {
      if (method === 'get' || at.startsWith('/sign-out') || at.includes('sessions')) continue;
      await fetch(`${desk.url}/api/v1/staff${at.replace(/:\w+/g, NOBODYS)}`, {
        method: method.toUpperCase(),
        headers: { 'content-type': 'application/json', ...cookie },
        body,
      });
    }
    for (const at of ['/answers', '/tickets', '/tickets/lookup']) await post(at, body);
    const parsed = JSON.parse(body) as object;
    await refusalOf(contact.command('conversation:open', parsed));
    for (const { name } of desk.app.staffDesk.commands) await refusalOf(staff.command(name, parsed));
  }
  await fetch(`${desk.url}/api/v1/faq?__proto__[polluted]=1&constructor[prototype][polluted]=1`);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  const settings = await callStaff<{ revision: number; settings: object }>(
    desk.url,
    admin,
    'GET',
    '/settings',
  );
  const { status } = await callStaff(desk.url, admin, 'PUT', '/settings', {
    revision: settings.body.revision,
    settings: { ...settings.body.settings, ...JSON.parse('{"__proto__":{"polluted":true}}') },
  });
  expect([200, 400]).toContain(status);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

describe('pages of other sites', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'cannot post a form as %s',
    async (type) => {
      for (const at of ['/staff/sign-out', '/staff/accounts', '/answers', '/tickets']) {
        const response = await post(at, '{"text":"a"}', { 'content-type': type, cookie: admin });
        expect(response.status, at).toBe(415);
      }
    },
  );

  it.each(['https://evil.example', 'https://a.vn', 'null', 'https://a.vn.evil.example'])(
    'at %s get no leave to read anything, and change nothing',
    async (origin) => {
      for (const at of ['/faq', '/staff/session', '/staff/accounts', '/conversation/messages']) {
        const asked = await fetch(`${desk.url}/api/v1${at}`, { headers: { origin, cookie: admin } });
        expect(asked.headers.get('access-control-allow-origin'), at).toBeNull();
        const preflight = await fetch(`${desk.url}/api/v1${at}`, {
          method: 'OPTIONS',
          headers: {
            origin,
            'access-control-request-method': 'POST',
            'access-control-request-headers': 'content-type',
          },
        });
        expect(preflight.headers.get('access-control-allow-origin'), at).toBeNull();
      }
      const polled = await fetch(`${desk.url}/socket.io/?EIO=4&transport=polling`, { headers: { origin } });
      expect(polled.headers.get('access-control-allow-origin')).toBeNull();
      const changed = await post('/staff/sign-out', '{}', { origin, cookie: admin });
      expect(changed.status).toBe(403);
      await expect(connectStaff(desk.url, admin, { origin })).rejects.toMatchObject({
        data: { code: 'cross_site' },
      });
    },
  );
});

describe('addresses that climb out of their folder', () => {
  const UP = ['../', '..%2f', '%2e%2e/', '%2e%2e%2f', '..\\', '..%5c', '....//', '%252e%252e%252f', '..;/'];
  const SECRETS = /"private": true|root:.*:0:0:|createApp/;

  it.each([
    '/',
    '/media/',
    '/chat-assets/',
    '/console-assets/',
    '/api/docs/',
    '/api/v1/attachments/',
    '/console/',
    '/api/v1/faq/',
  ])('%s lead nowhere', async (start) => {
    for (const up of UP)
      for (const target of ['package.json', 'src/app.ts', 'data/data.mdb', 'etc/passwd']) {
        const { status, text } = await getRaw(`${start}${up.repeat(8)}${target}`);
        expect(status, `${start}${up}${target}`).toBeLessThan(500);
        expect(text).not.toMatch(SECRETS);
      }
    for (const odd of [
      '%00',
      'a%00.js',
      '%',
      '%zz',
      '%c0%ae%c0%ae/',
      '.env',
      '.git/config',
      'file:///etc/passwd',
    ]) {
      const { status, text } = await getRaw(`${start}${odd}`);
      expect(status, `${start}${odd}`).toBeLessThan(500);
      expect(text).not.toMatch(SECRETS);
    }
  });
});

describe('bodies that are too much', () => {
  it('are refused before they are read: long, packed, and deep', async () => {
    expect((await post('/answers', JSON.stringify({ text: 'a'.repeat(40_000) }))).status).toBe(413);
    const packed = gzipSync(JSON.stringify({ text: 'a'.repeat(50_000_000) }));
    const bomb = await fetch(`${desk.url}/api/v1/answers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: packed,
    });
    expect(bomb.status).toBe(413);
    const deep = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);
    expect((await post('/answers', deep(16_000, '[', ']'))).status).toBe(400);
    expect((await post('/answers', `{"text":${deep(15_000, '[', ']')}}`)).status).toBe(400);
    for (const at of ['/staff/settings', '/staff/mail/preview', '/staff/curation/drafts']) {
      const response = await post(at, `{"a":${deep(200_000, '[', ']')}}`, { cookie: admin });
      expect(response.status, at).toBeLessThan(500);
    }
    expect((await fetch(`${desk.url}/healthz`)).status).toBe(200);
  });

  it('end the connection of who sends them over a socket, and nobody else’s', async () => {
    const flooder = await connectChat(desk.url);
    const cut = new Promise<void>((resolve) => flooder.socket.once('disconnect', () => resolve()));
    flooder.socket.emit('conversation:open', { text: 'a'.repeat(100_000) } as never, () => undefined);
    await cut;
    expect(await refusalOf(contact.command('history:read', {}))).toBe('done');
  });

  it('are pictures of a billion dots: kept as the bytes they are, never unpacked', async () => {
    const picture = Buffer.from(png());
    // Width and height of its header.
    picture.writeUInt32BE(50_000, 16);
    picture.writeUInt32BE(50_000, 20);
    const form = new FormData();
    form.append('file', new Blob([Uint8Array.from(picture)]), 'x.png');
    const upload = await fetch(`${desk.url}/api/v1/conversation/attachments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${contact.token}` },
      body: form,
    });
    const { url, size } = (await upload.json()) as { url: string; size: number };
    expect([upload.status, size]).toEqual([201, picture.length]);
    const back = await fetch(`${desk.url}/api/v1/${url}`);
    expect(Buffer.from(await back.arrayBuffer())).toEqual(picture);
  });
});

it('packets that are none end their connection alone', async () => {
  for (const packet of [
    '4',
    '42',
    '42["message:send"',
    '42/chat,["__proto__",{}]',
    `42/chat,1["conversation:open",{"after":${'['.repeat(15_000)}${']'.repeat(15_000)}}]`,
    `42/chat,2["history:read",${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}]`,
    '451-["a",{"_placeholder":true,"num":9}]',
    '40/nowhere,',
    '9',
  ]) {
    const socket = io(`${desk.url}/chat`, {
      auth: { token: newToken() },
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
    });
    await new Promise((resolve) => socket.once('connect', () => resolve(null)));
    const raw = (socket.io.engine.transport as unknown as { ws: { send: (data: string) => void } }).ws;
    raw.send(packet);
    socket.disconnect();
  }
  for (const name of [
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'disconnecting',
    'newListener',
  ])
    expect(['unknown_command', 'Error'], name).toContain(
      (
        await refusalOf(
          (
            contact.socket.timeout(3_000) as unknown as {
              emitWithAck: (...said: unknown[]) => Promise<unknown>;
            }
          )
            .emitWithAck(name, {})
            .then((ack) => {
              const { ok, error } = ack as { ok: boolean; error?: { code: string } };
              if (!ok) throw Object.assign(new Error('refused'), { ack: error });
            }),
        )
      ).split(':')[0],
    );
  expect(await refusalOf(contact.command('history:read', {}))).toBe('done');
});

it('none of it was an error of the desk', () => {
  expect(log.lines().filter(({ level }) => level >= 50)).toEqual([]);
});
