import { type Document, Long } from 'mongodb';
import { beforeAll, describe, expect } from 'vitest';
import { openStorage, type Row } from '../support/storage.ts';
import { TICKETS } from './tickets.ts';

const storage = await openStorage('aggregation');
const { db, it } = storage;
const tickets = db.collection<Row>('tickets');

beforeAll(async () => {
  await tickets.insertMany(TICKETS);
});

const cases: readonly [name: string, pipeline: Document[], results: unknown[]][] = [
  [
    '$match',
    [{ $match: { score: { $gt: 4 } } }, { $project: { _id: 1 } }, { $sort: { _id: 1 } }],
    [{ _id: 1 }, { _id: 3 }],
  ],
  [
    '$project with computed fields',
    [{ $match: { _id: 1 } }, { $project: { _id: 0, kind: 1, double: { $multiply: ['$score', 2] } } }],
    [{ kind: 'question', double: 10 }],
  ],
  [
    '$addFields over what is there',
    [
      { $match: { _id: 2 } },
      { $addFields: { score: { $add: ['$score', 1] }, 'more.deep': true } },
      { $project: { score: 1, more: 1 } },
    ],
    [{ _id: 2, score: 4, more: { deep: true } }],
  ],
  ['$unset', [{ $match: { _id: 2 } }, { $unset: ['office', 'at', 'tags', 'kind'] }], [{ _id: 2, score: 3 }]],
  [
    '$sort, $skip and $limit',
    [{ $sort: { score: -1, _id: 1 } }, { $skip: 1 }, { $limit: 2 }, { $project: { _id: 1 } }],
    [{ _id: 1 }, { _id: 5 }],
  ],
  [
    '$unwind',
    [{ $unwind: '$tags' }, { $sort: { _id: 1, tags: 1 } }, { $project: { tags: 1 } }],
    [
      { _id: 1, tags: 'a' },
      { _id: 1, tags: 'b' },
      { _id: 2, tags: 'b' },
      { _id: 5, tags: 'a' },
      { _id: 5, tags: 'c' },
    ],
  ],
  [
    '$unwind that keeps the empty',
    [
      { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true } },
      { $match: { _id: { $in: [3, 4] } } },
      { $sort: { _id: 1 } },
      { $project: { tags: 1 } },
    ],
    [{ _id: 3 }, { _id: 4 }],
  ],
  [
    '$unwind with places',
    [
      { $match: { _id: 5 } },
      { $unwind: { path: '$tags', includeArrayIndex: 'place' } },
      { $project: { tags: 1, place: 1 } },
    ],
    [
      { _id: 5, tags: 'c', place: 0 },
      { _id: 5, tags: 'a', place: 1 },
    ],
  ],
  [
    '$unwind of a plain value',
    [{ $match: { _id: 1 } }, { $unwind: '$kind' }, { $project: { kind: 1 } }],
    [{ _id: 1, kind: 'question' }],
  ],
  ['$count', [{ $match: { kind: 'question' } }, { $count: 'n' }], [{ n: 2 }]],
  ['$count of nothing', [{ $match: { kind: 'none' } }, { $count: 'n' }], []],
  [
    '$replaceRoot',
    [{ $match: { _id: 1 } }, { $replaceRoot: { newRoot: { id: '$_id', k: '$kind' } } }],
    [{ id: 1, k: 'question' }],
  ],
  [
    '$replaceWith',
    [{ $match: { _id: 1 } }, { $replaceWith: { $mergeObjects: [{ extra: 1 }, { kind: '$kind' }] } }],
    [{ extra: 1, kind: 'question' }],
  ],
  [
    '$redact',
    [{ $match: { _id: 1 } }, { $redact: { $cond: [{ $eq: ['$kind', 'question'] }, '$$PRUNE', '$$KEEP'] } }],
    [],
  ],
  [
    'a list of computed values',
    [{ $limit: 1 }, { $project: { _id: 0, list: [1, '$kind'] } }],
    [{ list: [1, 'question'] }],
  ],
];

describe('aggregates with', () => {
  for (const [name, pipeline, results] of cases) {
    it(name, async () => {
      expect(await tickets.aggregate(pipeline).toArray()).toEqual(results);
    });
  }

  it('$sample takes as many as asked for, each once', async () => {
    const sample = await tickets.aggregate([{ $sample: { size: 3 } }]).toArray();
    expect(new Set(sample.map((row) => row['_id'])).size).toBe(3);
  });

  it('sums of longs that stay exact', async () => {
    const rows = await storage.collection([
      { _id: 1, n: Long.fromString('9007199254740993') },
      { _id: 2, n: Long.fromNumber(2) },
    ]);
    const options = { useBigInt64: true };
    const [sum] = await rows.aggregate([{ $group: { _id: null, n: { $sum: '$n' } } }], options).toArray();
    expect(sum?.['n']).toBe(9007199254740995n);
  });

  it('variables handed in', async () => {
    const pipeline = [{ $match: { $expr: { $gt: ['$score', '$$least'] } } }, { $count: 'n' }];
    expect(await tickets.aggregate(pipeline, { let: { least: 4 } }).toArray()).toEqual([{ n: 2 }]);
  });
});
