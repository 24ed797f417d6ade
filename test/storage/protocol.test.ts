import { type Document, MongoClient } from 'mongodb';
import { describe, expect, vi } from 'vitest';
import { expectFailure, openStorage, type Row, STANDALONE } from '../support/storage.ts';

const storage = await openStorage('protocol');
const { client, db, it } = storage;
const admin = client.db('admin');

describe('introduction', () => {
  it('hello tells limits, wire versions and the server’s clock', async () => {
    const hello = await admin.command({ hello: 1 });
    expect(hello).toMatchObject({
      ok: 1,
      isWritablePrimary: true,
      readOnly: false,
      maxBsonObjectSize: 16_777_216,
      maxMessageSizeBytes: 48_000_000,
      minWireVersion: 0,
      logicalSessionTimeoutMinutes: 30,
    });
    expect(hello['maxWireVersion']).toBeGreaterThanOrEqual(21);
    expect(hello['localTime']).toBeInstanceOf(Date);
    expect(typeof hello['connectionId']).toBe('number');
  });

  it(
    'hello of a server for itself offers neither set nor shards, so the driver retries no writes',
    async () => {
      const hello = await admin.command({ hello: 1 });
      expect(hello).not.toHaveProperty('setName');
      expect(hello).not.toHaveProperty('hosts');
      expect(hello['msg']).toBeUndefined();
      expect(client.options.retryWrites).toBe(true);
      const sent: Document[] = [];
      const watched = await new MongoClient(storage.uri, { monitorCommands: true }).connect();
      watched.on('commandStarted', (event) => sent.push(event.command));
      await watched.db(db.databaseName).collection('introduction').insertOne({ a: 1 });
      await watched.close();
      expect(sent.find((command) => 'insert' in command)).not.toHaveProperty('txnNumber');
    },
    STANDALONE,
  );

  it('isMaster still answers in the old words', async () => {
    expect(await admin.command({ isMaster: 1 })).toMatchObject({ ok: 1, ismaster: true });
  });

  it('ping answers on every database', async () => {
    expect(await db.command({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  it('buildInfo tells a version of 7.0 or newer', async () => {
    const info = await admin.command({ buildInfo: 1 });
    expect(info['version']).toMatch(/^\d+\.\d+\.\d+/);
    expect(info['versionArray']).toHaveLength(4);
    expect(info['versionArray'][0]).toBeGreaterThanOrEqual(7);
    expect(info).toMatchObject({ bits: 64, maxBsonObjectSize: 16_777_216 });
  });

  it('connectionStatus shows nobody logged in', async () => {
    const status = await admin.command({ connectionStatus: 1 });
    expect(status['authInfo']).toMatchObject({ authenticatedUsers: [] });
  });
});

describe('requests that are wrong', () => {
  it('refuses an unknown command with CommandNotFound', async () => {
    const error = await expectFailure(59, db.command({ frobnicate: 1 }));
    expect(error.codeName).toBe('CommandNotFound');
    expect(error.message).toContain('frobnicate');
  });

  it('refuses an unknown field of a known command', async () => {
    await expectFailure(40415, db.command({ find: 'c', frob: 1 }));
  });

  it('refuses a field of the wrong type', async () => {
    await expectFailure(14, db.command({ find: 'c', limit: 'many' }));
  });

  it('refuses an insert of no documents', async () => {
    await expectFailure(16, db.command({ insert: 'c', documents: [] }));
  });

  it('refuses an empty collection name', async () => {
    await expectFailure(73, db.command({ insert: '', documents: [{ a: 1 }] }));
  });

  it('keeps the connection usable after an error', async () => {
    const single = await new MongoClient(storage.uri, { maxPoolSize: 1 }).connect();
    await expectFailure(59, single.db('admin').command({ frobnicate: 1 }));
    expect(await single.db('admin').command({ ping: 1 })).toMatchObject({ ok: 1 });
    await single.close();
  });
});

describe('sizes', () => {
  it('takes 10,000 documents in one call', async () => {
    const many = await storage.collection();
    const documents = Array.from({ length: 10_000 }, (_, n) => ({ _id: n, text: `câu hỏi ${n}` }));
    const result = await many.insertMany(documents);
    expect(result.insertedCount).toBe(10_000);
    expect(await many.countDocuments()).toBe(10_000);
    expect(await many.findOne({ _id: 9_999 })).toEqual({ _id: 9_999, text: 'câu hỏi 9999' });
  });

  it('takes more than one message can carry', async () => {
    const big = await storage.collection();
    const text = 'x'.repeat(5_000_000);
    await big.insertMany(Array.from({ length: 12 }, (_, n) => ({ _id: n, text })));
    const lengths = await big.find({}, { projection: { length: { $strLenBytes: '$text' } } }).toArray();
    expect(lengths).toHaveLength(12);
    expect(new Set(lengths.map((row) => row['length']))).toEqual(new Set([5_000_000]));
  });

  it('sends back more than one batch can carry', async () => {
    const big = await storage.collection();
    const text = 'y'.repeat(6_000_000);
    for (let n = 0; n < 4; n += 1) await big.insertOne({ _id: n, text });
    const rows = await big.find().toArray();
    expect(rows.map((row) => row['text'].length)).toEqual([6_000_000, 6_000_000, 6_000_000, 6_000_000]);
  });

  it('takes a document just under 16 MB', async () => {
    const big = await storage.collection();
    await big.insertOne({ _id: 1, text: 'z'.repeat(16_777_216 - 100) });
    expect((await big.findOne({ _id: 1 }))?.['text']).toHaveLength(16_777_216 - 100);
  });

  it('refuses a document over 16 MB', async () => {
    const big = await storage.collection();
    await expectFailure(10334, big.insertOne({ _id: 1, text: 'z'.repeat(17_000_000) }));
    expect(await big.countDocuments()).toBe(0);
  });

  it('refuses an update that makes a document larger than 16 MB and leaves it as it was', async () => {
    const big = await storage.collection([{ _id: 1, parts: ['a'.repeat(9_000_000)] }]);
    const push: Document = { $push: { parts: 'b'.repeat(9_000_000) } };
    await expectFailure([10334, 17419], big.updateOne({ _id: 1 }, push));
    expect((await big.findOne({ _id: 1 }))?.['parts']).toHaveLength(1);
  });
});

describe('connections', () => {
  it('two clients see each other’s acknowledged writes', async () => {
    const rows = await storage.collection();
    const other = await new MongoClient(storage.uri).connect();
    const theirs = other.db(db.databaseName).collection<Row>(rows.collectionName);
    for (let n = 0; n < 20; n += 1) {
      await rows.insertOne({ _id: n });
      expect(await theirs.findOne({ _id: n })).toEqual({ _id: n });
    }
    await other.close();
  });

  it('serves many requests of one client at the same time', async () => {
    const rows = await storage.collection([{ _id: 'counter', n: 0 }]);
    await Promise.all(
      Array.from({ length: 100 }, () => rows.updateOne({ _id: 'counter' }, { $inc: { n: 1 } })),
    );
    expect(await rows.findOne({ _id: 'counter' })).toEqual({ _id: 'counter', n: 100 });
  });

  it('carries out an unacknowledged write', async () => {
    const rows = await storage.collection([{ _id: 0 }]);
    const result = await rows.insertOne({ _id: 1 }, { writeConcern: { w: 0 } });
    expect(result.acknowledged).toBe(false);
    await vi.waitFor(async () => expect(await rows.countDocuments()).toBe(2), 10_000);
  });

  it('works with a client that would like compression', async () => {
    const squeezed = await new MongoClient(storage.uri, { compressors: ['zlib'] }).connect();
    const rows = squeezed.db(db.databaseName).collection<Row>('squeezed');
    await rows.insertOne({ _id: 1, text: 'a'.repeat(10_000) });
    expect((await rows.findOne({ _id: 1 }))?.['text']).toHaveLength(10_000);
    await squeezed.close();
  });

  it('accepts write and read concerns that a server for itself can keep', async () => {
    const rows = await storage.collection();
    await rows.insertOne({ _id: 1 }, { writeConcern: { w: 'majority', journal: true, wtimeoutMS: 1000 } });
    const found = rows.find({}, { readConcern: { level: 'majority' }, maxTimeMS: 10_000 });
    expect(await found.toArray()).toEqual([{ _id: 1 }]);
  });

  it('accepts a comment on every kind of request', async () => {
    const rows = await storage.collection();
    const comment = 'ghi chú';
    await rows.insertOne({ _id: 1 }, { comment });
    await rows.updateOne({ _id: 1 }, { $set: { a: 1 } }, { comment });
    expect(await rows.find({}, { comment }).toArray()).toEqual([{ _id: 1, a: 1 }]);
    expect(await rows.aggregate([{ $match: {} }], { comment }).toArray()).toHaveLength(1);
    expect(await rows.findOneAndUpdate({ _id: 1 }, { $set: { a: 2 } }, { comment })).toEqual({
      _id: 1,
      a: 1,
    });
    expect(await rows.deleteOne({ _id: 1 }, { comment })).toMatchObject({ deletedCount: 1 });
  });

  it('accepts variables for find, update and delete', async () => {
    const rows = await storage.collection([
      { _id: 1, n: 1 },
      { _id: 2, n: 2 },
    ]);
    const filter = { $expr: { $eq: ['$n', '$$wanted'] } };
    expect(await rows.find(filter, { let: { wanted: 2 } }).toArray()).toEqual([{ _id: 2, n: 2 }]);
    await rows.updateOne(filter, [{ $set: { n: '$$next' } }], { let: { wanted: 2, next: 5 } });
    expect(await rows.findOne({ _id: 2 })).toEqual({ _id: 2, n: 5 });
    expect(await rows.deleteOne(filter, { let: { wanted: 5 } })).toMatchObject({ deletedCount: 1 });
  });
});

describe('sessions', () => {
  it('accepts reads and writes within a session', async () => {
    const rows = await storage.collection();
    const session = client.startSession();
    await rows.insertOne({ _id: 1 }, { session });
    expect(await rows.find({}, { session }).toArray()).toEqual([{ _id: 1 }]);
    await session.endSession();
  });

  it('starts, refreshes and ends a session on request', async () => {
    const started = await admin.command({ startSession: 1 });
    expect(started).toMatchObject({ ok: 1, timeoutMinutes: 30 });
    expect(started['id'].id).toBeDefined();
    expect(await admin.command({ refreshSessions: [started['id']] })).toMatchObject({ ok: 1 });
    expect(await admin.command({ endSessions: [started['id']] })).toMatchObject({ ok: 1 });
  });

  it(
    'refuses a transaction with IllegalOperation',
    async () => {
      const rows = await storage.collection([{ _id: 1 }]);
      const session = client.startSession();
      // In the wire's own words: the driver rewords this error.
      const transaction = { lsid: session.id, txnNumber: 1n, startTransaction: true, autocommit: false };
      const insert = { insert: rows.collectionName, documents: [{ _id: 2 }] };
      await expectFailure(20, db.command({ ...insert, ...transaction }));
      await session.endSession();
      expect(await rows.countDocuments()).toBe(1);
    },
    STANDALONE,
  );

  it(
    'refuses a numbered, retryable write with IllegalOperation',
    async () => {
      const session = client.startSession();
      const command = { insert: 'numbered', documents: [{ _id: 1 }], lsid: session.id, txnNumber: 1n };
      await expectFailure(20, db.command(command));
      await session.endSession();
    },
    STANDALONE,
  );

  it(
    'refuses a change stream',
    async () => {
      const rows = await storage.collection([{ _id: 1 }]);
      await expectFailure(40573, rows.aggregate([{ $changeStream: {} }]).toArray());
    },
    STANDALONE,
  );

  it(
    'refuses to wait for a second member',
    async () => {
      const rows = await storage.collection([{ _id: 1 }]);
      await expectFailure(2, rows.insertOne({ _id: 2 }, { writeConcern: { w: 2 } }));
    },
    STANDALONE,
  );
});
