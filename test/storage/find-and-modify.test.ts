import { type Document, ObjectId } from 'mongodb';
import { describe, expect } from 'vitest';
import { expectFailure, openStorage, type Row } from '../support/storage.ts';

const storage = await openStorage('find-and-modify');
const { db, it } = storage;

const queue = (): Row[] => [
  { _id: 1, state: 'queued', priority: 1 },
  { _id: 2, state: 'queued', priority: 3 },
  { _id: 3, state: 'queued', priority: 2 },
  { _id: 4, state: 'closed', priority: 9 },
];

describe('findOneAndUpdate', () => {
  it('takes the first by sort order and gives it as it was', async () => {
    const rows = await storage.collection(queue());
    const taken = await rows.findOneAndUpdate(
      { state: 'queued' },
      { $set: { state: 'active' } },
      { sort: { priority: -1 } },
    );
    expect(taken).toEqual({ _id: 2, state: 'queued', priority: 3 });
    expect(await rows.distinct('_id', { state: 'active' })).toEqual([2]);
  });

  it('gives the document after the change when asked', async () => {
    const rows = await storage.collection(queue());
    const options = {
      returnDocument: 'after',
      sort: { priority: 1 },
      projection: { state: 1, _id: 0 },
    } as const;
    const taken = await rows.findOneAndUpdate({ state: 'queued' }, { $set: { state: 'active' } }, options);
    expect(taken).toEqual({ state: 'active' });
  });

  it('finds the old value and stores the new one when the update moves the document out of the filter', async () => {
    const rows = await storage.collection([{ _id: 1, n: 1 }]);
    const step = () => rows.findOneAndUpdate({ n: 1 }, { $inc: { n: 1 } }, { returnDocument: 'after' });
    expect(await step()).toEqual({ _id: 1, n: 2 });
    expect(await step()).toBeNull();
  });

  it('gives null for nothing', async () => {
    const rows = await storage.collection(queue());
    expect(await rows.findOneAndUpdate({ state: 'lost' }, { $set: { a: 1 } })).toBeNull();
  });

  it('upserts: null before, the document after', async () => {
    const rows = await storage.collection();
    const upsert = (key: string, returnDocument: 'before' | 'after') =>
      rows.findOneAndUpdate({ _id: key }, { $inc: { seq: 1 } }, { upsert: true, returnDocument });
    expect(await upsert('a', 'before')).toBeNull();
    expect(await upsert('b', 'after')).toEqual({ _id: 'b', seq: 1 });
    expect(await upsert('b', 'after')).toEqual({ _id: 'b', seq: 2 });
  });

  it('counts without a gap when many ask for the next number', async () => {
    const rows = await storage.collection();
    const next = () =>
      rows.findOneAndUpdate({ _id: 'seq' }, { $inc: { n: 1 } }, { upsert: true, returnDocument: 'after' });
    const given = await Promise.all(Array.from({ length: 50 }, next));
    const inOrder = given.map((row) => row?.['n']).sort((one, other) => one - other);
    expect(inOrder).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
  });

  it('reports what happened when asked for the details', async () => {
    const rows = await storage.collection([{ _id: 1, a: 1 }]);
    const options = { includeResultMetadata: true } as const;
    expect(await rows.findOneAndUpdate({ _id: 1 }, { $set: { a: 2 } }, options)).toMatchObject({
      ok: 1,
      value: { _id: 1, a: 1 },
      lastErrorObject: { n: 1, updatedExisting: true },
    });
    expect(
      await rows.findOneAndUpdate({ _id: 2 }, { $set: { a: 2 } }, { ...options, upsert: true }),
    ).toMatchObject({ value: null, lastErrorObject: { n: 1, updatedExisting: false, upserted: 2 } });
    expect(await rows.findOneAndUpdate({ _id: 3 }, { $set: { a: 2 } }, options)).toMatchObject({
      value: null,
      lastErrorObject: { n: 0, updatedExisting: false },
    });
  });

  it('takes pipelines and array filters', async () => {
    const rows = await storage.collection([{ _id: 1, list: [1, 5], n: 2 }]);
    await rows.findOneAndUpdate({ _id: 1 }, [{ $set: { n: { $add: ['$n', 1] } } }]);
    const after = await rows.findOneAndUpdate(
      { _id: 1 },
      { $set: { 'list.$[big]': 0 } },
      { arrayFilters: [{ big: { $gt: 3 } }], returnDocument: 'after' },
    );
    expect(after).toEqual({ _id: 1, list: [1, 0], n: 3 });
  });

  it('fails on a duplicate key and changes nothing', async () => {
    const rows = await storage.collection([
      { _id: 1, code: 'a' },
      { _id: 2, code: 'b' },
    ]);
    await rows.createIndex({ code: 1 }, { unique: true });
    await expectFailure(11000, rows.findOneAndUpdate({ _id: 2 }, { $set: { code: 'a' } }));
    expect(await rows.findOne({ _id: 2 })).toEqual({ _id: 2, code: 'b' });
  });
});

describe('findOneAndReplace', () => {
  it('replaces and keeps _id', async () => {
    const rows = await storage.collection(queue());
    const options = { returnDocument: 'after', sort: { priority: 1 } } as const;
    expect(await rows.findOneAndReplace({}, { a: 1 }, options)).toEqual({ _id: 1, a: 1 });
  });

  it('upserts with a new _id', async () => {
    const rows = await storage.collection();
    const stored = await rows.findOneAndReplace(
      { k: 1 },
      { a: 1 },
      { upsert: true, returnDocument: 'after' },
    );
    expect(stored).toEqual({ _id: expect.any(ObjectId), a: 1 });
  });
});

describe('findOneAndDelete', () => {
  it('deletes the first by sort order and gives it', async () => {
    const rows = await storage.collection(queue());
    const options = { sort: { priority: -1 }, projection: { priority: 1 } } as const;
    expect(await rows.findOneAndDelete({ state: 'queued' }, options)).toEqual({ _id: 2, priority: 3 });
    expect(await rows.countDocuments()).toBe(3);
    expect(await rows.findOneAndDelete({ state: 'lost' })).toBeNull();
  });
});

describe('findAndModify that makes no sense', () => {
  const cases: readonly [string, Document][] = [
    ['update and remove at once', { update: { $set: { a: 1 } }, remove: true }],
    ['neither update nor remove', {}],
    ['the document after a removal', { remove: true, new: true }],
    ['an upsert that removes', { remove: true, upsert: true }],
  ];
  for (const [name, fields] of cases) {
    it(`refuses ${name}`, async () => {
      const rows = await storage.collection([{ _id: 1 }]);
      await expectFailure(9, db.command({ findAndModify: rows.collectionName, query: {}, ...fields }));
      expect(await rows.countDocuments()).toBe(1);
    });
  }
});
