import { type Document, type IndexSpecification, Long } from 'mongodb';
import { describe, expect } from 'vitest';
import { expectFailure, openStorage } from '../support/storage.ts';

const storage = await openStorage('indexes');
const { db, it } = storage;

const ID_INDEX = { v: 2, key: { _id: 1 }, name: '_id_' };

describe('creating', () => {
  it('names an index after its fields and lists it with its options', async () => {
    const rows = await storage.collection([{ _id: 1 }]);
    expect(await rows.createIndex({ a: 1, 'b.c': -1 })).toBe('a_1_b.c_-1');
    expect(await rows.createIndex({ d: 1 }, { name: 'mine', unique: true, sparse: true })).toBe('mine');
    expect(await rows.createIndex({ e: 1 }, { partialFilterExpression: { f: { $gt: 5 } } })).toBe('e_1');
    const listed = await rows.listIndexes().toArray();
    expect(listed).toEqual([
      ID_INDEX,
      { v: 2, key: { a: 1, 'b.c': -1 }, name: 'a_1_b.c_-1' },
      { v: 2, key: { d: 1 }, name: 'mine', unique: true, sparse: true },
      { v: 2, key: { e: 1 }, name: 'e_1', partialFilterExpression: { f: { $gt: 5 } } },
    ]);
    expect(Object.keys(listed[1]?.['key'])).toEqual(['a', 'b.c']);
  });

  it('makes the collection too and counts indexes before and after', async () => {
    const command = { createIndexes: 'fresh', indexes: [{ key: { a: 1 }, name: 'a_1' }] };
    expect(await db.command(command)).toMatchObject({
      ok: 1,
      createdCollectionAutomatically: true,
      numIndexesBefore: 1,
      numIndexesAfter: 2,
    });
    expect(await db.command(command)).toMatchObject({ ok: 1, numIndexesBefore: 2, numIndexesAfter: 2 });
  });

  it('several at once', async () => {
    const rows = await storage.collection([{ _id: 1 }]);
    expect(await rows.createIndexes([{ key: { a: 1 } }, { key: { b: -1 }, unique: true }])).toEqual([
      'a_1',
      'b_-1',
    ]);
  });

  it('the index on _id that is there is no error', async () => {
    const rows = await storage.collection([{ _id: 1 }]);
    await rows.createIndex({ _id: 1 });
    expect(await rows.listIndexes().toArray()).toEqual([ID_INDEX]);
  });

  it('indexes what is stored already', async () => {
    const rows = await storage.collection(Array.from({ length: 500 }, (_, n) => ({ _id: n, n: n % 10 })));
    await rows.createIndex({ n: 1 });
    expect(await rows.find({ n: 3 }, { hint: { n: 1 } }).toArray()).toHaveLength(50);
  });

  it('the same key under another name conflicts', async () => {
    const rows = await storage.collection([{ _id: 1 }]);
    await rows.createIndex({ a: 1 });
    await expectFailure(85, rows.createIndex({ a: 1 }, { name: 'other' }));
  });

  it('the same name for another key conflicts', async () => {
    const rows = await storage.collection([{ _id: 1 }]);
    await rows.createIndex({ a: 1 }, { name: 'mine' });
    await expectFailure(86, rows.createIndex({ b: 1 }, { name: 'mine' }));
  });

  it('the same index made unique conflicts', async () => {
    const rows = await storage.collection([{ _id: 1 }]);
    await rows.createIndex({ a: 1 });
    await expectFailure(86, rows.createIndex({ a: 1 }, { unique: true }));
  });

  it('the same index with another time to live conflicts', async () => {
    const rows = await storage.collection([{ _id: 1 }]);
    await rows.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    await expectFailure(85, rows.createIndex({ at: 1 }, { expireAfterSeconds: 90 }));
  });

  const mistakes: readonly [string, Document, number][] = [
    ['an empty key', { key: {}, name: 'x' }, 67],
    ['a direction of zero', { key: { a: 0 }, name: 'x' }, 67],
    ['an unknown kind', { key: { a: 'foo' }, name: 'x' }, 67],
    ['an option that is none', { key: { a: 1 }, name: 'x', foo: 1 }, 197],
    ['a key without a name', { key: { a: 1 } }, 9],
    ['an empty name', { key: { a: 1 }, name: '' }, 67],
    ['a time to live over two fields', { key: { a: 1, b: 1 }, name: 'x', expireAfterSeconds: 5 }, 67],
    ['a negative time to live', { key: { a: 1 }, name: 'x', expireAfterSeconds: -1 }, 67],
    [
      'sparse and partial at once',
      { key: { a: 1 }, name: 'x', sparse: true, partialFilterExpression: { a: 1 } },
      67,
    ],
  ];
  for (const [name, spec, code] of mistakes) {
    it(`refuses ${name}`, async () => {
      const rows = await storage.collection([{ _id: 1 }]);
      await expectFailure(code, db.command({ createIndexes: rows.collectionName, indexes: [spec] }));
      expect(await rows.listIndexes().toArray()).toEqual([ID_INDEX]);
    });
  }

  it(
    'refuses kinds of index that this server does not have',
    async () => {
      const rows = await storage.collection([{ _id: 1 }]);
      const keys: IndexSpecification[] = [{ a: 'text' }, { a: 'hashed' }, { a: '2dsphere' }, { '$**': 1 }];
      for (const key of keys) await expectFailure(115, rows.createIndex(key));
      expect(await rows.listIndexes().toArray()).toEqual([ID_INDEX]);
    },
    { engines: ['embedded'], because: 'other servers have these kinds of index' },
  );
});

