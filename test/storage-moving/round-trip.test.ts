import path from 'node:path';
import { mongo } from 'mongoose';
import { describe, expect, it } from 'vitest';
import { exportStore } from '../../src/storage/export-store.ts';
import { importStore } from '../../src/storage/import-store.ts';
import { openTestFolder, openTestStore, rawDocuments, type TestStore } from './stores.ts';

const {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
} = mongo;

/** A document whose `_id` a filter may name. */
interface Row extends mongo.Document {
  _id?: string | number;
}

const VALUES: Readonly<Record<string, unknown>> = {
  'an Int32': new Int32(7),
  'a Long of small value': Long.fromNumber(7),
  'a Long beyond 2^53': Long.fromString('9007199254740993'),
  'a Double of whole value': new Double(7),
  'a Double below zero by its sign alone': new Double(-0),
  'not a number': new Double(Number.NaN),
  infinity: new Double(Number.NEGATIVE_INFINITY),
  'a Decimal128': Decimal128.fromString('1234567890.1234567890'),
  'a Decimal128 with its zeros kept': Decimal128.fromString('1.500'),
  'binary data': new Binary(Buffer.from([0, 1, 255])),
  'binary data of the user': new Binary(Buffer.from('abc'), 0x80),
  'an MD5': new Binary(Buffer.alloc(16, 3), 5),
  'a UUID': new UUID('5b2349ce-f802-4b41-b565-fab17c844648'),
  'an ObjectId': new ObjectId('6b0167a338029f58aacf537b'),
  'a date': new Date('2024-02-29T23:59:59.999Z'),
  'a date before 1970': new Date(-1),
  'a date after 9999': new Date(8.64e15),
  'a regular expression': new BSONRegExp('^thẻ.*"bhyt"', 'imsx'),
  'a timestamp': new Timestamp({ t: 4_000_000_000, i: 9 }),
  'the lowest key': new MinKey(),
  'the highest key': new MaxKey(),
  null: null,
  true: true,
  code: new Code('return 1'),
  text: 'Quên mật khẩu VssID \u0000 \u2028 😀 "\\',
  'an empty text': '',
  'an empty list': [],
  'an empty document': {},
  'a list of lists': [[1, [new Int32(2)]], { a: [null] }],
  'a field named like Extended JSON': { $numberLong: '5' },
  'a field named like Extended JSON, but wrong': { $oid: 'PA-7K3F9Q' },
  'a date that only looks like one': { $date: 'yesterday' },
  'a reference': { $ref: 'offices', $id: new Int32(1), $db: 'other', extra: true },
};

const IDS: readonly unknown[] = [
  new MinKey(),
  null,
  new Double(Number.NaN),
  new Double(Number.NEGATIVE_INFINITY),
  new Int32(-1),
  new Double(0.5),
  Long.fromString('9007199254740993'),
  Decimal128.fromString('9007199254740994'),
  '',
  'k',
  {},
  { a: new Int32(1), b: 'x' },
  new Binary(Buffer.alloc(0)),
  new Binary(Buffer.from('abc'), 0x80),
  new ObjectId('000000000000000000000000'),
  new ObjectId('ffffffffffffffffffffffff'),
  false,
  true,
  new Date(-1),
  new Date(0),
  new Timestamp({ t: 1, i: 1 }),
  new MaxKey(),
];

async function move(source: TestStore, name = 'store.jsonl') {
  const target = await openTestStore();
  const file = path.join(await openTestFolder(), name);
  const exported = await exportStore({ db: source.db, file });
  const imported = await importStore({ db: target.db, file });
  return { target, file, exported, imported };
}

