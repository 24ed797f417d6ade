import { type Document, Long } from 'mongodb';
import { beforeAll, describe, expect } from 'vitest';
import { expectFailure, openStorage, type Row } from '../support/storage.ts';

const storage = await openStorage('cursors');
const { db, it } = storage;

const numbers = (count: number): Row[] => Array.from({ length: count }, (_, n) => ({ _id: n, n }));

beforeAll(async () => {
  await db.collection<Row>('five').insertMany(numbers(5));
});

/** A `find` in the wire's own words, so that cursor ids are seen. */
async function openCursor(command: Document): Promise<{ id: Long; batch: Document[] }> {
  const reply = await db.command({ find: 'five', ...command }, { promoteLongs: false });
  const { id, firstBatch, ns } = reply['cursor'];
  expect(ns).toBe(`${db.databaseName}.${command['find'] ?? 'five'}`);
  return { id, batch: firstBatch };
}

async function getMore(id: Long, extra: Document = {}): Promise<{ id: Long; batch: Document[] }> {
  const reply = await db.command({ getMore: id, collection: 'five', ...extra }, { promoteLongs: false });
  return { id: reply['cursor'].id, batch: reply['cursor'].nextBatch };
}

const open = (id: Long): boolean => !id.isZero();

describe('batches', () => {
  it('a cursor goes on until all is read', async () => {
    const rows = await storage.collection(numbers(1_000));
    const read = await rows.find().sort({ _id: 1 }).batchSize(7).toArray();
    expect(read.map((row) => row._id)).toEqual(numbers(1_000).map((row) => row._id));
  });

  it('the first batch holds 101 documents when nothing else is asked for', async () => {
    await db.collection<Row>('many').insertMany(numbers(300));
    const first = await openCursor({ find: 'many' });
    expect(first.batch).toHaveLength(101);
    expect(open(first.id)).toBe(true);
    expect((await getMore(first.id, { collection: 'many' })).batch).toHaveLength(199);
  });

  it('getMore keeps to its own batch size and closes at the end', async () => {
    const first = await openCursor({ batchSize: 2 });
    expect(first.batch).toHaveLength(2);
    const second = await getMore(first.id, { batchSize: 1 });
    expect(second.batch).toHaveLength(1);
    expect(second.id.equals(first.id)).toBe(true);
    const last = await getMore(first.id);
    expect(last.batch).toHaveLength(2);
    expect(open(last.id)).toBe(false);
    await expectFailure(43, getMore(first.id));
  });

  it('a result that fits has no cursor', async () => {
    const { id, batch } = await openCursor({ batchSize: 6 });
    expect(batch).toHaveLength(5);
    expect(open(id)).toBe(false);
  });

  it('a limit that is reached closes the cursor', async () => {
    expect(open((await openCursor({ limit: 3 })).id)).toBe(false);
    const first = await openCursor({ limit: 3, batchSize: 2 });
    const second = await getMore(first.id, { batchSize: 2 });
    expect(second.batch).toHaveLength(1);
    expect(open(second.id)).toBe(false);
  });

  it('a single batch closes the cursor though there is more', async () => {
    const { id, batch } = await openCursor({ batchSize: 2, singleBatch: true });
    expect(batch).toHaveLength(2);
    expect(open(id)).toBe(false);
  });

  it('a batch size of zero opens the cursor and sends nothing yet', async () => {
    const { id, batch } = await openCursor({ batchSize: 0 });
    expect(batch).toEqual([]);
    expect((await getMore(id)).batch).toHaveLength(5);
  });

  it('a missing collection is read as an empty one', async () => {
    expect(await openCursor({ find: 'nowhere' })).toMatchObject({ batch: [], id: Long.ZERO });
  });

  it('refuses a negative batch size', async () => {
    await expectFailure(51024, db.command({ find: 'five', batchSize: -1 }));
  });
});

