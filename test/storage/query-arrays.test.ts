import type { Document } from 'mongodb';
import { beforeAll, describe, expect } from 'vitest';
import { openStorage, type Row } from '../support/storage.ts';

const storage = await openStorage('query-arrays');
const { db, it } = storage;
const rows = db.collection<Row>('arrays');
const texts = db.collection<Row>('texts');

beforeAll(async () => {
  await rows.insertMany([
    {
      _id: 1,
      tags: ['a', 'b'],
      items: [
        { sku: 'x', qty: 5 },
        { sku: 'y', qty: 1 },
      ],
      at: { city: 'Huế', no: 1 },
    },
    {
      _id: 2,
      tags: ['b', 'c', 'd'],
      items: [
        { sku: 'x', qty: 1 },
        { sku: 'y', qty: 9 },
      ],
      at: { city: null },
    },
    { _id: 3, tags: [], items: [], at: {} },
    { _id: 4, tags: 'a', items: { sku: 'x', qty: 7 }, at: 'Huế' },
    {
      _id: 5,
      tags: [['a', 'b']],
      matrix: [
        [1, 2],
        [3, 4],
      ],
    },
    { _id: 6, items: [{ qty: null }, { sku: 'z' }], at: [{ city: 'Huế' }, { city: 'Vinh' }] },
  ]);
  await texts.insertMany([
    { _id: 1, name: 'Nguyễn Văn An' },
    { _id: 2, name: 'nguyen van an' },
    { _id: 3, name: 'Trần Thị Bình\nSố sổ 0123' },
    { _id: 4, name: ['mật khẩu', 'đăng nhập'] },
    { _id: 5, name: 5 },
    { _id: 6, name: 'a.b*c' },
    { _id: 7, name: 'NGUYỄN' },
  ]);
});

const inArrays: readonly [string, Document, number[]][] = [
  ['a value in an array or by itself', { tags: 'a' }, [1, 4]],
  ['a whole array, also within an array', { tags: ['a', 'b'] }, [1, 5]],
  ['a field of the documents in an array', { 'items.sku': 'x' }, [1, 2, 4]],
  ['a field at a place', { 'items.1.sku': 'y' }, [1, 2]],
  ['a field at another place', { 'items.0.sku': 'y' }, []],
  ['a value at a place', { 'tags.2': 'd' }, [2]],
  [
    'two conditions that different elements may meet',
    { 'items.sku': 'x', 'items.qty': { $gte: 5 } },
    [1, 2, 4],
  ],
  [
    '$elemMatch: two conditions on one element',
    { items: { $elemMatch: { sku: 'x', qty: { $gte: 5 } } } },
    [1],
  ],
  ['$elemMatch on values', { tags: { $elemMatch: { $gt: 'b', $lt: 'd' } } }, [2]],
  ['$elemMatch with $or', { items: { $elemMatch: { $or: [{ sku: 'z' }, { qty: 9 }] } } }, [2, 6]],
  ['$elemMatch within $elemMatch', { matrix: { $elemMatch: { $elemMatch: { $eq: 4 } } } }, [5]],
  ['$not with $elemMatch', { items: { $not: { $elemMatch: { sku: 'x' } } } }, [3, 4, 5, 6]],
  ['$all', { tags: { $all: ['b', 'c'] } }, [2]],
  ['$all of one, also by itself', { tags: { $all: ['a'] } }, [1, 4]],
  ['$all of an array', { tags: { $all: [['a', 'b']] } }, [1, 5]],
  ['$all of nothing', { tags: { $all: [] } }, []],
  [
    '$all with $elemMatch',
    { items: { $all: [{ $elemMatch: { sku: 'x' } }, { $elemMatch: { qty: 9 } }] } },
    [2],
  ],
  ['$size', { tags: { $size: 3 } }, [2]],
  ['$size zero', { tags: { $size: 0 } }, [3]],
  ['null in some document of an array, or no array at all', { 'items.qty': null }, [5, 6]],
  ['a field that no element has', { 'items.qty': { $exists: false } }, [3, 5]],
  ['a field that some element has', { 'items.qty': { $exists: true } }, [1, 2, 4, 6]],
  ['$not over all elements', { 'items.qty': { $not: { $gt: 5 } } }, [1, 3, 5, 6]],
  ['$nin over all elements', { 'items.sku': { $nin: ['x'] } }, [3, 5, 6]],
  ['$ne over all elements', { 'items.sku': { $ne: 'y' } }, [3, 4, 5, 6]],
  ['arrays within arrays are not opened', { matrix: 1 }, []],
  ['a row of a matrix', { matrix: [3, 4] }, [5]],
  ['a place in a row', { 'matrix.0.1': 2 }, [5]],
  ['a row at a place', { 'matrix.1': [3, 4] }, [5]],
  ['a row at a place is not searched further', { 'matrix.1': 3 }, []],
  ['null or missing behind a dot', { 'at.city': null }, [2, 3, 4, 5]],
  ['a path through text', { 'at.city': { $exists: true } }, [1, 2, 6]],
  ['a path through an array', { 'at.city': 'Vinh' }, [6]],
  ['an empty document', { at: {} }, [3]],
  ['null for a field that is a document', { at: null }, [5]],
];

describe('finds in arrays and documents by', () => {
  for (const [name, filter, ids] of inArrays) {
    it(name, async () => {
      const found = await rows.find(filter).sort({ _id: 1 }).toArray();
      expect(found.map((row) => row._id)).toEqual(ids);
    });
  }
});

const byPattern: readonly [string, Document, number[]][] = [
  ['a pattern', { name: /an$/ }, [2]],
  ['a pattern with accents', { name: /Nguyễn/ }, [1]],
  ['a pattern that ignores case', { name: /^nguyen/i }, [2]],
  ['$regex with $options', { name: { $regex: '^NGUYEN', $options: 'i' } }, [2]],
  ['$regex with a pattern and its own flags', { name: { $regex: /VAN/i } }, [2]],
  ['a pattern over lines', { name: { $regex: '^Số', $options: 'm' } }, [3]],
  ['a pattern not over lines', { name: { $regex: '^Số' } }, []],
  ['a dot over the end of a line', { name: { $regex: 'Bình.Số', $options: 's' } }, [3]],
  ['a pattern with blanks left out', { name: { $regex: 'Bình \\s # hết dòng', $options: 'x' } }, [3]],
  ['a pattern in an array', { name: /khẩu/ }, [4]],
  ['a pattern with special characters taken literally', { name: /a\.b\*c/ }, [6]],
  ['a pattern together with a range', { name: { $regex: 'a', $gt: 'b' } }, [2]],
  ['$in of patterns', { name: { $in: [/^nguyen/, /khẩu$/] } }, [2, 4]],
];

describe('finds text by', () => {
  for (const [name, filter, ids] of byPattern) {
    it(name, async () => {
      const found = await texts.find(filter).sort({ _id: 1 }).toArray();
      expect(found.map((row) => row._id)).toEqual(ids);
    });
  }
});
