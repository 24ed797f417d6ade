import type { Document } from 'mongodb';
import { beforeAll, describe, expect } from 'vitest';
import { expectFailure, openStorage, type Row } from '../support/storage.ts';

const storage = await openStorage('aggregation-joins');
const { db, it } = storage;
const tickets = db.collection<Row>('tickets');
const offices = db.collection<Row>('offices');

beforeAll(async () => {
  await offices.insertMany([
    { _id: 'hue', name: 'Huế', phones: ['1', '2'], parent: 'mid' },
    { _id: 'vinh', name: 'Vinh', phones: ['3'], parent: 'mid' },
    { _id: 'mid', name: 'Miền Trung', parent: 'vn' },
    { _id: 'vn', name: 'Việt Nam' },
  ]);
  await tickets.insertMany([
    { _id: 1, office: 'hue', phone: '2', score: 5 },
    { _id: 2, office: 'vinh', offices: ['hue', 'vinh'], score: 7 },
    { _id: 3, office: 'lost', score: 6 },
    { _id: 4, score: 1 },
  ]);
});

const cases: readonly [name: string, pipeline: Document[], results: unknown[]][] = [
  [
    '$lookup by equal fields',
    [
      { $match: { _id: { $lte: 3 } } },
      { $lookup: { from: 'offices', localField: 'office', foreignField: '_id', as: 'o' } },
      { $project: { names: '$o.name' } },
      { $sort: { _id: 1 } },
    ],
    [
      { _id: 1, names: ['Huế'] },
      { _id: 2, names: ['Vinh'] },
      { _id: 3, names: [] },
    ],
  ],
  [
    '$lookup from an array',
    [
      { $match: { _id: 2 } },
      { $lookup: { from: 'offices', localField: 'offices', foreignField: '_id', as: 'o' } },
      { $unwind: '$o' },
      { $sort: { 'o._id': 1 } },
      { $project: { name: '$o.name' } },
    ],
    [
      { _id: 2, name: 'Huế' },
      { _id: 2, name: 'Vinh' },
    ],
  ],
  [
    '$lookup into an array',
    [
      { $match: { _id: 1 } },
      { $lookup: { from: 'offices', localField: 'phone', foreignField: 'phones', as: 'o' } },
      { $project: { names: '$o._id' } },
    ],
    [{ _id: 1, names: ['hue'] }],
  ],
  [
    '$lookup of a missing field finds those that miss it too',
    [
      { $match: { _id: 4 } },
      { $lookup: { from: 'offices', localField: 'office', foreignField: 'parent', as: 'o' } },
      { $project: { names: '$o._id' } },
    ],
    [{ _id: 4, names: ['vn'] }],
  ],
  [
    '$lookup in a collection that is not there',
    [
      { $match: { _id: 1 } },
      { $lookup: { from: 'nowhere', localField: 'office', foreignField: '_id', as: 'o' } },
      { $project: { o: 1 } },
    ],
    [{ _id: 1, o: [] }],
  ],
  [
    '$lookup with a pipeline of its own',
    [
      { $match: { _id: { $in: [1, 3] } } },
      {
        $lookup: {
          from: 'offices',
          let: { wanted: '$office' },
          pipeline: [{ $match: { $expr: { $eq: ['$_id', '$$wanted'] } } }, { $project: { _id: 0, name: 1 } }],
          as: 'o',
        },
      },
      { $sort: { _id: 1 } },
      { $project: { o: 1 } },
    ],
    [
      { _id: 1, o: [{ name: 'Huế' }] },
      { _id: 3, o: [] },
    ],
  ],
  [
    '$lookup by fields and with a pipeline',
    [
      { $match: { _id: 1 } },
      {
        $lookup: {
          from: 'offices',
          localField: 'office',
          foreignField: '_id',
          pipeline: [{ $project: { name: 1 } }],
          as: 'o',
        },
      },
      { $project: { o: 1 } },
    ],
    [{ _id: 1, o: [{ _id: 'hue', name: 'Huế' }] }],
  ],
  [
    '$lookup within $lookup',
    [
      { $match: { _id: 1 } },
      {
        $lookup: {
          from: 'offices',
          localField: 'office',
          foreignField: '_id',
          pipeline: [
            { $lookup: { from: 'offices', localField: 'parent', foreignField: '_id', as: 'p' } },
            { $unwind: '$p' },
            { $project: { _id: 0, up: '$p.name' } },
          ],
          as: 'o',
        },
      },
      { $project: { o: 1 } },
    ],
    [{ _id: 1, o: [{ up: 'Miền Trung' }] }],
  ],
  [
    '$lookup over the result of a group',
    [
      { $group: { _id: '$office', n: { $sum: 1 } } },
      { $lookup: { from: 'offices', localField: '_id', foreignField: '_id', as: 'o' } },
      { $match: { 'o.name': 'Vinh' } },
      { $project: { n: 1 } },
    ],
    [{ _id: 'vinh', n: 1 }],
  ],
  [
    '$unionWith',
    [
      { $project: { name: { $literal: 'phiếu' } } },
      { $unionWith: { coll: 'offices', pipeline: [{ $match: { _id: 'vn' } }, { $project: { name: 1 } }] } },
      { $group: { _id: '$name', n: { $sum: 1 } } },
      { $sort: { _id: 1 } },
    ],
    [
      { _id: 'Việt Nam', n: 1 },
      { _id: 'phiếu', n: 4 },
    ],
  ],
  [
    '$graphLookup',
    [
      { $match: { _id: 1 } },
      {
        $graphLookup: {
          from: 'offices',
          startWith: '$office',
          connectFromField: 'parent',
          connectToField: '_id',
          as: 'up',
          depthField: 'depth',
        },
      },
      { $unwind: '$up' },
      { $sort: { 'up.depth': 1 } },
      { $project: { id: '$up._id', depth: '$up.depth' } },
    ],
    [
      { _id: 1, id: 'hue', depth: 0 },
      { _id: 1, id: 'mid', depth: 1 },
      { _id: 1, id: 'vn', depth: 2 },
    ],
  ],
  [
    '$graphLookup to a depth',
    [
      { $match: { _id: 1 } },
      {
        $graphLookup: {
          from: 'offices',
          startWith: '$office',
          connectFromField: 'parent',
          connectToField: '_id',
          as: 'up',
          maxDepth: 0,
        },
      },
      { $project: { ids: '$up._id' } },
    ],
    [{ _id: 1, ids: ['hue'] }],
  ],
];

