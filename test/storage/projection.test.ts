import type { Document } from 'mongodb';
import { beforeAll, describe, expect } from 'vitest';
import { expectFailure, openStorage, type Row } from '../support/storage.ts';

const storage = await openStorage('projection');
const { db, it } = storage;
const rows = db.collection<Row>('rows');

const items = [
  { sku: 'x', qty: 5 },
  { sku: 'y', qty: 1 },
  { sku: 'z', qty: 9 },
];

beforeAll(async () => {
  await rows.insertOne({
    _id: 1,
    a: 1,
    b: { c: 2, d: 3, e: { f: 4 } },
    list: [1, 2, 3, 4],
    items,
    mixed: [5, { c: 6, d: 7 }],
  });
});

const cases: readonly [name: string, projection: Document, shown: Document, filter?: Document][] = [
  ['fields to show, and _id', { a: 1 }, { _id: 1, a: 1 }],
  ['fields to show without _id', { a: 1, _id: 0 }, { a: 1 }],
  ['only _id', { _id: 1 }, { _id: 1 }],
  ['fields in the document’s order', { list: 1, a: true }, { _id: 1, a: 1, list: [1, 2, 3, 4] }],
  ['a field that is missing', { z: 1 }, { _id: 1 }],
  ['fields to hide', { b: 0, list: 0, items: 0, mixed: false }, { _id: 1, a: 1 }],
  ['_id to hide, of what is left', { _id: 0, b: 0, list: 0, items: 0, mixed: 0 }, { a: 1 }],
  ['a path to show', { 'b.c': 1 }, { _id: 1, b: { c: 2 } }],
  [
    'a path to show, written as a document',
    { b: { c: 1, e: { f: 1 } } },
    { _id: 1, b: { c: 2, e: { f: 4 } } },
  ],
  ['a path to hide', { 'b.c': 0, list: 0, items: 0, mixed: 0 }, { _id: 1, a: 1, b: { d: 3, e: { f: 4 } } }],
  [
    'a path into documents of an array',
    { 'items.sku': 1 },
    { _id: 1, items: [{ sku: 'x' }, { sku: 'y' }, { sku: 'z' }] },
  ],
  ['a path into a mixed array drops plain values', { 'mixed.c': 1 }, { _id: 1, mixed: [{ c: 6 }] }],
  [
    'a path to hide in a mixed array keeps plain values',
    { 'mixed.c': 0, b: 0, list: 0, items: 0 },
    { _id: 1, a: 1, mixed: [5, { d: 7 }] },
  ],
  ['a path through a plain value', { 'a.b': 1 }, { _id: 1 }],
  [
    'the first of an array',
    { list: { $slice: 2 }, items: 0, b: 0, mixed: 0 },
    { _id: 1, a: 1, list: [1, 2] },
  ],
  ['the last of an array', { list: { $slice: -1 }, items: 0, b: 0, mixed: 0 }, { _id: 1, a: 1, list: [4] }],
  ['the middle of an array', { a: 1, list: { $slice: [1, 2] } }, { _id: 1, a: 1, list: [2, 3] }],
  [
    'the first element that matches',
    { items: { $elemMatch: { qty: { $gt: 4 } } } },
    { _id: 1, items: [{ sku: 'x', qty: 5 }] },
  ],
  ['no element that matches', { items: { $elemMatch: { qty: 100 } } }, { _id: 1 }],
  [
    'the element that the filter found',
    { 'items.$': 1 },
    { _id: 1, items: [{ sku: 'y', qty: 1 }] },
    { 'items.sku': 'y' },
  ],
  [
    'the element that $elemMatch found',
    { 'items.$': 1 },
    { _id: 1, items: [{ sku: 'z', qty: 9 }] },
    { items: { $elemMatch: { qty: { $gt: 5 } } } },
  ],
  ['a computed field', { a: 1, sum: { $add: ['$a', '$b.c'] } }, { _id: 1, a: 1, sum: 3 }],
  ['only computed fields', { n: { $size: '$list' } }, { _id: 1, n: 4 }],
  ['a field under another name', { _id: 0, renamed: '$b.e.f' }, { renamed: 4 }],
  ['a literal', { _id: 0, one: { $literal: 1 } }, { one: 1 }],
  [
    'nothing said',
    {},
    { _id: 1, a: 1, b: { c: 2, d: 3, e: { f: 4 } }, list: [1, 2, 3, 4], items, mixed: [5, { c: 6, d: 7 }] },
  ],
];

describe('shows', () => {
  for (const [name, projection, shown, filter] of cases) {
    it(name, async () => {
      const found = await rows.findOne(filter ?? {}, { projection });
      expect(found).toEqual(shown);
      expect(Object.keys(found ?? {})).toEqual(Object.keys(shown));
    });
  }
});

const mistakes: readonly [name: string, projection: Document, code: number | readonly number[]][] = [
  ['hiding among fields to show', { a: 1, b: 0 }, 31254],
  ['showing among fields to hide', { a: 0, b: 1 }, 31253],
  ['a path below one that is shown', { b: 1, 'b.c': 1 }, 31249],
  ['a path above one that is shown', { 'b.c': 1, b: 1 }, 31250],
  ['an unknown expression', { a: { $foo: 1 } }, [168, 31325]],
  ['a found element where the filter looks at no array', { 'items.$': 1 }, [51246, 5291401]],
];

describe('refuses', () => {
  for (const [name, projection, code] of mistakes) {
    it(name, async () => {
      await expectFailure(code, rows.find({}, { projection }).toArray());
    });
  }
});
