import type { Collection, Document, IndexSpecification } from 'mongodb';
import { describe, expect } from 'vitest';
import { expectFailure, openStorage, type Row } from '../support/storage.ts';

const storage = await openStorage('unique-indexes');
const { it } = storage;

async function uniqueOn(
  key: Document,
  documents: readonly Row[] = [],
  options: Document = {},
): Promise<Collection<Row>> {
  const rows = await storage.collection(documents);
  await rows.createIndex(key as IndexSpecification, { unique: true, ...options });
  return rows;
}

describe('a unique index', () => {
  it('refuses a second document and names index, key and value', async () => {
    const rows = await uniqueOn({ email: 1 }, [{ _id: 1, email: 'an@example.vn' }]);
    const error = await expectFailure(11000, rows.insertOne({ _id: 2, email: 'an@example.vn' }));
    expect(error.message).toContain(
      `E11000 duplicate key error collection: ${rows.namespace} index: email_1 dup key: { email: "an@example.vn" }`,
    );
    expect({ ...error }).toMatchObject({ keyPattern: { email: 1 }, keyValue: { email: 'an@example.vn' } });
    expect(await rows.countDocuments()).toBe(1);
  });

  it('refuses an update, a replacement and an upsert that would make a second', async () => {
    const rows = await uniqueOn({ a: 1 }, [
      { _id: 1, a: 1 },
      { _id: 2, a: 2 },
    ]);
    await expectFailure(11000, rows.updateOne({ _id: 2 }, { $set: { a: 1 } }));
    await expectFailure(11000, rows.replaceOne({ _id: 2 }, { a: 1 }));
    await expectFailure(11000, rows.updateOne({ _id: 3 }, { $set: { a: 1 } }, { upsert: true }));
    expect(await rows.find().toArray()).toEqual([
      { _id: 1, a: 1 },
      { _id: 2, a: 2 },
    ]);
  });

  it('lets a document be written again as it is', async () => {
    const rows = await uniqueOn({ a: 1 }, [{ _id: 1, a: 1 }]);
    await rows.replaceOne({ _id: 1 }, { a: 1, b: 2 });
    await rows.updateOne({ _id: 1 }, { $set: { a: 1, b: 3 } });
    expect(await rows.findOne()).toEqual({ _id: 1, a: 1, b: 3 });
  });

  it('frees a value when its document goes or changes', async () => {
    const rows = await uniqueOn({ a: 1 }, [
      { _id: 1, a: 1 },
      { _id: 2, a: 2 },
    ]);
    await rows.deleteOne({ _id: 1 });
    await rows.updateOne({ _id: 2 }, { $set: { a: 3 } });
    await rows.insertMany([
      { _id: 4, a: 1 },
      { _id: 5, a: 2 },
    ]);
    expect(await rows.countDocuments()).toBe(3);
  });

  it('takes missing and null for one value', async () => {
    const rows = await uniqueOn({ a: 1 }, [{ _id: 1 }]);
    const error = await expectFailure(11000, rows.insertOne({ _id: 2, a: null }));
    expect({ ...error }).toMatchObject({ keyValue: { a: null } });
    await expectFailure(11000, rows.insertOne({ _id: 3 }));
  });

  it('takes equal numbers of any type for one value, and text for another', async () => {
    const rows = await uniqueOn({ a: 1 }, [{ _id: 1, a: 1 }]);
    await expectFailure(11000, rows.insertOne({ _id: 2, a: 1n }));
    await rows.insertMany([
      { _id: 3, a: '1' },
      { _id: 4, a: 1.5 },
      { _id: 5, a: 'A' },
      { _id: 6, a: 'a' },
    ]);
    expect(await rows.countDocuments()).toBe(5);
  });

  it('over several fields refuses only the same combination', async () => {
    const rows = await uniqueOn({ conversation: 1, clientId: 1 }, [
      { _id: 1, conversation: 1, clientId: 'a' },
    ]);
    await rows.insertMany([
      { _id: 2, conversation: 1, clientId: 'b' },
      { _id: 3, conversation: 2, clientId: 'a' },
    ]);
    const error = await expectFailure(11000, rows.insertOne({ _id: 4, conversation: 1, clientId: 'a' }));
    expect({ ...error }).toMatchObject({
      keyPattern: { conversation: 1, clientId: 1 },
      keyValue: { conversation: 1, clientId: 'a' },
    });
  });

  it('on an array refuses an element that another document has', async () => {
    const rows = await uniqueOn({ phones: 1 }, [{ _id: 1, phones: ['a', 'b'] }]);
    const error = await expectFailure(11000, rows.insertOne({ _id: 2, phones: ['c', 'b'] }));
    expect({ ...error }).toMatchObject({ keyValue: { phones: 'b' } });
    await expectFailure(11000, rows.insertOne({ _id: 3, phones: 'a' }));
    await rows.insertOne({ _id: 4, phones: ['d', 'd'] });
    expect(await rows.countDocuments()).toBe(2);
  });

  it('within a document’s field', async () => {
    const rows = await uniqueOn({ 'a.b': 1 }, [{ _id: 1, a: { b: 1 } }]);
    const error = await expectFailure(11000, rows.insertOne({ _id: 2, a: { b: 1, c: 2 } }));
    expect({ ...error }).toMatchObject({ keyPattern: { 'a.b': 1 }, keyValue: { 'a.b': 1 } });
  });

  it('that is sparse lets many go without', async () => {
    const rows = await uniqueOn({ a: 1 }, [{ _id: 1 }], { sparse: true });
    await rows.insertMany([{ _id: 2 }, { _id: 3, a: null }]);
    await expectFailure(11000, rows.insertOne({ _id: 4, a: null }));
    expect(await rows.countDocuments()).toBe(3);
  });

  it('that is partial minds only the documents it is about', async () => {
    const rows = await uniqueOn({ email: 1 }, [{ _id: 1, email: 'x', active: true }], {
      partialFilterExpression: { active: true },
    });
    await rows.insertMany([
      { _id: 2, email: 'x', active: false },
      { _id: 3, email: 'x' },
    ]);
    await expectFailure(11000, rows.insertOne({ _id: 4, email: 'x', active: true }));
    await expectFailure(11000, rows.updateOne({ _id: 2 }, { $set: { active: true } }));
    await rows.updateOne({ _id: 1 }, { $set: { active: false } });
    await rows.updateOne({ _id: 2 }, { $set: { active: true } });
    expect(await rows.distinct('_id', { active: true })).toEqual([2]);
  });

  it('tells long texts apart that begin alike', async () => {
    const start = 'mật khẩu '.repeat(400);
    const rows = await uniqueOn({ text: 1 }, [
      { _id: 1, text: `${start}1` },
      { _id: 2, text: `${start}2` },
    ]);
    await expectFailure(11000, rows.insertOne({ _id: 3, text: `${start}2` }));
    expect(await rows.findOne({ text: `${start}2` })).toMatchObject({ _id: 2 });
    const sorted = await rows.find().sort({ text: -1 }).toArray();
    expect(sorted.map((row) => row._id)).toEqual([2, 1]);
    expect(await rows.countDocuments({ text: { $gt: `${start}1` } })).toBe(1);
  });

  it('tells texts apart that hold zero characters', async () => {
    const texts = ['a', 'a\u0000', 'a\u0000b', 'a\u0001', 'ab'];
    const rows = await uniqueOn(
      { a: 1, b: 1 },
      texts.map((a, n) => ({ _id: n, a, b: 'x' })),
    );
    const sorted = await rows.find().sort({ a: 1, b: 1 }).toArray();
    expect(sorted.map((row) => row._id)).toEqual([0, 1, 2, 3, 4]);
    expect(await rows.findOne({ a: 'a\u0000' })).toMatchObject({ _id: 1 });
  });

  it('lets one of many win that insert the same at the same moment', async () => {
    const rows = await uniqueOn({ code: 1 });
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => rows.insertOne({ _id: n, code: 'PA-7K3F9Q' })),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await rows.countDocuments()).toBe(1);
  });

  it('stops updateMany at the document that would be second', async () => {
    const rows = await uniqueOn({ a: 1 }, [
      { _id: 1, a: 1 },
      { _id: 2, a: 2 },
      { _id: 3, a: 3 },
    ]);
    await expectFailure(11000, rows.updateMany({}, { $set: { a: 9 } }));
    expect(await rows.countDocuments({ a: 9 })).toBeLessThanOrEqual(1);
  });
});

