import { describe, expect, vi } from 'vitest';
import { expectFailure, openStorage } from '../support/storage.ts';

const storage = await openStorage('ttl', { ttlIntervalMs: 50 });
const { db, it } = storage;

const EMBEDDED = {
  engines: ['embedded'],
  because: 'other servers look for expired documents once a minute',
} as const;
const anHourAgo = () => new Date(Date.now() - 3_600_000);
const inAnHour = () => new Date(Date.now() + 3_600_000);

describe('an index with a time to live', () => {
  it('says so when listed', async () => {
    const rows = await storage.collection([{ _id: 1 }]);
    await rows.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    expect((await rows.listIndexes().toArray())[1]).toMatchObject({ name: 'at_1', expireAfterSeconds: 60 });
  });

  it('is changed by collMod, which tells the old and the new time', async () => {
    const rows = await storage.collection([{ _id: 1 }]);
    await rows.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    const index = { keyPattern: { at: 1 }, expireAfterSeconds: 120 };
    const reply = await db.command({ collMod: rows.collectionName, index });
    expect(reply).toMatchObject({ ok: 1, expireAfterSeconds_old: 60, expireAfterSeconds_new: 120 });
    await db.command({ collMod: rows.collectionName, index: { name: 'at_1', expireAfterSeconds: 180 } });
    expect((await rows.listIndexes().toArray())[1]).toMatchObject({ expireAfterSeconds: 180 });
  });

  it('is not changed by collMod when it is not there', async () => {
    const rows = await storage.collection([{ _id: 1 }]);
    const index = { keyPattern: { at: 1 }, expireAfterSeconds: 120 };
    await expectFailure(27, db.command({ collMod: rows.collectionName, index }));
  });

  it(
    'takes expired documents away and leaves the others',
    async () => {
      const rows = await storage.collection();
      await rows.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
      await rows.insertMany([
        { _id: 'expired', at: anHourAgo() },
        { _id: 'expired by its earliest date', at: [inAnHour(), anHourAgo()] },
        { _id: 'not yet', at: inAnHour() },
        { _id: 'fresh', at: new Date() },
        { _id: 'no date', at: 'hôm qua' },
        { _id: 'a number', at: 1 },
        { _id: 'null', at: null },
        { _id: 'missing' },
      ]);
      await vi.waitFor(async () => {
        expect(await rows.distinct('_id')).toEqual([
          'a number',
          'fresh',
          'missing',
          'no date',
          'not yet',
          'null',
        ]);
      }, 20_000);
    },
    EMBEDDED,
  );

  it(
    'of zero seconds expires at the date itself',
    async () => {
      const rows = await storage.collection();
      await rows.createIndex({ expires: 1 }, { expireAfterSeconds: 0 });
      await rows.insertMany([
        { _id: 1, expires: anHourAgo() },
        { _id: 2, expires: inAnHour() },
      ]);
      await vi.waitFor(async () => expect(await rows.distinct('_id')).toEqual([2]), 20_000);
    },
    EMBEDDED,
  );

  it(
    'that is partial leaves what it is not about',
    async () => {
      const rows = await storage.collection();
      await rows.createIndex({ at: 1 }, { expireAfterSeconds: 0, partialFilterExpression: { draft: true } });
      await rows.insertMany([
        { _id: 1, at: anHourAgo(), draft: true },
        { _id: 2, at: anHourAgo(), draft: false },
      ]);
      await vi.waitFor(async () => expect(await rows.distinct('_id')).toEqual([2]), 20_000);
    },
    EMBEDDED,
  );

  it(
    'made later takes what has expired by then',
    async () => {
      const rows = await storage.collection([{ _id: 1, at: anHourAgo() }, { _id: 2 }]);
      await rows.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
      await vi.waitFor(async () => expect(await rows.distinct('_id')).toEqual([2]), 20_000);
    },
    EMBEDDED,
  );
});
