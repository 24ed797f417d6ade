import { execFile } from 'node:child_process';
import path from 'node:path';
import fc from 'fast-check';
import { createConnection } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AuditFact, type AuditHead, writeCanonical } from '../../src/audit/audit.ts';
import { type AuditLog, createAuditLog } from '../../src/audit/audit-log.ts';
import { createAuditStore } from '../../src/audit/audit-store.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import type { Row } from '../support/storage.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FACT: AuditFact = {
  actor: { id: 'a1', name: 'Trần Thị Bưởi' },
  action: 'account.changed',
  subject: 'account:a2',
  details: { before: { role: 'agent' }, after: { role: 'admin' } },
  address: '113.160.0.1',
};

let database: TestDatabase;
let connections: Awaited<ReturnType<ReturnType<typeof createConnection>['asPromise']>>[];
let now = new Date('2027-02-13T10:00:00Z');
let logs: AuditLog[];
beforeAll(async () => {
  database = await openDatabase();
  connections = await Promise.all([1, 2].map(() => createConnection(database.uri).asPromise()));
  logs = connections.map((connection) =>
    createAuditLog({ store: createAuditStore(connection), now: () => now }),
  );
  await connections[0]!.model('AuditEntry').createIndexes();
});
afterAll(async () => {
  for (const connection of connections ?? []) await connection.destroy();
  await database?.drop();
});
beforeEach(async () => {
  await entriesOf().deleteMany({});
});

const log = (): AuditLog => logs[0]!;
/** The collection, to be tampered with. */
const entriesOf = () => database.client.db().collection<Row>('audit_log');

async function write(count: number, fact: AuditFact = FACT): Promise<AuditHead> {
  for (let at = 0; at < count; at++) await log().append({ ...fact, subject: `account:${at}` });
  return (await log().verify()).head!;
}

