import { Decimal128, type Document, Double, Int32, Long, Timestamp } from 'mongodb';
import { describe, expect } from 'vitest';
import { openStorage } from '../support/storage.ts';
import { checkMistake, checkUpdate, type UpdateCase, type UpdateMistake } from './update-case.ts';

const storage = await openStorage('update-fields');
const { it } = storage;
const rows = await storage.collection();

const may = new Date('2024-05-01T00:00:00Z');
const june = new Date('2024-06-01T00:00:00Z');

const cases: readonly UpdateCase[] = [
  { name: '$set a field', before: { a: 1 }, update: { $set: { a: 2, b: 'x' } }, after: { a: 2, b: 'x' } },
  { name: '$set what is there already', before: { a: 1 }, update: { $set: { a: 1 } }, after: { a: 1 } },
  { name: '$set a deep path', before: {}, update: { $set: { 'a.b.c': 1 } }, after: { a: { b: { c: 1 } } } },
  {
    name: '$set beside others in a document',
    before: { a: { b: 1 } },
    update: { $set: { 'a.c': 2 } },
    after: { a: { b: 1, c: 2 } },
  },
  {
    name: '$set an element of an array',
    before: { a: [1, 2] },
    update: { $set: { 'a.1': 5 } },
    after: { a: [1, 5] },
  },
  {
    name: '$set past the end of an array',
    before: { a: [1] },
    update: { $set: { 'a.3': 4 } },
    after: { a: [1, null, null, 4] },
  },
  {
    name: '$set in a document of an array',
    before: { a: [{ b: 1 }] },
    update: { $set: { 'a.0.b': 2 } },
    after: { a: [{ b: 2 }] },
  },
  {
    name: '$set a numbered path where nothing is',
    before: {},
    update: { $set: { 'a.0': 1 } },
    after: { a: { 0: 1 } },
  },
  { name: '$set nothing', before: { a: 1 }, update: { $set: {} }, after: { a: 1 } },
  {
    name: '$set a whole document',
    before: { a: { b: 1 } },
    update: { $set: { a: { c: 1 } } },
    after: { a: { c: 1 } },
  },
  {
    name: '$set only the order of fields',
    before: { a: { x: 1, y: 2 } },
    update: { $set: { a: { y: 2, x: 1 } } },
    after: { a: { y: 2, x: 1 } },
  },
  {
    name: '$unset',
    before: { a: 1, b: { c: 1, d: 2 } },
    update: { $unset: { a: '', 'b.c': '' } },
    after: { b: { d: 2 } },
  },
  {
    name: '$unset what is missing',
    before: { a: 1 },
    update: { $unset: { b: '', 'c.d': '' } },
    after: { a: 1 },
  },
  {
    name: '$unset an element leaves null',
    before: { a: [1, 2, 3] },
    update: { $unset: { 'a.1': '' } },
    after: { a: [1, null, 3] },
  },
  { name: '$inc', before: { a: 1 }, update: { $inc: { a: 5 } }, after: { a: 6 } },
  { name: '$inc a missing field', before: {}, update: { $inc: { 'a.b': 2 } }, after: { a: { b: 2 } } },
  { name: '$inc by a negative', before: { a: 1 }, update: { $inc: { a: -3 } }, after: { a: -2 } },
  { name: '$inc by a fraction', before: { a: 1 }, update: { $inc: { a: 0.5 } }, after: { a: 1.5 } },
  { name: '$inc by zero', before: { a: 1 }, update: { $inc: { a: 0 } }, after: { a: 1 } },
  { name: '$mul', before: { a: 3 }, update: { $mul: { a: 2.5 } }, after: { a: 7.5 } },
  { name: '$mul a missing field', before: {}, update: { $mul: { a: 2 } }, after: { a: 0 } },
  {
    name: '$min takes the smaller',
    before: { a: 5, b: 5 },
    update: { $min: { a: 3, b: 7, c: 1 } },
    after: { a: 3, b: 5, c: 1 },
  },
  {
    name: '$max takes the larger',
    before: { a: 5, b: 5 },
    update: { $max: { a: 3, b: 7, c: 1 } },
    after: { a: 5, b: 7, c: 1 },
  },
  { name: '$min of dates', before: { at: june }, update: { $min: { at: may } }, after: { at: may } },
  { name: '$max of dates', before: { at: june }, update: { $max: { at: may } }, after: { at: june } },
  {
    name: '$max across types: text is above numbers',
    before: { a: 5 },
    update: { $max: { a: 'x' } },
    after: { a: 'x' },
  },
  {
    name: '$min across types: null is below numbers',
    before: { a: 5 },
    update: { $min: { a: null } },
    after: { a: null },
  },
  { name: '$rename', before: { a: 1, b: 2 }, update: { $rename: { a: 'c' } }, after: { b: 2, c: 1 } },
  {
    name: '$rename into a document',
    before: { a: 1 },
    update: { $rename: { a: 'b.c' } },
    after: { b: { c: 1 } },
  },
  {
    name: '$rename over another field',
    before: { a: 1, b: 2 },
    update: { $rename: { a: 'b' } },
    after: { b: 1 },
  },
  { name: '$rename what is missing', before: { a: 1 }, update: { $rename: { z: 'y' } }, after: { a: 1 } },
  { name: '$bit and', before: { a: 13 }, update: { $bit: { a: { and: 10 } } }, after: { a: 8 } },
  { name: '$bit or', before: { a: 3 }, update: { $bit: { a: { or: 5 } } }, after: { a: 7 } },
  { name: '$bit xor', before: { a: 1 }, update: { $bit: { a: { xor: 5 } } }, after: { a: 4 } },
  {
    name: '$setOnInsert on a document that is there',
    before: { a: 1 },
    update: { $setOnInsert: { b: 1 } },
    after: { a: 1 },
  },
  {
    name: 'several operators at once',
    before: { a: 1, b: 2, c: [1] },
    update: { $inc: { a: 1 }, $unset: { b: '' }, $push: { c: 2 }, $set: { d: 4 } },
    after: { a: 2, c: [1, 2], d: 4 },
  },
  {
    name: 'pipeline $set',
    before: { a: 1, b: 2 },
    update: [{ $set: { total: { $add: ['$a', '$b'] } } }],
    after: { a: 1, b: 2, total: 3 },
  },
  {
    name: 'pipeline stages one after the other',
    before: { a: 1 },
    update: [{ $set: { b: { $add: ['$a', 1] } } }, { $set: { c: { $add: ['$b', 1] } } }],
    after: { a: 1, b: 2, c: 3 },
  },
  {
    name: 'pipeline $unset',
    before: { a: 1, b: 2, c: 3 },
    update: [{ $unset: ['a', 'b'] }],
    after: { c: 3 },
  },
  {
    name: 'pipeline $replaceWith keeps _id',
    before: { a: { x: 1 } },
    update: [{ $replaceWith: '$a' }],
    after: { x: 1 },
  },
  { name: 'pipeline $project', before: { a: 1, b: 2 }, update: [{ $project: { a: 1 } }], after: { a: 1 } },
  {
    name: 'pipeline with a condition',
    before: { n: 5 },
    update: [{ $set: { size: { $cond: [{ $gt: ['$n', 3] }, 'big', 'small'] } } }],
    after: { n: 5, size: 'big' },
  },
  {
    name: 'pipeline that swaps fields',
    before: { a: 1, b: 2 },
    update: [{ $set: { a: '$b', b: '$a' } }],
    after: { a: 2, b: 1 },
  },
  {
    name: 'pipeline $set without dollar is text',
    before: {},
    update: [{ $set: { a: 'b', c: { $literal: '$d' } } }],
    after: { a: 'b', c: '$d' },
  },
];

