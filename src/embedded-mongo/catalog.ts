/** What the store knows of its collections and indexes. */
import { compileFilter } from './filter.ts';
import { MongoFault } from './fault.ts';
import { compareValues } from './key-encoding.ts';
import type { Document } from './raw-bson.ts';

export interface IndexSpec {
  readonly name: string;
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly unique?: boolean;
  readonly sparse?: boolean;
  readonly partialFilterExpression?: Document;
  readonly expireAfterSeconds?: number;
}

export interface Index {
  readonly id: number;
  readonly spec: IndexSpec;
  /** The fields of the key, in order. */
  readonly fields: readonly { readonly name: string; readonly path: readonly string[]; readonly descending: boolean }[];
  /** Bit i is set once a document held an array at field i; never cleared. */
  multikey: number;
  /** Whether the index holds this document, as far as partialFilterExpression says. */
  readonly covers: (document: Document) => boolean;
}

export interface Collection {
  readonly namespace: string;
  /** Database and name are the namespace before and after the first dot. */
  readonly database: string;
  readonly name: string;
  readonly id: number;
  /** The index over _id is first; its entries are the documents themselves. */
  readonly indexes: readonly Index[];
  count: number;
  bytes: number;
}

/** The id of every collection's index over _id. */
export const ID_INDEX = 0;

export function createIndex(id: number, spec: IndexSpec, multikey = 0): Index {
  return {
    id,
    spec,
    fields: Object.entries(spec.key).map(([name, direction]) => ({
      name,
      path: name.split('.'),
      descending: direction === -1,
    })),
    multikey,
    covers: spec.partialFilterExpression === undefined ? () => true : compileFilter(spec.partialFilterExpression),
  };
}

const IGNORED = new Set(['v', 'ns', 'background', 'comment']);
const KNOWN = new Set(['name', 'key', 'unique', 'sparse', 'partialFilterExpression', 'expireAfterSeconds', 'hidden']);

/**
 * @param raw one of the `indexes` of createIndexes
 * @throws MongoFault for what MongoDB refuses, and CommandNotSupported for what only MongoDB has
 */
export function parseIndexSpec(raw: Document): IndexSpec {
  const key = raw['key'] as Document | undefined;
  const { name } = raw;
  if (key === undefined || Object.keys(key).length === 0) {
    throw new MongoFault('CannotCreateIndex', 'Index keys cannot be empty.');
  }
  if (typeof name !== 'string' || name === '') {
    throw new MongoFault('FailedToParse', "The 'name' field is a required property of an index specification");
  }
  const parsed: Record<string, 1 | -1> = {};
  for (const [field, direction] of Object.entries(key)) {
    if (typeof direction === 'string' || field.includes('$**')) {
      throw new MongoFault('CommandNotSupported', `Index '${name}': ${field}: '${direction}' is not supported by the embedded store`);
    }
    if (typeof direction !== 'number' || direction === 0 || Number.isNaN(direction)) {
      throw new MongoFault('CannotCreateIndex', `Values in v:2 index key pattern cannot be of this kind: ${field}: ${direction}`);
    }
    if (field === '' || field.startsWith('$') || field.split('.').includes('')) {
      throw new MongoFault('CannotCreateIndex', `Index keys cannot be an empty field or start with '$': '${field}'`);
    }
    parsed[field] = direction > 0 ? 1 : -1;
  }
  for (const [option, value] of Object.entries(raw)) {
    if (IGNORED.has(option) || KNOWN.has(option) || value === undefined) continue;
    if (option === 'collation' && (value as Document)['locale'] === 'simple') continue;
    throw new MongoFault('CommandNotSupported', `Index '${name}': the option '${option}' is not supported by the embedded store`);
  }
  const { expireAfterSeconds, partialFilterExpression } = raw;
  if (expireAfterSeconds !== undefined) {
    if (typeof expireAfterSeconds !== 'number' || expireAfterSeconds < 0 || expireAfterSeconds > 2_147_483_647) {
      throw new MongoFault('CannotCreateIndex', "TTL index 'expireAfterSeconds' option must be numeric and within 0 to 2147483647");
    }
    if (Object.keys(parsed).length > 1) {
      throw new MongoFault('CannotCreateIndex', 'TTL indexes are single-field indexes, compound indexes do not support TTL');
    }
  }
  if (raw['sparse'] && partialFilterExpression !== undefined) {
    throw new MongoFault('CannotCreateIndex', 'cannot mix "partialFilterExpression" and "sparse" options');
  }
  if (partialFilterExpression !== undefined) compileFilter(partialFilterExpression as Document);
  return {
    name,
    key: parsed,
    ...(raw['unique'] ? { unique: true } : {}),
    ...(raw['sparse'] ? { sparse: true } : {}),
    ...(partialFilterExpression === undefined ? {} : { partialFilterExpression: partialFilterExpression as Document }),
    ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds: expireAfterSeconds as number }),
  };
}

const sameKey = (a: IndexSpec, b: IndexSpec): boolean => compareValues(a.key, b.key) === 0;

/**
 * Whether the collection already has this index.
 * @throws MongoFault when one of that name or of that key differs in anything
 */
export function alreadyThere(existing: readonly Index[], wanted: IndexSpec): boolean {
  const { key: _key, name: _name, ...wantedOptions } = wanted;
  for (const { spec } of existing) {
    if (spec.name !== wanted.name && !sameKey(spec, wanted)) continue;
    const { key: _k, name: _n, ...options } = spec;
    // MongoDB keeps an index over _id apart from what createIndexes says of uniqueness.
    const sameOptions = '_id' in spec.key || compareValues(options, wantedOptions) === 0;
    if (spec.name === wanted.name && sameKey(spec, wanted) && sameOptions) return true;
    if (sameKey(spec, wanted) && '_id' in spec.key && Object.keys(spec.key).length === 1) return true;
    if (spec.name === wanted.name) {
      throw new MongoFault(
        sameKey(spec, wanted) ? 'IndexOptionsConflict' : 'IndexKeySpecsConflict',
        `An existing index has the same name as the requested index but is different. Requested index: ${JSON.stringify(wanted)}, existing index: ${JSON.stringify(spec)}`,
      );
    }
    // One key may carry several indexes where their partial filters differ.
    if (compareValues(spec.partialFilterExpression, wanted.partialFilterExpression) !== 0) continue;
    throw new MongoFault(
      'IndexOptionsConflict',
      sameOptions
        ? `Index already exists with a different name: ${spec.name}`
        : `An equivalent index already exists with different options: ${spec.name}`,
    );
  }
  return false;
}
