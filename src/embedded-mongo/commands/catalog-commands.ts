/** Commands about databases, collections and indexes. */

import { isPlainObject } from '../bson/document-path.ts';
import { compareValues } from '../bson/key-encoding.ts';
import { type Document, encode } from '../bson/raw-bson.ts';
import { MongoFault } from '../fault.ts';
import { compileFilter } from '../query/filter.ts';
import {
  alreadyThere,
  type Collection,
  ID_INDEX,
  type Index,
  type IndexSpec,
  parseIndexSpec,
} from '../store/catalog.ts';
import { checkNamespace, ensured, existing, type Handler, namespaceOf, type Server } from './command.ts';

const UNSUPPORTED = [
  'capped',
  'timeseries',
  'viewOn',
  'validator',
  'clusteredIndex',
  'expireAfterSeconds',
  'changeStreamPreAndPostImages',
  'encryptedFields',
];

const create: Handler = async (command, { store }) => {
  const namespace = namespaceOf(command);
  for (const option of UNSUPPORTED) {
    const value = command.body[option];
    if (value === undefined || value === false || compareValues(value, {}) === 0) continue;
    throw new MongoFault(
      'CommandNotSupported',
      `create: the option '${option}' is not supported by the embedded store`,
    );
  }
  await store.write(() => {
    if (store.find(namespace))
      throw new MongoFault('NamespaceExists', `Collection ${namespace} already exists.`);
    store.createCollection(namespace);
  });
  return { ok: 1 };
};

const drop: Handler = async (command, { store, cursors }) => {
  const namespace = namespaceOf(command);
  const nIndexesWas = await store.write(() => {
    const collection = store.find(namespace);
    if (collection) store.dropCollection(collection);
    return collection?.indexes.length;
  });
  cursors.killAll(namespace);
  return nIndexesWas === undefined ? { ok: 1 } : { nIndexesWas, ns: namespace, ok: 1 };
};

const ofDatabase = ({ store }: Server, database: string): Collection[] =>
  [...store.collections().values()].filter((collection) => collection.database === database);

const dropDatabase: Handler = async ({ database }, server) => {
  const dropped = await server.store.write(() => {
    const collections = ofDatabase(server, database);
    for (const collection of collections) {
      server.store.dropCollection(collection);
      server.cursors.killAll(collection.namespace);
    }
    return collections.length;
  });
  return { ...(dropped > 0 ? { dropped: database } : {}), ok: 1 };
};

const renameCollection: Handler = async ({ body }, server) => {
  const from = String(body['renameCollection']);
  const to = checkNamespace(String(body['to']));
  const { store } = server;
  await store.write(() => {
    const collection = store.find(from);
    if (collection === undefined)
      throw new MongoFault('NamespaceNotFound', `Source collection ${from} does not exist`);
    if (from === to) throw new MongoFault('IllegalOperation', "Can't rename a collection to itself");
    const target = store.find(to);
    if (target && !body['dropTarget']) throw new MongoFault('NamespaceExists', 'target namespace exists');
    if (target) store.dropCollection(target);
    store.renameCollection(collection, to);
  });
  for (const namespace of [from, to]) server.cursors.killAll(namespace);
  return { ok: 1 };
};

const createIndexes: Handler = async (command, server) => {
  const namespace = namespaceOf(command);
  const { indexes } = command.body;
  if (!Array.isArray(indexes) || indexes.length === 0)
    throw new MongoFault('BadValue', 'Must specify at least one index to create');
  const specs = (indexes as Document[]).map(parseIndexSpec);
  const { store } = server;
  const createdCollectionAutomatically = store.find(namespace) === undefined;
  let before = 0;
  const build = (): void => {
    before = ensured(server, namespace).indexes.length;
    for (const spec of specs) {
      const collection = existing(server, namespace);
      if (!alreadyThere(collection.indexes, spec)) store.addIndex(collection, spec);
    }
  };
  await store.write(build, { atomic: true });
  const after = existing(server, namespace).indexes.length;
  return {
    numIndexesBefore: before,
    numIndexesAfter: after,
    createdCollectionAutomatically,
    ...(after === before ? { note: 'all indexes already exist' } : {}),
    ok: 1,
  };
};

function indexBy(collection: Collection, wanted: unknown): Index {
  const found = collection.indexes.find(({ spec }) =>
    isPlainObject(wanted) ? compareValues(spec.key, wanted) === 0 : spec.name === wanted,
  );
  if (found === undefined) {
    throw new MongoFault(
      'IndexNotFound',
      isPlainObject(wanted)
        ? `can't find index with key: ${JSON.stringify(wanted)}`
        : `index not found with name [${wanted}]`,
    );
  }
  return found;
}

const dropIndexes: Handler = async (command, server) => {
  const namespace = namespaceOf(command);
  const wanted = command.body['index'];
  const { store } = server;
  const nIndexesWas = await store.write(() => {
    const collection = existing(server, namespace);
    const indexes =
      wanted === '*' ? collection.indexes.slice(1) : [wanted].flat().map((one) => indexBy(collection, one));
    if (indexes.some(({ id }) => id === ID_INDEX))
      throw new MongoFault('InvalidOptions', 'cannot drop _id index');
    for (const index of indexes) store.dropIndex(existing(server, namespace), index);
    return collection.indexes.length;
  });
  return { nIndexesWas, ok: 1 };
};

