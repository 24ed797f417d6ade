/** Pipelines that end in a collection: $out and $merge. */

import { encodeKey } from '../bson/key-encoding.ts';
import { decode, encode } from '../bson/raw-bson.ts';
import { MongoFault } from '../fault.ts';
import { ensured, type Server } from './command.ts';

/** Puts the results in the place of a collection; its indexes stay. */
export async function writeOut(
  server: Server,
  database: string,
  spec: unknown,
  results: readonly Buffer[],
): Promise<void> {
  const { db = database, coll } = (typeof spec === 'string' ? { coll: spec } : spec) as {
    db?: string;
    coll: string;
  };
  await server.store.write(() => {
    const before = server.store.find(`${db}.${coll}`);
    const indexes = before?.indexes.slice(1) ?? [];
    if (before !== undefined) server.store.dropCollection(before);
    let collection = server.store.createCollection(`${db}.${coll}`);
    for (const { spec: index } of indexes) server.store.addIndex(collection, index);
    collection = ensured(server, `${db}.${coll}`);
    for (const raw of results) server.store.insert(collection, raw);
  });
}

/** $merge by _id: what to do with documents that are there and with those that are not. */
export async function mergeInto(
  server: Server,
  database: string,
  spec: unknown,
  results: readonly Buffer[],
): Promise<void> {
  const {
    into,
    on = '_id',
    whenMatched = 'merge',
    whenNotMatched = 'insert',
  } = (typeof spec === 'string' ? { into: spec } : spec) as Record<string, unknown>;
  const { db = database, coll } = (typeof into === 'string' ? { coll: into } : into) as {
    db?: string;
    coll: string;
  };
  if (on !== '_id' || Array.isArray(whenMatched)) {
    throw new MongoFault(
      'CommandNotSupported',
      '$merge with other fields than _id or with a pipeline is not supported by the embedded store',
    );
  }
  const { store } = server;
  await store.write(() => {
    const collection = ensured(server, `${db}.${coll}`);
    for (const raw of results) {
      const document = decode(raw);
      const id = encodeKey(document['_id']);
      const before = store.get(collection, id);
      if (before === undefined) {
        if (whenNotMatched === 'fail')
          throw new MongoFault('Location13113', '$merge could not find a matching document');
        if (whenNotMatched === 'insert') store.insert(collection, raw);
      } else if (whenMatched === 'fail') {
        throw new MongoFault('DuplicateKey', `E11000 duplicate key error collection: ${db}.${coll}`, {
          keyPattern: { _id: 1 },
          keyValue: { _id: document['_id'] },
        });
      } else if (whenMatched !== 'keepExisting') {
        store.replace(
          collection,
          id,
          before,
          whenMatched === 'replace' ? raw : encode({ ...decode(before), ...document }),
        );
      }
    }
  });
}
