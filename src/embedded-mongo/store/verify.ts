/** What `validate` asks: whether indexes and documents agree. */
import { decode } from '../bson/raw-bson.ts';
import type { Collection, Index } from './catalog.ts';
import { entriesOf, idKey, prefixOf } from './index-entries.ts';
import type { SealedTable } from './sealed-table.ts';

export interface Verification {
  readonly keysPerIndex: Readonly<Record<string, number>>;
  /** A sentence for each thing that is wrong. */
  readonly errors: readonly string[];
}

export function verifyCollection(
  collection: Collection,
  documents: SealedTable,
  entries: SealedTable,
): Verification {
  const errors: string[] = [];
  const expected = new Map<Index, Set<string>>(
    collection.indexes.slice(1).map((index) => [index, new Set()]),
  );
  let seen = 0;
  for (const { key, value } of documents.range(allOf(collection.id))) {
    seen++;
    const id = key.subarray(4);
    const document = decode(value);
    if (!idKey(document['_id']).equals(id)) {
      errors.push(`a document lies under another _id than its own: ${document['_id']}`);
    }
    for (const [index, keys] of expected) {
      for (const entry of entriesOf(index, document).found)
        keys.add(Buffer.concat([entry.key, id]).toString('latin1'));
    }
  }
  if (seen !== collection.count) errors.push(`${seen} documents, but the counter says ${collection.count}`);
  const keysPerIndex: Record<string, number> = { _id_: seen };
  for (const [{ id, spec }, keys] of expected) {
    let found = 0;
    for (const key of entries.keys(allOf(id))) {
      if (keys.has(key.toString('latin1'))) found++;
      else errors.push(`index ${spec.name}: an entry without its document`);
    }
    if (found < keys.size) errors.push(`index ${spec.name}: ${keys.size - found} entries are missing`);
    keysPerIndex[spec.name] = found;
  }
  return { keysPerIndex, errors };
}

const allOf = (id: number) => ({ start: prefixOf(id), end: prefixOf(id + 1) });
