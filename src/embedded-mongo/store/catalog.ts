/** What the store knows of its collections and indexes. */

import { compareValues } from '../bson/key-encoding.ts';
import type { Document } from '../bson/raw-bson.ts';
import { MongoFault } from '../fault.ts';
import { compileFilter } from '../query/filter.ts';

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
  readonly fields: readonly {
    readonly name: string;
    readonly path: readonly string[];
    readonly descending: boolean;
  }[];
  /** Bit i is set once a document held an array at field i; never cleared. */
  multikey: number;
  /** Whether a value was too long for a key and is held by its beginning and a hash; never cleared. */
  truncated: boolean;
  /** The top-level fields that decide what the index holds; undefined: any may. */
  readonly watches: readonly string[] | undefined;
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

export function createIndex(id: number, spec: IndexSpec, multikey = 0, truncated = false): Index {
  const partial = Object.keys(spec.partialFilterExpression ?? {});
  const names = [...Object.keys(spec.key), ...partial].map((name) => name.split('.')[0] ?? name);
  return {
    id,
    spec,
    watches: partial.some((name) => name.startsWith('$')) ? undefined : names,
    fields: Object.entries(spec.key).map(([name, direction]) => ({
      name,
      path: name.split('.'),
      descending: direction === -1,
    })),
    multikey,
    truncated,
    covers:
      spec.partialFilterExpression === undefined ? () => true : compileFilter(spec.partialFilterExpression),
  };
}

const IGNORED = new Set(['v', 'ns', 'background', 'comment']);
/** What MongoDB has and this store has not. */
const KINDS = new Set<unknown>(['text', 'hashed', '2d', '2dsphere', 'geoHaystack']);
const UNSUPPORTED = new Set([
  'hidden',
  'collation',
  'storageEngine',
  'weights',
  'default_language',
  'language_override',
  'textIndexVersion',
  '2dsphereIndexVersion',
  'bits',
  'min',
  'max',
  'wildcardProjection',
  'prepareUnique',
  'clustered',
]);
const KNOWN = new Set([
  'name',
  'key',
  'unique',
  'sparse',
  'partialFilterExpression',
  'expireAfterSeconds',
  'hidden',
]);

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
  if (typeof name !== 'string') {
    throw new MongoFault(
      'FailedToParse',
      "The 'name' field is a required property of an index specification",
    );
  }
  if (name === '') throw new MongoFault('CannotCreateIndex', 'The index name cannot be empty');
  const parsed: Record<string, 1 | -1> = {};
  for (const [field, direction] of Object.entries(key)) {
    if (KINDS.has(direction) || field.includes('$**')) {
      throw new MongoFault(
        'CommandNotSupported',
        `Index '${name}': ${field}: '${direction}' is not supported by the embedded store`,
      );
    }
    if (typeof direction !== 'number' || direction === 0 || Number.isNaN(direction)) {
      throw new MongoFault(
        'CannotCreateIndex',
        `Values in v:2 index key pattern cannot be of this kind: ${field}: ${direction}`,
      );
    }
    if (field === '' || field.startsWith('$') || field.split('.').includes('')) {
      throw new MongoFault(
        'CannotCreateIndex',
        `Index keys cannot be an empty field or start with '$': '${field}'`,
      );
    }
    parsed[field] = direction > 0 ? 1 : -1;
  }
  for (const [option, value] of Object.entries(raw)) {
    if (IGNORED.has(option) || (KNOWN.has(option) && !(option === 'hidden' && value)) || value === undefined)
      continue;
    if (option === 'collation' && (value as Document)['locale'] === 'simple') continue;
    if (!UNSUPPORTED.has(option)) {
      throw new MongoFault(
        'InvalidIndexSpecificationOption',
        `The field '${option}' is not valid for an index specification`,
      );
    }
    throw new MongoFault(
      'CommandNotSupported',
      `Index '${name}': the option '${option}' is not supported by the embedded store`,
    );
  }
  const { expireAfterSeconds, partialFilterExpression } = raw;
  if (expireAfterSeconds !== undefined) {
    if (
      typeof expireAfterSeconds !== 'number' ||
      expireAfterSeconds < 0 ||
      expireAfterSeconds > 2_147_483_647
    ) {
      throw new MongoFault(
        'CannotCreateIndex',
        "TTL index 'expireAfterSeconds' option must be numeric and within 0 to 2147483647",
      );
    }
    if (Object.keys(parsed).length > 1) {
      throw new MongoFault(
        'CannotCreateIndex',
        'TTL indexes are single-field indexes, compound indexes do not support TTL',
      );
    }
  }
  if (raw['sparse'] && partialFilterExpression !== undefined) {
    throw new MongoFault('CannotCreateIndex', 'cannot mix "partialFilterExpression" and "sparse" options');
  }
  if (partialFilterExpression !== undefined) checkPartial(partialFilterExpression as Document);
  return {
    name,
    key: parsed,
    ...(raw['unique'] ? { unique: true } : {}),
    ...(raw['sparse'] ? { sparse: true } : {}),
    ...(partialFilterExpression === undefined
      ? {}
      : { partialFilterExpression: partialFilterExpression as Document }),
    ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds: expireAfterSeconds as number }),
  };
}

/** An index reads numbers as numbers: whether 1 is an int or a double it cannot tell. */
function checkPartial(filter: Document): void {
  compileFilter(filter);
  if (/"\$type":(\[[^\]]*)?("(int|long|double|decimal)"|1\b|16\b|18\b|19\b)/.test(JSON.stringify(filter))) {
    throw new MongoFault(
      'CommandNotSupported',
      '$type of a kind of number in partialFilterExpression is not supported by the embedded store',
    );
  }
}

/** What makes two indexes one and the same to MongoDB. */
const identity = ({ key, unique, sparse, partialFilterExpression }: IndexSpec): Document => ({
  key,
  unique: unique ?? false,
  sparse: sparse ?? false,
  partialFilterExpression,
});
const isIdKey = ({ key }: IndexSpec): boolean => compareValues(key, { _id: 1 }) === 0;

/**
 * Whether the collection already has this index.
 * @throws MongoFault when one of that name is another, or the same has another name or other options
 */
export function alreadyThere(existing: readonly Index[], wanted: IndexSpec): boolean {
  if (isIdKey(wanted)) return true;
  for (const { spec } of existing) {
    const same = compareValues(identity(spec), identity(wanted)) === 0;
    if (spec.name === wanted.name && !same) {
      throw new MongoFault(
        'IndexKeySpecsConflict',
        `An existing index has the same name as the requested index but another key or kind. Requested: ${JSON.stringify(wanted)}, existing: ${JSON.stringify(spec)}`,
      );
    }
    if (!same) continue;
    if (spec.name !== wanted.name) {
      throw new MongoFault(
        'IndexOptionsConflict',
        `Index already exists with a different name: ${spec.name}`,
      );
    }
    if (spec.expireAfterSeconds !== wanted.expireAfterSeconds) {
      throw new MongoFault(
        'IndexOptionsConflict',
        `An equivalent index already exists with the same name but different options: ${JSON.stringify(spec)}`,
      );
    }
    return true;
  }
  return false;
}
