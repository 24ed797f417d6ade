import { type Collection, type Document, Long } from 'mongodb';
import { beforeAll, describe, expect } from 'vitest';
import { expectFailure, openStorage, type Row, valuesOf } from '../support/storage.ts';

const storage = await openStorage('explain');
const { db, it } = storage;
let rows: Collection<Row>;

beforeAll(async () => {
  rows = await storage.collection(
    Array.from({ length: 1_000 }, (_, n) => ({
      _id: n,
      code: `PA-${n}`,
      state: n % 10 === 0 ? 'queued' : 'closed',
      at: n,
      tags: [`t${n % 100}`, `u${n}`],
      ...(n % 50 === 0 && { rare: n }),
    })),
  );
  await rows.createIndexes([
    { key: { code: 1 } },
    { key: { state: 1, at: -1 } },
    { key: { tags: 1 } },
    { key: { rare: 1 }, sparse: true },
  ]);
});

interface Plan {
  readonly stages: readonly unknown[];
  readonly index: unknown;
  readonly docs: number;
  readonly keys: number;
  readonly returned: number;
}

/** What explain says of a find, wherever in the tree it says so. */
function readPlan(explained: Document): Plan {
  const stats = explained['executionStats'];
  return {
    stages: valuesOf(explained['queryPlanner'].winningPlan, 'stage'),
    index: valuesOf(explained['queryPlanner'].winningPlan, 'indexName')[0],
    docs: stats.totalDocsExamined,
    keys: stats.totalKeysExamined,
    returned: stats.nReturned,
  };
}

const planOf = async (filter: Document, sort: Document = {}, limit = 0): Promise<Plan> =>
  readPlan(await rows.find(filter).sort(sort).limit(limit).explain('executionStats'));

const indexed: readonly [string, Document, Document, number, string, number][] = [
  ['equality', { code: 'PA-7' }, {}, 0, 'code_1', 1],
  ['several values', { code: { $in: ['PA-7', 'PA-8', 'none'] } }, {}, 0, 'code_1', 2],
  ['a range', { code: { $gte: 'PA-99', $lt: 'PA-992' } }, {}, 0, 'code_1', 3],
  ['the first field of a compound index', { state: 'queued' }, {}, 0, 'state_1_at_-1', 100],
  ['a compound index up to a range', { state: 'queued', at: { $gte: 950 } }, {}, 0, 'state_1_at_-1', 5],
  ['a compound index in its order', { state: 'closed' }, { at: -1 }, 5, 'state_1_at_-1', 5],
  ['a compound index against its order', { state: 'closed' }, { at: 1 }, 5, 'state_1_at_-1', 5],
  ['an element of an array', { tags: 'u77' }, {}, 0, 'tags_1', 1],
  ['a field that few have', { rare: { $gt: 900 } }, {}, 0, 'rare_1', 1],
  ['a condition on top of an indexed one', { code: 'PA-10', missing: null }, {}, 0, 'code_1', 1],
];

describe('explain says that an index was used for', () => {
  for (const [name, filter, sort, limit, index, docs] of indexed) {
    it(name, async () => {
      const plan = await planOf(filter, sort, limit);
      expect(plan.stages).toContain('IXSCAN');
      expect(plan.stages).not.toContain('COLLSCAN');
      expect(plan.stages).not.toContain('SORT');
      expect(plan.index).toBe(index);
      expect(plan.returned).toBe(docs);
      expect(plan.docs).toBe(docs);
      // One key more a range is where the scan finds out that it has left it.
      expect(plan.keys).toBeLessThanOrEqual(docs + 3);
    });
  }

  it('a sort without a filter', async () => {
    const plan = await planOf({}, { code: 1 }, 3);
    expect(plan).toMatchObject({ index: 'code_1', returned: 3, docs: 3 });
    expect(plan.stages).not.toContain('SORT');
  });

  it('a lookup by _id, which examines one document', async () => {
    expect(await planOf({ _id: 500 })).toMatchObject({ returned: 1, docs: 1 });
  });

  it('an aggregate’s first match', async () => {
    const explained = await rows
      .aggregate([{ $match: { code: 'PA-7' } }, { $project: { at: 1 } }])
      .explain('executionStats');
    expect(valuesOf(explained, 'indexName')).toContain('code_1');
  });

  it('an update and a delete, without doing them', async () => {
    const q = { code: 'PA-7' };
    const update = { update: rows.collectionName, updates: [{ q, u: { $set: { touched: 1 } } }] };
    expect(valuesOf(await db.command({ explain: update }), 'indexName')).toContain('code_1');
    const remove = { delete: rows.collectionName, deletes: [{ q, limit: 1 }] };
    expect(valuesOf(await db.command({ explain: remove }), 'indexName')).toContain('code_1');
    expect(await rows.findOne(q)).not.toHaveProperty('touched');
  });
});

describe('explain says that all was read', () => {
  it('for a field without an index', async () => {
    const plan = await planOf({ at: 7 });
    expect(plan.stages).toContain('COLLSCAN');
    expect(plan).toMatchObject({ index: undefined, returned: 1, docs: 1_000 });
  });

  it('and sorted, for an order without an index', async () => {
    expect((await planOf({}, { at: 1 })).stages).toContain('SORT');
  });

  it('for a sparse index that does not hold all', async () => {
    const plan = await planOf({ rare: { $exists: false } });
    expect(plan.index).toBeUndefined();
    expect(plan.returned).toBe(980);
  });

  it('and leaves execution out when only the plan is wanted', async () => {
    const explained = await rows.find({ code: 'PA-7' }).explain('queryPlanner');
    expect(explained['queryPlanner'].namespace).toBe(rows.namespace);
    expect(explained).not.toHaveProperty('executionStats');
  });
});

describe('a hint', () => {
  it('by name and by key is followed', async () => {
    for (const hint of ['state_1_at_-1', { state: 1, at: -1 } as const]) {
      const explained = await rows
        .find({ state: 'queued', code: 'PA-10' }, { hint })
        .explain('executionStats');
      expect(readPlan(explained)).toMatchObject({ index: 'state_1_at_-1', returned: 1 });
    }
  });

  it('of natural order reads all', async () => {
    const explained = await rows.find({ code: 'PA-7' }, { hint: { $natural: 1 } }).explain('executionStats');
    expect(readPlan(explained).stages).toContain('COLLSCAN');
  });

  it('to a sparse index finds only what is in it', async () => {
    expect(await rows.find({}, { hint: { rare: 1 } }).toArray()).toHaveLength(20);
  });

  it('to an index that is not there is refused', async () => {
    await expectFailure(2, rows.find({}, { hint: 'nothing_1' }).toArray());
    await expectFailure(2, rows.aggregate([{ $match: {} }], { hint: { nothing: 1 } }).toArray());
    await expectFailure(2, rows.countDocuments({}, { hint: 'nothing_1' }));
  });
});

describe('min and max', () => {
  it('bound a scan of the hinted index', async () => {
    const bounded = rows
      .find({}, { hint: { code: 1 } })
      .min({ code: 'PA-997' })
      .max({ code: 'PA-999' });
    expect((await bounded.toArray()).map((row) => row['code'])).toEqual(['PA-997', 'PA-998']);
  });

  it('take numbers of any type', async () => {
    const found = await rows.find({ rare: { $gte: Long.fromNumber(900), $lte: 950.5 } }).toArray();
    expect(found.map((row) => row._id)).toEqual([900, 950]);
  });
});
