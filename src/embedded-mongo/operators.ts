/**
 * mingo's operators, with MongoDB's own order and equality of values put in where mingo's differ: mingo compares
 * across BSON types in another order, ignores the order of fields in embedded documents, and looks into arrays of
 * documents in another way than indexes do.
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
import { Context, evalExpr } from 'mingo/core';
import type { Iterator } from 'mingo/lazy';
import { Lazy } from 'mingo/lazy';
import * as accumulators from 'mingo/operators/accumulator';
import * as expressions from 'mingo/operators/expression';
import * as stages from 'mingo/operators/pipeline';
import * as projections from 'mingo/operators/projection';
import * as queries from 'mingo/operators/query';
import * as windows from 'mingo/operators/window';
import type { Options } from 'mingo/types';
import { someValueAt } from './document-path.ts';
import { MongoFault } from './fault.ts';
import { compareValues, encodeKey, tagOf } from './key-encoding.ts';
import type { Document } from './raw-bson.ts';
import { sortDocuments } from './sort.ts';

type Predicate = (document: Document) => boolean;
type QueryOperator = (selector: string, operand: never, options: Options) => Predicate;

const equals = (a: unknown, b: unknown): boolean => compareValues(a, b) === 0;
const isRegex = (value: unknown): value is RegExp => value instanceof RegExp;
const regexTest = (regex: RegExp) => (value: unknown) =>
  (typeof value === 'string' && regex.test(value)) || (isRegex(value) && equals(value, regex));

function some(selector: string, test: (value: unknown) => boolean): Predicate {
  const path = selector.split('.');
  return (document) => someValueAt(document, path, test);
}

const equalTo = (operand: unknown) =>
  isRegex(operand) ? regexTest(operand) : (value: unknown) => equals(value, operand);

/** Greater and less hold between values of one kind only; null is equal to null and to nothing else. */
function ordered(holds: (order: number) => boolean): QueryOperator {
  return (selector, operand: unknown) => {
    const tag = tagOf(operand);
    return some(
      selector,
      (value) => tagOf(value) === tag && notNaN(value, operand) && holds(compareValues(value, operand)),
    );
  };
}
const notNaN = (a: unknown, b: unknown): boolean => Number.isNaN(a) === Number.isNaN(b);

function oneOf(selector: string, operand: unknown): Predicate {
  if (!Array.isArray(operand)) throw new MongoFault('BadValue', '$in needs an array');
  const patterns = operand.filter(isRegex).map(regexTest);
  const values = new Set(
    operand.filter((item) => !isRegex(item)).map((item) => encodeKey(item).toString('latin1')),
  );
  return some(
    selector,
    (value) => values.has(encodeKey(value).toString('latin1')) || patterns.some((matches) => matches(value)),
  );
}

/** https://www.mongodb.com/docs/manual/reference/operator/query/type/ */
const TYPES: Record<string, (value: unknown) => boolean> = {
  double: (value) => value instanceof Double || (typeof value === 'number' && !isInt32(value)),
  string: (value) => typeof value === 'string',
  object: (value) => tagOf(value) === tagOf({}),
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
  number: (value) => tagOf(value) === tagOf(0),
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
const isInt32 = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) === ((value as number) | 0);

function ofType(selector: string, operand: unknown): Predicate {
  const tests = [operand].flat().map((type) => {
    const test = TYPES[typeof type === 'number' ? (TYPE_NUMBERS[type] ?? '') : String(type)];
    if (test === undefined) throw new MongoFault('BadValue', `Unknown type name alias: ${type}`);
    return test;
  });
  return some(selector, (value) => tests.some((test) => test(value)));
}

const not =
  (operator: QueryOperator): QueryOperator =>
  (selector, operand, options) => {
    const holds = operator(selector, operand, options);
    return (document) => !holds(document);
  };

const eq: QueryOperator = (selector, operand) => some(selector, equalTo(operand));
const all: QueryOperator = (selector, operand: unknown, options) => {
  if (!Array.isArray(operand)) throw new MongoFault('BadValue', '$all needs an array');
  const tests = operand.map((item: Document) =>
    item?.['$elemMatch'] === undefined
      ? eq(selector, item as never, options)
      : (queries.$elemMatch as QueryOperator)(selector, item['$elemMatch'] as never, options),
  );
  return (document) => tests.length > 0 && tests.every((test) => test(document));
};

const refuse = (what: string) => (): never => {
  throw new MongoFault(
    'CommandNotSupported',
    `${what} is not supported by the embedded store; a MongoDB server has it`,
  );
};

const QUERY_OPERATORS = {
  $eq: eq,
  $ne: not(eq),
  $in: oneOf,
  $nin: not(oneOf),
  $gt: ordered((order) => order > 0),
  $gte: ordered((order) => order >= 0),
  $lt: ordered((order) => order < 0),
  $lte: ordered((order) => order <= 0),
  $exists: ((selector, operand: unknown) => {
    const exists = some(selector, (value) => value !== undefined);
    return operand ? exists : (document: Document) => !exists(document);
  }) as QueryOperator,
  $type: ofType,
  $all: all,
  $where: refuse('$where'),
  $jsonSchema: refuse('$jsonSchema'),
  $text: refuse('$text'),
  $near: refuse('$near'),
  $nearSphere: refuse('$nearSphere'),
  $geoWithin: refuse('$geoWithin'),
  $geoIntersects: refuse('$geoIntersects'),
};

/** Comparison of two computed values: any kind with any kind, missing below null. */
function comparison<T>(result: (order: number) => T) {
  return (document: Document, operands: unknown, options: Options): T => {
    const [a, b] = evalExpr(document, operands, options) as unknown[];
    if ((a === undefined) !== (b === undefined)) return result(a === undefined ? -1 : 1);
    return result(Math.sign(compareValues(a, b)));
  };
}

const EXPRESSIONS = {
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $cmp: comparison((order) => order),
  $function: refuse('$function'),
};

const STAGES = {
  $sort: (documents: Iterator, spec: Document) =>
    documents.transform((all: Document[]) => Lazy(sortDocuments(all, spec))),
};

/** All that filters, projections and pipelines may use. `more` adds stages that need the store. */
export function operatorContext(more: Record<string, unknown> = {}): Context {
  return Context.init({
    accumulator: { ...accumulators, $accumulator: refuse('$accumulator') },
    expression: { ...expressions, ...EXPRESSIONS },
    pipeline: { ...stages, ...STAGES, ...more },
    projection: projections,
    query: { ...queries, ...QUERY_OPERATORS },
    window: windows,
  } as unknown as Parameters<typeof Context.init>[0]);
}
