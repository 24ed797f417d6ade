import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Schema } from 'mongoose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SCHEMA_OPTIONS } from '../../src/storage/schema-options.ts';
import { createStorage, type Storage, type StorageOptions } from '../../src/storage/storage.ts';
import { openDatabase, type TestDatabase, withDatabase } from '../support/database.ts';
import { createReadableLog } from '../support/log.ts';
import { type DatabaseProxy, openProxy } from '../support/proxy.ts';

/** So that the tests need not wait; how the waits grow is tested by itself. */
const backOff = { firstMs: 20, mostMs: 50 };
const SOON_MS = 50;
/** In an address: how long one attempt to connect may take. */
const SELECTION = 'serverSelectionTimeoutMS=100';
const LONG_MS = 20_000;
const WAIT = { timeout: LONG_MS };

let database: TestDatabase;
let log = createReadableLog();
let proxies: DatabaseProxy[] = [];
let storages: Storage[] = [];

beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database?.drop());
beforeEach(() => {
  log = createReadableLog();
});
afterEach(async () => {
  for (const storage of storages) await storage.close();
  for (const proxy of proxies) await proxy.cut();
  storages = [];
  proxies = [];
  await database.client.db().dropDatabase();
});

async function storageAt(uri: string, options: Partial<StorageOptions> = {}): Promise<Storage> {
  const storage = await createStorage({
    uri,
    folder: '/nowhere',
    migrations: [],
    logger: log.logger,
    backOff,
    ...options,
  });
  storages.push(storage);
  return storage;
}

async function proxyTo(options: { readonly cut?: boolean } = {}): Promise<DatabaseProxy> {
  const proxy = await openProxy(database.uri, options);
  proxies.push(proxy);
  return proxy;
}

const thingSchema = new Schema({ name: String }, { ...SCHEMA_OPTIONS, collection: 'things' }).index({
  name: 1,
});

describe('a database that is there', () => {
  it('is connected, migrated and indexed when it is open', async () => {
    const migrations = [{ number: 1, name: 'first', run: async () => undefined }];
    const storage = await storageAt(database.uri, { migrations });
    storage.connection.model('Thing', thingSchema);
    expect(storage.notReadyReasons()).toHaveLength(1);
    expect(await storage.open(LONG_MS)).toBe(true);
    expect(storage.notReadyReasons()).toEqual([]);
    const db = database.client.db();
    expect(await db.collection('migrations').countDocuments({ state: 'done' })).toBe(1);
    expect(await db.collection('things').listIndexes().toArray()).toHaveLength(2);
  });

  it('takes writes that are acknowledged with the journal on disk', async () => {
    const storage = await storageAt(database.uri);
    await storage.open(LONG_MS);
    expect(storage.connection.getClient().writeConcern).toMatchObject({ w: 'majority', journal: true });
  });

  it('that will not be prepared does not hold up the start, and is tried again', async () => {
    const storage = await storageAt(database.uri);
    const index = { name: 'nonsense' as never };
    storage.connection.model('Thing', new Schema({ name: String }, SCHEMA_OPTIONS).index(index));
    expect(await storage.open(LONG_MS)).toBe(false);
    expect(storage.notReadyReasons()).toEqual([
      { code: 'store_preparing', message: expect.stringMatching(/^the store cannot be prepared: ./) },
    ]);
    await expect.poll(() => log.text().match(/cannot be prepared yet/g)?.length, WAIT).toBeGreaterThan(1);
  });

  it('stops the start when it is newer than the program', async () => {
    await database.client
      .db()
      .collection('migrations')
      .insertOne({ _id: 9 as never, name: 'ninth', state: 'done' });
    const storage = await storageAt(database.uri);
    await expect(storage.open(LONG_MS)).rejects.toMatchObject({ code: 'store_too_new' });
    expect(storage.isUp()).toBe(false);
    expect(storage.notReadyReasons()).toEqual([
      { code: 'store_refused', message: expect.stringContaining('has migration 9 (ninth)') },
    ]);
  });
});