describe('an index that cannot be', () => {
  it('is not made over duplicates, and its failure leaves none', async () => {
    const rows = await storage.collection([
      { _id: 1, a: 1 },
      { _id: 2, a: 1 },
    ]);
    const error = await expectFailure(11000, rows.createIndex({ a: 1 }, { unique: true }));
    expect(error.message).toContain('E11000');
    expect((await rows.listIndexes().toArray()).map((index) => index['name'])).toEqual(['_id_']);
    await rows.deleteOne({ _id: 2 });
    expect(await rows.createIndex({ a: 1 }, { unique: true })).toBe('a_1');
  });

  it('refuses a document with arrays in two of its fields', async () => {
    const rows = await storage.collection([{ _id: 1, a: [1, 2], b: 3 }]);
    await rows.createIndex({ a: 1, b: 1 });
    await expectFailure(171, rows.insertOne({ _id: 2, a: [1], b: [2] }));
    await expectFailure(171, rows.updateOne({ _id: 1 }, { $set: { b: [1] } }));
    expect(await rows.find().toArray()).toEqual([{ _id: 1, a: [1, 2], b: 3 }]);
  });

  it('is not made over documents with arrays in two of its fields', async () => {
    const rows = await storage.collection([{ _id: 1, a: [1], b: [2] }]);
    await expectFailure(171, rows.createIndex({ a: 1, b: 1 }));
    expect(await rows.listIndexes().toArray()).toHaveLength(1);
  });
});
