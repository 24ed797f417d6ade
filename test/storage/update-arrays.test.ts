import { describe } from 'vitest';
import { openStorage } from '../support/storage.ts';
import { checkMistake, checkUpdate, type UpdateCase, type UpdateMistake } from './update-case.ts';

const storage = await openStorage('update-arrays');
const { it } = storage;
const rows = await storage.collection();

const items = () => [
  { sku: 'x', qty: 5 },
  { sku: 'y', qty: 1 },
  { sku: 'z', qty: 9 },
];

const cases: readonly UpdateCase[] = [
  { name: '$push', before: { a: [1] }, update: { $push: { a: 2 } }, after: { a: [1, 2] } },
  { name: '$push onto nothing', before: {}, update: { $push: { 'a.b': 1 } }, after: { a: { b: [1] } } },
  {
    name: '$push an array as one element',
    before: { a: [1] },
    update: { $push: { a: [2, 3] } },
    after: { a: [1, [2, 3]] },
  },
  {
    name: '$push $each',
    before: { a: [1] },
    update: { $push: { a: { $each: [2, 3] } } },
    after: { a: [1, 2, 3] },
  },
  {
    name: '$push $each of nothing',
    before: { a: [1] },
    update: { $push: { a: { $each: [] } } },
    after: { a: [1] },
  },
  {
    name: '$push $position',
    before: { a: [1, 4] },
    update: { $push: { a: { $each: [2, 3], $position: 1 } } },
    after: { a: [1, 2, 3, 4] },
  },
  {
    name: '$push $position from the end',
    before: { a: [1, 2, 5] },
    update: { $push: { a: { $each: [3, 4], $position: -1 } } },
    after: { a: [1, 2, 3, 4, 5] },
  },
  {
    name: '$push $position past the end',
    before: { a: [1] },
    update: { $push: { a: { $each: [2], $position: 9 } } },
    after: { a: [1, 2] },
  },
  {
    name: '$push $slice keeps the first',
    before: { a: [1, 2] },
    update: { $push: { a: { $each: [3, 4], $slice: 3 } } },
    after: { a: [1, 2, 3] },
  },
  {
    name: '$push $slice keeps the last',
    before: { a: [1, 2] },
    update: { $push: { a: { $each: [3, 4], $slice: -3 } } },
    after: { a: [2, 3, 4] },
  },
  {
    name: '$push $slice zero empties',
    before: { a: [1, 2] },
    update: { $push: { a: { $each: [3], $slice: 0 } } },
    after: { a: [] },
  },
  {
    name: '$push $sort',
    before: { a: [5, 1] },
    update: { $push: { a: { $each: [3], $sort: 1 } } },
    after: { a: [1, 3, 5] },
  },
  {
    name: '$push $sort downwards',
    before: { a: [5, 1] },
    update: { $push: { a: { $each: [3], $sort: -1 } } },
    after: { a: [5, 3, 1] },
  },
  {
    name: '$push $sort by fields, then $slice',
    before: { a: items() },
    update: { $push: { a: { $each: [{ sku: 'w', qty: 5 }], $sort: { qty: -1, sku: 1 }, $slice: 2 } } },
    after: {
      a: [
        { sku: 'z', qty: 9 },
        { sku: 'w', qty: 5 },
      ],
    },
  },
  {
    name: '$addToSet something new',
    before: { a: [1] },
    update: { $addToSet: { a: 2 } },
    after: { a: [1, 2] },
  },
  {
    name: '$addToSet something known',
    before: { a: [1, 2] },
    update: { $addToSet: { a: 2 } },
    after: { a: [1, 2] },
  },
  {
    name: '$addToSet $each',
    before: { a: [1] },
    update: { $addToSet: { a: { $each: [1, 2, 2, 3] } } },
    after: { a: [1, 2, 3] },
  },
  {
    name: '$addToSet a known document',
    before: { a: [{ x: 1, y: 2 }] },
    update: { $addToSet: { a: { x: 1, y: 2 } } },
    after: { a: [{ x: 1, y: 2 }] },
  },
  {
    name: '$addToSet a document in another order is new',
    before: { a: [{ x: 1, y: 2 }] },
    update: { $addToSet: { a: { y: 2, x: 1 } } },
    after: {
      a: [
        { x: 1, y: 2 },
        { y: 2, x: 1 },
      ],
    },
  },
  {
    name: '$addToSet leaves doubles that are there',
    before: { a: [1, 1] },
    update: { $addToSet: { a: 2 } },
    after: { a: [1, 1, 2] },
  },
  {
    name: '$addToSet onto nothing',
    before: {},
    update: { $addToSet: { a: { $each: [1, 1] } } },
    after: { a: [1] },
  },
  { name: '$pull a value', before: { a: [1, 2, 1, 3] }, update: { $pull: { a: 1 } }, after: { a: [2, 3] } },
  {
    name: '$pull by comparison',
    before: { a: [1, 5, 9] },
    update: { $pull: { a: { $gte: 5 } } },
    after: { a: [1] },
  },
  {
    name: '$pull by $in',
    before: { a: ['x', 'y', 'z'] },
    update: { $pull: { a: { $in: ['x', 'z'] } } },
    after: { a: ['y'] },
  },
  {
    name: '$pull by pattern',
    before: { a: ['ax', 'by'] },
    update: { $pull: { a: /^a/ } },
    after: { a: ['by'] },
  },
  {
    name: '$pull documents by some of their fields',
    before: { a: items() },
    update: { $pull: { a: { qty: { $lt: 6 }, sku: 'x' } } },
    after: {
      a: [
        { sku: 'y', qty: 1 },
        { sku: 'z', qty: 9 },
      ],
    },
  },
  {
    name: '$pull a whole array',
    before: { a: [[1, 2], [2, 1], 1] },
    update: { $pull: { a: [1, 2] } },
    after: { a: [[2, 1], 1] },
  },
  { name: '$pull what is not there', before: { a: [1] }, update: { $pull: { a: 7 } }, after: { a: [1] } },
  { name: '$pull from nothing', before: { b: 1 }, update: { $pull: { a: 7 } }, after: { b: 1 } },
  { name: '$pullAll', before: { a: [1, 2, 3, 2] }, update: { $pullAll: { a: [2, 3] } }, after: { a: [1] } },
  { name: '$pop the last', before: { a: [1, 2, 3] }, update: { $pop: { a: 1 } }, after: { a: [1, 2] } },
  { name: '$pop the first', before: { a: [1, 2, 3] }, update: { $pop: { a: -1 } }, after: { a: [2, 3] } },
  { name: '$pop from an empty array', before: { a: [] }, update: { $pop: { a: 1 } }, after: { a: [] } },
];

