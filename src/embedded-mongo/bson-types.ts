/** The BSON type of a value by MongoDB's names, for $type and for messages. */
import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import { MongoFault } from './fault.ts';
import { tagOf } from './key-encoding.ts';

/** Whether bson would write this JavaScript number as a 32-bit integer. */
export const isInt32 = (value: unknown): value is number =>
  typeof value === 'number' && (value | 0) === value && !Object.is(value, -0);

/** Any of the four kinds of number, NaN included. */
export const isNumeric = (value: unknown): boolean => tagOf(value) === tagOf(0);

const KINDS: readonly [abstract: abstract new (...args: never[]) => unknown, name: string][] = [
  [Int32, 'int'],
  [Double, 'double'],
  // A Timestamp is a Long to JavaScript.
  [Timestamp, 'timestamp'],
  [Long, 'long'],
  [Decimal128, 'decimal'],
  [Date, 'date'],
  [ObjectId, 'objectId'],
  [Binary, 'binData'],
  [RegExp, 'regex'],
  [BSONRegExp, 'regex'],
  [Code, 'javascript'],
  [MinKey, 'minKey'],
  [MaxKey, 'maxKey'],
];

/** @returns the name $type gives: 'int', 'string', 'missing' … */
export function typeName(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return 'missing';
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'number':
      return isInt32(value) ? 'int' : 'double';
    case 'bigint':
      return 'long';
  }
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return KINDS.find(([kind]) => value instanceof kind)?.[1] ?? 'object';
}

/** https://www.mongodb.com/docs/manual/reference/bson-types/ */
const NUMBERS: Readonly<Record<number, string>> = {
  1: 'double',
  2: 'string',
  3: 'object',
  4: 'array',
  5: 'binData',
  6: 'undefined',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  10: 'null',
  11: 'regex',
  12: 'dbPointer',
  13: 'javascript',
  14: 'symbol',
  15: 'javascriptWithScope',
  16: 'int',
  17: 'timestamp',
  18: 'long',
  19: 'decimal',
  [-1]: 'minKey',
  127: 'maxKey',
};
const NAMES = new Set([...Object.values(NUMBERS), 'number']);

/**
 * @param alias a type's name or number, as $type and $convert take it
 * @returns its name
 * @throws MongoFault BadValue when there is no such type
 */
export function typeAlias(alias: unknown): string {
  const name = typeof alias === 'string' ? alias : isNumeric(alias) ? NUMBERS[Number(alias)] : undefined;
  if (name === undefined) throw new MongoFault('BadValue', `Invalid numerical type code: ${String(alias)}`);
  if (!NAMES.has(name)) throw new MongoFault('BadValue', `Unknown type name alias: ${name}`);
  return name;
}
