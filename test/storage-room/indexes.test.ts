import { type Connection, createConnection, Schema } from 'mongoose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compareIndexes, toIndexShape } from '../../src/storage/compare-indexes.ts';
import { ensureIndexes } from '../../src/storage/ensure-indexes.ts';
import { SCHEMA_OPTIONS } from '../../src/storage/schema-options.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { createReadableLog } from '../support/log.ts';

const log = createReadableLog();
let database: TestDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database?.drop());
beforeEach(async () => {
  connection = await createConnection(database.uri).asPromise();
});
afterEach(async () => {
  await connection.destroy();
  await database.client.db().dropDatabase();
});

/** A collection of things with a unique code and a time to live. */
function declareThings(): void {
  const schema = new Schema({ code: String, at: Date }, { ...SCHEMA_OPTIONS, collection: 'things' });
  schema.index({ code: 1 }, { unique: true });
  schema.index({ at: 1 }, { expireAfterSeconds: 60 });
  schema.index({ code: 1, at: -1 });
  connection.model('Thing', schema);
}

const things = () => database.client.db().collection('things');

describe('the declared indexes', () => {
  it('are made where there are none, and only once', async () => {
    declareThings();
    expect(await ensureIndexes(connection, log.logger)).toEqual({
      created: ['things.code_1', 'things.at_1', 'things.code_1_at_-1'],
      remarks: [],
    });
    expect(await ensureIndexes(connection, log.logger)).toEqual({ created: [], remarks: [] });
    const names = (await things().listIndexes().toArray()).map(({ name }) => name);
    expect(names).toEqual(['_id_', 'code_1', 'at_1', 'code_1_at_-1']);
  });

  it('are made by two nodes at once', async () => {
    declareThings();
    await Promise.all([ensureIndexes(connection, log.logger), ensureIndexes(connection, log.logger)]);
    expect(await things().listIndexes().toArray()).toHaveLength(4);
  });

  it('that exist with other options are named, with what to do, and left alone', async () => {
    await things().createIndex({ code: 1 });
    await things().createIndex({ at: 1 }, { expireAfterSeconds: 3600 });
    declareThings();
    const { created, remarks } = await ensureIndexes(connection, log.logger);
    expect(created).toEqual(['things.code_1_at_-1']);
    expect(remarks).toEqual([
      expect.stringMatching(/^things\.code_1 .* should be .*"unique":true.*dropIndex\("code_1"\)/),
      expect.stringMatching(/^things\.at_1 .*3600.* should be .*60.*dropIndex\("at_1"\)/),
    ]);
    expect(log.text()).toContain('things.code_1 is ');
    const found = await things().listIndexes().toArray();
    expect(found.find(({ name }) => name === 'at_1')).toMatchObject({ expireAfterSeconds: 3600 });
  });

  it('that nobody declares are named and left alone', async () => {
    await things().createIndex({ colour: 1 }, { name: 'by_colour' });
    declareThings();
    const { remarks } = await ensureIndexes(connection, log.logger);
    expect(remarks).toEqual([expect.stringMatching(/^things\.by_colour is declared nowhere/)]);
    expect((await things().listIndexes().toArray()).map(({ name }) => name)).toContain('by_colour');
  });

  it('stop the start when documents are in the way of a unique one', async () => {
    await things().insertMany([{ code: 'PA-1' }, { code: 'PA-1' }]);
    declareThings();
    await expect(ensureIndexes(connection, log.logger)).rejects.toMatchObject({
      code: 'bad_index',
      message: expect.stringMatching(/things\.code_1 .*Remove or correct the documents/),
    });
  });
});

describe('two indexes', () => {
  const shape = (key: object, rest: object = {}) => toIndexShape({ key, ...rest });

  it('are the same when keys and options are, whatever the name', () => {
    const compared = compareIndexes(
      [shape({ a: 1 })],
      [shape({ a: 1 }, { name: 'mine', v: 2, unique: false })],
    );
    expect(compared).toEqual({ missing: [], differing: [], leftover: [] });
  });

  it('differ by the order of their fields', () => {
    const compared = compareIndexes([shape({ a: 1, b: 1 })], [shape({ b: 1, a: 1 })]);
    expect([compared.missing.length, compared.leftover.length]).toEqual([1, 1]);
  });

  it('differ by a partial filter', () => {
    const partialFilterExpression = { state: 'open' };
    const { differing } = compareIndexes([shape({ a: 1 }, { partialFilterExpression })], [shape({ a: 1 })]);
    expect(differing).toHaveLength(1);
  });

  it('clash by name', () => {
    const { differing, missing } = compareIndexes([shape({ a: 1 })], [shape({ b: 1 }, { name: 'a_1' })]);
    expect([differing.length, missing.length]).toEqual([1, 0]);
  });
});
