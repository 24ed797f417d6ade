import type { Document } from 'mongodb';
import { describe, expect } from 'vitest';
import { expectFailure, openStorage, type Row } from '../support/storage.ts';

const storage = await openStorage('admin');
const { client, db, it } = storage;
const admin = client.db('admin');

describe('collections', () => {
  it('are created once; doing so again does no harm', async () => {
    const made = await db.createCollection<Row>('made');
    await made.insertOne({ _id: 1 });
    // mongod has taken both ways over its versions: an error before 7.0, a word of consent since.
    const again = await db.command({ create: 'made' }).catch((error: Document) => error);
    expect([undefined, 48]).toContain(again['code']);
    expect(await made.find().toArray()).toEqual([{ _id: 1 }]);
    expect(await db.listCollections({ name: 'made' }).toArray()).toHaveLength(1);
  });

  it('are listed with type, options and the index on _id', async () => {
    const rows = await storage.collection([{ _id: 1 }]);
    const [listed] = await db.listCollections({ name: rows.collectionName }).toArray();
    expect(listed).toMatchObject({
      name: rows.collectionName,
      type: 'collection',
      options: {},
      info: { readOnly: false },
      idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
    });
  });

  it('are listed by name alone', async () => {
    const rows = await storage.collection([{ _id: 1 }]);
    const filter = { name: new RegExp(`^${rows.collectionName}$`) };
    expect(await db.listCollections(filter, { nameOnly: true }).toArray()).toEqual([
      { name: rows.collectionName, type: 'collection' },
    ]);
    expect(await db.listCollections({ name: 'nowhere' }).toArray()).toEqual([]);
  });

  it('come to be with the first document, not with a read', async () => {
    await db.collection('only_read').find().toArray();
    await db.collection('only_read').updateOne({ a: 1 }, { $set: { b: 1 } });
    expect(await db.listCollections({ name: 'only_read' }).toArray()).toEqual([]);
    await db.collection('only_read').updateOne({ a: 1 }, { $set: { b: 1 } }, { upsert: true });
    expect(await db.listCollections({ name: 'only_read' }).toArray()).toHaveLength(1);
  });

  it('are dropped with all that is in them', async () => {
    const rows = await storage.collection([{ _id: 1, a: 1 }]);
    await rows.createIndex({ a: 1 });
    expect(await rows.drop()).toBe(true);
    expect(await rows.find().toArray()).toEqual([]);
    await rows.insertOne({ _id: 1 });
    expect(await rows.listIndexes().toArray()).toHaveLength(1);
  });

  it('that are missing are dropped without a word', async () => {
    expect(await db.command({ drop: 'nowhere' })).toMatchObject({ ok: 1 });
  });

  it('keep to their database', async () => {
    const other = client.db(`${db.databaseName}_other`);
    await storage.collection();
    await db.collection('same').insertOne({ a: 1 });
    await other.collection('same').insertOne({ a: 2 });
    expect(await other.collection('same').countDocuments()).toBe(1);
    await other.dropDatabase();
    expect(await db.collection('same').countDocuments({ a: 1 })).toBe(1);
  });

  it('whose names begin alike are told apart', async () => {
    await db.collection('item').insertOne({ a: 1 });
    await db.collection('items').insertMany([{ a: 1 }, { a: 2 }]);
    await db.collection('items.archive').insertOne({ a: 3 });
    await db.collection('item').drop();
    expect(await db.collection('items').countDocuments()).toBe(2);
    expect(await db.collection('items.archive').countDocuments()).toBe(1);
  });
});

