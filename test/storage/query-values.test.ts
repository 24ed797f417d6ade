import { BSON, Decimal128, type Document, Long, ObjectId } from 'mongodb';
import { beforeAll, describe, expect } from 'vitest';
import { expectFailure, openStorage, type Row } from '../support/storage.ts';

const storage = await openStorage('query-values');
const { db, it } = storage;
const rows = db.collection<Row>('values');

/** One value a row; the numbers in the tables below are these ids. */
const VALUES: readonly Row[] = [
  { _id: 1, v: 5 },
  { _id: 2, v: 10.5 },
  { _id: 3, v: Long.fromNumber(7) },
  { _id: 4, v: '5' },
  { _id: 5, v: null },
  { _id: 6 },
  { _id: 7, v: [1, 20] },
  { _id: 8, v: new Date('2024-05-01T00:00:00Z') },
  { _id: 9, v: true },
  { _id: 10, v: { a: 1, b: 2 } },
  { _id: 11, v: [] },
  { _id: 12, v: Decimal128.fromString('8.25') },
  { _id: 13, v: Number.NaN },
  { _id: 14, v: '' },
  { _id: 15, v: new ObjectId('65a000000000000000000000') },
  { _id: 16, v: [null, 'x'] },
];
const ALL = VALUES.map((row) => Number(row._id));
const allBut = (...ids: number[]): number[] => ALL.filter((id) => !ids.includes(id));

beforeAll(async () => {
  await rows.insertMany([...VALUES]);
});

async function idsOf(filter: Document): Promise<unknown[]> {
  return (await rows.find(filter).sort({ _id: 1 }).toArray()).map((row) => row._id);
}

const matches: readonly [string, Document, number[]][] = [
  ['equality with a number', { v: 5 }, [1]],
  ['equality with text is not equality with a number', { v: '5' }, [4]],
  ['equality with a value within an array', { v: 20 }, [7]],
  ['equality with a whole array', { v: [1, 20] }, [7]],
  ['equality with an array in another order', { v: [20, 1] }, []],
  ['equality with an empty array', { v: [] }, [11]],
  ['equality with a document', { v: { a: 1, b: 2 } }, [10]],
  ['equality with a document in another order', { v: { b: 2, a: 1 } }, []],
  ['equality with part of a document', { v: { a: 1 } }, []],
  ['equality with null takes missing fields too', { v: null }, [5, 6, 16]],
  ['equality with not-a-number', { v: Number.NaN }, [13]],
  ['equality with a truth value', { v: true }, [9]],
  ['equality with an ObjectId', { v: new ObjectId('65a000000000000000000000') }, [15]],
  ['$eq', { v: { $eq: 7 } }, [3]],
  ['$ne', { v: { $ne: 5 } }, allBut(1)],
  ['$ne of a value within an array', { v: { $ne: 20 } }, allBut(7)],
  ['$ne null', { v: { $ne: null } }, allBut(5, 6, 16)],
  ['$gt keeps to numbers', { v: { $gt: 6 } }, [2, 3, 7, 12]],
  ['$lt keeps to numbers and leaves not-a-number out', { v: { $lt: 6 } }, [1, 7]],
  ['$gte and $lte of an array may be met by different elements', { v: { $gte: 5, $lte: 10 } }, [1, 3, 7, 12]],
  ['$gt keeps to text', { v: { $gt: '4' } }, [4, 16]],
  ['$gte of empty text is all text', { v: { $gte: '' } }, [4, 14, 16]],
  ['$gte null is null or missing', { v: { $gte: null } }, [5, 6, 16]],
  ['$gt null is nothing', { v: { $gt: null } }, []],
  ['$gt of a date', { v: { $gt: new Date('2024-04-30T00:00:00Z') } }, [8]],
  ['$lt of a date keeps to dates', { v: { $lt: new Date('2030-01-01T00:00:00Z') } }, [8]],
  ['$gte of an ObjectId made from a time', { v: { $gte: ObjectId.createFromTime(1_700_000_000) } }, [15]],
  ['$lt of a truth value', { v: { $lt: true } }, []],
  ['$gt of a document', { v: { $gt: { a: 1, b: 1 } } }, [10]],
  ['$gt of a decimal', { v: { $gt: Decimal128.fromString('8.24'), $lt: 9 } }, [12, 7]],
  ['$in', { v: { $in: [5, '5', null] } }, [1, 4, 5, 6, 16]],
  ['$in with a regular expression', { v: { $in: [/^5/, 7] } }, [3, 4]],
  ['$in of nothing', { v: { $in: [] } }, []],
  ['$in with an array as a value', { v: { $in: [[], [1, 20]] } }, [7, 11]],
  ['$nin', { v: { $nin: [5, null] } }, allBut(1, 5, 6, 16)],
  ['$nin of nothing', { v: { $nin: [] } }, ALL],
  ['$exists', { v: { $exists: true } }, allBut(6)],
  ['$exists false', { v: { $exists: false } }, [6]],
  ['$exists takes 0 for false', { v: { $exists: 0 } }, [6]],
  ['$type by name', { v: { $type: 'string' } }, [4, 14, 16]],
  ['$type by number', { v: { $type: 10 } }, [5, 16]],
  ['$type number', { v: { $type: 'number' } }, [1, 2, 3, 7, 12, 13]],
  ['$type tells int from double, long and decimal', { v: { $type: 'double' } }, [2, 13]],
  ['$type array', { v: { $type: 'array' } }, [7, 11, 16]],
  ['$type of several', { v: { $type: ['bool', 'date', 'objectId', 'object'] } }, [8, 9, 10, 15]],
  ['$not turns a comparison around, other types included', { v: { $not: { $gt: 6 } } }, allBut(2, 3, 7, 12)],
  ['$not with a regular expression', { v: { $not: /5/ } }, allBut(4)],
  ['$mod cuts fractions off', { v: { $mod: [5, 0] } }, [1, 2, 7]],
  ['$and', { $and: [{ v: { $gt: 6 } }, { v: { $lt: 8 } }] }, [3, 7]],
  ['$or', { $or: [{ v: 5 }, { v: true }, { _id: 14 }] }, [1, 9, 14]],
  ['$nor', { $nor: [{ v: { $exists: true } }, { _id: 1 }] }, [6]],
  [
    'nested logic',
    { $or: [{ $and: [{ _id: { $gt: 8 } }, { _id: { $lt: 11 } }] }, { $nor: [{ _id: { $gt: 1 } }] }] },
    [1, 9, 10],
  ],
  ['several conditions at once', { _id: { $gte: 2 }, v: { $type: 'number', $lt: 10 } }, [3, 7, 12]],
  ['$bitsAllSet', { v: { $bitsAllSet: 5 } }, [1, 3]],
  ['$bitsAnySet', { _id: { $lte: 3 }, v: { $bitsAnySet: [1] } }, [3]],
  ['$expr compares fields', { $expr: { $lt: ['$_id', '$v'] }, v: { $type: 'int' } }, [1, 7]],
  ['$expr follows the order of all types', { $expr: { $gt: ['$v', 'z'] }, _id: { $lte: 10 } }, [7, 8, 9, 10]],
  ['$expr tells missing from null', { $expr: { $eq: [{ $type: '$v' }, 'missing'] } }, [6]],
  ['$comment changes nothing', { v: 5, $comment: 'ghi chú' }, [1]],
  ['nothing at all', {}, ALL],
];