describe('a store that is moved', () => {
  it.each(['store.jsonl', 'store.jsonl.gz'])(
    'keeps every kind of value byte for byte in %s',
    async (name) => {
      const source = await openTestStore();
      const collection = source.db.collection<Row>('values');
      const documents = Object.entries(VALUES).map(([_id, value]) => ({
        _id,
        inner: { value },
        list: [value],
      }));
      await collection.insertMany(documents);

      const { target, imported } = await move(source, name);

      const moved = await rawDocuments(target.db.collection('values'));
      expect(moved).toHaveLength(documents.length);
      expect(moved).toEqual(await rawDocuments(source.db.collection('values')));
      expect(imported).toMatchObject({ added: documents.length, equal: 0, refusedCount: 0 });
    },
  );

  it('keeps every kind of _id, also where several queries are needed for a kind', async () => {
    const source = await openTestStore();
    const numbers = Array.from({ length: 2500 }, (_, index) => ({ _id: new Int32(index), index }));
    const collection = source.db.collection<Row>('ids');
    await collection.insertMany([...IDS.map((_id) => ({ _id })), ...numbers] as unknown as Row[]);

    const { target, exported } = await move(source);

    expect(exported.documents).toBe(IDS.length + numbers.length);
    const moved = await rawDocuments(target.db.collection('ids'));
    expect(moved).toEqual(await rawDocuments(source.db.collection('ids')));
  });

  it('keeps indexes with their options and collections without documents', async () => {
    const source = await openTestStore();
    const { db } = source;
    await db.createCollection('empty');
    const tickets = db.collection('tickets');
    await tickets.insertOne({ code: 'PA-7K3F9Q', status: 'new', at: new Date() });
    await tickets.createIndex({ code: 1 }, { unique: true, name: 'by code' });
    await tickets.createIndex({ status: 1, at: -1 });
    await tickets.createIndex({ email: 1 }, { sparse: true });
    await tickets.createIndex({ at: 1 }, { expireAfterSeconds: 86_400 });
    await tickets.createIndex(
      { agent: 1 },
      { unique: true, partialFilterExpression: { status: { $eq: 'active' } } },
    );

    const { target } = await move(source);

    const names = (await target.db.listCollections().toArray()).map(({ name }) => name);
    expect(names.sort()).toEqual(['empty', 'tickets']);
    const indexes = await target.db.collection('tickets').indexes();
    expect(indexes).toHaveLength(6);
    expect(indexes).toEqual(await tickets.indexes());
  });

  it('is the same after the file was imported once more', async () => {
    const source = await openTestStore();
    await source.db.collection('notes').insertMany([{ n: 1 }, { n: 2 }]);
    const { target, file } = await move(source);

    const again = await importStore({ db: target.db, file });

    expect(again).toMatchObject({ documents: 2, added: 0, replaced: 0, equal: 2 });
    expect(await target.db.collection('notes').countDocuments()).toBe(2);
  });

  it('adds what is missing and leaves alone what the file does not know', async () => {
    const source = await openTestStore();
    const ids = source.db.collection<Row>('notes');
    await ids.insertMany([{ _id: 1 }, { _id: 2 }]);
    const { target, file } = await move(source);
    const notes = target.db.collection<Row>('notes');
    await notes.deleteOne({ _id: 1 });
    await notes.insertOne({ _id: 3 });

    const again = await importStore({ db: target.db, file });

    expect(again).toMatchObject({ added: 1, equal: 1 });
    expect(await notes.distinct('_id')).toEqual([1, 2, 3]);
  });

  it('is not overwritten without a word', async () => {
    const source = await openTestStore();
    const from = source.db.collection<Row>('notes');
    await from.insertMany([{ _id: 'a', text: 'old' }, { _id: 'b' }, { _id: 'c' }]);
    const { target, file } = await move(source);
    const notes = target.db.collection<Row>('notes');
    await notes.updateOne({ _id: 'a' }, { $set: { text: 'new' } });
    await notes.deleteOne({ _id: 'b' });

    await expect(importStore({ db: target.db, file })).rejects.toMatchObject({
      code: 'would_overwrite',
      message: expect.stringContaining('1 of 3 documents are in the store with other content (notes "a")'),
    });
    expect(await notes.find().sort({ _id: 1 }).toArray()).toEqual([{ _id: 'a', text: 'new' }, { _id: 'c' }]);

    const forced = await importStore({ db: target.db, file, overwrite: true });
    expect(forced).toMatchObject({ added: 1, replaced: 1, equal: 1 });
    expect(await rawDocuments(target.db.collection('notes'))).toEqual(
      await rawDocuments(source.db.collection('notes')),
    );
  });

  it('names the documents that a unique index keeps out and imports all others', async () => {
    const source = await openTestStore();
    const from = source.db.collection<Row>('contacts');
    await from.insertMany([1, 2, 3, 4].map((_id) => ({ _id, phone: `090${_id % 4}` })));
    await from.createIndex({ phone: 1 }, { unique: true, name: 'one_phone' });
    const target = await openTestStore();
    const contacts = target.db.collection<Row>('contacts');
    await contacts.insertOne({ _id: 'here before', phone: '0902' });
    const file = path.join(await openTestFolder(), 'store.jsonl');
    await exportStore({ db: source.db, file });

    const report = await importStore({ db: target.db, file });

    expect(report).toMatchObject({ added: 3, refusedCount: 1 });
    expect(report.refused).toMatchObject([{ collection: 'contacts', id: '2', index: 'one_phone' }]);
    expect(await contacts.countDocuments()).toBe(4);
  });

  it('says which index the documents that are there do not allow, before it writes any', async () => {
    const source = await openTestStore();
    await source.db.collection('contacts').insertOne({ phone: '0900' });
    await source.db.collection('contacts').createIndex({ phone: 1 }, { unique: true, name: 'one_phone' });
    const target = await openTestStore();
    await target.db.collection('contacts').insertMany([{ phone: '1' }, { phone: '1' }]);
    const file = path.join(await openTestFolder(), 'store.jsonl');
    await exportStore({ db: source.db, file });

    await expect(importStore({ db: target.db, file })).rejects.toMatchObject({
      code: 'index_conflict',
      message: expect.stringContaining('index one_phone of contacts cannot be made'),
    });
    expect(await target.db.collection('contacts').countDocuments()).toBe(2);
  });

  it.skipIf(!process.env['MONGODB_URI'])('goes from the embedded store to a server and back', async () => {
    const source = await openTestStore({ uri: '' });
    const from = source.db.collection<Row>('values');
    await from.insertMany(Object.entries(VALUES).map(([_id, value]) => ({ _id, value })));
    const { target, file } = await move(source);
    const back = await openTestStore({ uri: '' });

    await exportStore({ db: target.db, file });
    await importStore({ db: back.db, file });

    expect(await rawDocuments(back.db.collection('values'))).toEqual(
      await rawDocuments(source.db.collection('values')),
    );
  });
});
