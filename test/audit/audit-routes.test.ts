import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createConnection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuditRoutes } from '../../src/audit/audit.routes.ts';
import { type AuditEntry, type AuditFact, chain } from '../../src/audit/audit.ts';
import { type AuditLog, createAuditLog } from '../../src/audit/audit-log.ts';
import { createAuditStore } from '../../src/audit/audit-store.ts';
import type { AuditPage } from '../../src/contracts/audit.ts';
import type { Role } from '../../src/contracts/permissions.ts';
import { createErrorHandler } from '../../src/http/error-handler.ts';
import { createStaffRouter } from '../../src/http/staff-route.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';

const FACT: AuditFact = {
  actor: { id: 'a1', name: '=HYPERLINK("http://evil.example")' },
  action: 'settings.changed',
  subject: 'settings',
  details: { note: 'một, "hai"\nba' },
  address: null,
};

let database: TestDatabase;
let connection: Awaited<ReturnType<ReturnType<typeof createConnection>['asPromise']>>;
let audit: AuditLog;
let server: Server;
let url: string;
let role: Role = 'admin';
beforeAll(async () => {
  database = await openDatabase();
  connection = await createConnection(database.uri).asPromise();
  audit = createAuditLog({
    store: createAuditStore(connection),
    now: () => new Date('2027-02-13T10:00:00Z'),
  });
  const app = express();
  const caller = { id: 'a7', name: 'Cam', session: 's', address: '10.0.0.1', mustChangePassword: false };
  app.use(
    createStaffRouter({
      routes: createAuditRoutes({ audit }),
      findStaff: async () => ({ ...caller, role }),
    }),
  );
  server = app.use(createErrorHandler(() => false, createLogger('silent'))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const name of ['=1+1', '+84', '-1', '@SUM', '\tx', 'Bưởi', "O'Neil"])
    await audit.append({ ...FACT, actor: { id: 'a1', name } });
  await audit.append(FACT);
});
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await connection?.destroy();
  await database?.drop();
});

describe('the audit log over REST', () => {
  it('is read by admins alone', async () => {
    for (role of ['agent', 'supervisor', 'editor'] as const)
      for (const path of ['/audit', '/audit/export']) expect((await fetch(url + path)).status).toBe(403);
    role = 'admin';
    const page = (await (await fetch(`${url}/audit?action=settings.changed`)).json()) as AuditPage;
    expect(page.hasMore).toBe(false);
    expect(page.entries[0]).toEqual({
      ...FACT,
      number: 8,
      at: '2027-02-13T10:00:00.000Z',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it.each(['action=nothing', 'from=yesterday', 'before=x', 'other=1'])('refuses %s', async (query) => {
    const response = await fetch(`${url}/audit?${query}`);
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { error: { code: 'invalid_request' } },
    ]);
  });

  it('is exported as a table in which nothing runs, and that is in the log', async () => {
    const response = await fetch(`${url}/audit/export?action=settings.changed`);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename=nhat-ky-kiem-toan.csv');
    const text = Buffer.from(await response.arrayBuffer()).toString('utf8');
    expect(text).toMatch(/^\ufeffnumber,at,actor,actorName,action,subject,details,address,hash\r\n8,/);
    expect(text.split('\r\n')[1]).toContain(
      String.raw`8,2027-02-13T10:00:00.000Z,a1,"'=HYPERLINK(""http://evil.example"")",settings.changed,settings,"{""note"":""một, \""hai\""\nba""}",,`,
    );
    const names = text.split('\r\n').slice(2, 9);
    expect(names.map((row) => row.split(',')[3])).toEqual([
      `"O'Neil"`,
      'Bưởi',
      `"'\tx"`,
      `"'@SUM"`,
      `"'-1"`,
      `"'+84"`,
      `"'=1+1"`,
    ]);
    const [last] = (await audit.list({})).entries;
    expect(last).toMatchObject({
      actor: { id: 'a7', name: 'Cam' },
      action: 'audit.exported',
      details: { action: 'settings.changed' },
      address: '10.0.0.1',
    });
  });

  it('is exported in full, however long', async () => {
    const seen = 1_001;
    const store = createAuditStore(connection);
    const entries: AuditEntry[] = [];
    for (let head = (await store.findLast())!; entries.length < seen; head = entries.at(-1)!)
      entries.push(chain(head, { ...FACT, action: 'value.revealed' }, head.at));
    await Promise.all(entries.map(store.insert));
    const text = await (await fetch(`${url}/audit/export?action=value.revealed`)).text();
    const rows = text.split('\r\n').slice(1, -1);
    expect(new Set(rows.map((row) => Number(row.split(',')[0]))).size).toBe(seen);
    expect((await audit.verify()).fault).toBeNull();
  });
});