describe('finds by', () => {
  for (const [name, filter, ids] of matches) {
    it(name, async () => {
      expect(await idsOf(filter)).toEqual([...ids].sort((one, other) => one - other));
    });
  }
});

const mistakes: readonly [string, Document, number][] = [
  ['an unknown operator', { v: { $foo: 1 } }, 2],
  ['an unknown operator at the top', { $foo: [] }, 2],
  ['an unknown expression', { $expr: { $foo: 1 } }, 168],
  ['$in without a list', { v: { $in: 5 } }, 2],
  ['$nin without a list', { v: { $nin: 5 } }, 2],
  ['$in with an operator inside', { v: { $in: [{ $gt: 5 }] } }, 2],
  ['$and without a list', { $and: { v: 5 } }, 2],
  ['$or of nothing', { $or: [] }, 2],
  ['$nor of what is no condition', { $nor: [5] }, 2],
  ['$not of a plain value', { v: { $not: 5 } }, 2],
  ['$not of nothing', { v: { $not: {} } }, 2],
  ['$mod by zero', { v: { $mod: [0, 1] } }, 2],
  ['$mod with one number', { v: { $mod: [4] } }, 2],
  ['$type that is none', { v: { $type: 'foo' } }, 2],
  ['$options without $regex', { v: { $options: 'i' } }, 2],
  ['a broken regular expression', { v: { $regex: '(' } }, 51091],
  ['an unknown flag', { v: { $regex: 'a', $options: 'q' } }, 51108],
  ['$elemMatch of a plain value', { v: { $elemMatch: 5 } }, 2],
  ['$size below zero', { v: { $size: -1 } }, 2],
  ['$size of text', { v: { $size: 'a' } }, 2],
  ['$all without a list', { v: { $all: 5 } }, 2],
];

describe('refuses', () => {
  for (const [name, filter, code] of mistakes) {
    it(name, async () => {
      await expectFailure(code, rows.find(filter).toArray());
      await expectFailure(code, rows.countDocuments(filter));
    });
  }

  it('a mistaken filter of an update and of a delete, which then do nothing', async () => {
    const before = BSON.EJSON.stringify(await rows.find().toArray());
    await expectFailure(2, rows.updateMany({ v: { $foo: 1 } }, { $set: { w: 1 } }));
    await expectFailure(2, rows.deleteMany({ v: { $foo: 1 } }));
    expect(BSON.EJSON.stringify(await rows.find().toArray())).toBe(before);
  });

  it(
    'JavaScript in a filter, rather than ignore it',
    async () => {
      await expect(rows.find({ $where: 'this.v === 5' }).toArray()).rejects.toThrow();
    },
    { engines: ['embedded', 'documentdb'], because: 'mongod itself runs JavaScript' },
  );
});
