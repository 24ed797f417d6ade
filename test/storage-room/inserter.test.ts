import { createConnection, Schema } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInserter } from '../../src/storage/inserter.ts';
import { isDuplicateKey } from '../../src/storage/mongo-errors.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let connection: Awaited<ReturnType<ReturnType<typeof createConnection>['asPromise']>>;
beforeAll(async () => {
  database = await openDatabase();
  connection = await createConnection(database.uri).asPromise();
});
afterAll(async () => {
  await connection?.destroy();
  await database?.drop();
});

function collection(name: string) {
  const model = connection.model(name, new Schema({ key: Number }, { collection: name }));
  let commands = 0;
  const counted = {
    insertMany: ((...given: Parameters<typeof model.collection.insertMany>) => {
      commands += 1;
      return model.collection.insertMany(...given);
    }) as typeof model.collection.insertMany,
  };
  return { model, inserter: createInserter(counted), commands: () => commands };
}

describe('inserts that arrive together', () => {
  it('travel in few commands and are all there', async () => {
    const { model, inserter, commands } = collection('together');
    await Promise.all(Array.from({ length: 1_200 }, (_, key) => inserter.insert({ key })));
    expect(await model.collection.countDocuments()).toBe(1_200);
    // The first alone, then the rest in batches of at most 500.
    expect(commands()).toBe(4);
  });

  it('fail each for itself', async () => {
    const { model, inserter } = collection('single');
    await model.collection.createIndex({ key: 1 }, { unique: true });
    await inserter.insert({ key: 2 });
    const outcomes = await Promise.allSettled([0, 1, 2, 3, 3].map((key) => inserter.insert({ key })));
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
    ]);
    const failed = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(failed.every(isDuplicateKey)).toBe(true);
    expect(await model.collection.distinct('key')).toEqual([0, 1, 2, 3]);
  });

  it('all fail when the command does, and the next ones go on', async () => {
    const { model, inserter } = collection('whole');
    const bad = { key: () => 1 };
    Object.defineProperty(bad, 'toBSON', {
      value: () => {
        throw new Error('not to be written');
      },
    });
    const outcomes = await Promise.allSettled([inserter.insert(bad), inserter.insert({ key: 1 })]);
    expect(outcomes[0]).toMatchObject({ status: 'rejected', reason: { message: 'not to be written' } });
    await inserter.insert({ key: 2 });
    expect(await model.collection.countDocuments({ key: 2 })).toBe(1);
  });
});

describe('a pair', () => {
  it('is in the same command as what comes with it', async () => {
    const { model, inserter, commands } = collection('pairs');
    await Promise.all([
      inserter.insert({ key: 0 }),
      inserter.insertPair({ key: 1 }, { key: 2 }),
      inserter.insert({ key: 3 }),
      inserter.insertPair({ key: 4 }, { key: 5 }),
    ]);
    expect(commands()).toBe(2);
    expect(await model.collection.distinct('key')).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('has no second without its first, and holds up nobody', async () => {
    const { model, inserter } = collection('torn');
    await model.collection.createIndex({ key: 1 }, { unique: true });
    await model.collection.insertMany([{ key: 2 }, { key: 5 }]);
    const outcomes = await Promise.allSettled([
      inserter.insert({ key: 0 }),
      inserter.insertPair({ key: 10 }, { key: 11 }),
      inserter.insertPair({ key: 2 }, { key: 12 }),
      inserter.insertPair({ key: 13 }, { key: 5 }),
      inserter.insertPair({ key: 5 }, { key: 14 }),
      inserter.insert({ key: 15 }),
      inserter.insertPair({ key: 16 }, { key: 17 }),
    ]);
    expect(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : 'refused'))).toEqual([
      undefined,
      true,
      'refused',
      false,
      'refused',
      undefined,
      true,
    ]);
    expect(await model.collection.distinct('key')).toEqual([0, 2, 5, 10, 11, 13, 15, 16, 17]);
  });

  it('says when the first error met is that of a second', async () => {
    const { model, inserter } = collection('second');
    await model.collection.createIndex({ key: 1 }, { unique: true });
    await inserter.insert({ key: 2 });
    expect(
      await Promise.all([
        inserter.insertPair({ key: 1 }, { key: 2 }),
        inserter.insertPair({ key: 3 }, { key: 4 }),
      ]),
    ).toEqual([false, true]);
    expect(await model.collection.distinct('key')).toEqual([1, 2, 3, 4]);
  });
});
