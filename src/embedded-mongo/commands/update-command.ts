/** An update as a command sends it, and the bytes it makes of a document. */
import { ObjectId } from 'bson';
import { compareValues } from '../bson/key-encoding.ts';
import {
  type Document,
  decodeExact,
  encode,
  fieldsOf,
  isDocument,
  joinFields,
  rawFields,
  rawValue,
} from '../bson/raw-bson.ts';
import { MongoFault } from '../fault.ts';
import type { Query } from '../query/execute.ts';
import { applyUpdate, documentFromFilter, encodeUpdated } from '../update/update.ts';

/** As mongod: 16 MiB. */
const LARGEST_DOCUMENT = 16 * 1024 * 1024;
const idBytes = (id: unknown): Uint8Array => fieldsOf(encode({ _id: id }));

/** @throws MongoFault Location17419 */
function updated(raw: Buffer): Buffer {
  if (raw.length <= LARGEST_DOCUMENT) return raw;
  throw new MongoFault('Location17419', `Resulting document after update is larger than ${LARGEST_DOCUMENT}`);
}

/** The document with its _id first; one without gets one. @throws MongoFault BSONObjectTooLarge */
export function storable(raw: Buffer, id?: unknown): Buffer {
  if (raw.length > LARGEST_DOCUMENT) {
    throw new MongoFault(
      'BSONObjectTooLarge',
      `object to insert too large. size in bytes: ${raw.length}, max size: ${LARGEST_DOCUMENT}`,
    );
  }
  if (id === undefined && raw.toString('latin1', 5, 9) === '_id\0') return raw;
  const fields = rawFields(raw);
  const own = fields.find(({ name }) => name === '_id');
  const first =
    id !== undefined ? idBytes(id) : own ? raw.subarray(own.start, own.end) : idBytes(new ObjectId());
  return joinFields([
    first,
    ...fields.filter((field) => field !== own).map(({ start, end }) => raw.subarray(start, end)),
  ]);
}

/** An update as sent: q, u and options. */
export interface Update {
  readonly query: Query;
  readonly multi: boolean;
  readonly upsert: boolean;
  /** New bytes of a document, given the old ones. @throws MongoFault */
  readonly after: (before: Buffer) => Buffer;
  /** The document an upsert makes. @throws MongoFault */
  readonly fresh: () => Buffer;
}

export interface UpdateParts {
  /** The filter, numbers promoted; and as sent, for what an upsert takes from it. */
  readonly filter: Document;
  readonly exactFilter: Document;
  readonly change: unknown;
  /** The bytes of `change` when it is a replacement. */
  readonly rawChange: Buffer | undefined;
  readonly multi?: unknown;
  readonly upsert?: unknown;
  readonly arrayFilters?: unknown;
  readonly query: Partial<Query>;
}

/** @throws MongoFault for an update that is neither a replacement nor operators nor a pipeline */
export function readUpdate({
  filter,
  exactFilter,
  change,
  rawChange,
  multi,
  upsert,
  arrayFilters,
  query,
}: UpdateParts): Update {
  const firstName = Object.keys((change ?? {}) as Document)[0];
  const replacing = !Array.isArray(change) && firstName?.startsWith('$') !== true;
  if (replacing && multi)
    throw new MongoFault('FailedToParse', 'multi update is not supported for replacement-style update');
  if (replacing && Object.keys(change as Document).some((name) => name.startsWith('$'))) {
    throw new MongoFault(
      'DollarPrefixedFieldName',
      "The dollar ($) prefixed field is not allowed in the context of an update's replacement document.",
    );
  }
  const context = {
    filter: exactFilter,
    arrayFilters: (arrayFilters ?? []) as Document[],
    variables: query.variables,
  };
  const after = (before: Buffer): Buffer => {
    const old = decodeExact(before);
    if (replacing && rawChange !== undefined)
      return storable(withSameId(old['_id'], rawChange, change as Document), old['_id']);
    const changed = applyUpdate(old, change as Document, { ...context, inserting: false });
    checkIdKept(old['_id'], changed['_id']);
    return updated(encodeUpdated(before, old, changed, !Array.isArray(change)));
  };
  const fresh = (): Buffer => {
    const start = documentFromFilter(exactFilter);
    if (replacing && rawChange !== undefined) {
      const id = start['_id'];
      return id === undefined
        ? storable(rawChange)
        : storable(withSameId(id, rawChange, change as Document), id);
    }
    const made = applyUpdate(start, change as Document, { ...context, inserting: true });
    if (start['_id'] !== undefined) checkIdKept(start['_id'], made['_id']);
    return storable(encode(made));
  };
  return { query: { filter, ...query }, multi: Boolean(multi), upsert: Boolean(upsert), after, fresh };
}

function checkIdKept(before: unknown, after: unknown): void {
  if (compareValues(before, after) === 0) return;
  throw new MongoFault(
    'ImmutableField',
    "Performing an update on the path '_id' would modify the immutable field '_id'",
  );
}

function withSameId(id: unknown, raw: Buffer, replacement: Document): Buffer {
  if (replacement['_id'] !== undefined && compareValues(id, replacement['_id']) !== 0) {
    throw new MongoFault(
      'ImmutableField',
      "After applying the update, the (immutable) field '_id' was found to have been altered",
    );
  }
  return raw;
}

/** A field that holds a document, as bytes. */
export const rawField = (raw: Buffer, name: string): Buffer | undefined => {
  const field = rawFields(raw).find((one) => one.name === name && isDocument(one));
  return field === undefined ? undefined : rawValue(raw, field);
};