describe('joins with', () => {
  for (const [name, pipeline, results] of cases) {
    it(name, async () => {
      expect(await tickets.aggregate(pipeline).toArray()).toEqual(results);
    });
  }

  it('$lookup through an index, for many', async () => {
    const left = await storage.collection(Array.from({ length: 300 }, (_, n) => ({ _id: n, key: n % 100 })));
    const right = await storage.collection(Array.from({ length: 300 }, (_, n) => ({ _id: n, key: n })));
    await right.createIndex({ key: 1 });
    const joined = await left
      .aggregate([
        { $lookup: { from: right.collectionName, localField: 'key', foreignField: 'key', as: 'r' } },
      ])
      .toArray();
    expect(joined).toHaveLength(300);
    expect(joined.every((row) => row['r'].length === 1 && row['r'][0].key === row['key'])).toBe(true);
  });

  it('refuses a $lookup without a name for what it finds', async () => {
    const lookup = { from: 'offices', localField: 'office', foreignField: '_id' };
    await expectFailure(9, tickets.aggregate([{ $lookup: lookup }]).toArray());
  });
});

describe('writes with', () => {
  it('$out: replaces a collection and keeps its indexes', async () => {
    const target = await storage.collection([{ _id: 99, office: 'old' }]);
    await target.createIndex({ office: 1 });
    await tickets.aggregate([{ $match: { score: { $gt: 4 } } }, { $out: target.collectionName }]).toArray();
    expect(await target.distinct('_id')).toEqual([1, 2, 3]);
    expect((await target.listIndexes().toArray()).map((index) => index['name'])).toContain('office_1');
  });

  it('$out: makes a collection', async () => {
    expect(await tickets.aggregate([{ $out: 'copy' }]).toArray()).toEqual([]);
    expect(await db.collection('copy').countDocuments()).toBe(4);
  });

  it('$merge: into what is there by _id', async () => {
    const target = await storage.collection([{ _id: 1, kept: true, score: 0 }]);
    const into = { into: target.collectionName };
    await tickets
      .aggregate([{ $match: { _id: { $lte: 2 } } }, { $project: { score: 1 } }, { $merge: into }])
      .toArray();
    expect(await target.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, kept: true, score: 5 },
      { _id: 2, score: 7 },
    ]);
  });

  it('$merge: replaces, or leaves out what is new', async () => {
    const target = await storage.collection([{ _id: 1, kept: false }]);
    const into = { into: target.collectionName, whenMatched: 'replace', whenNotMatched: 'discard' };
    await tickets.aggregate([{ $project: { score: 1 } }, { $merge: into }]).toArray();
    expect(await target.find().toArray()).toEqual([{ _id: 1, score: 5 }]);
  });

  it('$merge: by another unique field and with a pipeline', async () => {
    const target = await storage.collection([{ _id: 'x', office: 'hue', total: 100 }]);
    await target.createIndex({ office: 1 }, { unique: true });
    const merge = {
      into: target.collectionName,
      on: 'office',
      whenMatched: [{ $set: { total: { $add: ['$total', '$$new.score'] } } }],
      whenNotMatched: 'discard',
    };
    await tickets
      .aggregate([{ $match: { _id: 1 } }, { $project: { _id: 0, office: 1, score: 1 } }, { $merge: merge }])
      .toArray();
    expect(await target.find().toArray()).toEqual([{ _id: 'x', office: 'hue', total: 105 }]);
  });
});