const listed = ({ spec }: Index): Document => ({ v: 2, ...spec });

const listIndexes: Handler = (command, server) => {
  const namespace = namespaceOf(command);
  const indexes = existing(server, namespace).indexes.map((index) => encode(listed(index)));
  const { batchSize } = (command.body['cursor'] ?? {}) as { batchSize?: number };
  return server.cursors.start(namespace, indexes.values(), { batchSize });
};

const collMod: Handler = async (command, server) => {
  const namespace = namespaceOf(command);
  const { index: change, ...others } = command.body;
  if (
    !isPlainObject(change) ||
    ['validator', 'viewOn', 'cappedSize'].some((option) => others[option] !== undefined)
  ) {
    throw new MongoFault(
      'CommandNotSupported',
      'collMod of anything but an index is not supported by the embedded store',
    );
  }
  const { store } = server;
  return store.write(() => {
    const collection = existing(server, namespace);
    const index = indexBy(collection, change['keyPattern'] ?? change['name']);
    const { expireAfterSeconds } = change;
    if (typeof expireAfterSeconds !== 'number')
      throw new MongoFault('CommandNotSupported', 'collMod changes expireAfterSeconds only');
    store.changeIndex(collection, index, parseIndexSpec({ ...index.spec, expireAfterSeconds }) as IndexSpec);
    return {
      expireAfterSeconds_old: index.spec.expireAfterSeconds,
      expireAfterSeconds_new: expireAfterSeconds,
      ok: 1,
    };
  });
};

const listCollections: Handler = ({ database, body }, server) => {
  const matches = compileFilter((body['filter'] ?? {}) as Document);
  const collections = ofDatabase(server, database)
    .map(({ name }) =>
      body['nameOnly']
        ? { name, type: 'collection' }
        : {
            name,
            type: 'collection',
            options: {},
            info: { readOnly: false },
            idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
          },
    )
    .filter(matches)
    .map(encode);
  const { batchSize } = (body['cursor'] ?? {}) as { batchSize?: number };
  return server.cursors.start(`${database}.$cmd.listCollections`, collections.values(), { batchSize });
};

const bytesOf = (collections: readonly Collection[]): number =>
  collections.reduce((sum, { bytes }) => sum + bytes, 0);

const listDatabases: Handler = ({ body }, server) => {
  const matches = compileFilter((body['filter'] ?? {}) as Document);
  const names = [...new Set([...server.store.collections().values()].map(({ database }) => database))].sort();
  const databases = names
    .map((name) => ({ name, sizeOnDisk: bytesOf(ofDatabase(server, name)), empty: false }))
    .filter(matches);
  if (body['nameOnly']) return { databases: databases.map(({ name }) => ({ name })), ok: 1 };
  return { databases, totalSize: databases.reduce((sum, { sizeOnDisk }) => sum + sizeOnDisk, 0), ok: 1 };
};

const collStats: Handler = (command, { store }) => {
  const namespace = namespaceOf(command);
  const collection = store.find(namespace);
  const { count = 0, bytes = 0, indexes = [] } = collection ?? {};
  const scale = Number(command.body['scale'] ?? 1);
  const indexSizes = Object.fromEntries(indexes.map((index) => [index.spec.name, 0]));
  return {
    ns: namespace,
    size: Math.floor(bytes / scale),
    count,
    ...(count > 0 ? { avgObjSize: Math.floor(bytes / count) } : {}),
    storageSize: Math.floor(bytes / scale),
    totalIndexSize: 0,
    totalSize: Math.floor(bytes / scale),
    nindexes: indexes.length,
    indexSizes,
    scaleFactor: scale,
    ok: 1,
  };
};

const dbStats: Handler = ({ database, body }, server) => {
  const collections = ofDatabase(server, database);
  const scale = Number(body['scale'] ?? 1);
  const objects = collections.reduce((sum, { count }) => sum + count, 0);
  const dataSize = bytesOf(collections);
  return {
    db: database,
    collections: collections.length,
    views: 0,
    objects,
    avgObjSize: objects === 0 ? 0 : dataSize / objects,
    dataSize: dataSize / scale,
    storageSize: dataSize / scale,
    indexes: collections.reduce((sum, { indexes }) => sum + indexes.length, 0),
    indexSize: 0,
    totalSize: dataSize / scale,
    scaleFactor: scale,
    fsUsedSize: server.store.fileBytes(),
    ok: 1,
  };
};

const validate: Handler = (command, server) => {
  const namespace = namespaceOf(command);
  const collection = server.store.find(namespace);
  if (collection === undefined) {
    throw new MongoFault('NamespaceNotFound', `Collection '${namespace}' does not exist to validate.`);
  }
  const { keysPerIndex, errors } = server.store.verify(collection);
  return {
    ns: namespace,
    nrecords: keysPerIndex['_id_'],
    nIndexes: collection.indexes.length,
    keysPerIndex,
    valid: errors.length === 0,
    errors,
    warnings: [],
    ok: 1,
  };
};

export const CATALOG_COMMANDS: Record<string, Handler> = {
  create,
  drop,
  dropDatabase,
  renameCollection,
  createIndexes,
  dropIndexes,
  deleteIndexes: dropIndexes,
  listIndexes,
  collMod,
  listCollections,
  listDatabases,
  collStats,
  dbStats,
  validate,
};