describe('updates arrays:', () => {
  for (const one of cases) it(one.name, () => checkUpdate(rows, one));
});

const mistakes: readonly UpdateMistake[] = [
  { name: '$push onto a number', before: { a: 1 }, update: { $push: { a: 1 } }, code: 2 },
  { name: '$push onto null', before: { a: null }, update: { $push: { a: 1 } }, code: 2 },
  { name: '$push with $each of no list', before: { a: [] }, update: { $push: { a: { $each: 5 } } }, code: 2 },
  {
    name: '$push with an unknown clause',
    before: { a: [] },
    update: { $push: { a: { $each: [1], $foo: 1 } } },
    code: 2,
  },
  {
    name: '$push with a $slice of text',
    before: { a: [] },
    update: { $push: { a: { $each: [1], $slice: 'x' } } },
    code: 2,
  },
  {
    name: '$push with a $sort of neither direction',
    before: { a: [] },
    update: { $push: { a: { $each: [1], $sort: 5 } } },
    code: 2,
  },
  { name: '$addToSet to a number', before: { a: 1 }, update: { $addToSet: { a: 1 } }, code: 2 },
  { name: '$pull from a number', before: { a: 1 }, update: { $pull: { a: 1 } }, code: 2 },
  { name: '$pullAll without a list', before: { a: [1] }, update: { $pullAll: { a: 1 } }, code: 2 },
  { name: '$pop from a number', before: { a: 1 }, update: { $pop: { a: 1 } }, code: 14 },
  { name: '$pop in neither direction', before: { a: [1] }, update: { $pop: { a: 5 } }, code: 9 },
];

describe('refuses and changes nothing:', () => {
  for (const one of mistakes) it(one.name, () => checkMistake(rows, one));
});
