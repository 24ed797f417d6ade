/** What once gave a wrong answer, lost a write, or stopped the server. */
import { connect } from 'node:net';
import {
  BSONRegExp,
  type Collection,
  DBRef,
  type Document,
  Double,
  Int32,
  Long,
  MinKey,
  ObjectId,
} from 'mongodb';
import { describe, expect, it } from 'vitest';
import { openStorage } from '../support/storage.ts';

const storage = await openStorage('edges');
const { db } = storage;

const code = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no error',
    (error: { code?: number }) => error.code,
  );
const rowsOf = (documents: Document[]): Promise<Collection<Document>> =>
  storage.collection(documents as never) as unknown as Promise<Collection<Document>>;
const typeOf = async (rows: Collection<Document>, type: string): Promise<number> =>
  rows.countDocuments({ n: { $type: type } });

describe('numbers', () => {
  it('that are infinite equal themselves', async () => {
    const rows = await rowsOf([
      { _id: 1, n: Number.POSITIVE_INFINITY },
      { _id: 2, n: 1 },
    ]);
    expect(await rows.countDocuments({ n: Number.POSITIVE_INFINITY })).toBe(1);
    expect(await rows.countDocuments({ n: { $gte: Number.POSITIVE_INFINITY } })).toBe(1);
    expect(await rows.countDocuments({ n: { $ne: Number.POSITIVE_INFINITY } })).toBe(1);
  });

  it('are told apart by type in updates and deletes as in finds', async () => {
    const rows = await rowsOf([
      { _id: 1, n: Long.fromNumber(1) },
      { _id: 2, n: new Double(1) },
      { _id: 3, n: 1 },
    ]);
    expect((await rows.updateMany({ n: { $type: 'long' } }, { $set: { found: true } })).modifiedCount).toBe(
      1,
    );
    expect((await rows.deleteMany({ n: { $type: 'double' } })).deletedCount).toBe(1);
    expect((await rows.find().sort({ _id: 1 }).toArray()).map((row) => row._id)).toEqual([1, 3]);
  });

  it('change their type when it is set', async () => {
    const rows = await rowsOf([{ _id: 1, n: new Int32(1) }]);
    expect(
      (await rows.updateOne({ _id: 1 as never }, { $set: { n: Long.fromNumber(1) } })).modifiedCount,
    ).toBe(1);
    expect([await typeOf(rows, 'int'), await typeOf(rows, 'long')]).toEqual([0, 1]);
  });

  it('keep their type where a $merge does not name them', async () => {
    const target = await rowsOf([{ _id: 1, n: new Double(5) }]);
    const source = await rowsOf([{ _id: 1, other: 'x' }]);
    await source.aggregate([{ $merge: target.collectionName }]).toArray();
    expect(await target.findOne()).toEqual({ _id: 1, n: 5, other: 'x' });
    expect(await typeOf(target, 'double')).toBe(1);
  });
});

describe('a command that fails', () => {
  it('leaves the target of its $out as it was', async () => {
    const target = await rowsOf([
      { _id: 1, x: 1 },
      { _id: 2, x: 2 },
    ]);
    await target.createIndex({ x: 1 }, { unique: true });
    const source = await rowsOf([
      { _id: 3, x: 9 },
      { _id: 4, x: 9 },
    ]);
    expect(await code(source.aggregate([{ $out: target.collectionName }]).toArray())).toBe(11000);
    expect(await target.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, x: 1 },
      { _id: 2, x: 2 },
    ]);
    await source
      .aggregate([{ $limit: 1 }, { $project: { _id: 0 } }, { $out: target.collectionName }])
      .toArray();
    expect(await target.find().toArray()).toEqual([{ _id: expect.any(ObjectId), x: 9 }]);
    expect(await db.command({ validate: target.collectionName })).toMatchObject({ valid: true });
  });

  it('makes none of several indexes', async () => {
    const rows = await rowsOf([
      { _id: 1, x: 1 },
      { _id: 2, x: 1 },
    ]);
    const indexes = [
      { key: { y: 1 }, name: 'y' },
      { key: { x: 1 }, name: 'x', unique: true },
    ];
    expect(await code(db.command({ createIndexes: rows.collectionName, indexes }))).toBe(11000);
    expect(await rows.listIndexes().toArray()).toHaveLength(1);
  });
});

