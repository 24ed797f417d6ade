import {
  Binary,
  BSON,
  BSONRegExp,
  Code,
  Decimal128,
  type Document,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
} from 'mongodb';
import { describe, expect } from 'vitest';
import { openStorage } from '../support/storage.ts';

const storage = await openStorage('bson-types');
const { it } = storage;

/** What a value looks like with its type spelled out, so that 1, 1.0 and 1n differ. */
const spelled = (value: unknown): string => BSON.EJSON.stringify(value, { relaxed: false });

async function afterStorage(value: unknown): Promise<unknown> {
  const rows = await storage.collection([{ _id: 1, value }]);
  const options = { promoteValues: false, bsonRegExp: true, promoteBuffers: false };
  return (await rows.findOne({ _id: 1 }, options))?.['value'];
}

const values: readonly [string, unknown][] = [
  ['a double', new Double(1.5)],
  ['a double without a fraction', new Double(7)],
  ['minus zero', new Double(-0)],
  ['infinity', new Double(Number.NEGATIVE_INFINITY)],
  ['not a number', new Double(Number.NaN)],
  ['an int', new Int32(-2_147_483_648)],
  ['a long', Long.fromString('9223372036854775807')],
  ['a long that would fit an int', Long.fromNumber(5)],
  ['a decimal', Decimal128.fromString('12345678901234567890.123456789')],
  ['a decimal with its zeros', Decimal128.fromString('1.500')],
  ['text', 'Tra cứu quá trình đóng BHXH 🇻🇳'],
  ['text in decomposed form', 'Việt'.normalize('NFD')],
  ['text with a zero character', 'a\u0000b'],
  ['empty text', ''],
  ['an ObjectId', new ObjectId('65a0000000000000000000ff')],
  ['a date', new Date('2024-02-29T23:59:59.999Z')],
  ['a date before 1970', new Date('1930-05-19T00:00:00.001Z')],
  ['bytes', new Binary(Buffer.from([0, 1, 254, 255]))],
  ['no bytes', new Binary(Buffer.alloc(0))],
  ['bytes of one’s own subtype', new Binary(Buffer.from('x'), 0x80)],
  ['a UUID', new UUID('7d1f6a52-9c1e-4a3e-8a57-2f1f0a6b7c8d')],
  ['a regular expression', new BSONRegExp('^BHXH\\s+\\d', 'im')],
  ['a timestamp', new Timestamp({ t: 1_700_000_000, i: 7 })],
  ['code', new Code('return 1')],
  ['the smallest key', new MinKey()],
  ['the largest key', new MaxKey()],
  ['null', null],
  ['true', true],
  ['an empty document', {}],
  ['an empty array', []],
  ['empty things within others', { a: {}, b: [[], [{}]], c: { d: { e: [] } } }],
  ['an array of mixed types', [new Int32(1), 'a', null, { b: new Double(2) }, [true]]],
  ['a field without a name', { '': new Int32(1) }],
  ['names that JavaScript knows', { constructor: 'a', toString: 'b', hasOwnProperty: 'c' }],
];

describe('what is stored comes back as it was', () => {
  for (const [name, value] of values) {
    it(name, async () => {
      expect(spelled(await afterStorage(value))).toBe(spelled(value));
    });
  }

  it('a field called __proto__', async () => {
    const value: unknown = JSON.parse('{"__proto__": {"a": 1}, "b": 2}');
    const rows = await storage.collection([{ _id: 1, value }]);
    const stored = (await rows.findOne({ _id: 1 }))?.['value'] as Document;
    expect(Object.keys(stored)).toEqual(['__proto__', 'b']);
  });

  it('undefined as null', async () => {
    expect(await afterStorage([undefined])).toEqual([null]);
  });

  it('fields in the order they were given, also those that look like numbers', async () => {
    const names = ['_id', 'z', '10', 'b', '2', 'a'];
    const rows = await storage.collection();
    // A Map, because a JavaScript object would put 2 and 10 first.
    const document = new Map(names.map((name) => [name, 1]));
    await storage.db.command({ insert: rows.collectionName, documents: [document] });
    const bytes = (await rows.findOne({}, { raw: true })) as unknown as Uint8Array;
    const stored = [...BSON.onDemand.parseToElements(bytes)].map(([, at, length]) =>
      Buffer.from(bytes.subarray(at, at + length)).toString(),
    );
    expect(stored).toEqual(names);
  });

  it('a document 100 levels deep', async () => {
    let deep: Document = { end: 'đáy' };
    for (let level = 0; level < 98; level += 1) deep = { in: deep };
    expect(await afterStorage(deep)).toEqual(deep);
  });

  it('an update leaves the types of all other fields alone', async () => {
    const before = {
      a: new Double(1),
      b: Long.fromNumber(2),
      c: Decimal128.fromString('3.0'),
      d: new Int32(4),
    };
    const rows = await storage.collection([{ _id: 1, ...before, n: new Int32(1) }]);
    await rows.updateOne({ _id: 1 }, { $inc: { n: 1 } });
    await rows.updateOne({ _id: 1 }, [{ $set: { n: { $add: ['$n', 1] } } }]);
    const after = await rows.findOne({ _id: 1 }, { promoteValues: false });
    expect(spelled(after)).toBe(spelled({ _id: new Int32(1), ...before, n: new Int32(3) }));
  });
});

describe('numbers are compared by value, exactly', () => {
  it('a long next to a double’s last exact integer is told apart', async () => {
    const rows = await storage.collection([
      { _id: 1, n: Long.fromString('9007199254740992') },
      { _id: 2, n: Long.fromString('9007199254740993') },
    ]);
    const found = await rows.find({ n: Long.fromString('9007199254740993') }).toArray();
    expect(found.map((row) => row._id)).toEqual([2]);
    expect(await rows.countDocuments({ n: { $gt: Long.fromString('9007199254740992') } })).toBe(1);
  });

  it('an int, a long, a double and a decimal of one value are equal', async () => {
    const rows = await storage.collection([
      { _id: 1, n: new Int32(5) },
      { _id: 2, n: Long.fromNumber(5) },
      { _id: 3, n: new Double(5) },
      { _id: 4, n: Decimal128.fromString('5.00') },
    ]);
    for (const n of [new Int32(5), Long.fromNumber(5), new Double(5), Decimal128.fromString('5')]) {
      expect(await rows.countDocuments({ n })).toBe(4);
    }
  });

  it('a decimal is between its neighbours', async () => {
    const rows = await storage.collection([
      { _id: 1, n: Decimal128.fromString('0.30000000000000001') },
      { _id: 2, n: 0.25 },
      { _id: 3, n: 1 },
    ]);
    const found = await rows.find({ n: { $gt: 0.25, $lt: 1 } }).toArray();
    expect(found.map((row) => row._id)).toEqual([1]);
  });
});
