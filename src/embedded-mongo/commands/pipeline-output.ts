/** Pipelines that end in a collection: $out and $merge. */

import { type Document, decodeExact } from '../bson/raw-bson.ts';
import { MongoFault } from '../fault.ts';
import { idKey } from '../store/index-entries.ts';
import { encodeUpdated } from '../update/update.ts';
import { checkNamespace, ensured, type Server } from './command.ts';
import { storable } from './update-command.ts';

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
  checkNamespace(`${db}.${coll}`);
  const build = (): void => {
    const before = server.store.find(`${db}.${coll}`);
    const indexes = before?.indexes.slice(1) ?? [];
    if (before !== undefined) server.store.dropCollection(before);
    let collection = server.store.createCollection(`${db}.${coll}`);
    for (const { spec: index } of indexes) server.store.addIndex(collection, index);
    collection = ensured(server, `${db}.${coll}`);
    for (const raw of results) server.store.insert(collection, storable(raw));
  };
  await server.store.write(build, { atomic: true });
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
  if (
    !['merge', 'replace', 'keepExisting', 'fail'].includes(String(whenMatched)) ||
    !['insert', 'discard', 'fail'].includes(String(whenNotMatched))
  ) {
    throw new MongoFault(
      'BadValue',
      `Enumeration value for $merge is not valid: ${whenMatched}, ${whenNotMatched}`,
    );
  }
  checkNamespace(`${db}.${coll}`);
  const { store } = server;
  const merge = (): void => {
    const collection = ensured(server, `${db}.${coll}`);
    for (const result of results) {
      const raw = storable(result);
      const document = decodeExact(raw);
      const id = idKey(document['_id']);
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
        store.replace(collection, id, before, whenMatched === 'replace' ? raw : merged(before, document));
      }
    }
  };
  await store.write(merge, { atomic: true });
}

/** The fields of the result over those of the target, which keep their types. */
function merged(before: Buffer, document: Document): Buffer {
  const old = decodeExact(before);
  return encodeUpdated(before, old, { ...old, ...document }, false);
}
