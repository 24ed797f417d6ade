/**
 * Collections, documents and index entries in one LMDB file, in three tables:
 *   catalog    c<namespace> → the collection and its indexes;  n<collection id> → its counters
 *   documents  <collection id> <_id> → BSON
 *   entries    <index id> <value of each field> <_id> → <_id>
 * Changes are made inside `write`, which answers when they are on the disk; several that arrive together share one
 * transaction and one flush. Reads see what is committed, and inside `write` also what is not yet.
 */
import { open } from 'lmdb';
import { isShortened } from '../bson/key-encoding.ts';
import { type Document, decode, encode } from '../bson/raw-bson.ts';
import { MongoFault } from '../fault.ts';
import { type Collection, createIndex, ID_INDEX, type Index, type IndexSpec } from './catalog.ts';
import { createCommits } from './commits.ts';
import { changedFields, duplicate, entriesOf, idKey, prefixOf } from './index-entries.ts';
import { openTable, type SealedTable } from './sealed-table.ts';
import { type Verification, verifyCollection } from './verify.ts';

/** A stretch of keys: from `low`, up to but without `high`. */
export interface Range {
  readonly low: Buffer;
  readonly high: Buffer;
}

export interface Found {
  /** The document's _id, encoded. */
  readonly id: Buffer;
  readonly raw: Buffer;
}

interface Checked {
  readonly index: Index;
  readonly multikey: number;
  readonly truncated: boolean;
  /** The entries, the _id behind, and the values each stands for. */
  readonly keys: readonly Buffer[];
  readonly rows: readonly (readonly unknown[])[];
}

export type Store = ReturnType<typeof openStore>;

/** LMDB's own limit for a key with pages of 4 KiB. */
const LONGEST_KEY = 1978;
/** Sorts behind every encoded value. */
const LAST = Buffer.of(0xff);
/** Entries read at once: few at first, for most finds want one; then more. */
const FIRST_READ = 2;
const LARGEST_READ = 512;
const LARGEST_READ_BYTES = 1_000_000;

export const behind = (key: Buffer): Buffer => Buffer.concat([key, LAST]);

