import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Document, decode, encode } from '../../src/embedded-mongo/bson/raw-bson.ts';
import { describePlan, execute, type Query } from '../../src/embedded-mongo/query/execute.ts';
import { compileFilter } from '../../src/embedded-mongo/query/filter.ts';
import { sortDocuments } from '../../src/embedded-mongo/query/sort.ts';
import type { Collection, IndexSpec } from '../../src/embedded-mongo/store/catalog.ts';
import { openStore, type Store } from '../../src/embedded-mongo/store/store.ts';

let folder: string;
let store: Store;
let made = 0;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'planner-'));
  store = openStore(path.join(folder, 'store.mdb'));
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

async function collectionOf(
  documents: readonly Document[],
  indexes: readonly IndexSpec[],
): Promise<Collection> {
  const namespace = `test.c${made++}`;
  await store.write(() => {
    const collection = store.createCollection(namespace);
    for (const document of documents) store.insert(collection, encode(document));
    for (const spec of indexes) store.addIndex(store.find(namespace) ?? collection, spec);
  });
  return store.find(namespace) as Collection;
}

const run = (collection: Collection, query: Query): Document[] =>
  [...execute(store, collection, query).hits].flatMap((hit) => (hit === undefined ? [] : [decode(hit.raw)]));

const index = (key: IndexSpec['key'], more: Partial<IndexSpec> = {}): IndexSpec => ({
  name: JSON.stringify(key),
  key,
  ...more,
});

const small = fc.oneof(
  fc.integer({ min: 0, max: 4 }),
  fc.constantFrom<unknown>(
    null,
    undefined,
    'a',
    'ab',
    'b',
    '',
    true,
    false,
    new Date(0),
    new Date(5),
    1.5,
    'x'.repeat(400),
    'x'.repeat(500),
  ),
);
const field = fc.oneof(
  { weight: 3, arbitrary: small },
  { weight: 1, arbitrary: fc.array(small, { maxLength: 3 }) },
);
const inner = fc.record({ x: field, y: small }, { requiredKeys: [] });
const document = fc.record(
  { a: field, b: field, c: small, d: fc.oneof(inner, fc.array(inner, { maxLength: 3 })) },
  { requiredKeys: [] },
);
const operand = small.filter((value) => value !== undefined);
const condition = fc.oneof(
  operand,
  fc.dictionary(fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$eq', '$ne'), operand, {
    minKeys: 1,
    maxKeys: 2,
  }),
  fc.record({ $in: fc.array(operand, { maxLength: 3 }) }),
  fc.record({ $exists: fc.boolean() }),
  fc.record({ $elemMatch: fc.record({ $gte: operand, $lt: operand }) }),
  fc.record({ $not: fc.record({ $gt: operand }) }),
  fc.constantFrom({ $regex: '^a' }, { $regex: '^ab' }, /^ab/, /^ab?/, /^a|b/, { $type: 'string' }),
);
const paths = fc.constantFrom('a', 'b', 'c', 'd.x', 'd.y');
const simple = fc.dictionary(paths, condition, { maxKeys: 3 });
const filter = fc.oneof(
  simple,
  fc.record({ $or: fc.array(simple, { minLength: 1, maxLength: 2 }) }),
  fc.record({ a: condition, $and: fc.array(simple, { minLength: 1, maxLength: 2 }) }),
);
const direction = fc.constantFrom<1 | -1>(1, -1);
const key = fc
  .uniqueArray(paths, { minLength: 1, maxLength: 3 })
  // Of two arrays in one index there can be none.
  .filter(
    (names) =>
      !(names.includes('a') && names.includes('b')) &&
      !(names.some((name) => name.startsWith('d')) && names.some((name) => 'ab'.includes(name))),
  )
  .chain((names) => fc.tuple(...names.map((name) => direction.map((way) => [name, way] as const))))
  .map((entries) => Object.fromEntries(entries) as IndexSpec['key']);

