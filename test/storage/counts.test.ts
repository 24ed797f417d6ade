import { describe, expect } from 'vitest';
import { openStorage } from '../support/storage.ts';

const storage = await openStorage('counts');
const { db, it } = storage;
const tickets = await storage.collection([
  { _id: 1, kind: 'question', office: 'hue', score: 5, tags: ['a', 'b'] },
  { _id: 2, kind: 'question', office: 'vinh', score: 3, tags: ['b'] },
  { _id: 3, kind: 'complaint', office: 'hue', score: 8, tags: [] },
  { _id: 4, kind: 'complaint', office: 'vinh', score: null },
  { _id: 5, kind: 'callback', office: 'hue', score: 4, tags: ['c', 'a'] },
]);

describe('counts and distinct values', () => {
  it('countDocuments follows filter, skip and limit', async () => {
    expect(await tickets.countDocuments({ kind: 'question' })).toBe(2);
    expect(await tickets.countDocuments({}, { skip: 1, limit: 3 })).toBe(3);
    expect(await tickets.countDocuments({ kind: 'none' })).toBe(0);
  });

  it('estimatedDocumentCount counts all', async () => {
    expect(await tickets.estimatedDocumentCount()).toBe(5);
    expect(await db.collection('nowhere').estimatedDocumentCount()).toBe(0);
  });

  it('count follows query, skip and limit', async () => {
    const command = { count: tickets.collectionName, query: { score: { $gt: 3 } }, skip: 1, limit: 5 };
    expect(await db.command(command)).toMatchObject({ ok: 1, n: 2 });
  });

  it('distinct opens arrays and tells types apart', async () => {
    expect((await tickets.distinct('tags')).sort()).toEqual(['a', 'b', 'c']);
    expect(await tickets.distinct('office', { kind: 'callback' })).toEqual(['hue']);
    const rows = await storage.collection([
      { v: 1 },
      { v: '1' },
      { v: 1n },
      { v: null },
      {},
      { v: [1, [2]] },
    ]);
    const values = await rows.distinct('v');
    expect(values).toHaveLength(4);
    expect(values).toEqual(expect.arrayContaining([null, 1, '1', [2]]));
  });

  it('distinct looks behind dots and into documents of an array', async () => {
    const rows = await storage.collection([{ a: { b: 1 } }, { a: [{ b: 2 }, { b: 1 }, 5] }, { a: 3 }]);
    expect(await rows.distinct('a.b')).toEqual([1, 2]);
    expect(await db.collection('nowhere').distinct('a')).toEqual([]);
  });
});
