import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { open } from 'lmdb';
import { mongo } from 'mongoose';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkStore, formatChecks } from '../../src/storage/check-store.ts';
import { openTestStore, startCommand } from './stores.ts';

describe('store:check', () => {
  it('finds nothing wrong with indexes of every kind', async () => {
    const { db } = await openTestStore();
    const tickets = db.collection('tickets');
    await tickets.insertMany([{ code: 'A', tags: ['x', 'y', 'x'] }, { code: 'B', tags: [] }, { code: 'C' }]);
    await tickets.createIndex({ code: 1 }, { unique: true });
    await tickets.createIndex({ tags: 1 });
    await tickets.createIndex({ email: 1 }, { sparse: true });
    await tickets.createIndex({ agent: 1 }, { partialFilterExpression: { code: 'A' } });
    await db.createCollection('empty');

    const checks = await checkStore(db);

    expect(checks).toEqual([
      { name: 'empty', documents: 0, indexes: 1, problems: [] },
      { name: 'tickets', documents: 3, indexes: 5, problems: [] },
    ]);
    expect(formatChecks(checks).split('\n')).toEqual([
      'collection  documents  indexes  verdict',
      'empty               0        1  right',
      'tickets             3        5  right',
    ]);
  });

  it('finds an index entry that was lost in the file, says what to do and ends with 1', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'moving-broken-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const { startEmbeddedMongo } = await import('../../src/embedded-mongo/embedded-mongo.ts');
    const server = await startEmbeddedMongo({ folder });
    const client = await mongo.MongoClient.connect(server.uri);
    const tickets = client.db('vssid').collection('tickets');
    await tickets.createIndex({ code: 1 });
    await tickets.insertMany([{ code: 'A' }, { code: 'B' }]);
    await client.close();
    await server.close();
    const file = open({
      path: path.join(folder, 'store.mdb'),
      noSubdir: true,
      keyEncoding: 'binary',
      maxDbs: 4,
    });
    const entries = file.openDB('entries', { encoding: 'binary', keyEncoding: 'binary' });
    const [first] = [...entries.getKeys()];
    await entries.remove(first!);
    await file.close();

    const { code, output } = await startCommand('check', [], { MONGODB_URI: '', DATA_DIR: folder }).ended;

    expect(code).toBe(1);
    expect(output).toMatch(/tickets +2 +2 +\d wrong/);
    expect(output).toMatch(/index code_1/);
    expect(output).toContain('store:export');
  });
});
