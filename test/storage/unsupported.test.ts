import type { Document } from 'mongodb';
import { describe, expect } from 'vitest';
import { expectFailure, openStorage } from '../support/storage.ts';

const storage = await openStorage('unsupported');
const { db, it } = storage;
const rows = await storage.collection([
  { _id: 1, text: 'Huế', at: [107.6, 16.5] },
  { _id: 2, text: 'huế', at: [105.8, 21] },
]);
const name = rows.collectionName;
const EMBEDDED = { engines: ['embedded'], because: 'other servers can do this' } as const;
const VIETNAMESE = { locale: 'vi', strength: 1 };

/** What only a full MongoDB does. To ignore any of it would be a silent wrong answer. */
const requests: readonly [name: string, command: Document][] = [
  ['find with a collation', { find: name, filter: { text: 'HUẾ' }, collation: VIETNAMESE }],
  ['count with a collation', { count: name, query: { text: 'HUẾ' }, collation: VIETNAMESE }],
  ['distinct with a collation', { distinct: name, key: 'text', collation: VIETNAMESE }],
  ['aggregate with a collation', { aggregate: name, pipeline: [], cursor: {}, collation: VIETNAMESE }],
  [
    'findAndModify with a collation',
    { findAndModify: name, query: { text: 'HUẾ' }, update: { $set: { a: 1 } }, collation: VIETNAMESE },
  ],
  [
    'an index with a collation',
    { createIndexes: name, indexes: [{ key: { text: 1 }, name: 'x', collation: VIETNAMESE }] },
  ],
  ['a collection with a collation', { create: 'collated', collation: VIETNAMESE }],
  ['a capped collection', { create: 'capped', capped: true, size: 1000 }],
  ['a collection with a validator', { create: 'checked', validator: { a: { $type: 'int' } } }],
  ['a view', { create: 'view', viewOn: name, pipeline: [] }],
  ['a time series', { create: 'series', timeseries: { timeField: 'at' } }],
  ['text search', { find: name, filter: { $text: { $search: 'Huế' } } }],
  ['search by place', { find: name, filter: { at: { $near: [107, 16] } } }],
  ['JavaScript in a filter', { find: name, filter: { $where: 'true' } }],
  [
    'JavaScript in an expression',
    {
      aggregate: name,
      pipeline: [{ $project: { x: { $function: { body: 'f', args: [], lang: 'js' } } } }],
      cursor: {},
    },
  ],
  ['validation rules by collMod', { collMod: name, validator: { a: 1 } }],
];

describe('says that it cannot, rather than do something else:', () => {
  for (const [title, command] of requests) {
    it(title, async () => void (await expectFailure(115, db.command(command))), EMBEDDED);
  }

  it(
    'an update and a delete with a collation, which then do nothing',
    async () => {
      const filter = { text: 'HUẾ' };
      await expectFailure(115, rows.updateMany(filter, { $set: { a: 1 } }, { collation: VIETNAMESE }));
      await expectFailure(115, rows.deleteMany(filter, { collation: VIETNAMESE }));
      expect(await rows.countDocuments({ a: { $exists: false } })).toBe(2);
    },
    EMBEDDED,
  );
});
