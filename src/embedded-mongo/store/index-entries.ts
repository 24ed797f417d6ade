/** What a document puts into an index. */

import { BSONRegExp } from 'bson';
import { indexedValues } from '../bson/document-path.ts';
import { indexKey, isShortened } from '../bson/key-encoding.ts';
import { type Document, rawFields } from '../bson/raw-bson.ts';
import { MongoFault } from '../fault.ts';
import type { Collection, Index } from './catalog.ts';

export interface Entries {
  readonly found: readonly { readonly key: Buffer; readonly row: readonly unknown[] }[];
  readonly multikey: number;
  readonly truncated: boolean;
}
/** The bytes that all keys of a collection, or of an index, begin with. */
export const prefixOf = (id: number): Buffer => {
  const prefix = Buffer.allocUnsafe(4);
  prefix.writeUInt32BE(id);
  return prefix;
};
/** The key of a document: its _id, encoded. */
export function idKey(id: unknown): Buffer {
  if (id === undefined || Array.isArray(id) || id instanceof BSONRegExp) {
    throw new MongoFault(
      'BadValue',
      `The '_id' value cannot be of type ${Array.isArray(id) ? 'array' : 'regex'}`,
    );
  }
  return indexKey(id);
}

/** The entries a document has in an index, without the _id behind. */
export function entriesOf(index: Index, document: Document): Entries {
  if (!index.covers(document)) return { found: [], multikey: 0, truncated: false };
  const { rows, multikey } = indexedValues(
    document,
    index.fields.map(({ path }) => path),
  );
  const found = new Map<string, { key: Buffer; row: readonly unknown[] }>();
  let truncated = false;
  for (const row of rows) {
    if (index.spec.sparse && row.every((value) => value === undefined)) continue;
    const values = index.fields.map(({ descending }, at) => indexKey(row[at], descending));
    truncated ||= values.some(isShortened);
    const key = Buffer.concat([prefixOf(index.id), ...values]);
    found.set(key.toString('latin1'), { key, row });
  }
  return { found: [...found.values()], multikey, truncated };
}

/** The names of the fields that are not byte for byte the same in both. */
export function changedFields(before: Buffer, after: Buffer): Set<string> {
  const bytes = (raw: Buffer) =>
    new Map(rawFields(raw).map(({ name, start, end }) => [name, raw.subarray(start, end)]));
  const [old, now] = [bytes(before), bytes(after)];
  return new Set(
    [...old.keys(), ...now.keys()].filter(
      (name) => !(old.get(name) ?? MISSING).equals(now.get(name) ?? MISSING),
    ),
  );
}
const MISSING = Buffer.alloc(0);

/** The error of a document that has an entry another one has. */
export function duplicate(
  { namespace }: Collection,
  { spec, fields }: Index,
  row: readonly unknown[],
): MongoFault {
  const keyValue = Object.fromEntries(fields.map(({ name }, at) => [name, row[at] ?? null]));
  const shown = Object.entries(keyValue).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return new MongoFault(
    'DuplicateKey',
    `E11000 duplicate key error collection: ${namespace} index: ${spec.name} dup key: { ${shown.join(', ')} }`,
    { keyPattern: spec.key, keyValue },
  );
}