describe('a database that is away at the start', () => {
  it('is given up waiting for, and connected when it comes', async () => {
    const proxy = await proxyTo({ cut: true });
    const storage = await storageAt(`${proxy.uri}&${SELECTION}`);
    storage.connection.model('Thing', thingSchema);
    expect(await storage.open(SOON_MS)).toBe(false);
    expect(storage.notReadyReasons()).toEqual([
      { code: 'store_away', message: expect.stringMatching(/^the database is away since 20/) },
    ]);
    await expect.poll(() => log.text(), WAIT).toContain('"failures":3');
    await proxy.mend();
    await expect.poll(() => storage.isUp(), WAIT).toBe(true);
    expect(storage.notReadyReasons()).toEqual([]);
    expect(await database.client.db().collection('things').listIndexes().toArray()).toHaveLength(2);
  }, 60_000);

  it('and turns out to be newer than the program is not used, and the reason is told', async () => {
    const proxy = await proxyTo({ cut: true });
    await database.client
      .db()
      .collection('migrations')
      .insertOne({ _id: 9 as never, name: 'ninth', state: 'done' });
    const storage = await storageAt(`${proxy.uri}&${SELECTION}`);
    await storage.open(SOON_MS);
    await proxy.mend();
    await expect
      .poll(() => storage.notReadyReasons(), WAIT)
      .toEqual([
        {
          code: 'store_refused',
          message: expect.stringMatching(/^the store was refused: .* has migration 9 \(ninth\)/),
        },
      ]);
    expect(storage.isUp()).toBe(false);
  });

  it('can be closed while it is waited for', async () => {
    const proxy = await proxyTo({ cut: true });
    const storage = await storageAt(proxy.uri);
    await storage.open(SOON_MS);
    await storage.close();
    expect(storage.isUp()).toBe(false);
  });
});

describe('a database that is lost and comes back', () => {
  it('is said to be down and up again, once each, and works as before', async () => {
    const proxy = await proxyTo();
    const storage = await storageAt(proxy.uri);
    const things = storage.connection.model('Thing', thingSchema);
    const told: string[] = [];
    storage.events.on('up', () => told.push('up'));
    storage.events.on('down', () => told.push('down'));
    await storage.open(LONG_MS);
    await things.create({ name: 'before' });

    await proxy.cut();
    await expect.poll(() => storage.isUp(), WAIT).toBe(false);
    expect(storage.notReadyReasons()).toEqual([
      { code: 'store_away', message: expect.stringMatching(/^the database is away since/) },
    ]);
    await proxy.mend();
    await expect.poll(() => storage.isUp(), WAIT).toBe(true);
    await things.create({ name: 'after' });
    expect(told).toEqual(['up', 'down', 'up']);
    expect((await things.find().sort({ _id: 1 }).lean()).map(({ name }) => name)).toEqual([
      'before',
      'after',
    ]);
  }, 60_000);
});

describe('an address', () => {
  it('that cannot be read is refused at once, without its password', async () => {
    const refused = await storageAt('mongodb://desk:hunter22@host:port:1/desk').catch(
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({ code: 'bad_config', message: expect.stringContaining('MONGODB_URI') });
    expect((refused as Error).message).not.toContain('hunter22');
  });

  it('never comes into the log with its password', async () => {
    const proxy = await proxyTo({ cut: true });
    const uri = `${proxy.uri.replace('mongodb://', 'mongodb://desk:hunter22@')}&${SELECTION}`;
    const storage = await storageAt(uri);
    await storage.open(SOON_MS);
    await expect.poll(() => log.lines().length, WAIT).toBeGreaterThan(0);
    expect(log.text()).toContain('the database cannot be reached');
    expect(log.text()).not.toContain('hunter22');
    expect(storage.name).not.toContain('hunter22');
  });

  it('decides where it sets an option itself', async () => {
    const separator = database.uri.includes('?') ? '&' : '?';
    const storage = await storageAt(`${database.uri}${separator}W=1&appname=other`);
    await storage.open(LONG_MS);
    const { writeConcern, appName } = storage.connection.getClient().options;
    expect({ w: writeConcern?.w, appName }).toEqual({ w: 1, appName: 'other' });
  });

  it('without a database means the product’s own', async () => {
    const storage = await storageAt(withDatabase(database.uri, ''));
    await storage.open(LONG_MS);
    expect(storage.connection.name).toBe('vssid');
  });
});

describe('the embedded store', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'embedded-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const embedded = (options: Partial<StorageOptions> = {}): Promise<Storage> =>
    storageAt('', { uri: undefined, folder, ...options });

  it('keeps what was stored from one start to the next', async () => {
    const first = await embedded();
    await first.open(LONG_MS);
    await first.connection.model('Thing', thingSchema).create({ name: 'kept' });
    await first.close();
    const second = await embedded();
    await second.open(LONG_MS);
    expect(await second.connection.model('Thing', thingSchema).countDocuments({ name: 'kept' })).toBe(1);
  });

  it('refuses a folder that another desk runs on, and says what to do', async () => {
    await embedded();
    await expect(embedded()).rejects.toMatchObject({
      code: 'folder_in_use',
      message: `Another desk runs on the folder ${folder}. Stop that one, or set DATA_DIR to a folder of its own; for one desk on several nodes set MONGODB_URI to a MongoDB.`,
    });
  });

  it('can be shared with a running desk by a command', async () => {
    const desk = await embedded();
    await desk.open(LONG_MS);
    const command = await embedded({ share: true });
    expect(await command.open(LONG_MS)).toBe(true);
    await command.connection.model('Thing', thingSchema).create({ name: 'from the command' });
    await command.close();
    expect(await desk.connection.model('Thing', thingSchema).countDocuments()).toBe(1);
  });
});
