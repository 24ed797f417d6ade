/** The staff's endpoints on a real store, behind real HTTP, with clients that keep their cookie as browsers do. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createConnection } from 'mongoose';
import { expect } from 'vitest';
import { createAuditLog } from '../../src/audit/audit-log.ts';
import { createAuditStore } from '../../src/audit/audit-store.ts';
import { createAccountStore } from '../../src/auth/staff/account-store.ts';
import { createSessionStore } from '../../src/auth/staff/session-store.ts';
import { createSignInAttemptStore } from '../../src/auth/staff/sign-in-attempt-store.ts';
import { createStaffAccountRoutes } from '../../src/auth/staff/staff.routes.ts';
import { createStaff, type Staff } from '../../src/auth/staff/staff.ts';
import type { AuditAction } from '../../src/contracts/audit.ts';
import type { Role } from '../../src/contracts/permissions.ts';
import type { OneTimeLink, SessionView } from '../../src/contracts/staff.ts';
import { createErrorHandler } from '../../src/http/error-handler.ts';
import { createStaffRouter } from '../../src/http/staff-route.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';

export const ADMIN = { email: 'admin@bhxh.gov.vn', password: 'một câu dài dễ nhớ' };
export const PASSWORD = 'mật khẩu của nhân viên';
/** Nothing here has to be protected, and much is hashed. */
const CHEAP = { memoryCost: 8, timeCost: 1, parallelism: 1 };

export interface Answer {
  readonly status: number;
  readonly body: { readonly error?: { readonly code: string; readonly details?: string[] } };
  readonly headers: Headers;
}

export interface Client {
  readonly send: (
    method: string,
    path: string,
    body?: object,
    headers?: Record<string, string>,
  ) => Promise<Answer>;
  /** The body of an answer that must be right. */
  readonly get: <T>(path: string) => Promise<T>;
  readonly signIn: (email: string, password: string, totp?: string) => Promise<Answer>;
  /** As in a `Cookie` header. */
  readonly cookie: () => string;
}

export interface StaffDesk {
  readonly url: string;
  readonly database: TestDatabase;
  readonly staff: Staff;
  /** The same rooms on the same store, as another process has them. */
  readonly restart: () => Promise<void>;
  readonly forward: (ms: number) => void;
  readonly now: () => Date;
  readonly mails: { to: string; text: string }[];
  /** @param address where its calls come from */
  readonly client: (address?: string) => Client;
  /** A client that is signed in as the first admin. */
  readonly admin: () => Promise<Client>;
  /** Invites somebody and takes the invitation. */
  readonly join: (by: Client, email: string, role: Role) => Promise<{ id: string; email: string }>;
  readonly audited: (action: AuditAction) => Promise<Record<string, unknown>[]>;
  readonly close: () => Promise<void>;
}

export async function openStaffDesk(): Promise<StaffDesk> {
  const database = await openDatabase();
  // The database takes expired sessions away by its own clock, so this one begins with that.
  let time = Date.now();
  const now = (): Date => new Date(time);
  const mails: StaffDesk['mails'] = [];
  const key = randomBytes(32);

  const start = async () => {
    const connection = await createConnection(database.uri).asPromise();
    const audit = createAuditLog({ store: createAuditStore(connection), now });
    const staff = createStaff({
      accountStore: createAccountStore(connection),
      sessionStore: createSessionStore(connection),
      attempts: createSignInAttemptStore(connection),
      audit: audit.append,
      openVault: async () => sealer(key),
      isPublicHttps: false,
      now,
      hashCost: CHEAP,
    });
    await Promise.all(Object.values(connection.models).map((model) => model.createIndexes()));
    const app = express();
    app.set('trust proxy', true);
    app.use(express.json());
    app.use(
      '/api/v1/staff',
      createStaffRouter({
        routes: createStaffAccountRoutes({
          staff,
          publicUrl: (request) => `${request.protocol}://${request.get('host')}`,
          async sendMail({ to, text }) {
            mails.push({ to, text });
            return true;
          },
        }),
        findStaff: (request) => staff.findStaff(request.get('cookie'), request.ip ?? ''),
      }),
    );
    app.use(createErrorHandler(() => false, createLogger('silent')));
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const stop = async (): Promise<void> => {
      server.closeAllConnections();
      server.close();
      await connection.destroy();
    };
    return { staff, url, stop };
  };

  let running = await start();
  const client = (address = '113.160.0.1'): Client => {
    let cookie = '';
    const send: Client['send'] = async (method, path, body, headers = {}) => {
      const response = await fetch(`${running.url}/api/v1/staff${path}`, {
        method,
        headers: {
          'x-forwarded-for': address,
          ...(cookie === '' ? {} : { cookie }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const [set] = response.headers.getSetCookie();
      if (set !== undefined) cookie = set.split(';')[0]!;
      return {
        status: response.status,
        body: (await response.json()) as Answer['body'],
        headers: response.headers,
      };
    };
    return {
      send,
      async get<T>(path: string) {
        const { status, body } = await send('GET', path);
        expect(status, JSON.stringify(body)).toBe(200);
        return body as T;
      },
      signIn: (email, password, totp) =>
        send('POST', '/sign-in', { email, password, ...(totp === undefined ? {} : { totp }) }),
      cookie: () => cookie,
    };
  };

  await running.staff.ensureFirstAdmin(ADMIN);
  return {
    get url() {
      return running.url;
    },
    get staff() {
      return running.staff;
    },
    database,
    async restart() {
      await running.stop();
      running = await start();
    },
    forward(ms) {
      time += ms;
    },
    now,
    mails,
    client,
    async admin() {
      const admin = client('10.0.0.1');
      expect(await admin.signIn(ADMIN.email, ADMIN.password)).toMatchObject({ status: 200 });
      return admin;
    },
    async join(by, email, role) {
      const { body } = await by.send('POST', '/accounts', { email, name: `Tên ${email}`, role });
      const { account, link } = body as unknown as OneTimeLink;
      const redeemed = await client('10.0.0.2').send('POST', '/link', {
        token: tokenOf(link),
        password: PASSWORD,
      });
      expect(redeemed).toMatchObject({ status: 200, body: { email } });
      return { id: account.id, email };
    },
    audited: async (action) =>
      (await database.client.db().collection('audit_log').find({ action }).sort({ _id: 1 }).toArray()).map(
        ({ details, ...entry }) => ({ ...entry, details: JSON.parse(details) }),
      ),
    async close() {
      await running.stop();
      await database.drop();
    },
  };
}

export function tokenOf(link: string): string {
  return new URL(link).searchParams.get('token') ?? '';
}

export function sessionOf(answer: Answer): SessionView {
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body as unknown as SessionView;
}

function sealer(key: Buffer): { seal: (text: string) => string; unseal: (sealed: string) => string } {
  return {
    seal(text) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return [iv, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url')).join('.');
    },
    unseal(text) {
      const [iv, sealed, tag] = text.split('.').map((part) => Buffer.from(part, 'base64url'));
      const decipher = createDecipheriv('aes-256-gcm', key, iv!);
      decipher.setAuthTag(tag!);
      return Buffer.concat([decipher.update(sealed!), decipher.final()]).toString('utf8');
    },
  };
}
