import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Document, MongoClient } from 'mongodb';
import { afterAll, describe, expect, it } from 'vitest';
import { startEmbeddedMongo } from '../../src/embedded-mongo/embedded-mongo.ts';

/** How long a find takes at these sizes is in bench/storage.ts. */
const SIZES = [10, 1_000, 100_000];
const BATCH = 5_000;

const folder = await mkdtemp(path.join(tmpdir(), 'sizes-'));
const server = await startEmbeddedMongo({ folder });
const client = await new MongoClient(server.uri).connect();
afterAll(async () => {
  await client.close();
  await server.close();
  await rm(folder, { recursive: true });
});

interface Row {
  readonly _id: number;
  readonly code: string;
  readonly owner: number;
  readonly at: number;
  readonly tags: readonly string[];
}

const rowAt = (n: number): Row => ({
  _id: n,
  code: `PA-${n}`,
  owner: n % 10,
  at: n,
  tags: [`n${n}`, `all`],
});

describe.each(SIZES)('of %i documents', { timeout: 120_000 }, (size) => {
  const rows = client.db('sizes').collection<Row>(`rows_${size}`);
  const middle = size / 2;
  const finds: readonly [string, Document, Document][] = [
    ['its _id', { _id: middle }, {}],
    ['a unique field', { code: `PA-${middle}` }, {}],
    ['an element of an array', { tags: `n${middle}` }, {}],
    ['two fields of a compound index', { owner: middle % 10, at: middle }, {}],
    ['the first field of a compound index, the newest', { owner: 5 }, { at: -1 }],
  ];

  it('each find by an index reads one', async () => {
    for (let from = 0; from < size; from += BATCH) {
      const count = Math.min(BATCH, size - from);
      await rows.insertMany(Array.from({ length: count }, (_, n) => rowAt(from + n)));
    }
    await rows.createIndexes([
      { key: { code: 1 }, unique: true },
      { key: { owner: 1, at: 1 } },
      { key: { tags: 1 } },
    ]);
    for (const [name, filter, sort] of finds) {
      const find = rows.find(filter).sort(sort).limit(1);
      const { totalDocsExamined, totalKeysExamined, nReturned } = (await find.explain('executionStats'))[
        'executionStats'
      ];
      expect({ name, totalDocsExamined, nReturned }).toEqual({ name, totalDocsExamined: 1, nReturned: 1 });
      expect({ name, keys: totalKeysExamined <= 2 }).toEqual({ name, keys: true });
    }
    const without = await rows.find({ absent: 1 } as Document).explain('executionStats');
    expect(without['executionStats']['totalDocsExamined']).toBe(size);
  });
});
