/** Every endpoint and every command of the staff, row by row: who may, and what becomes of those who may not. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Role, role } from '../../src/contracts/permissions.ts';
import { UPLOAD_PATHS } from '../../src/http/http-app.ts';
import { writeSmallCorpus } from '../chaos/small-corpus.ts';
import { type RunningDesk, startDesk } from '../support/desk.ts';
import {
  connectStaff,
  FIRST_ADMIN,
  makeAccount,
  type StaffAccount,
  type StaffClient,
  signIn,
} from '../support/staff-client.ts';

const PUBLIC = 'public';
const EVERYBODY: readonly Role[] = ['agent', 'supervisor', 'editor', 'admin'];
const HANDLERS: readonly Role[] = ['agent', 'supervisor', 'admin'];
const OVERSEERS: readonly Role[] = ['supervisor', 'admin'];
const AUTHORS: readonly Role[] = ['supervisor', 'editor', 'admin'];
const ADMINS: readonly Role[] = ['admin'];
const CURATORS: readonly Role[] = ['supervisor', 'editor', 'admin'];
const EDITORS: readonly Role[] = ['editor', 'admin'];

const ENDPOINTS: Readonly<Record<string, typeof PUBLIC | readonly Role[]>> = {
  'POST /sign-in': PUBLIC,
  'GET /link': PUBLIC,
  'POST /link': PUBLIC,
  'POST /sign-out': EVERYBODY,
  'GET /session': EVERYBODY,
  'GET /sessions': EVERYBODY,
  'DELETE /sessions/:id': EVERYBODY,
  'DELETE /sessions': EVERYBODY,
  'PUT /password': EVERYBODY,
  'POST /totp': EVERYBODY,
  'PUT /totp': EVERYBODY,
  'DELETE /totp': EVERYBODY,
  'GET /accounts': OVERSEERS,
  'POST /accounts': ADMINS,
  'PATCH /accounts/:id': ADMINS,
  'POST /accounts/:id/reset': ADMINS,
  'DELETE /accounts/:id/sessions': ADMINS,
  'GET /audit': ADMINS,
  'GET /audit/export': ADMINS,
  'GET /settings': EVERYBODY,
  'PUT /settings': OVERSEERS,
  'GET /duty/holidays': EVERYBODY,
  'GET /duty/now': EVERYBODY,
  'POST /duty/special-days': OVERSEERS,
  'GET /canned': EVERYBODY,
  'POST /canned': AUTHORS,
  'PUT /canned/:id': AUTHORS,
  'DELETE /canned/:id': AUTHORS,
  'GET /offices': EVERYBODY,
  'POST /offices': EDITORS,
  'GET /offices/:code': EVERYBODY,
  'PUT /offices/:code': EDITORS,
  'DELETE /offices/:code': EDITORS,
  'GET /office-names': EVERYBODY,
  'GET /office-table': EVERYBODY,
  'GET /office-table/template': EVERYBODY,
  'POST /office-table': EDITORS,
  'POST /office-table/lots': EDITORS,
  'POST /attachments': HANDLERS,
  'GET /conversations': HANDLERS,
  'GET /archive': OVERSEERS,
  'GET /archive/:id': HANDLERS,
  'POST /archive/:id/restore': OVERSEERS,
  'POST /retention/preview': OVERSEERS,
  'GET /suggestions': HANDLERS,
  'POST /proposals': EVERYBODY,
  'GET /answers': HANDLERS,
  'GET /curation/unanswered': AUTHORS,
  'GET /curation/unanswered-count': AUTHORS,
  'GET /curation/unanswered/:id': AUTHORS,
  'POST /curation/unanswered/:id/teach': EDITORS,
  'POST /curation/unanswered/:id/entry': EDITORS,
  'POST /curation/unanswered/:id/lexicon': EDITORS,
  'POST /curation/unanswered/:id/ignore': EDITORS,
  'POST /curation/unanswered/:id/undo': EDITORS,
  'GET /curation/doctor': AUTHORS,
  'POST /curation/doctor': EDITORS,
  'PUT /marks': EVERYBODY,
  'GET /curation/confirmed': AUTHORS,
  'DELETE /curation/confirmed/:id': EDITORS,
  'GET /board': OVERSEERS,
  'GET /tickets': HANDLERS,
  'GET /tickets/counts': HANDLERS,
  'GET /tickets/export': OVERSEERS,
  'GET /tickets/:code': HANDLERS,
  'POST /tickets': HANDLERS,
  'POST /tickets/bulk': HANDLERS,
  'POST /tickets/:code/changes': HANDLERS,
  'POST /tickets/:code/replies': HANDLERS,
  'POST /tickets/:code/notes': HANDLERS,
  'POST /tickets/:code/merge': HANDLERS,
  'POST /tickets/:code/reveal': HANDLERS,
  'DELETE /tickets/:code/contact-data': ADMINS,
  'GET /ticket-filters': HANDLERS,
  'POST /ticket-filters': HANDLERS,
  'DELETE /ticket-filters/:id': HANDLERS,
  'GET /mail': ADMINS,
  'POST /mail/:id/retry': ADMINS,
  'GET /mail/templates': EVERYBODY,
  'POST /mail/preview': EVERYBODY,
  'POST /mail/test': OVERSEERS,
  'GET /calls': HANDLERS,
  'POST /calls': HANDLERS,
  'GET /calls/caller': HANDLERS,
  'GET /calls/:id': HANDLERS,
  'PATCH /calls/:id': HANDLERS,
  'POST /calls/:id/finish': HANDLERS,
  'POST /calls/:id/reveal': HANDLERS,
  'GET /curation/drafts': CURATORS,
  'POST /curation/drafts': EDITORS,
  'GET /curation/drafts/:id': CURATORS,
  'PATCH /curation/drafts/:id': EDITORS,
  'DELETE /curation/drafts/:id': EDITORS,
  'POST /curation/drafts/:id/restore': EDITORS,
  'POST /curation/drafts/:id/comments': CURATORS,
  'GET /curation/drafts/:id/check': CURATORS,
  'POST /curation/drafts/:id/check': EDITORS,
  'GET /curation/drafts/:id/notes': CURATORS,
  'POST /curation/drafts/:id/publish': EDITORS,
  'GET /curation/releases': CURATORS,
  'POST /curation/releases/:number/live': EDITORS,
  'POST /curation/drafts/:id/revert': EDITORS,
  'POST /curation/drafts/:id/keep': EDITORS,
  'GET /curation/entries': CURATORS,
  'GET /curation/entries/:entry': CURATORS,
  'PUT /curation/entries/:entry': EDITORS,
  'POST /curation/intents/:intent/phrases': EDITORS,
  'POST /curation/phrases/move': EDITORS,
  'PUT /curation/topics/:topic': EDITORS,
  'PUT /curation/documents/:letter': EDITORS,
  'POST /curation/feedback': CURATORS,
  'GET /curation/lexicon': CURATORS,
  'PUT /curation/lexicon': EDITORS,
  'POST /curation/lexicon/preview': EDITORS,
  'GET /curation/phrase-table': CURATORS,
  'POST /curation/phrase-table': EDITORS,
  'POST /curation/phrase-table/lots': EDITORS,
  'GET /analytics/overview': AUTHORS,
  'GET /analytics/content': AUTHORS,
  'GET /analytics/definitions': AUTHORS,
  'GET /analytics/staff': OVERSEERS,
  'GET /analytics/conversations': OVERSEERS,
  'GET /analytics/export': OVERSEERS,
  'GET /incidents': EVERYBODY,
  'GET /incidents/now': EVERYBODY,
  'GET /incidents/intents': EVERYBODY,
  'GET /incidents/:id': EVERYBODY,
  'POST /incidents': OVERSEERS,
  'PUT /incidents/:id': OVERSEERS,
  'POST /incidents/:id/end': OVERSEERS,
  'POST /incidents/:id/tell': OVERSEERS,
  'POST /incidents/suspicions/:id/dismiss': OVERSEERS,
};

const COMMANDS: Readonly<Record<string, readonly Role[]>> = {
  'desk:enter': HANDLERS,
  'presence:set': HANDLERS,
  'conversation:open': HANDLERS,
  'conversation:leave': HANDLERS,
  'conversation:claim': HANDLERS,
  'conversation:takeOver': OVERSEERS,
  'conversation:join': OVERSEERS,
  'conversation:transfer': HANDLERS,
  'conversation:close': HANDLERS,
  'message:send': HANDLERS,
  'note:add': HANDLERS,
  'history:read': HANDLERS,
  'value:reveal': HANDLERS,
  'contact:reveal': HANDLERS,
  'draft:save': HANDLERS,
  'typing:set': HANDLERS,
  'read:mark': HANDLERS,
  'call:live': HANDLERS,
  'call:accept': HANDLERS,
  'call:decline': HANDLERS,
  'call:resume': HANDLERS,
  'call:signal': HANDLERS,
  'call:end': HANDLERS,
  'call:report': HANDLERS,
};

/** Has the look of a session's. */
const MADE_UP = `vssid_desk_session=${'a'.repeat(43)}`;
const NOBODYS = 'f'.repeat(24);
/** Right for the contract, and of nothing that there is: a command is parsed before its sender is looked up. */
const BODIES: Readonly<Record<string, object>> = {
  'desk:enter': {},
  'presence:set': { state: 'online' },
  'conversation:transfer': { id: NOBODYS, to: { kind: 'bot' } },
  'conversation:close': { id: NOBODYS, reason: 'Khác' },
  'message:send': { id: NOBODYS, clientId: 'permission', text: 'xin chào' },
  'note:add': { id: NOBODYS, clientId: 'permission', text: 'xin chào' },
  'history:read': { id: NOBODYS, before: 1 },
  'value:reveal': { id: NOBODYS, seq: 1 },
  'draft:save': { id: NOBODYS, text: '' },
  'typing:set': { id: NOBODYS, typing: false },
  'read:mark': { id: NOBODYS, seq: 1 },
  'call:live': {},
  'call:accept': { call: NOBODYS, page: 'permission' },
  'call:decline': { call: NOBODYS },
  'call:resume': { call: NOBODYS, page: 'permission' },
  'call:signal': { call: NOBODYS, signal: { kind: 'held', held: true } },
  'call:end': { call: NOBODYS, reason: 'hung-up' },
  'call:report': {
    call: NOBODYS,
    quality: { packetsLost: 0, jitterMs: 0, roundTripMs: null, level: 'good' },
  },
};