describe('dropping', () => {
  it('by name, by key and all', async () => {
    const rows = await storage.collection([{ _id: 1 }]);
    await rows.createIndexes(['a', 'b', 'c', 'd'].map((field) => ({ key: { [field]: 1 } })));
    await rows.dropIndex('a_1');
    await db.command({ dropIndexes: rows.collectionName, index: { b: 1 } });
    expect((await rows.listIndexes().toArray()).map((index) => index['name'])).toEqual([
      '_id_',
      'c_1',
      'd_1',
    ]);
    await rows.dropIndexes();
    expect(await rows.listIndexes().toArray()).toEqual([ID_INDEX]);
  });

  it('several by name', async () => {
    const rows = await storage.collection([{ _id: 1 }]);
    await rows.createIndexes(['a', 'b', 'c'].map((field) => ({ key: { [field]: 1 } })));
    await db.command({ dropIndexes: rows.collectionName, index: ['a_1', 'c_1'] });
    expect((await rows.listIndexes().toArray()).map((index) => index['name'])).toEqual(['_id_', 'b_1']);
  });

  it('refuses the index on _id', async () => {
    const rows = await storage.collection([{ _id: 1 }]);
    await expectFailure(72, rows.dropIndex('_id_'));
  });

  it('refuses an index that is not there', async () => {
    const rows = await storage.collection([{ _id: 1 }]);
    await expectFailure(27, rows.dropIndex('nothing_1'));
  });

  it('refuses a collection that is not there', async () => {
    await expectFailure(26, db.collection('nowhere').dropIndex('a_1'));
  });

  it('listing indexes of a collection that is not there is an error', async () => {
    await expectFailure(26, db.collection('nowhere').listIndexes().toArray());
  });

  it('ends its demand for uniqueness', async () => {
    const rows = await storage.collection([{ _id: 1, a: 1 }]);
    await rows.createIndex({ a: 1 }, { unique: true });
    await expectFailure(11000, rows.insertOne({ _id: 2, a: 1 }));
    await rows.dropIndex('a_1');
    expect(await rows.insertOne({ _id: 2, a: 1 })).toMatchObject({ acknowledged: true });
  });
});

describe('an index changes nothing about results', () => {
  const documents = () => [
    { _id: 1, v: 5, w: 1 },
    { _id: 2, v: [1, 5, 9], w: 2 },
    { _id: 3, v: null },
    { _id: 4, w: 4 },
    { _id: 5, v: 'x' },
    { _id: 6, v: [] },
    { _id: 7, v: { a: 1 } },
    { _id: 8, v: Long.fromNumber(5), w: 3 },
    { _id: 9, v: [[5]] },
  ];
  const filters: readonly Document[] = [
    { v: 5 },
    { v: null },
    { v: { $ne: 5 } },
    { v: { $exists: false } },
    { v: { $exists: true } },
    { v: { $gt: 1, $lt: 9 } },
    { v: { $in: [5, null, 'x'] } },
    { v: { $nin: [5, null] } },
    { v: [] },
    { v: [1, 5, 9] },
    { v: { $size: 0 } },
    { v: { a: 1 } },
    { v: { $type: 'array' } },
    { v: { $elemMatch: { $gt: 4, $lt: 6 } } },
    { v: { $not: { $gte: 5 } } },
    { v: /x/ },
    { $or: [{ v: 5 }, { w: 4 }] },
    { v: 5, w: { $gte: 2 } },
    { v: { $gte: 5 }, $and: [{ v: { $lte: 5 } }] },
    { v: [5] },
    { $nor: [{ v: 5 }] },
    { v: { $all: [5, 9] } },
  ];
  const kinds: readonly [string, Document, Document][] = [
    ['an ordinary one', { v: 1 }, {}],
    ['a downward one', { v: -1 }, {}],
    ['a compound one', { v: 1, w: -1 }, {}],
    ['a sparse one', { v: 1 }, { sparse: true }],
    ['a partial one', { v: 1 }, { partialFilterExpression: { w: { $gte: 2 } } }],
  ];
  for (const [kind, key, options] of kinds) {
    it(kind, async () => {
      const plain = await storage.collection(documents());
      const indexed = await storage.collection(documents());
      await indexed.createIndex(key as IndexSpecification, options);
      for (const filter of filters) {
        for (const sort of [{ _id: 1 }, { v: 1, _id: 1 }, { v: -1, _id: 1 }] as const) {
          const expected = (await plain.find(filter).sort(sort).toArray()).map((row) => row._id);
          const found = (await indexed.find(filter).sort(sort).toArray()).map((row) => row._id);
          expect({ filter, sort, found }).toEqual({ filter, sort, found: expected });
        }
        expect(await indexed.countDocuments(filter)).toBe(await plain.countDocuments(filter));
      }
    });
  }
});