describe('updates fields:', () => {
  for (const one of cases) it(one.name, () => checkUpdate(rows, one));

  it('new fields come in the order of their names', async () => {
    const { insertedId: _id } = await rows.insertOne({});
    await rows.updateOne({ _id }, { $set: { d: 1, b: 2, c: 3 } });
    expect(Object.keys((await rows.findOne({ _id })) ?? {})).toEqual(['_id', 'b', 'c', 'd']);
  });

  it('$currentDate sets a date or a timestamp', async () => {
    const { insertedId: _id } = await rows.insertOne({});
    await rows.updateOne({ _id }, {
      $currentDate: { a: true, b: { $type: 'timestamp' }, c: { $type: 'date' } },
    } as Document);
    const row = await rows.findOne({ _id });
    expect(row?.['a']).toBeInstanceOf(Date);
    expect(row?.['b']).toBeInstanceOf(Timestamp);
    expect(row?.['c']).toBeInstanceOf(Date);
    expect(Math.abs(Date.now() - row?.['a'].getTime())).toBeLessThan(3_600_000);
  });

  it('pipeline $$NOW is the time of the update', async () => {
    const { insertedId: _id } = await rows.insertOne({});
    await rows.updateOne({ _id }, [{ $set: { at: '$$NOW' } }]);
    expect((await rows.findOne({ _id }))?.['at']).toBeInstanceOf(Date);
  });
});

