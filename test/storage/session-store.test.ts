import { describe, expect } from 'vitest';
import { openStorage } from '../support/storage.ts';

/** What a store of web sessions such as connect-mongo does, in the driver's own words. */
const storage = await openStorage('session-store');
const { it } = storage;

const DAY_MS = 86_400_000;

async function createSessionStore() {
  const sessions = await storage.collection();
  await sessions.createIndex({ expires: 1 }, { expireAfterSeconds: 0, background: true });
  const alive = () => ({ $or: [{ expires: { $exists: false } }, { expires: { $gt: new Date() } }] });
  return {
    sessions,
    set: (id: string, session: unknown, expires: Date) =>
      sessions.updateOne({ _id: id }, { $set: { _id: id, session, expires } }, { upsert: true }),
    get: (id: string) => sessions.findOne({ _id: id, ...alive() }),
    touch: (id: string, expires: Date) => sessions.updateOne({ _id: id }, { $set: { expires } }),
    destroy: (id: string) => sessions.deleteOne({ _id: id }, { writeConcern: { w: 'majority' } }),
    length: () => sessions.countDocuments(alive()),
    all: () => sessions.find(alive()).sort({ _id: 1 }).toArray(),
    clear: () => sessions.drop(),
  };
}

const tomorrow = () => new Date(Date.now() + DAY_MS);
const yesterday = () => new Date(Date.now() - DAY_MS);

describe('a store of sessions', () => {
  it('keeps a session and gives it back', async () => {
    const store = await createSessionStore();
    const session = { cookie: { path: '/', originalMaxAge: null }, user: { id: 7, name: 'An' } };
    expect((await store.set('s1', session, tomorrow())).upsertedId).toBe('s1');
    expect(await store.get('s1')).toMatchObject({ _id: 's1', session });
  });

  it('writes over a session that it has', async () => {
    const store = await createSessionStore();
    await store.set('s1', { views: 1 }, tomorrow());
    expect(await store.set('s1', { views: 2 }, tomorrow())).toMatchObject({
      matchedCount: 1,
      upsertedCount: 0,
    });
    expect((await store.get('s1'))?.['session']).toEqual({ views: 2 });
  });

  it('does not give back a session that has expired', async () => {
    const store = await createSessionStore();
    await store.set('old', {}, yesterday());
    expect(await store.get('old')).toBeNull();
    expect(await store.length()).toBe(0);
  });

  it('keeps a touched session for longer', async () => {
    const store = await createSessionStore();
    const later = new Date(Date.now() + 7 * DAY_MS);
    await store.set('s1', { a: 1 }, tomorrow());
    expect(await store.touch('s1', later)).toMatchObject({ matchedCount: 1 });
    expect(await store.get('s1')).toMatchObject({ session: { a: 1 }, expires: later });
    expect(await store.touch('unknown', later)).toMatchObject({ matchedCount: 0 });
  });

  it('forgets a session that is destroyed', async () => {
    const store = await createSessionStore();
    await store.set('s1', {}, tomorrow());
    expect(await store.destroy('s1')).toMatchObject({ deletedCount: 1 });
    expect(await store.get('s1')).toBeNull();
  });

  it('counts, lists and clears', async () => {
    const store = await createSessionStore();
    for (const id of ['b', 'a', 'c']) await store.set(id, { id }, tomorrow());
    await store.set('d', {}, yesterday());
    expect(await store.length()).toBe(3);
    expect((await store.all()).map((row) => row._id)).toEqual(['a', 'b', 'c']);
    await store.clear();
    expect(await store.length()).toBe(0);
  });

  it('keeps each of many sessions that are written at the same time', async () => {
    const store = await createSessionStore();
    const ids = Array.from({ length: 100 }, (_, n) => `s${n}`);
    await Promise.all(ids.flatMap((id) => [1, 2].map((views) => store.set(id, { views }, tomorrow()))));
    expect(await store.length()).toBe(100);
  });
});
