/**
 * The operators of filters, with MongoDB's order and equality of values: mingo compares across BSON types in another
 * order, ignores the order of fields in embedded documents, and looks into arrays of documents in another way than
 * indexes do. What is not replaced here or in mended-*.ts is mingo's.
 */
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
import { Context } from 'mingo/core';
import * as accumulators from 'mingo/operators/accumulator';
import * as expressions from 'mingo/operators/expression';
import * as stages from 'mingo/operators/pipeline';
import * as projections from 'mingo/operators/projection';
import * as queries from 'mingo/operators/query';
import * as windows from 'mingo/operators/window';
import type { Options } from 'mingo/types';
import { isPlainObject, someValueAt } from '../bson/document-path.ts';
import { compareValues, encodeKey, tagOf } from '../bson/key-encoding.ts';
import type { Document } from '../bson/raw-bson.ts';
import { MongoFault } from '../fault.ts';
import { $lookup } from './lookup.ts';
import { MENDED_ACCUMULATORS, MENDED_EXPRESSIONS } from './mended-expressions.ts';
import { MENDED_STAGES } from './mended-stages.ts';

type Predicate = (document: Document) => boolean;
type QueryOperator = (selector: string, operand: never, options: Options) => Predicate;

const equals = (a: unknown, b: unknown): boolean => compareValues(a, b) === 0;
const isRegex = (value: unknown): value is RegExp => value instanceof RegExp;
const isNumber = (value: unknown): boolean => tagOf(value) === tagOf(0);
const regexTest = (regex: RegExp) => (value: unknown) =>
  (typeof value === 'string' && regex.test(value)) || (isRegex(value) && equals(value, regex));

function some(selector: string, test: (value: unknown) => boolean): Predicate {
  const path = selector.split('.');
  return (document) => someValueAt(document, path, test);
}

const equalTo = (operand: unknown) =>
  isRegex(operand) ? regexTest(operand) : (value: unknown) => equals(value, operand);

/** Greater and less hold between values of one kind only, and between NaN and nothing else. */
function ordered(holds: (order: number) => boolean): QueryOperator {
  return (selector, operand: unknown) => {
    const tag = tagOf(operand);
    // The ends of the order compare with everything.
    if (operand instanceof MinKey || operand instanceof MaxKey) {
      return some(selector, (value) => value !== undefined && holds(compareValues(value, operand)));
    }
    const isNotANumber = (value: unknown): boolean => isNumber(value) && Number.isNaN(Number(value));
    return some(
      selector,
      (value) =>
        tagOf(value) === tag &&
        isNotANumber(value) === isNotANumber(operand) &&
        holds(compareValues(value, operand)),
    );
  };
}

function oneOf(selector: string, operand: unknown): Predicate {
  if (!Array.isArray(operand)) throw new MongoFault('BadValue', '$in needs an array');
  if (operand.some((item) => isPlainObject(item) && Object.keys(item)[0]?.startsWith('$'))) {
    throw new MongoFault('BadValue', 'cannot nest $ under $in');
  }
  const patterns = operand.filter(isRegex).map(regexTest);
  const keyOf = (value: unknown): string => encodeKey(value).toString('latin1');
  const values = new Set(operand.filter((item) => !isRegex(item)).map(keyOf));
  return some(selector, (value) => values.has(keyOf(value)) || patterns.some((matches) => matches(value)));
}

const isInt32 = (value: unknown): boolean => Number.isInteger(value) && value === ((value as number) | 0);

/** https://www.mongodb.com/docs/manual/reference/operator/query/type/ */
const TYPES: Record<string, (value: unknown) => boolean> = {
  double: (value) => value instanceof Double || (typeof value === 'number' && !isInt32(value)),
  string: (value) => typeof value === 'string',
  object: isPlainObject,
  array: Array.isArray,
  binData: (value) => value instanceof Binary,
  objectId: (value) => value instanceof ObjectId,
  bool: (value) => typeof value === 'boolean',
  date: (value) => value instanceof Date,
  null: (value) => value === null,
  regex: (value) => value instanceof RegExp || value instanceof BSONRegExp,
  javascript: (value) => value instanceof Code,
  int: (value) => value instanceof Int32 || isInt32(value),
  timestamp: (value) => value instanceof Timestamp,
  long: (value) => value instanceof Long && !(value instanceof Timestamp),
  decimal: (value) => value instanceof Decimal128,
  minKey: (value) => value instanceof MinKey,
  maxKey: (value) => value instanceof MaxKey,
  number: isNumber,
};
const TYPE_NUMBERS: Record<number, string> = {
  1: 'double',
  2: 'string',
  3: 'object',
  4: 'array',
  5: 'binData',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  10: 'null',
  11: 'regex',
  13: 'javascript',
  16: 'int',
  17: 'timestamp',
  18: 'long',
  19: 'decimal',
  [-1]: 'minKey',
  127: 'maxKey',
};