describe('renaming', () => {
  it('takes documents and indexes along', async () => {
    const rows = await storage.collection([{ _id: 1, a: 1 }]);
    await rows.createIndex({ a: 1 }, { unique: true });
    const renamed = await rows.rename('renamed');
    expect(await renamed.find().toArray()).toEqual([{ _id: 1, a: 1 }]);
    await expectFailure(11000, renamed.insertOne({ a: 1 }));
    expect(await rows.countDocuments()).toBe(0);
  });

  it('refuses a name that is taken, unless told to drop that', async () => {
    const rows = await storage.collection([{ _id: 1 }]);
    const target = await storage.collection([{ _id: 2 }]);
    await expectFailure(48, rows.rename(target.collectionName));
    await rows.rename(target.collectionName, { dropTarget: true });
    expect(await target.find().toArray()).toEqual([{ _id: 1 }]);
  });

  it('refuses a collection that is not there', async () => {
    const command = { renameCollection: `${db.databaseName}.nowhere`, to: `${db.databaseName}.else` };
    await expectFailure(26, admin.command(command));
  });

  it('is asked of the admin database', async () => {
    const command = { renameCollection: `${db.databaseName}.a`, to: `${db.databaseName}.b` };
    await expectFailure(13, db.command(command));
  });
});

describe('databases', () => {
  it('are listed with their size once something is in them', async () => {
    await storage.collection([{ _id: 1 }]);
    const { databases } = await admin.admin().listDatabases();
    expect(databases.find((one) => one.name === db.databaseName)).toMatchObject({ empty: false });
    expect(databases.map((one) => one.name)).not.toContain('conformance_nowhere');
  });

  it('are listed by filter and by name alone', async () => {
    await storage.collection([{ _id: 1 }]);
    const options = { filter: { name: db.databaseName }, nameOnly: true };
    expect((await admin.admin().listDatabases(options)).databases).toEqual([{ name: db.databaseName }]);
  });

  it('are listed by the admin database only', async () => {
    await expectFailure(13, db.command({ listDatabases: 1 }));
  });

  it('are dropped whole', async () => {
    const other = client.db(`${db.databaseName}_gone`);
    await other.collection('a').insertOne({ a: 1 });
    await other.collection('b').insertOne({ a: 1 });
    expect(await other.command({ dropDatabase: 1 })).toMatchObject({ ok: 1 });
    expect(await other.listCollections().toArray()).toEqual([]);
    expect(await other.command({ dropDatabase: 1 })).toMatchObject({ ok: 1 });
  });
});

describe('figures', () => {
  it('collStats counts documents, sizes and indexes', async () => {
    const rows = await storage.collection(
      Array.from({ length: 50 }, (_, n) => ({ _id: n, text: 'x'.repeat(100) })),
    );
    await rows.createIndex({ text: 1 });
    const stats = await db.command({ collStats: rows.collectionName });
    expect(stats).toMatchObject({ ok: 1, ns: rows.namespace, count: 50, nindexes: 2 });
    expect(stats['size']).toBeGreaterThan(50 * 100);
    expect(stats['avgObjSize']).toBeGreaterThan(100);
    expect(Object.keys(stats['indexSizes']).sort()).toEqual(['_id_', 'text_1']);
  });

  it('$collStats counts too', async () => {
    const rows = await storage.collection([{ _id: 1 }, { _id: 2 }]);
    const [stats] = await rows.aggregate([{ $collStats: { count: {} } }]).toArray();
    expect(stats).toMatchObject({ ns: rows.namespace, count: 2 });
  });

  it('dbStats counts collections and documents', async () => {
    await storage.collection([{ _id: 1 }]);
    const stats = await db.command({ dbStats: 1 });
    expect(stats).toMatchObject({ ok: 1, db: db.databaseName });
    expect(stats['collections']).toBeGreaterThan(0);
    expect(stats['objects']).toBeGreaterThan(0);
    expect(stats['dataSize']).toBeGreaterThan(0);
  });

  it('serverStatus tells how long it has been up and who is connected', async () => {
    const status = await admin.command({ serverStatus: 1 });
    expect(status).toMatchObject({
      ok: 1,
      process: expect.any(String),
      version: expect.stringMatching(/^\d+\./),
    });
    expect(status['uptime']).toBeGreaterThanOrEqual(0);
    expect(status['connections'].current).toBeGreaterThan(0);
  });

  it('validate finds a collection in order', async () => {
    const rows = await storage.collection([{ _id: 1, a: 1 }, { _id: 2 }]);
    await rows.createIndex({ a: 1 });
    expect(await db.command({ validate: rows.collectionName })).toMatchObject({ ok: 1, valid: true });
  });
});
