import { type AnyBulkWriteOperation, type Document, MongoBulkWriteError, ObjectId, UUID } from 'mongodb';
import { describe, expect } from 'vitest';
import { expectFailure, openStorage, type Row } from '../support/storage.ts';

const storage = await openStorage('inserts');
const { db, it } = storage;

/** The report of a bulk write that has to fail somewhere. */
async function bulkFailure(request: Promise<unknown>): Promise<MongoBulkWriteError> {
  const error = await request.then(
    () => expect.fail('the bulk write succeeded'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof MongoBulkWriteError)) throw error;
  return error;
}

const writeErrors = (error: MongoBulkWriteError): Document[] =>
  [error.writeErrors].flat().map(({ index, code }) => ({ index, code }));

describe('insertOne', () => {
  it('acknowledges with the id that the driver made', async () => {
    const rows = await storage.collection();
    const result = await rows.insertOne({ a: 1 });
    expect(result.acknowledged).toBe(true);
    expect(result.insertedId).toBeInstanceOf(ObjectId);
    expect(await rows.findOne({ _id: result.insertedId })).toEqual({ _id: result.insertedId, a: 1 });
  });

  it('puts _id first and leaves the other fields in their order', async () => {
    const rows = await storage.collection();
    await db.command({ insert: rows.collectionName, documents: [{ z: 1, b: 2, _id: 'x', a: 3 }] });
    expect(Object.keys((await rows.findOne()) ?? {})).toEqual(['_id', 'z', 'b', 'a']);
  });

  it('makes an ObjectId for a document that comes without _id', async () => {
    const rows = await storage.collection();
    const reply = await db.command({ insert: rows.collectionName, documents: [{ a: 1 }, { a: 2 }] });
    expect(reply).toMatchObject({ ok: 1, n: 2 });
    const ids = (await rows.find().toArray()).map((row) => row._id);
    expect(ids).toEqual([expect.any(ObjectId), expect.any(ObjectId)]);
    expect(Object.keys((await rows.findOne()) ?? {})).toEqual(['_id', 'a']);
  });

  it('names key and value of a duplicate', async () => {
    const rows = await storage.collection([{ _id: 'k', a: 1 }]);
    const error = await expectFailure(11000, rows.insertOne({ _id: 'k', a: 2 }));
    expect(error.message).toContain(
      `E11000 duplicate key error collection: ${rows.namespace} index: _id_ dup key: { _id: "k" }`,
    );
    expect({ ...error }).toMatchObject({ keyPattern: { _id: 1 }, keyValue: { _id: 'k' } });
    expect(await rows.findOne()).toEqual({ _id: 'k', a: 1 });
  });

  const kinds: readonly [string, unknown][] = [
    ['an ObjectId', new ObjectId('65a000000000000000000001')],
    ['a string', 'PA-7K3F9Q'],
    ['an empty string', ''],
    ['a number', 42],
    ['a fraction', -0.5],
    ['a UUID', new UUID('7d1f6a52-9c1e-4a3e-8a57-2f1f0a6b7c8d')],
    ['a date', new Date('1969-07-20T20:17:40.000Z')],
    ['a document', { conversation: 7, seq: 12 }],
    ['a truth value', false],
    ['null', null],
  ];
  for (const [kind, id] of kinds) {
    it(`takes ${kind} for _id, finds by it and refuses it twice`, async () => {
      const rows = await storage.collection();
      // In the wire's own words: the driver would replace null by an ObjectId.
      const insert = { insert: rows.collectionName, documents: [{ _id: id, kind }] };
      expect(await db.command(insert)).toMatchObject({ n: 1 });
      const found = await rows.findOne({ _id: id } as Document);
      expect(found?.['kind']).toBe(kind);
      expect(String(found?._id)).toBe(String(id));
      expect(await db.command(insert)).toMatchObject({ n: 0, writeErrors: [{ code: 11000 }] });
    });
  }

  it('takes numbers of equal value for the same _id', async () => {
    const rows = await storage.collection([{ _id: 1 }]);
    const command = { insert: rows.collectionName, documents: [{ _id: 1n }] };
    expect((await db.command(command))['writeErrors']).toMatchObject([{ index: 0, code: 11000 }]);
  });

  it('keeps documents apart whose _id differs only in the order of its fields', async () => {
    const rows = await storage.collection();
    await rows.insertMany([{ _id: { a: 1, b: 2 } }, { _id: { b: 2, a: 1 } }] as Document[]);
    expect(await rows.countDocuments()).toBe(2);
    expect(await rows.find({ _id: { b: 2, a: 1 } } as Document).toArray()).toHaveLength(1);
  });

  it('takes an _id longer than a store’s key may be', async () => {
    const rows = await storage.collection();
    const long = 'x'.repeat(5_000);
    await rows.insertMany([{ _id: `${long}1` }, { _id: `${long}2` }]);
    expect(await rows.findOne({ _id: `${long}2` })).toEqual({ _id: `${long}2` });
    await expectFailure(11000, rows.insertOne({ _id: `${long}1` }));
    expect((await rows.find().sort({ _id: -1 }).toArray()).map((row) => row._id)).toEqual([
      `${long}2`,
      `${long}1`,
    ]);
  });

  it('refuses an array for _id', async () => {
    const rows = await storage.collection();
    await expectFailure([2, 53], rows.insertOne({ _id: [1] } as Document));
  });

  it('keeps a field’s name with a dot as it is', async () => {
    const rows = await storage.collection([{ _id: 1, 'a.b': 5, a: { b: 6 } }]);
    expect(await rows.findOne({ 'a.b': 6 })).toEqual({ _id: 1, 'a.b': 5, a: { b: 6 } });
    expect(await rows.findOne({ 'a.b': 5 })).toBeNull();
  });
});