describe('an index', () => {
  it.each<[Document, number[]]>([
    [{ a: { $regex: '^ab' } }, [1, 3, 4]],
    [{ a: { $regex: '^a' } }, [0, 1, 2, 3, 4]],
    [{ a: { $regex: '^ab?' } }, [0, 1, 2, 3, 4]],
    [{ a: { $regex: '^ab' }, b: 1 }, [3]],
    [{ $and: [{ a: { $regex: '^ab' } }, { a: { $regex: '^ax' } }] }, [4]],
    // Of an array one element may lie above, another below; but both must be there.
    [{ a: { $gt: 1, $lt: 3 } }, [5, 7]],
  ])('over arrays holds what is asked for and no more: %j', async (query, ids) => {
    const values = ['a', 'abc', ['a', 'x'], ['b', 'abd'], ['abe', 'abf', 'ax'], [0, 4], [4, 5], 2, 'b'];
    const rows = values.map((value, _id) => ({ _id, a: value, b: _id === 3 ? 1 : 0 }) as Document);
    const collection = await collectionOf(rows, [{ ...index({ a: 1 }), name: 'i0' }]);
    // Without an order: else the index over _id would do.
    const found = run(collection, { filter: query }).map(({ _id }) => Number(_id));
    expect(found.toSorted()).toEqual(ids);
  });

  it('never changes what is found, nor its order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(document, { maxLength: 8 }),
        fc.array(fc.tuple(key, fc.boolean()), { minLength: 1, maxLength: 2 }),
        filter,
        fc.dictionary(paths, direction, { maxKeys: 2 }),
        async (documents, keys, query, sort) => {
          const rows = documents.map((one, _id) => ({ _id, ...one }) as Document);
          const specs = keys.map(([spec, sparse], at) => ({
            ...index(spec, sparse ? { sparse } : {}),
            name: `i${at}`,
          }));
          const collection = await collectionOf(rows, specs);
          const stored = rows.map((row) => decode(encode(row)));
          const order = { ...sort, _id: 1 as const };
          const expected = sortDocuments(stored.filter(compileFilter(query)), order);
          expect(run(collection, { filter: query, sort: order })).toEqual(expected);
          expect(run(collection, { filter: query }).length).toBe(expected.length);
          expect(store.verify(collection).errors).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('finds a document of which one element meets one condition and another the other', async () => {
    const split = {
      _id: 1,
      d: [
        { x: 1, y: 9 },
        { x: 8, y: 2 },
      ],
      n: [0, 10],
    };
    const collection = await collectionOf([split], [index({ 'd.x': 1, 'd.y': 1 }), index({ n: 1 })]);
    expect(run(collection, { filter: { 'd.x': 1, 'd.y': 2 } })).toEqual([split]);
    expect(run(collection, { filter: { n: { $gt: 4, $lt: 6 } } })).toEqual([split]);
  });

  const rows = Array.from({ length: 200 }, (_, _id) => ({
    _id,
    n: _id,
    kind: _id % 4,
    at: new Date(_id),
    tags: [_id, 'all'],
  }));
  const cases: readonly [name: string, spec: IndexSpec, query: Query, docsExamined: number][] = [
    ['an equality', index({ n: 1 }), { filter: { n: 7 } }, 1],
    ['a range', index({ n: 1 }), { filter: { n: { $gte: 10, $lt: 20 } } }, 10],
    ['a list of values', index({ n: 1 }), { filter: { n: { $in: [3, 5, 900] } } }, 2],
    ['an equality, then a range', index({ kind: 1, n: 1 }), { filter: { kind: 1, n: { $lt: 9 } } }, 2],
    ['a page in order', index({ kind: 1, at: -1 }), { filter: { kind: 2 }, sort: { at: -1 }, limit: 5 }, 5],
    [
      'a page against the order',
      index({ kind: 1, at: -1 }),
      { filter: { kind: 2 }, sort: { at: 1 }, limit: 5 },
      5,
    ],
    ['an element of an array', index({ tags: 1 }), { filter: { tags: 11 } }, 1],
    ['the beginning of a text', index({ word: 1 }), { filter: { word: /^ab/ } }, 0],
    ['_id', index({ n: 1 }), { filter: { _id: 3 } }, 1],
    ['a range of _id', index({ n: 1 }), { filter: { _id: { $gt: 197 } } }, 2],
    ['every branch of an $or', index({ n: 1 }), { filter: { $or: [{ n: 1 }, { _id: 2 }] } }, 2],
    [
      'a partial filter that is implied',
      index({ n: 1 }, { partialFilterExpression: { kind: 1 } }),
      { filter: { kind: 1, n: 5 } },
      1,
    ],
  ];
  it.each(cases)(
    'answers %s without looking at other documents',
    async (_name, spec, query, docsExamined) => {
      const collection = await collectionOf(rows, [spec]);
      const { hits, work, plan } = execute(store, collection, query);
      const found = [...hits].filter((hit) => hit !== undefined);
      expect(found.length).toBe(docsExamined);
      expect(work.docsExamined).toBe(docsExamined);
      expect(JSON.stringify(describePlan(plan, query))).toContain('IXSCAN');
    },
  );

  it.each([
    [
      'a partial filter that is not implied',
      index({ n: 1 }, { partialFilterExpression: { kind: 1 } }),
      { n: 5 },
    ],
    ['a sparse index and a missing field', index({ word: 1 }, { sparse: true }), { word: null }],
    ['a field behind one that is not asked for', index({ kind: 1, n: 1 }), { n: 5 }],
  ] as const)('is not used with %s', async (_name, spec, query) => {
    const collection = await collectionOf(rows, [spec]);
    const { plan } = execute(store, collection, { filter: query });
    expect(describePlan(plan, { filter: query })).toMatchObject({ stage: 'COLLSCAN' });
  });
});
