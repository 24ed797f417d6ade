import type { Document } from 'mongodb';
import { describe } from 'vitest';
import { expectFailure, openStorage } from '../support/storage.ts';

const storage = await openStorage('aggregation-mistakes');
const { db, it } = storage;
const rows = await storage.collection([{ _id: 1, kind: 'question', tags: ['a'] }]);

const mistakes: readonly [name: string, pipeline: Document[], code: number][] = [
  ['an unknown stage', [{ $foo: {} }], 40324],
  ['two stages in one', [{ $match: {}, $limit: 1 }], 40323],
  ['an unknown accumulator', [{ $group: { _id: null, x: { $foo: 1 } } }], 15952],
  ['an unknown expression', [{ $addFields: { x: { $foo: 1 } } }], 168],
  ['a group without an _id', [{ $group: { n: { $sum: 1 } } }], 15955],
  ['a group’s field that is no accumulator', [{ $group: { _id: null, n: 5 } }], 40234],
  ['a limit of zero', [{ $limit: 0 }], 15958],
  ['$unwind of a path without a dollar', [{ $unwind: 'tags' }], 28818],
  ['an empty $project', [{ $project: {} }], 51272],
  ['$sort by nothing', [{ $sort: {} }], 15976],
  ['$count under a name with a dollar', [{ $count: '$n' }], 40158],
  ['an unknown operator in $match', [{ $match: { a: { $foo: 1 } } }], 2],
  ['division by zero', [{ $project: { x: { $divide: ['$_id', 0] } } }], 2],
  ['adding text', [{ $project: { x: { $add: ['$kind', 1] } } }], 14],
  ['$out before the end', [{ $out: 'elsewhere' }, { $match: {} }], 40601],
  ['a new root that is no document', [{ $replaceRoot: { newRoot: '$kind' } }], 40228],
  ['an undefined variable', [{ $project: { x: '$$nobody' } }], 17276],
];

describe('an aggregate is refused for', () => {
  for (const [name, pipeline, code] of mistakes) {
    it(name, async () => {
      await expectFailure(code, rows.aggregate(pipeline).toArray());
    });
  }

  it('a pipeline that is no list', async () => {
    await expectFailure(
      14,
      db.command({ aggregate: rows.collectionName, pipeline: { $match: {} }, cursor: {} }),
    );
  });

  it('an aggregate without a cursor', async () => {
    await expectFailure(9, db.command({ aggregate: rows.collectionName, pipeline: [] }));
  });
});