describe('insertMany', () => {
  const withMistake = (): Row[] => [{ _id: 1 }, { _id: 2 }, { _id: 1 }, { _id: 3 }, { _id: 2 }];

  it('in order: stops at the first error and names its place', async () => {
    const rows = await storage.collection();
    const error = await bulkFailure(rows.insertMany(withMistake()));
    expect(writeErrors(error)).toEqual([{ index: 2, code: 11000 }]);
    expect(error.insertedCount).toBe(2);
    expect(await rows.distinct('_id')).toEqual([1, 2]);
  });

  it('not in order: stores all that can be and names every error', async () => {
    const rows = await storage.collection();
    const error = await bulkFailure(rows.insertMany(withMistake(), { ordered: false }));
    expect(writeErrors(error)).toEqual([
      { index: 2, code: 11000 },
      { index: 4, code: 11000 },
    ]);
    expect(error.insertedCount).toBe(3);
    expect(await rows.distinct('_id')).toEqual([1, 2, 3]);
  });

  it('names places rightly over more documents than one message takes', async () => {
    const rows = await storage.collection();
    const text = 'x'.repeat(1_000_000);
    const documents: Row[] = Array.from({ length: 60 }, (_, n) => ({ _id: n, text }));
    documents[55] = { _id: 3 };
    const error = await bulkFailure(rows.insertMany(documents, { ordered: false }));
    expect(writeErrors(error)).toEqual([{ index: 55, code: 11000 }]);
    expect(error.insertedCount).toBe(59);
  });
});

describe('bulkWrite', () => {
  const mixed: AnyBulkWriteOperation<Row>[] = [
    { insertOne: { document: { _id: 1, a: 1 } } },
    { insertOne: { document: { _id: 2, a: 1 } } },
    { updateMany: { filter: { a: 1 }, update: { $inc: { a: 1 } } } },
    { updateOne: { filter: { _id: 9 }, update: { $set: { a: 9 } }, upsert: true } },
    { replaceOne: { filter: { _id: 2 }, replacement: { b: 2 } } },
    { deleteOne: { filter: { _id: 1 } } },
    { deleteMany: { filter: { a: 9 } } },
  ];

  it('does every kind of write in turn and counts each', async () => {
    const rows = await storage.collection();
    const result = await rows.bulkWrite(mixed);
    expect({
      inserted: result.insertedCount,
      matched: result.matchedCount,
      modified: result.modifiedCount,
      upserted: result.upsertedCount,
      upsertedIds: result.upsertedIds,
      deleted: result.deletedCount,
    }).toEqual({ inserted: 2, matched: 3, modified: 3, upserted: 1, upsertedIds: { 3: 9 }, deleted: 2 });
    expect(await rows.find().toArray()).toEqual([{ _id: 2, b: 2 }]);
  });

  it('in order: what follows an error is not done', async () => {
    const rows = await storage.collection([{ _id: 1 }]);
    const error = await bulkFailure(
      rows.bulkWrite([
        { updateOne: { filter: { _id: 1 }, update: { $set: { a: 1 } } } },
        { insertOne: { document: { _id: 1 } } },
        { deleteOne: { filter: { _id: 1 } } },
      ]),
    );
    expect(writeErrors(error)).toEqual([{ index: 1, code: 11000 }]);
    expect(error.modifiedCount).toBe(1);
    expect(await rows.find().toArray()).toEqual([{ _id: 1, a: 1 }]);
  });

  it('not in order: all else is done', async () => {
    const rows = await storage.collection([{ _id: 1 }, { _id: 2 }]);
    const error = await bulkFailure(
      rows.bulkWrite(
        [
          { insertOne: { document: { _id: 1 } } },
          { deleteOne: { filter: { _id: 1 } } },
          { updateOne: { filter: { _id: 2 }, update: { $set: { _id: 3 } } } },
          { insertOne: { document: { _id: 4 } } },
        ],
        { ordered: false },
      ),
    );
    const byPlace = writeErrors(error).sort((one, other) => one['index'] - other['index']);
    expect(byPlace).toEqual([
      { index: 0, code: 11000 },
      { index: 2, code: 66 },
    ]);
    expect(await rows.distinct('_id')).toEqual([2, 4]);
  });
});