function ofType(selector: string, operand: unknown): Predicate {
  const tests = [operand].flat().map((type) => {
    const test = TYPES[isNumber(type) ? (TYPE_NUMBERS[Number(type)] ?? '') : String(type)];
    if (test === undefined) throw new MongoFault('BadValue', `Unknown type name alias: ${type}`);
    return test;
  });
  return some(selector, (value) => tests.some((test) => test(value)));
}

/** mingo takes the remainder of anything JavaScript can make a number of. */
function remainder(selector: string, operand: unknown): Predicate {
  const [divisor, rest, ...more] = [operand].flat().map((value) => Math.trunc(Number(value)));
  if (!Array.isArray(operand) || rest === undefined || divisor === undefined || more.length > 0) {
    throw new MongoFault('BadValue', 'malformed mod, needs to be an array of two numbers');
  }
  if (!divisor || Number.isNaN(rest)) throw new MongoFault('BadValue', 'divisor cannot be 0');
  return some(selector, (value) => isNumber(value) && Math.trunc(Number(value)) % divisor === rest);
}

/** mingo looks at the bits of anything; MongoDB at whole numbers (and binary data, which is not supported). */
const bits =
  (operator: QueryOperator): QueryOperator =>
  (selector, operand, options) => {
    const holds = operator('value', operand, options);
    return some(
      selector,
      (value) => isNumber(value) && Number.isInteger(Number(value)) && holds({ value: Number(value) }),
    );
  };

const not =
  (operator: QueryOperator): QueryOperator =>
  (selector, operand, options) => {
    const holds = operator(selector, operand, options);
    return (document) => !holds(document);
  };

/** A pattern that stands alone is mingo's $regex; after $eq it is a value like any other. */
const eq: QueryOperator = (selector, operand) => some(selector, (value) => equals(value, operand));

const elemMatch: QueryOperator = (selector, operand: unknown, options) => {
  if (!isPlainObject(operand)) throw new MongoFault('BadValue', '$elemMatch needs an Object');
  return (queries.$elemMatch as QueryOperator)(selector, operand as never, options);
};

const all: QueryOperator = (selector, operand: unknown, options) => {
  if (!Array.isArray(operand)) throw new MongoFault('BadValue', '$all needs an array');
  const tests = operand.map((item: Document) =>
    item?.['$elemMatch'] === undefined
      ? some(selector, equalTo(item))
      : elemMatch(selector, item['$elemMatch'] as never, options),
  );
  return (document) => tests.length > 0 && tests.every((test) => test(document));
};

const exists: QueryOperator = (selector, operand: unknown) => {
  const found = some(selector, (value) => value !== undefined);
  return operand ? found : (document) => !found(document);
};

const refuse = (what: string) => (): never => {
  throw new MongoFault(
    'CommandNotSupported',
    `${what} is not supported by the embedded store; a MongoDB server has it`,
  );
};

const QUERY_OPERATORS = {
  $eq: eq,
  $ne: (selector: string, operand: unknown, options: Options) => {
    if (isRegex(operand)) throw new MongoFault('BadValue', "Can't have regex as arg to $ne.");
    return not(eq)(selector, operand as never, options);
  },
  $in: oneOf,
  $nin: not(oneOf),
  $gt: ordered((order) => order > 0),
  $gte: ordered((order) => order >= 0),
  $lt: ordered((order) => order < 0),
  $lte: ordered((order) => order <= 0),
  $exists: exists,
  $type: ofType,
  $all: all,
  $elemMatch: elemMatch,
  $mod: remainder,
  $bitsAllSet: bits(queries.$bitsAllSet as QueryOperator),
  $bitsAllClear: bits(queries.$bitsAllClear as QueryOperator),
  $bitsAnySet: bits(queries.$bitsAnySet as QueryOperator),
  $bitsAnyClear: bits(queries.$bitsAnyClear as QueryOperator),
  ...Object.fromEntries(
    ['$where', '$jsonSchema', '$text', '$near', '$nearSphere', '$geoWithin', '$geoIntersects'].map((name) => [
      name,
      refuse(name),
    ]),
  ),
};

/** All that filters, projections, updates and pipelines may use. */
export const operatorContext = Context.init({
  accumulator: { ...accumulators, ...MENDED_ACCUMULATORS },
  expression: { ...expressions, ...MENDED_EXPRESSIONS },
  pipeline: { ...stages, ...MENDED_STAGES, $lookup },
  projection: projections,
  query: { ...queries, ...QUERY_OPERATORS },
  window: windows,
} as unknown as Parameters<typeof Context.init>[0]);