/** Opens the store in `file`, or makes it. */
export function openStore(file: string) {
  const root = open({
    path: file,
    noSubdir: true,
    encoding: 'binary',
    keyEncoding: 'binary',
    maxDbs: 4,
    // A promise of a change holds when it is flushed, not when it is visible.
    overlappingSync: false,
  });
  const catalog = openTable(root, 'catalog');
  const documents = openTable(root, 'documents');
  const entries = openTable(root, 'entries');

  let collections = new Map<string, Collection>();
  let lastId = 0;

  function load(): void {
    collections = new Map();
    lastId = 0;
    for (const { key, value } of catalog.range({ start: Buffer.from('c'), end: Buffer.from('d') })) {
      const { id, indexes } = decode(value) as unknown as {
        id: number;
        indexes: { id: number; multikey: number; truncated: boolean; spec: IndexSpec }[];
      };
      const counters = catalog.get(Buffer.concat([Buffer.from('n'), prefixOf(id)]));
      const { count, bytes } = (counters === undefined ? { count: 0, bytes: 0 } : decode(counters)) as {
        count: number;
        bytes: number;
      };
      const namespace = key.toString('utf8', 1);
      collections.set(namespace, {
        ...named(namespace),
        id,
        indexes: indexes.map((index) => createIndex(index.id, index.spec, index.multikey, index.truncated)),
        count,
        bytes,
      });
      lastId = Math.max(lastId, id, ...indexes.map((index) => index.id));
    }
  }

  function named(namespace: string) {
    const dot = namespace.indexOf('.');
    return { namespace, database: namespace.slice(0, dot), name: namespace.slice(dot + 1) };
  }

  function saveCollection(collection: Collection): void {
    const { namespace, id, indexes } = collection;
    collections.set(namespace, collection);
    catalog.put(
      Buffer.from(`c${namespace}`),
      encode({
        id,
        indexes: indexes.map(({ id: indexId, multikey, truncated, spec }) => ({
          id: indexId,
          multikey,
          truncated,
          spec,
        })),
      }),
    );
  }

  function count(collection: Collection, documentsMore: number, bytesMore: number): void {
    collection.count += documentsMore;
    collection.bytes += bytesMore;
    catalog.put(
      Buffer.concat([Buffer.from('n'), prefixOf(collection.id)]),
      encode({ count: collection.count, bytes: collection.bytes }),
    );
  }

  const documentKey = (collection: Collection, id: Buffer): Buffer =>
    Buffer.concat([prefixOf(collection.id), id]);

  /**
   * The entries a document needs in an index.
   * @throws MongoFault DuplicateKey when another document has one of them and the index is unique, KeyTooLong
   */
  function checkedEntries(collection: Collection, index: Index, document: Document, id: Buffer): Checked {
    const { found, multikey, truncated } = entriesOf(index, document);
    for (const { key, row } of found) {
      if (key.length + id.length > LONGEST_KEY) {
        throw new MongoFault(
          'Location17280',
          `key too large to index, failing ${collection.namespace}.${index.spec.name}: ${key.length} bytes; index fewer long fields together`,
        );
      }
      if (!index.spec.unique) continue;
      for (const { value } of entries.range({ start: key, end: behind(key), limit: 2 })) {
        if (!value.equals(id)) throw duplicate(collection, index, row);
      }
    }
    return {
      index,
      multikey,
      truncated,
      keys: found.map(({ key }) => Buffer.concat([key, id])),
      rows: found.map(({ row }) => row),
    };
  }

  const secondary = (collection: Collection): readonly Index[] => collection.indexes.slice(1);

  /** Remembers of an index what holds from its first such document on. */
  function note(
    collection: Collection,
    found: readonly { index: Index; multikey: number; truncated: boolean }[],
  ): void {
    let news = false;
    for (const { index, multikey, truncated } of found) {
      if (
        (index.multikey | multikey) === index.multikey &&
        index.truncated === (index.truncated || truncated)
      )
        continue;
      index.multikey |= multikey;
      index.truncated ||= truncated;
      news = true;
    }
    if (news) saveCollection(collection);
  }

  load();

  return {
    /** All collections by namespace (`database.name`). */
    collections: (): ReadonlyMap<string, Collection> => collections,
    find: (namespace: string): Collection | undefined => collections.get(namespace),

    /** Makes a change, and answers when it is on the disk. */
    write: createCommits(root, load),

    createCollection(namespace: string): Collection {
      const collection: Collection = {
        ...named(namespace),
        id: ++lastId,
        indexes: [createIndex(ID_INDEX, { name: '_id_', key: { _id: 1 } })],
        count: 0,
        bytes: 0,
      };
      saveCollection(collection);
      return collection;
    },

    dropCollection(collection: Collection): void {
      const remove = (from: SealedTable, id: number): void => {
        for (const key of from.keys({ start: prefixOf(id), end: prefixOf(id + 1) })) from.remove(key);
      };
      for (const index of secondary(collection)) remove(entries, index.id);
      remove(documents, collection.id);
      catalog.remove(Buffer.from(`c${collection.namespace}`));
      catalog.remove(Buffer.concat([Buffer.from('n'), prefixOf(collection.id)]));
      collections.delete(collection.namespace);
    },

    renameCollection(collection: Collection, namespace: string): void {
      catalog.remove(Buffer.from(`c${collection.namespace}`));
      collections.delete(collection.namespace);
      saveCollection({ ...collection, ...named(namespace) });
    },

    /** Builds the index over what is there. @throws MongoFault DuplicateKey, then nothing is changed */
    addIndex(collection: Collection, spec: IndexSpec): void {
      const index = createIndex(++lastId, spec);
      const seen = new Set<string>();
      const built: { readonly key: Buffer; readonly id: Buffer }[] = [];
      for (const { key, value } of documents.range({
        start: prefixOf(collection.id),
        end: prefixOf(collection.id + 1),
      })) {
        const id = Buffer.from(key.subarray(4));
        const document = decode(value);
        const { keys, rows, multikey, truncated } = checkedEntries(collection, index, document, id);
        index.multikey |= multikey;
        index.truncated ||= truncated;
        for (const [at, key] of keys.entries()) {
          const prefix = key.toString('latin1', 0, key.length - id.length);
          if (spec.unique && seen.has(prefix)) throw duplicate(collection, index, rows[at] ?? []);
          if (spec.unique) seen.add(prefix);
          built.push({ key, id });
        }
      }
      for (const { key, id } of built) entries.put(key, id);
      saveCollection({ ...collection, indexes: [...collection.indexes, index] });
    },

    dropIndex(collection: Collection, index: Index): void {
      for (const key of entries.keys({ start: prefixOf(index.id), end: prefixOf(index.id + 1) }))
        entries.remove(key);
      saveCollection({ ...collection, indexes: collection.indexes.filter(({ id }) => id !== index.id) });
    },

    /** Puts other options in the place of an index's; its entries stay as they are. */
    changeIndex(collection: Collection, index: Index, spec: IndexSpec): void {
      const changed = createIndex(index.id, spec, index.multikey, index.truncated);
      saveCollection({
        ...collection,
        indexes: collection.indexes.map((one) => (one === index ? changed : one)),
      });
    },

    get: (collection: Collection, id: Buffer): Buffer | undefined =>
      documents.get(documentKey(collection, id)),

    /** @throws MongoFault DuplicateKey, then nothing is changed */
    insert(collection: Collection, raw: Buffer): void {
      const document = decode(raw);
      const id = idKey(document['_id']);
      const key = documentKey(collection, id);
      const idIndex = collection.indexes[0] as Index;
      if (documents.has(key)) throw duplicate(collection, idIndex, [document['_id']]);
      const found = secondary(collection).map((index) => checkedEntries(collection, index, document, id));
      documents.put(key, raw);
      for (const { keys } of found) for (const entry of keys) entries.put(entry, id);
      note(collection, [...found, { index: idIndex, multikey: 0, truncated: isShortened(id) }]);
      count(collection, 1, raw.length);
    },

    /** @throws MongoFault DuplicateKey, then nothing is changed */
    replace(collection: Collection, id: Buffer, before: Buffer, after: Buffer): void {
      const changed = changedFields(before, after);
      const touched = secondary(collection).filter(
        ({ watches }) => watches === undefined || watches.some((name) => changed.has(name)),
      );
      const [old, document] = touched.length > 0 ? [decode(before), decode(after)] : [{}, {}];
      const found = touched.map((index) => ({
        ...checkedEntries(collection, index, document, id),
        obsolete: entriesOf(index, old).found.map(({ key }) => Buffer.concat([key, id])),
      }));
      documents.put(documentKey(collection, id), after);
      for (const { keys, obsolete } of found) {
        for (const entry of obsolete) if (!keys.some((key) => key.equals(entry))) entries.remove(entry);
        for (const entry of keys) if (!obsolete.some((key) => key.equals(entry))) entries.put(entry, id);
      }
      note(collection, found);
      // Written with the next document that comes or goes.
      collection.bytes += after.length - before.length;
    },

    remove(collection: Collection, id: Buffer, raw: Buffer): void {
      const document = decode(raw);
      for (const index of secondary(collection)) {
        for (const { key } of entriesOf(index, document).found) entries.remove(Buffer.concat([key, id]));
      }
      documents.remove(documentKey(collection, id));
      count(collection, -1, -raw.length);
    },

    /** The prefix every key of this index begins with. */
    prefix: (collection: Collection, index: Index): Buffer =>
      prefixOf(index.id === ID_INDEX ? collection.id : index.id),

    /**
     * The documents in a range of an index, in its order. Entries and documents are read together, so that what is
     * yielded did lie in the range; no transaction stays open between one and the next.
     */
    *scan(collection: Collection, index: Index, range: Range, reverse: boolean): Generator<Found> {
      const isIdIndex = index.id === ID_INDEX;
      const from = isIdIndex ? documents : entries;
      let { low, high } = range;
      let started = false;
      for (let limit = FIRST_READ; ; limit = Math.min(limit * 4, LARGEST_READ)) {
        const read: (Found & { readonly key: Buffer })[] = [];
        let bytes = 0;
        const stretch = from.range({
          ...(reverse ? { start: high, end: low, inclusiveEnd: true } : { start: low, end: high }),
          reverse,
          exclusiveStart: reverse || started,
          limit,
        });
        let entriesRead = 0;
        for (const { key, value } of stretch) {
          entriesRead++;
          const id = isIdIndex ? key.subarray(4) : value;
          const raw = isIdIndex ? value : documents.get(documentKey(collection, id));
          if (raw === undefined) continue;
          read.push({ key, id, raw });
          bytes += raw.length;
          if (bytes > LARGEST_READ_BYTES) break;
        }
        for (const found of read) yield found;
        const last = read.at(-1);
        if (last === undefined || (entriesRead < limit && bytes <= LARGEST_READ_BYTES)) return;
        started = true;
        if (reverse) high = last.key;
        else low = last.key;
      }
    },

    /** How many entries are in the range, counting no further than `most`. */
    measure: (index: Index, { low, high }: Range, most: number): number =>
      (index.id === ID_INDEX ? documents : entries).count({ start: low, end: high, limit: most }),

    /** Compares every index entry with the documents, and the other way round. */
    verify: (collection: Collection): Verification => verifyCollection(collection, documents, entries),

    /** What the file takes, in bytes. */
    fileBytes(): number {
      const { lastPageNumber, pageSize } = root.getStats() as { lastPageNumber: number; pageSize: number };
      return (lastPageNumber + 1) * pageSize;
    },

    /** Writes a copy of this moment to a file that is not there yet, while reading and writing go on. */
    copyTo: (file: string): Promise<void> => root.backup(file, true),

    close: (): Promise<void> => root.close(),
  };
}
