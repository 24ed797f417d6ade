import { MongoClient } from 'mongodb';
import { describe, expect } from 'vitest';
import { openStorage, type Row } from '../support/storage.ts';

const storage = await openStorage('claims');
const { db, it } = storage;

const CONVERSATIONS = 1_000;
const AGENTS = 50;

interface Queued extends Row {
  readonly _id: number;
  readonly state: string;
  readonly priority: number;
  readonly at: number;
}

/** Claims from the queue until it is empty; gives what it got, in the order it got it. */
async function claimUntilEmpty(uri: string, agent: number): Promise<Queued[]> {
  const client = await new MongoClient(uri, { maxPoolSize: 1 }).connect();
  const queue = client.db(db.databaseName).collection<Queued>('queue');
  const claimed: Queued[] = [];
  for (;;) {
    const next = await queue.findOneAndUpdate(
      { state: 'queued' },
      { $set: { state: 'claimed', by: agent } },
      { sort: { priority: -1, at: 1 }, returnDocument: 'after' },
    );
    if (!next) break;
    claimed.push(next);
  }
  await client.close();
  return claimed;
}

/** Below zero when `one` has to be claimed before `other`. */
const byTurn = (one: Queued, other: Queued): number => other.priority - one.priority || one.at - other.at;

describe('a queue that 50 clients claim from', () => {
  it('gives each conversation to exactly one of them, the most urgent first', async () => {
    const queue = db.collection<Queued>('queue');
    await queue.createIndex({ state: 1, priority: -1, at: 1 });
    await queue.insertMany(
      Array.from({ length: CONVERSATIONS }, (_, n) => ({
        _id: n,
        state: 'queued',
        priority: (n * 7) % 5,
        at: (n * 389) % CONVERSATIONS,
      })),
    );

    const agents = Array.from({ length: AGENTS }, (_, agent) => claimUntilEmpty(storage.uri, agent));
    const shares = await Promise.all(agents);

    const claimed = shares.flat().map((row) => row._id);
    expect(claimed).toHaveLength(CONVERSATIONS);
    expect(new Set(claimed).size).toBe(CONVERSATIONS);
    expect(await queue.countDocuments({ state: 'queued' })).toBe(0);
    for (const [agent, share] of shares.entries()) {
      // Nothing is added meanwhile: what an agent gets later can only be less urgent.
      expect(share.map((row) => row._id)).toEqual(share.toSorted(byTurn).map((row) => row._id));
      expect(await queue.countDocuments({ by: agent })).toBe(share.length);
    }
  });

  it('gives what is added meanwhile to one of them too', async () => {
    const queue = db.collection<Queued>('queue');
    await queue.deleteMany({});
    const adding = (async () => {
      for (let n = 0; n < 200; n += 1)
        await queue.insertOne({ _id: n, state: 'queued', priority: n % 3, at: n });
    })();
    const claimed: number[] = [];
    const claim = async (agent: number): Promise<void> => {
      while (claimed.length < 200) {
        const next = await queue.findOneAndUpdate(
          { state: 'queued' },
          { $set: { state: 'claimed', by: agent } },
        );
        if (next) claimed.push(next._id);
      }
    };
    await Promise.all([adding, ...Array.from({ length: 10 }, (_, agent) => claim(agent))]);
    expect(claimed.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 200 }, (_, n) => n));
  });
});