describe('what would stop the server', () => {
  it.each<[string, (rows: Collection<Document>) => Promise<unknown>, number]>([
    [
      'a place far behind the end of a list',
      (rows) => rows.updateOne({ _id: 1 as never }, { $set: { 'a.200000000': 1 } }),
      34,
    ],
    [
      'a list of half a thousand million numbers',
      (rows) => rows.aggregate([{ $project: { x: { $size: { $range: [0, 500_000_000] } } } }]).toArray(),
      146,
    ],
    [
      'a filter of 3,000 storeys',
      (rows) =>
        rows.findOne(Array.from({ length: 3000 }).reduce<Document>((inner) => ({ $and: [inner] }), { a: 1 })),
      15,
    ],
    [
      'an unknown field of an update',
      (rows) =>
        db
          .command({
            update: rows.collectionName,
            updates: [{ q: {}, u: { $set: { a: 1 } }, sort: { a: 1 } }],
          })
          .then((reply) => Promise.reject((reply['writeErrors'] as Document[])[0])),
      40415,
    ],
  ])('%s is refused', async (_name, ask, expected) => {
    const rows = await rowsOf([{ _id: 1, a: [] }]);
    expect(await code(ask(rows))).toBe(expected);
    expect(await rows.findOne()).toEqual({ _id: 1, a: [] });
  });

  it.each([
    [
      'a body of negative length',
      Buffer.concat([Buffer.alloc(4), Buffer.of(0), Buffer.from([255, 255, 255, 255])]),
    ],
    [
      'a sequence with an empty document',
      Buffer.concat([
        Buffer.alloc(4),
        Buffer.of(1),
        Buffer.from([12, 0, 0, 0]),
        Buffer.from('abc\0'),
        Buffer.alloc(4),
      ]),
    ],
    ['nothing but zeros', Buffer.alloc(40)],
  ])('%s ends that connection only', async (_name, sections) => {
    const header = Buffer.alloc(16);
    header.writeInt32LE(16 + sections.length, 0);
    header.writeInt32LE(2013, 12);
    const socket = connect(decodeURIComponent(new URL(storage.uri).hostname));
    await new Promise<void>((resolve) => {
      socket.on('error', () => undefined).on('close', () => resolve());
      socket.write(Buffer.concat([header, sections]));
    });
    expect(await db.command({ ping: 1 })).toMatchObject({ ok: 1 });
  });
});

it('an update keeps the order of fields whose names are numbers', async () => {
  const rows = await rowsOf([{ _id: 1 }]);
  await db.command({
    insert: rows.collectionName,
    documents: [
      new Map<string, unknown>([
        ['_id', 2],
        ['b', 1],
        ['1', 2],
      ]),
    ],
  });
  await rows.updateOne({ _id: 2 as never }, { $set: { c: 3 } });
  const raw = (await rows.findOne({ _id: 2 as never }, { raw: true })) as unknown as Buffer;
  expect([raw.indexOf('b\0'), raw.indexOf('1\0'), raw.indexOf('c\0')]).toEqual(
    [raw.indexOf('b\0'), raw.indexOf('1\0'), raw.indexOf('c\0')].sort((a, b) => a - b),
  );
});

it('a cursor gives only documents that matched when they were read', async () => {
  const rows = await rowsOf(Array.from({ length: 2000 }, (_, _id) => ({ _id, s: 'a' })));
  await rows.createIndex({ s: 1 });
  const cursor = rows.find({ s: 'a' }, { batchSize: 100 });
  await cursor.next();
  await rows.updateMany({ _id: { $gte: 1000 as never } }, { $set: { s: 'b' } });
  for await (const row of cursor) expect(row['s']).toBe('a');
});

it('patterns keep their options, and those that JavaScript reads otherwise are refused', async () => {
  const rows = await rowsOf([
    { _id: 1, t: 'a\nb' },
    { _id: 2, t: 'abc' },
  ]);
  expect(await rows.countDocuments({ t: new BSONRegExp('a.b', 's') })).toBe(1);
  expect(await rows.countDocuments({ t: { $regex: 'a.b', $options: 's' } })).toBe(1);
  expect(await code(rows.findOne({ t: { $regex: '\\Aab' } }))).toBe(115);
  expect(await code(rows.findOne({ t: { $regex: '[[:alpha:]]' } }))).toBe(115);
});

it('finds by what is in a reference, and by the ends of the order', async () => {
  const id = new ObjectId();
  const rows = await rowsOf([{ _id: 1, r: new DBRef('users', id) }]);
  expect(await rows.countDocuments({ 'r.$id': id })).toBe(1);
  expect(await rows.countDocuments({ _id: { $gt: new MinKey() as never } })).toBe(1);
});
