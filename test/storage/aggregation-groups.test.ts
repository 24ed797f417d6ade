import type { Document } from 'mongodb';
import { beforeAll, describe, expect } from 'vitest';
import { openStorage, type Row } from '../support/storage.ts';
import { hue, TICKETS, vinh } from './tickets.ts';

const storage = await openStorage('aggregation-groups');
const { db, it } = storage;
const tickets = db.collection<Row>('tickets');

beforeAll(async () => {
  await tickets.insertMany(TICKETS);
});

const cases: readonly [name: string, pipeline: Document[], results: unknown[]][] = [
  [
    '$group with sums',
    [{ $group: { _id: '$kind', n: { $sum: 1 }, score: { $sum: '$score' } } }, { $sort: { _id: 1 } }],
    [
      { _id: 'callback', n: 1, score: 4 },
      { _id: 'complaint', n: 2, score: 8 },
      { _id: 'question', n: 2, score: 8 },
    ],
  ],
  [
    '$group with averages that leave null out',
    [{ $group: { _id: '$kind', mean: { $avg: '$score' } } }, { $sort: { _id: 1 } }],
    [
      { _id: 'callback', mean: 4 },
      { _id: 'complaint', mean: 8 },
      { _id: 'question', mean: 4 },
    ],
  ],
  [
    '$group of all',
    [{ $group: { _id: null, low: { $min: '$score' }, high: { $max: '$score' }, n: { $count: {} } } }],
    [{ _id: null, low: 3, high: 8, n: 5 }],
  ],
  [
    '$group by an ObjectId',
    [{ $group: { _id: '$office', n: { $sum: 1 } } }, { $sort: { _id: 1 } }],
    [
      { _id: hue, n: 3 },
      { _id: vinh, n: 2 },
    ],
  ],
  [
    '$group by several fields',
    [
      { $group: { _id: { kind: '$kind', office: '$office' }, n: { $sum: 1 } } },
      { $match: { '_id.kind': 'complaint' } },
      { $sort: { '_id.office': 1 } },
    ],
    [
      { _id: { kind: 'complaint', office: hue }, n: 1 },
      { _id: { kind: 'complaint', office: vinh }, n: 1 },
    ],
  ],
  ['$group by a missing field', [{ $group: { _id: '$nothing', n: { $sum: 1 } } }], [{ _id: null, n: 5 }]],
  [
    '$first, $last and $push in order',
    [
      { $sort: { _id: -1 } },
      { $group: { _id: null, first: { $first: '$_id' }, last: { $last: '$_id' }, all: { $push: '$_id' } } },
    ],
    [{ _id: null, first: 5, last: 1, all: [5, 4, 3, 2, 1] }],
  ],
  [
    '$push of documents',
    [
      { $match: { kind: 'question' } },
      { $sort: { _id: 1 } },
      { $group: { _id: '$kind', rows: { $push: { id: '$_id', score: '$score' } } } },
    ],
    [
      {
        _id: 'question',
        rows: [
          { id: 1, score: 5 },
          { id: 2, score: 3 },
        ],
      },
    ],
  ],
  [
    '$addToSet',
    [
      { $group: { _id: null, kinds: { $addToSet: '$kind' } } },
      { $project: { kinds: { $sortArray: { input: '$kinds', sortBy: 1 } } } },
    ],
    [{ _id: null, kinds: ['callback', 'complaint', 'question'] }],
  ],
  [
    '$mergeObjects in a group',
    [{ $sort: { _id: 1 } }, { $group: { _id: null, all: { $mergeObjects: { last: '$_id' } } } }],
    [{ _id: null, all: { last: 5 } }],
  ],
  [
    '$sortByCount',
    [{ $unwind: '$tags' }, { $sortByCount: '$tags' }, { $match: { count: 1 } }],
    [{ _id: 'c', count: 1 }],
  ],
  [
    '$facet',
    [
      {
        $facet: {
          total: [{ $count: 'n' }],
          best: [{ $sort: { score: -1 } }, { $limit: 1 }, { $project: { score: 1 } }],
          none: [{ $match: { _id: 99 } }],
        },
      },
    ],
    [{ total: [{ n: 5 }], best: [{ _id: 3, score: 8 }], none: [] }],
  ],
  [
    '$bucket',
    [
      { $match: { score: { $ne: null } } },
      {
        $bucket: {
          groupBy: '$score',
          boundaries: [0, 4, 6],
          default: 'more',
          output: { n: { $sum: 1 }, ids: { $push: '$_id' } },
        },
      },
      { $project: { n: 1 } },
    ],
    [
      { _id: 0, n: 1 },
      { _id: 4, n: 2 },
      { _id: 'more', n: 1 },
    ],
  ],
  [
    '$bucketAuto',
    [{ $match: { score: { $ne: null } } }, { $bucketAuto: { groupBy: '$score', buckets: 2 } }],
    [
      { _id: { min: 3, max: 5 }, count: 2 },
      { _id: { min: 5, max: 8 }, count: 2 },
    ],
  ],
  [
    '$setWindowFields: running total',
    [
      { $match: { kind: { $ne: 'complaint' } } },
      {
        $setWindowFields: {
          partitionBy: '$kind',
          sortBy: { _id: 1 },
          output: { total: { $sum: '$score', window: { documents: ['unbounded', 'current'] } } },
        },
      },
      { $sort: { _id: 1 } },
      { $project: { total: 1 } },
    ],
    [
      { _id: 1, total: 5 },
      { _id: 2, total: 8 },
      { _id: 5, total: 4 },
    ],
  ],
  [
    '$setWindowFields: numbers and neighbours',
    [
      {
        $setWindowFields: {
          sortBy: { _id: 1 },
          output: { no: { $documentNumber: {} }, before: { $shift: { output: '$_id', by: -1, default: 0 } } },
        },
      },
      { $project: { no: 1, before: 1 } },
      { $limit: 2 },
    ],
    [
      { _id: 1, no: 1, before: 0 },
      { _id: 2, no: 2, before: 1 },
    ],
  ],
];

describe('aggregates with', () => {
  for (const [name, pipeline, results] of cases) {
    it(name, async () => {
      expect(await tickets.aggregate(pipeline).toArray()).toEqual(results);
    });
  }
});
