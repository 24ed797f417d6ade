import { type Document, ObjectId } from 'mongodb';
import { describe, expect } from 'vitest';
import { expectFailure, openStorage } from '../support/storage.ts';

const storage = await openStorage('updates');
const { db, it } = storage;

describe('updateOne and updateMany', () => {
  it('tell matched from modified', async () => {
    const rows = await storage.collection([
      { _id: 1, a: 1 },
      { _id: 2, a: 1 },
      { _id: 3, a: 2 },
    ]);
    expect(await rows.updateOne({ a: 1 }, { $set: { b: 1 } })).toMatchObject({
      acknowledged: true,
      matchedCount: 1,
      modifiedCount: 1,
      upsertedCount: 0,
      upsertedId: null,
    });
    expect(await rows.updateMany({ a: 1 }, { $set: { b: 1 } })).toMatchObject({
      matchedCount: 2,
      modifiedCount: 1,
    });
    expect(await rows.updateMany({ a: 7 }, { $set: { b: 1 } })).toMatchObject({
      matchedCount: 0,
      modifiedCount: 0,
    });
  });

  it('refuse to change _id and leave the document as it was', async () => {
    const rows = await storage.collection([{ _id: 1, a: 1 }]);
    await expectFailure(66, rows.updateOne({ _id: 1 }, { $set: { _id: 2, a: 5 } }));
    expect(await rows.find().toArray()).toEqual([{ _id: 1, a: 1 }]);
  });

  it('allow setting _id to what it is', async () => {
    const rows = await storage.collection([{ _id: 1, a: 1 }]);
    expect(await rows.updateOne({ a: 1 }, { $set: { _id: 1, a: 2 } })).toMatchObject({ modifiedCount: 1 });
  });

  it('refuse to remove _id', async () => {
    const rows = await storage.collection([{ _id: 1 }]);
    await expectFailure(66, rows.updateOne({ _id: 1 }, { $unset: { _id: '' } }));
  });

  it('of several statements in order stop at the first error', async () => {
    const rows = await storage.collection([{ _id: 1, a: 'text' }]);
    const reply = await db.command({
      update: rows.collectionName,
      updates: [
        { q: { _id: 1 }, u: { $set: { b: 1 } } },
        { q: { _id: 1 }, u: { $inc: { a: 1 } } },
        { q: { _id: 1 }, u: { $set: { c: 1 } } },
      ],
    });
    expect(reply).toMatchObject({ ok: 1, n: 1, nModified: 1, writeErrors: [{ index: 1, code: 14 }] });
    expect(await rows.findOne()).toEqual({ _id: 1, a: 'text', b: 1 });
  });

  it('refuse to replace many documents by one', async () => {
    const rows = await storage.collection([{ _id: 1 }]);
    const updates = [{ q: {}, u: { a: 1 }, multi: true }];
    const reply = await db.command({ update: rows.collectionName, updates });
    expect(reply).toMatchObject({ writeErrors: [{ index: 0, code: 9 }] });
  });

  it('do not mix operators and fields', async () => {
    const rows = await storage.collection([{ _id: 1 }]);
    const reply = await db.command({
      update: rows.collectionName,
      updates: [{ q: { _id: 1 }, u: { $set: { a: 1 }, b: 2 } }],
    });
    expect(reply).toMatchObject({ writeErrors: [{ code: 9 }] });
    expect(await rows.findOne()).toEqual({ _id: 1 });
  });

  it('follow a hint', async () => {
    const rows = await storage.collection([{ _id: 1, a: 1 }]);
    await rows.createIndex({ a: 1 });
    expect(await rows.updateOne({ a: 1 }, { $set: { b: 1 } }, { hint: 'a_1' })).toMatchObject({
      modifiedCount: 1,
    });
    await expectFailure(2, rows.updateOne({ a: 1 }, { $set: { b: 2 } }, { hint: 'nothing_1' }));
  });
});

describe('replaceOne', () => {
  it('replaces all but _id', async () => {
    const rows = await storage.collection([{ _id: 1, a: 1, b: 2 }]);
    expect(await rows.replaceOne({ a: 1 }, { c: 3 })).toMatchObject({ matchedCount: 1, modifiedCount: 1 });
    expect(await rows.findOne()).toEqual({ _id: 1, c: 3 });
  });

  it('by the same is no modification', async () => {
    const rows = await storage.collection([{ _id: 1, a: 1 }]);
    expect(await rows.replaceOne({ _id: 1 }, { a: 1 })).toMatchObject({ matchedCount: 1, modifiedCount: 0 });
  });

  it('refuses another _id', async () => {
    const rows = await storage.collection([{ _id: 1, a: 1 }]);
    await expectFailure(66, rows.replaceOne({ a: 1 }, { _id: 2, a: 1 } as Document));
  });
});