describe('cursors that are gone', () => {
  it('getMore on an unknown cursor is CursorNotFound', async () => {
    const error = await expectFailure(43, getMore(Long.fromNumber(987_654_321)));
    expect(error.codeName).toBe('CursorNotFound');
  });

  it('a killed cursor is gone', async () => {
    const { id } = await openCursor({ batchSize: 2 });
    const unknown = Long.fromNumber(123_456_789);
    const killed = await db.command({ killCursors: 'five', cursors: [id, unknown] }, { promoteLongs: false });
    expect(killed).toMatchObject({
      ok: 1,
      cursorsKilled: [id],
      cursorsNotFound: [unknown],
      cursorsAlive: [],
      cursorsUnknown: [],
    });
    await expectFailure(43, getMore(id));
  });

  it('getMore for another collection than the cursor’s is refused', async () => {
    const { id } = await openCursor({ batchSize: 2 });
    await expectFailure(13, getMore(id, { collection: 'other' }));
    await db.command({ killCursors: 'five', cursors: [id] });
  });

  it('closing a cursor early leaves the client usable', async () => {
    const cursor = db.collection<Row>('five').find().batchSize(2);
    await cursor.next();
    await cursor.close();
    expect(await db.collection('five').countDocuments()).toBe(5);
  });

  it('dropping the collection ends its cursors', async () => {
    await db.collection<Row>('dropped').insertMany(numbers(10));
    const { id } = await openCursor({ find: 'dropped', batchSize: 2 });
    await db.dropCollection('dropped');
    const error = await getMore(id, { collection: 'dropped' }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    // QueryPlanKilled, CursorNotFound or NamespaceNotFound by the moment; silence would be a lie.
    expect([175, 43, 26]).toContain((error as { code?: number } | undefined)?.code);
  });
});

describe('cursors over a changing collection', () => {
  it('a cursor misses nothing that stays and repeats nothing while others insert and delete', async () => {
    const rows = await storage.collection(Array.from({ length: 1_000 }, (_, n) => ({ _id: n * 2 })));
    const seen: unknown[] = [];
    for await (const row of rows.find().sort({ _id: 1 }).batchSize(50)) {
      seen.push(row._id);
      if (seen.length % 50 === 25) {
        await rows.insertOne({ _id: seen.length * 2 + 1001 });
        await rows.deleteOne({ _id: seen.length * 2 - 2 });
      }
    }
    expect(new Set(seen).size).toBe(seen.length);
    const evens = seen.filter((id) => Number(id) % 2 === 0);
    expect(evens).toEqual(Array.from({ length: 1_000 }, (_, n) => n * 2));
  });

  it('updating what is read does not make a cursor run for ever', async () => {
    const rows = await storage.collection(numbers(200));
    let count = 0;
    for await (const row of rows.find().batchSize(20)) {
      await rows.updateOne({ _id: row._id as number }, { $inc: { n: 1000 } });
      count += 1;
    }
    expect(count).toBe(200);
  });

  it('reads many cursors side by side', async () => {
    const rows = await storage.collection(numbers(100));
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        rows
          .find({ n: { $gte: n } })
          .batchSize(9)
          .toArray(),
      ),
    );
    expect(all.map((read) => read.length)).toEqual(Array.from({ length: 20 }, (_, n) => 100 - n));
  });

  it('an aggregate’s cursor goes over several batches', async () => {
    const rows = await storage.collection(numbers(500));
    const read = await rows
      .aggregate([{ $match: { n: { $gte: 100 } } }, { $sort: { n: -1 } }], { batchSize: 11 })
      .toArray();
    expect(read.map((row) => row['n'])).toEqual(Array.from({ length: 400 }, (_, n) => 499 - n));
  });

  it('refuses to wait at the end of an ordinary collection', async () => {
    await expectFailure(2, db.command({ find: 'five', tailable: true }));
  });
});

describe('limits', () => {
  it('skip and limit cut a page', async () => {
    const page = db.collection<Row>('five').find().sort({ _id: 1 }).skip(1).limit(2);
    expect((await page.toArray()).map((row) => row._id)).toEqual([1, 2]);
  });

  it('a negative limit is one batch of as many', async () => {
    const page = db.collection<Row>('five').find().sort({ _id: 1 }).limit(-2);
    expect((await page.toArray()).map((row) => row._id)).toEqual([0, 1]);
  });

  it('a limit of zero is none', async () => {
    expect(await db.collection<Row>('five').find().limit(0).toArray()).toHaveLength(5);
  });

  it('skipping past the end finds nothing', async () => {
    expect(await db.collection<Row>('five').find().skip(10).toArray()).toEqual([]);
  });

  it('refuses a negative skip', async () => {
    await expectFailure(51024, db.command({ find: 'five', skip: -1 }));
  });
});