let root: string;
let desk: RunningDesk;
let admin: string;
const accounts = new Map<Role, StaffAccount>();
const cookies = new Map<Role, string>();

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'permissions-'));
  await writeSmallCorpus(root);
  desk = await startDesk({ root, firstAdmin: FIRST_ADMIN });
  admin = await signIn(desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
  for (const one of role.options)
    accounts.set(one, await makeAccount(desk.url, admin, { name: `Người ${one}`, role: one }));
});
afterAll(async () => {
  await desk?.stop();
  await rm(root, { recursive: true, force: true });
});

/** A call that harms nothing: whatever it names does not exist, and what it says cannot be read. */
async function call(
  endpoint: string,
  cookie: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; code: string | null }> {
  const [method = '', at = ''] = endpoint.split(' ');
  const isUpload = method === 'POST' && UPLOAD_PATHS.has(`/staff${at}`);
  const body = method === 'GET' || isUpload ? null : '{}';
  const response = await fetch(`${desk.url}/api/v1/staff${at.replace(':id', NOBODYS)}`, {
    method,
    headers: {
      'content-type': isUpload ? 'multipart/form-data; boundary=none' : 'application/json',
      ...(cookie === '' ? {} : { cookie }),
      ...headers,
    },
    body,
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, code: isJson ? (JSON.parse(text).error?.code ?? null) : null };
}

/** @param isNew whatever there was before */
async function cookieOf(one: Role, isNew = false): Promise<string> {
  const known = cookies.get(one);
  if (known !== undefined && !isNew) return known;
  const { email, password } = accounts.get(one)!;
  const cookie = await signIn(desk.url, email, password);
  cookies.set(one, cookie);
  return cookie;
}

/** Signing out and the like end the session: whoever comes next gets a new one, and only then is the answer looked at. */
async function callAs(one: Role, endpoint: string, headers: Readonly<Record<string, string>> = {}) {
  const said = await call(endpoint, await cookieOf(one), headers);
  return said.code === 'signed_out' ? call(endpoint, await cookieOf(one, true), headers) : said;
}

it('covers every endpoint and every command that there is, and none besides', () => {
  const { routes, commands } = desk.app.staffDesk;
  const endpoints = routes.map(({ method, path: at }) => `${method.toUpperCase()} ${at}`);
  expect(endpoints.sort()).toEqual(Object.keys(ENDPOINTS).sort());
  expect(commands.map(({ name }) => name).sort()).toEqual(Object.keys(COMMANDS).sort());
});

describe.each(Object.entries(ENDPOINTS))('%s', (endpoint, allowed) => {
  const isChange = !endpoint.startsWith('GET ');

  it(
    allowed === PUBLIC ? 'is open to whoever is not signed in' : `is for ${allowed.join(', ')}`,
    async () => {
      if (allowed === PUBLIC) {
        expect(['signed_out', 'forbidden']).not.toContain((await call(endpoint, '')).code);
        return;
      }
      expect(await call(endpoint, '')).toEqual({ status: 401, code: 'signed_out' });
      expect(await call(endpoint, MADE_UP)).toEqual({ status: 401, code: 'signed_out' });
      for (const one of role.options) {
        const { status, code } = await callAs(one, endpoint);
        if (allowed.includes(one)) {
          expect(['signed_out', 'forbidden', 'cross_site', 'password_change_required'], one).not.toContain(
            code,
          );
          expect(status, one).toBeLessThan(500);
        } else expect({ status, code }, one).toEqual({ status: 403, code: 'forbidden' });
      }
    },
  );

  it.runIf(isChange)('is not for pages of other sites', async () => {
    const refused = { status: 403, code: 'cross_site' };
    expect(await callAs('admin', endpoint, { origin: 'https://elsewhere.example' })).toEqual(refused);
    expect(await callAs('admin', endpoint, { 'sec-fetch-site': 'cross-site' })).toEqual(refused);
    expect(await callAs('admin', endpoint, { 'sec-fetch-site': 'same-site', origin: desk.url })).toEqual(
      refused,
    );
  });
});

describe('commands', () => {
  it.each(role.options)('of an account with the role %s', async (one) => {
    if (!COMMANDS['desk:enter']!.includes(one)) {
      await expect(connectStaff(desk.url, await cookieOf(one, true))).rejects.toMatchObject({
        data: { code: 'forbidden' },
      });
      return;
    }
    const client: StaffClient = await connectStaff(desk.url, await cookieOf(one, true));
    for (const [name, allowed] of Object.entries(COMMANDS)) {
      const body = BODIES[name] ?? { id: NOBODYS };
      const code = await client.command(name as never, body).then(
        () => null,
        (error: { ack?: { code: string } }) => error.ack?.code ?? String(error),
      );
      if (!allowed.includes(one)) expect(code, name).toBe('forbidden');
      else expect([null, 'conversation_not_found', 'call_not_found'], name).toContain(code);
    }
    client.close();
  });

  it.each([
    ['who is not signed in', '', {}, 'signed_out'],
    ['with a cookie that was made up', MADE_UP, {}, 'signed_out'],
    ['of a page of another site', null, { origin: 'https://elsewhere.example' }, 'cross_site'],
  ])('are not taken of somebody %s', async (_name, cookie, headers, code) => {
    const shown = cookie ?? (await cookieOf('admin', true));
    await expect(connectStaff(desk.url, shown, headers)).rejects.toMatchObject({ data: { code } });
  });

  it('are refused from the moment on at which the role is lost', async () => {
    const demoted = await makeAccount(desk.url, admin, { name: 'Người đổi việc', role: 'supervisor' });
    const client = await connectStaff(desk.url, await signIn(desk.url, demoted.email, demoted.password));
    const response = await fetch(`${desk.url}/api/v1/staff/accounts/${demoted.id}`, {
      method: 'PATCH',
      headers: { cookie: admin, 'content-type': 'application/json' },
      body: JSON.stringify({ role: 'agent' }),
    });
    expect(response.status).toBe(200);
    const code = await client.command('conversation:join', { id: NOBODYS }).then(
      () => null,
      (error: { ack?: { code: string }; message: string }) => error.ack?.code ?? 'cut off',
    );
    expect(['forbidden', 'signed_out', 'cut off']).toContain(code);
    client.close();
  });
});