const upserts: readonly {
  name: string;
  filter: Document;
  update: Document | Document[];
  stored: Document;
}[] = [
  {
    name: 'copies equal fields of the filter',
    filter: { a: 1 },
    update: { $set: { b: 2 } },
    stored: { a: 1, b: 2 },
  },
  {
    name: 'builds dotted paths of the filter',
    filter: { 'a.b': 1, 'a.c': 'x' },
    update: { $set: { d: 2 } },
    stored: { a: { b: 1, c: 'x' }, d: 2 },
  },
  {
    name: 'copies what $and and $eq demand',
    filter: { $and: [{ a: 1 }, { b: { $eq: 2 } }] },
    update: { $set: { c: 3 } },
    stored: { a: 1, b: 2, c: 3 },
  },
  {
    name: 'copies no ranges, choices or negations',
    filter: {
      a: { $gt: 1 },
      b: { $in: [1, 2] },
      c: { $ne: 3 },
      d: { $exists: false },
      $or: [{ e: 1 }, { f: 1 }],
    },
    update: { $set: { g: 1 } },
    stored: { g: 1 },
  },
  {
    name: 'applies operators on top of the filter',
    filter: { n: 5 },
    update: { $inc: { n: 2 }, $push: { list: 'x' } },
    stored: { n: 7, list: ['x'] },
  },
  {
    name: 'applies $setOnInsert',
    filter: { a: 1 },
    update: { $set: { b: 2 }, $setOnInsert: { c: 3 } },
    stored: { a: 1, b: 2, c: 3 },
  },
  {
    name: 'runs a pipeline over the filter’s fields',
    filter: { a: 4 },
    update: [{ $set: { b: { $multiply: ['$a', 2] } } }],
    stored: { a: 4, b: 8 },
  },
  {
    name: 'leaves $unset and $pull without effect',
    filter: { a: 1 },
    update: { $unset: { z: '' }, $set: { b: 1 } },
    stored: { a: 1, b: 1 },
  },
];

describe('an upsert that finds nothing', () => {
  for (const { name, filter, update, stored } of upserts) {
    it(name, async () => {
      const rows = await storage.collection();
      const result = await rows.updateOne(filter, update, { upsert: true });
      expect(result).toMatchObject({ matchedCount: 0, modifiedCount: 0, upsertedCount: 1 });
      expect(result.upsertedId).toBeInstanceOf(ObjectId);
      expect(await rows.find().toArray()).toEqual([{ _id: result.upsertedId, ...stored }]);
    });
  }

  it('takes _id from the filter', async () => {
    const rows = await storage.collection();
    const result = await rows.updateOne({ _id: 'k' }, { $set: { a: 1 } }, { upsert: true });
    expect(result.upsertedId).toBe('k');
    expect(await rows.findOne()).toEqual({ _id: 'k', a: 1 });
  });

  it('takes _id from the update', async () => {
    const rows = await storage.collection();
    const result = await rows.updateOne({ a: 1 }, { $setOnInsert: { _id: 'given' } }, { upsert: true });
    expect(result.upsertedId).toBe('given');
    expect(await rows.findOne()).toEqual({ _id: 'given', a: 1 });
  });

  it('stores one document for updateMany', async () => {
    const rows = await storage.collection();
    expect(await rows.updateMany({ a: 1 }, { $set: { b: 1 } }, { upsert: true })).toMatchObject({
      upsertedCount: 1,
    });
    expect(await rows.countDocuments()).toBe(1);
  });

  it('stores a replacement with the filter’s _id and nothing else of the filter', async () => {
    const rows = await storage.collection();
    const result = await rows.replaceOne({ _id: 7, state: 'x' }, { a: 1 }, { upsert: true });
    expect(result).toMatchObject({ upsertedCount: 1, upsertedId: 7 });
    expect(await rows.findOne()).toEqual({ _id: 7, a: 1 });
  });

  it('refuses a filter that demands two values of one field', async () => {
    const rows = await storage.collection();
    const filter = { $and: [{ a: 1 }, { a: 2 }] };
    await expectFailure(54, rows.updateOne(filter, { $set: { b: 1 } }, { upsert: true }));
  });

  it('refuses an update that contradicts the filter’s _id', async () => {
    const rows = await storage.collection();
    await expectFailure(66, rows.updateOne({ _id: 1 }, { $set: { _id: 2 } }, { upsert: true }));
    expect(await rows.countDocuments()).toBe(0);
  });

  it('happens once when many try at the same moment', async () => {
    const rows = await storage.collection();
    const results = await Promise.all(
      Array.from({ length: 20 }, () => rows.updateOne({ _id: 'one' }, { $inc: { n: 1 } }, { upsert: true })),
    );
    expect(results.reduce((sum, result) => sum + result.upsertedCount, 0)).toBe(1);
    expect(await rows.find().toArray()).toEqual([{ _id: 'one', n: 20 }]);
  });
});

describe('an upsert that finds something', () => {
  it('is an ordinary update and skips $setOnInsert', async () => {
    const rows = await storage.collection([{ _id: 1, a: 1 }]);
    const update = { $set: { b: 2 }, $setOnInsert: { c: 3 } };
    expect(await rows.updateOne({ a: 1 }, update, { upsert: true })).toMatchObject({
      matchedCount: 1,
      upsertedCount: 0,
      upsertedId: null,
    });
    expect(await rows.findOne()).toEqual({ _id: 1, a: 1, b: 2 });
  });
});

describe('deletes', () => {
  it('deleteOne takes one, deleteMany all that match', async () => {
    const rows = await storage.collection([{ a: 1 }, { a: 1 }, { a: 1 }, { a: 2 }]);
    expect(await rows.deleteOne({ a: 1 })).toEqual({ acknowledged: true, deletedCount: 1 });
    expect(await rows.deleteMany({ a: 1 })).toMatchObject({ deletedCount: 2 });
    expect(await rows.deleteMany({ a: 1 })).toMatchObject({ deletedCount: 0 });
    expect(await rows.deleteMany({})).toMatchObject({ deletedCount: 1 });
  });

  it('refuse a limit other than none or one', async () => {
    const rows = await storage.collection([{ a: 1 }]);
    const reply = await db
      .command({ delete: rows.collectionName, deletes: [{ q: {}, limit: 2 }] })
      .catch((error: Document) => ({ writeErrors: [{ code: error['code'] }] }));
    expect(reply).toMatchObject({ writeErrors: [{ code: 9 }] });
    expect(await rows.countDocuments()).toBe(1);
  });

  it('of a missing collection delete nothing', async () => {
    expect(await db.collection('nowhere').deleteMany({})).toMatchObject({ deletedCount: 0 });
  });
});