const sums: readonly [string, unknown, unknown, string, unknown][] = [
  ['int and int', new Int32(1), new Int32(2), 'int', 3],
  ['int and long', new Int32(1), Long.fromNumber(2), 'long', 3],
  ['int and double', new Int32(1), new Double(2), 'double', 3],
  ['double and int', new Double(1), new Int32(2), 'double', 3],
  ['int past its end', new Int32(2_147_483_647), new Int32(1), 'long', 2_147_483_648],
  ['long beyond exact doubles', Long.fromString('9007199254740993'), new Int32(1), 'long', 9007199254740994n],
];

describe('$inc keeps the type of numbers:', () => {
  for (const [name, start, step, type, sum] of sums) {
    it(name, async () => {
      const { insertedId: _id } = await rows.insertOne({ n: start });
      await rows.updateOne({ _id }, { $inc: { n: step } } as Document);
      expect(await rows.countDocuments({ _id, n: { $type: type } } as Document)).toBe(1);
      const row = await rows.findOne({ _id }, { useBigInt64: typeof sum === 'bigint' });
      expect(row?.['n']).toEqual(sum);
    });
  }

  it('decimal', async () => {
    const { insertedId: _id } = await rows.insertOne({ n: Decimal128.fromString('0.1') });
    await rows.updateOne({ _id }, { $inc: { n: Decimal128.fromString('0.2') } } as Document);
    expect(String((await rows.findOne({ _id }))?.['n'])).toBe('0.3');
  });
});

const mistakes: readonly UpdateMistake[] = [
  { name: '$inc of text', before: { a: 'x' }, update: { $inc: { a: 1 } }, code: 14 },
  { name: '$inc of null', before: { a: null }, update: { $inc: { a: 1 } }, code: 14 },
  { name: '$inc by text', before: { a: 1 }, update: { $inc: { a: 'x' } }, code: 14 },
  {
    name: '$inc past the end of a long',
    before: { a: Long.MAX_VALUE },
    update: { $inc: { a: Long.ONE } },
    code: 2,
  },
  { name: '$mul of text', before: { a: 'x' }, update: { $mul: { a: 2 } }, code: 14 },
  { name: '$set through a number', before: { a: 1 }, update: { $set: { 'a.b': 1 } }, code: 28 },
  { name: '$set through null', before: { a: null }, update: { $set: { 'a.b': 1 } }, code: 28 },
  { name: '$set a name in an array', before: { a: [1] }, update: { $set: { 'a.b': 1 } }, code: 28 },
  { name: '$set of a plain value', before: { a: 1 }, update: { $set: 5 }, code: 9 },
  {
    name: 'two operators on one field',
    before: { a: 1 },
    update: { $set: { a: 1 }, $inc: { a: 1 } },
    code: 40,
  },
  { name: 'a path and its parent', before: {}, update: { $set: { a: {}, 'a.b': 1 } }, code: 40 },
  { name: 'an empty part of a path', before: {}, update: { $set: { 'a..b': 1 } }, code: 56 },
  { name: 'a path that ends in a dot', before: {}, update: { $set: { 'a.': 1 } }, code: 56 },
  { name: 'an unknown operator', before: { a: 1 }, update: { $foo: { a: 1 } }, code: 9 },
  { name: '$rename to itself', before: { a: 1 }, update: { $rename: { a: 'a' } }, code: 2 },
  { name: '$rename to a number', before: { a: 1 }, update: { $rename: { a: 5 } }, code: 2 },
  {
    name: '$rename out of an array',
    before: { a: [{ b: 1 }] },
    update: { $rename: { 'a.0.b': 'c' } },
    code: 2,
  },
  {
    name: '$currentDate of an unknown type',
    before: {},
    update: { $currentDate: { a: { $type: 'year' } } },
    code: 2,
  },
  { name: '$bit of a fraction', before: { a: 1.5 }, update: { $bit: { a: { and: 1 } } }, code: 2 },
  { name: '$rename of _id', before: { a: 1 }, update: { $rename: { _id: 'b' } }, code: 66 },
  { name: 'a pipeline that changes _id', before: { a: 1 }, update: [{ $set: { _id: 'other' } }], code: 66 },
  { name: 'a pipeline stage that cannot update', before: { a: 1 }, update: [{ $match: { a: 1 } }], code: 72 },
  { name: 'an unknown pipeline stage', before: { a: 1 }, update: [{ $foo: {} }], code: 40324 },
];

describe('refuses and changes nothing:', () => {
  for (const one of mistakes) it(one.name, () => checkMistake(rows, one));
});
