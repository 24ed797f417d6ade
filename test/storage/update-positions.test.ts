import { describe } from 'vitest';
import { openStorage } from '../support/storage.ts';
import { checkMistake, checkUpdate, type UpdateCase, type UpdateMistake } from './update-case.ts';

const storage = await openStorage('update-positions');
const { it } = storage;
const rows = await storage.collection();

const items = () => [
  { sku: 'x', qty: 5 },
  { sku: 'y', qty: 1 },
  { sku: 'z', qty: 9 },
];

const cases: readonly UpdateCase[] = [
  {
    name: '$ is the element that was found',
    before: { a: [1, 5, 5] },
    where: { a: 5 },
    update: { $set: { 'a.$': 0 } },
    after: { a: [1, 0, 5] },
  },
  {
    name: '$ with a comparison',
    before: { a: [1, 5, 9] },
    where: { a: { $gt: 4 } },
    update: { $inc: { 'a.$': 100 } },
    after: { a: [1, 105, 9] },
  },
  {
    name: '$ in documents found by a field',
    before: { a: items() },
    where: { 'a.sku': 'y' },
    update: { $set: { 'a.$.qty': 7 } },
    after: {
      a: [
        { sku: 'x', qty: 5 },
        { sku: 'y', qty: 7 },
        { sku: 'z', qty: 9 },
      ],
    },
  },
  {
    name: '$ in documents found by $elemMatch',
    before: { a: items() },
    where: { a: { $elemMatch: { qty: { $gte: 5 }, sku: { $ne: 'x' } } } },
    update: { $set: { 'a.$.hit': true } },
    after: {
      a: [
        { sku: 'x', qty: 5 },
        { sku: 'y', qty: 1 },
        { sku: 'z', qty: 9, hit: true },
      ],
    },
  },
  {
    name: '$[] is every element',
    before: { a: [1, 2, 3] },
    update: { $inc: { 'a.$[]': 10 } },
    after: { a: [11, 12, 13] },
  },
  {
    name: '$[] in documents',
    before: { a: items() },
    update: { $set: { 'a.$[].qty': 0 } },
    after: {
      a: [
        { sku: 'x', qty: 0 },
        { sku: 'y', qty: 0 },
        { sku: 'z', qty: 0 },
      ],
    },
  },
  { name: '$[] of an empty array', before: { a: [] }, update: { $set: { 'a.$[].b': 1 } }, after: { a: [] } },
  {
    name: '$[x] is what the array filter lets through',
    before: { a: [1, 5, 9] },
    update: { $set: { 'a.$[big]': 0 } },
    options: { arrayFilters: [{ big: { $gte: 5 } }] },
    after: { a: [1, 0, 0] },
  },
  {
    name: '$[x] in documents',
    before: { a: items() },
    update: { $inc: { 'a.$[few].qty': 100 } },
    options: { arrayFilters: [{ 'few.qty': { $lt: 6 }, 'few.sku': { $ne: 'x' } }] },
    after: {
      a: [
        { sku: 'x', qty: 5 },
        { sku: 'y', qty: 101 },
        { sku: 'z', qty: 9 },
      ],
    },
  },
  {
    name: '$[x] lets nothing through',
    before: { a: [1] },
    update: { $set: { 'a.$[x]': 0 } },
    options: { arrayFilters: [{ x: 7 }] },
    after: { a: [1] },
  },
  {
    name: '$[] and $[x] together',
    before: { a: [{ b: [1, 5] }, { b: [6] }] },
    update: { $set: { 'a.$[].b.$[x]': 0 } },
    options: { arrayFilters: [{ x: { $gt: 4 } }] },
    after: { a: [{ b: [1, 0] }, { b: [0] }] },
  },
  {
    name: '$push into the element that was found',
    before: {
      a: [
        { k: 1, list: [1] },
        { k: 2, list: [] },
      ],
    },
    where: { 'a.k': 2 },
    update: { $push: { 'a.$.list': 'x' } },
    after: {
      a: [
        { k: 1, list: [1] },
        { k: 2, list: ['x'] },
      ],
    },
  },
  {
    name: '$unset in every element',
    before: { a: [{ b: 1, c: 1 }, { b: 2 }] },
    update: { $unset: { 'a.$[].b': '' } },
    after: { a: [{ c: 1 }, {}] },
  },
];

describe('updates elements of arrays:', () => {
  for (const one of cases) it(one.name, () => checkUpdate(rows, one));
});

const filters = (...arrayFilters: Record<string, unknown>[]) => ({ arrayFilters });

const mistakes: readonly UpdateMistake[] = [
  { name: '$ without a condition on the array', before: { a: [1] }, update: { $set: { 'a.$': 0 } }, code: 2 },
  { name: '$[] on a number', before: { a: 1 }, update: { $set: { 'a.$[]': 0 } }, code: 2 },
  { name: '$[] on nothing', before: { b: 1 }, update: { $set: { 'a.$[]': 0 } }, code: 2 },
  { name: '$[x] without a filter for x', before: { a: [1] }, update: { $set: { 'a.$[x]': 0 } }, code: 2 },
  {
    name: 'an array filter that is not used',
    before: { a: [1] },
    update: { $set: { a: [] } },
    options: filters({ x: 1 }),
    code: 9,
  },
  {
    name: 'two array filters of one name',
    before: { a: [1] },
    update: { $set: { 'a.$[x]': 0 } },
    options: filters({ x: 1 }, { x: 2 }),
    code: 9,
  },
  {
    name: 'an array filter about two names',
    before: { a: [1] },
    update: { $set: { 'a.$[x]': 0 } },
    options: filters({ x: 1, y: 2 }),
    code: 9,
  },
];

describe('refuses and changes nothing:', () => {
  for (const one of mistakes) it(one.name, () => checkMistake(rows, one));
});
