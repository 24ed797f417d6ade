/** Deletes documents whose time is over, as indexes with expireAfterSeconds say. */

import { someValueAt } from '../bson/document-path.ts';
import { encodeKey, tagOf } from '../bson/key-encoding.ts';
import { decode } from '../bson/raw-bson.ts';
import type { Collection, Index } from './catalog.ts';
import { behind, type Store } from './store.ts';

/** Documents deleted in one transaction. */
const CHUNK = 500;

/** Deletes what has expired by `now` (milliseconds since 1970). @returns how many documents went */
export async function deleteExpired(store: Store, now: number): Promise<number> {
  let deleted = 0;
  for (const { namespace, indexes } of [...store.collections().values()]) {
    for (const { spec } of indexes) {
      if (spec.expireAfterSeconds === undefined) continue;
      for (;;) {
        const gone = await store.write(() => {
          const collection = store.find(namespace);
          const index = collection?.indexes.find((one) => one.spec.name === spec.name);
          return collection && index ? deleteChunk(store, collection, index, now) : 0;
        });
        deleted += gone;
        if (gone < CHUNK) break;
      }
    }
  }
  return deleted;
}

function deleteChunk(store: Store, collection: Collection, index: Index, now: number): number {
  const [field] = index.fields;
  const limit = new Date(now - (index.spec.expireAfterSeconds ?? 0) * 1000);
  const prefix = store.prefix(collection, index);
  const low = Buffer.concat([prefix, Buffer.of(tagOf(limit))]);
  const high = Buffer.concat([prefix, behind(encodeKey(limit))]);
  if (field === undefined) return 0;
  // A descending index holds its dates the other way round; it is small enough to be looked through.
  const range = field.descending ? { low: prefix, high: behind(prefix) } : { low, high };
  const ids = new Map<string, Buffer>();
  for (const { id } of store.scan(collection, index, range, false)) {
    ids.set(id.toString('latin1'), id);
    if (ids.size === CHUNK && !field.descending) break;
  }
  let deleted = 0;
  for (const id of ids.values()) {
    const raw = store.get(collection, id);
    const due =
      raw && someValueAt(decode(raw), field.path, (value) => value instanceof Date && value <= limit);
    if (!raw || !due) continue;
    store.remove(collection, id, raw);
    deleted++;
  }
  return deleted;
}
