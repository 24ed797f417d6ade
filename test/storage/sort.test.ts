import {
  Binary,
  BSONRegExp,
  Decimal128,
  type Document,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'mongodb';
import { describe, expect } from 'vitest';
import { expectFailure, openStorage, type Row } from '../support/storage.ts';

const storage = await openStorage('sort');
const { db, it } = storage;

/** Values of every type from first to last, as MongoDB's comparison order has them. */
const IN_ORDER: readonly unknown[] = [
  new MinKey(),
  [],
  null,
  Number.NaN,
  Number.NEGATIVE_INFINITY,
  new Int32(-5),
  -0.5,
  Long.fromNumber(1),
  Decimal128.fromString('1.5'),
  2,
  Long.fromString('9007199254740993'),
  Number.POSITIVE_INFINITY,
  '',
  'A',
  'a',
  'aa',
  'b',
  'á',
  { a: 1 },
  { a: 1, b: 1 },
  { a: 2 },
  { b: 0 },
  { a: 'x' },
  new Binary(Buffer.from([9])),
  new Binary(Buffer.from([1, 0])),
  new ObjectId('65a000000000000000000000'),
  new ObjectId('65a000000000000000000001'),
  false,
  true,
  new Date(-1),
  new Date(0),
  new Timestamp({ t: 1, i: 2 }),
  new Timestamp({ t: 2, i: 1 }),
  new BSONRegExp('a'),
  new BSONRegExp('b'),
  new MaxKey(),
];

const placesInOrder = IN_ORDER.map((_, place) => place);

/** Every row once, in an order that has nothing to do with the right one. */
function shuffled(): Row[] {
  const rows = IN_ORDER.map((v, place) => ({ _id: place, v }));
  return rows.map((_, n) => rows[(n * 17 + 5) % rows.length] as Row);
}

async function sortedIds(
  rows: { find(): { sort(by: Document): { toArray(): Promise<Row[]> } } },
  by: Document,
) {
  return (await rows.find().sort(by).toArray()).map((row) => row._id);
}

describe('the order of values', () => {
  it('goes by type, then by value', async () => {
    const rows = await storage.collection(shuffled());
    expect(await sortedIds(rows, { v: 1 })).toEqual(placesInOrder);
  });

  it('is turned around by -1', async () => {
    const rows = await storage.collection(shuffled());
    expect(await sortedIds(rows, { v: -1 })).toEqual([...placesInOrder].reverse());
  });

  it('is the same through an index', async () => {
    const rows = await storage.collection(shuffled());
    await rows.createIndex({ v: 1 });
    expect(await sortedIds(rows, { v: 1 })).toEqual(placesInOrder);
    expect(await sortedIds(rows, { v: -1 })).toEqual([...placesInOrder].reverse());
  });

  it('is the same in an aggregate', async () => {
    const rows = await storage.collection(shuffled());
    const sorted = await rows.aggregate([{ $sort: { v: 1 } }]).toArray();
    expect(sorted.map((row) => row['_id'])).toEqual(placesInOrder);
  });

  it('takes a missing field for null', async () => {
    const rows = await storage.collection([
      { _id: 1, v: 0 },
      { _id: 2, v: null },
      { _id: 3 },
      { _id: 4, v: new MinKey() },
    ]);
    expect(await sortedIds(rows, { v: 1, _id: 1 })).toEqual([4, 2, 3, 1]);
  });

  it('of text goes by its UTF-8 bytes', async () => {
    const texts = ['', 'Z', 'a', 'à', 'đ', 'ấ', '\uff01', '😀'];
    const rows = await storage.collection(texts.map((v, n) => ({ _id: n, v })).reverse());
    expect(await sortedIds(rows, { v: 1 })).toEqual(texts.map((_, n) => n));
    expect(await rows.countDocuments({ v: { $gt: '\uff01' } })).toBe(1);
  });

  it('of _id goes by the same rules', async () => {
    const ids = [-1, 0.5, 2, 10, 'a', 'b', new ObjectId('65a000000000000000000000')];
    const rows = await storage.collection([...ids].reverse().map((_id) => ({ _id })));
    expect(await sortedIds(rows, { _id: 1 })).toEqual(ids);
  });
});

describe('sorting', () => {
  it('goes by the smallest element of an array upwards and by the largest downwards', async () => {
    const rows = await storage.collection([
      { _id: 1, v: [5, 1] },
      { _id: 2, v: [2, 3] },
      { _id: 3, v: 4 },
    ]);
    expect(await sortedIds(rows, { v: 1 })).toEqual([1, 2, 3]);
    expect(await sortedIds(rows, { v: -1 })).toEqual([1, 3, 2]);
  });

  it('goes by a field of documents in an array', async () => {
    const rows = await storage.collection([
      { _id: 1, items: [{ n: 5 }, { n: 2 }] },
      { _id: 2, items: [{ n: 1 }] },
      { _id: 3, items: [] },
    ]);
    expect(await sortedIds(rows, { 'items.n': 1 })).toEqual([3, 2, 1]);
    expect(await sortedIds(rows, { 'items.n': -1 })).toEqual([1, 2, 3]);
  });

  it('by several fields in mixed directions', async () => {
    const rows = await storage.collection([
      { _id: 1, a: 1, b: 1 },
      { _id: 2, a: 1, b: 2 },
      { _id: 3, a: 2, b: 1 },
      { _id: 4, a: 2, b: 2 },
    ]);
    expect(await sortedIds(rows, { a: -1, b: 1 })).toEqual([3, 4, 1, 2]);
    expect(await sortedIds(rows, { b: -1, a: 1 })).toEqual([2, 4, 1, 3]);
  });

  it('by a field within a document', async () => {
    const rows = await storage.collection([
      { _id: 1, a: { b: 2 } },
      { _id: 2, a: { b: 1 } },
      { _id: 3, a: 5 },
    ]);
    expect(await sortedIds(rows, { 'a.b': 1 })).toEqual([3, 2, 1]);
  });

  it('pages by (field, _id) meet every document once', async () => {
    const rows = await storage.collection(Array.from({ length: 95 }, (_, n) => ({ _id: n, at: n % 7 })));
    await rows.createIndex({ at: -1, _id: -1 });
    const seen: Row[] = [];
    let filter: Document = {};
    for (;;) {
      const page = await rows.find(filter).sort({ at: -1, _id: -1 }).limit(10).toArray();
      seen.push(...page);
      const last = page.at(-1);
      if (!last) break;
      filter = { $or: [{ at: { $lt: last['at'] } }, { at: last['at'], _id: { $lt: last._id } }] };
    }
    expect(seen.map((row) => row._id)).toHaveLength(95);
    expect(new Set(seen.map((row) => row._id)).size).toBe(95);
    expect(seen.map((row) => row['at'])).toEqual(
      seen.map((row) => row['at']).sort((one, other) => other - one),
    );
  });

  it('skips and limits after sorting', async () => {
    const rows = await storage.collection([3, 1, 2, 5, 4].map((n) => ({ _id: n })));
    const page = await rows.find().sort({ _id: -1 }).skip(1).limit(2).toArray();
    expect(page.map((row) => row._id)).toEqual([4, 3]);
  });

  it('sorts by a field that the projection leaves out', async () => {
    const rows = await storage.collection([
      { _id: 1, n: 2 },
      { _id: 2, n: 1 },
    ]);
    const found = await rows
      .find({}, { projection: { _id: 1 } })
      .sort({ n: 1 })
      .toArray();
    expect(found).toEqual([{ _id: 2 }, { _id: 1 }]);
  });

  it('refuses a direction that is none', async () => {
    const rows = await storage.collection([{ _id: 1 }]);
    await expectFailure(15975, db.command({ find: rows.collectionName, sort: { a: 2 } }));
  });

  it('refuses a sort order that is no document', async () => {
    const rows = await storage.collection([{ _id: 1 }]);
    await expectFailure(14, db.command({ find: rows.collectionName, sort: 'a' }));
  });
});