describe('the audit log', () => {
  it('numbers its entries without gaps, also when two processes write at once', async () => {
    await Promise.all(
      Array.from({ length: 60 }, (_, at) => logs[at % 2]!.append({ ...FACT, subject: `account:${at}` })),
    );
    const { entries, fault } = await log().verify();
    expect({ entries, fault }).toEqual({ entries: 60, fault: null });
    expect(await entriesOf().distinct('subject')).toHaveLength(60);
  });

  it('holds whatever can be told, as it was told', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()),
        fc.string({ unit: 'binary' }),
        async (details, subject) => {
          await log().append({ ...FACT, details, subject });
          expect((await log().verify()).fault).toBeNull();
          const [last] = (await log().list({})).entries;
          expect(writeCanonical(last!.details)).toBe(writeCanonical(JSON.parse(JSON.stringify(details))));
        },
      ),
      { numRuns: 30, examples: [[{ 'a.b': 1, $set: { '': null } }, '\ud800']] },
    );
  });

  it('spells the same value in the same way, whatever the order of its keys', () => {
    expect(writeCanonical({ b: [{ d: 1, c: 2 }], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
  });

  it('fails where an entry cannot be written', async () => {
    const away = createAuditLog({
      store: { ...createAuditStore(connections[0]!), insert: () => Promise.reject(new Error('away')) },
    });
    await expect(away.append(FACT)).rejects.toThrow('away');
  });

  it('is read page by page and by filter, days as in Việt Nam', async () => {
    now = new Date('2027-02-12T16:59:59Z');
    await write(1);
    now = new Date('2027-02-12T17:00:00Z');
    await write(51, { ...FACT, actor: null, action: 'session.failed' });
    now = new Date('2027-02-13T17:00:00Z');
    await write(1, { ...FACT, actor: { id: 'a9', name: 'Cam' } });
    const first = await log().list({});
    expect(first.entries.map(({ number }) => number)).toEqual(Array.from({ length: 50 }, (_, at) => 53 - at));
    expect(first.hasMore).toBe(true);
    const second = await log().list({ before: 4 });
    expect([second.entries.map(({ number }) => number), second.hasMore]).toEqual([[3, 2, 1], false]);
    const numbers = async (query: object): Promise<number[]> => {
      const found: number[] = [];
      for await (const { number } of log().walk(query)) found.push(number);
      return found;
    };
    expect(await numbers({ from: '2027-02-13', to: '2027-02-13' })).toHaveLength(51);
    expect(await numbers({ to: '2027-02-12' })).toEqual([1]);
    expect(await numbers({ from: '2027-02-14' })).toEqual([53]);
    expect(await numbers({ actor: 'a9' })).toEqual([53]);
    expect(await numbers({ action: 'account.changed' })).toEqual([53, 1]);
  });
});

describe('tampering', () => {
  const set = (fields: object) => () => entriesOf().updateOne({ _id: 3 }, { $set: fields });
  const swap = async (): Promise<void> => {
    const [three, four] = await entriesOf()
      .find({ _id: { $in: [3, 4] } })
      .sort({ _id: 1 })
      .toArray();
    await entriesOf().replaceOne({ _id: 3 }, { ...four, _id: 3 });
    await entriesOf().replaceOne({ _id: 4 }, { ...three, _id: 4 });
  };
  const putBetween = async (): Promise<void> => {
    const three = await entriesOf().findOne({ _id: 3 });
    await entriesOf().insertOne({ ...three, _id: 3.5 });
  };
  it.each<[string, number, string, () => Promise<unknown>]>([
    ['an altered field', 3, 'altered', set({ subject: 'x' })],
    ['altered details', 3, 'altered', set({ details: '{"after":{"role":"agent"}}' })],
    ['details that are none', 3, 'altered', set({ details: '{' })],
    ['an altered time', 3, 'altered', set({ at: new Date(0) })],
    ['a time that is none', 3, 'altered', set({ at: 'x' })],
    ['an altered actor', 3, 'altered', set({ actor: null })],
    ['an altered hash', 3, 'altered', set({ hash: 'x' })],
    ['an entry removed from the middle', 3, 'missing', () => entriesOf().deleteOne({ _id: 3 })],
    ['the first one removed', 1, 'missing', () => entriesOf().deleteOne({ _id: 1 })],
    ['two entries swapped', 3, 'altered', swap],
    ['an entry put between', 4, 'stray', putBetween],
    ['a document of another kind', 6, 'stray', () => entriesOf().insertOne({ _id: 'x', note: 'hello' })],
  ])('is found: %s', async (_name, number, kind, tamper) => {
    await write(5);
    await tamper();
    const { fault, entries } = await log().verify();
    expect({ fault, entries }).toEqual({ fault: { number, kind }, entries: number - 1 });
  });

  it('by cutting off the end is found by whoever noted the head before', async () => {
    const head = await write(5);
    await write(2);
    expect((await log().verify(head)).fault).toBeNull();
    await entriesOf().deleteMany({ _id: { $gt: 4 } });
    expect((await log().verify()).fault).toBeNull();
    expect((await log().verify(head)).fault).toEqual({ number: 5, kind: 'missing' });
  });

  it('by writing all of it anew is found by whoever noted a head before', async () => {
    const head = await write(5);
    await entriesOf().deleteMany({});
    await write(6, { ...FACT, address: null });
    expect((await log().verify()).fault).toBeNull();
    expect((await log().verify(head)).fault).toEqual({ number: 5, kind: 'altered' });
  });
});

describe('npm run audit:verify', () => {
  const verify = (...given: string[]): Promise<{ code: number; out: string; err: string }> =>
    new Promise((resolve) => {
      execFile(
        process.execPath,
        ['--import', 'tsx', 'src/audit/verify-audit.cli.ts', ...given],
        { cwd: ROOT, env: { ...process.env, MONGODB_URI: database.uri } },
        (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
      );
    });

  it('prints how many entries there are and the head, which it takes again', async () => {
    const { number, hash } = await write(3);
    const first = await verify('--expect', `${number}:${hash}`);
    expect(first).toMatchObject({ code: 0, out: `3 entries are right\nhead ${number}:${hash}\n` });
    await entriesOf().deleteOne({ _id: 3 });
    const cut = await verify('--expect', `${number}:${hash}`);
    expect(cut).toMatchObject({ code: 1, out: expect.stringContaining('2 entries are right') });
    expect(cut.err).toContain('Entry 3 is missing.');
  });

  it('says how it is called', async () => {
    expect(await verify('--expect', '3')).toMatchObject({ code: 2, err: expect.stringContaining('Usage: ') });
  });
});
