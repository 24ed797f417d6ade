/** Expressions and accumulators that mingo computes otherwise than MongoDB, each with what is wrong in mingo's. */
import { Decimal128, Long, ObjectId } from 'bson';
import { evalExpr } from 'mingo/core';
import { $push } from 'mingo/operators/accumulator';
import * as mingo from 'mingo/operators/expression';
import type { Options } from 'mingo/types';
import { isPlainObject } from '../bson/document-path.ts';
import { compareValues } from '../bson/key-encoding.ts';
import type { Document } from '../bson/raw-bson.ts';
import { MongoFault } from '../fault.ts';

type Expression = (document: Document, operand: unknown, options: Options) => unknown;
const theirs = mingo as unknown as Record<string, Expression>;
const call = (name: string, document: Document, operand: unknown, options: Options): unknown =>
  theirs[name]?.(document, operand, options);

/** mingo compares in an order of its own. Any kind compares with any kind here, missing below null. */
const comparison =
  <T>(result: (order: number) => T): Expression =>
  (document, operands, options) => {
    const [a, b] = evalExpr(document, operands, options) as unknown[];
    if ((a === undefined) !== (b === undefined)) return result(a === undefined ? -1 : 1);
    return result(Math.sign(compareValues(a, b)));
  };

interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The date as a clock in its time zone shows it, on a clock of UTC; and the way back. */
function localDate(document: Document, date: unknown, timezone: unknown, options: Options) {
  const zone = timezone === undefined ? {} : { timezone };
  const parts = call('$dateToParts', document, { date: { $literal: date }, ...zone }, options) as DateParts;
  const local = call('$dateFromParts', document, { ...parts }, options) as Date;
  const back = (there: Date): unknown => {
    const inUtc = call('$dateToParts', document, { date: { $literal: there } }, options) as DateParts;
    return call('$dateFromParts', document, { ...inUtc, ...zone }, options);
  };
  return { local, back };
}

/** mingo's truncates in UTC and shifts the result: a day too early around midnight. */
const $dateTrunc: Expression = (document, operand, options) => {
  const { timezone, date, ...spec } = evalExpr(document, operand, options) as Record<string, unknown>;
  if (date === null || date === undefined) return null;
  const { local, back } = localDate(document, date, timezone, options);
  return back(call('$dateTrunc', document, { ...spec, date: { $literal: local } }, options) as Date);
};

const MONTHS: Record<string, number> = { month: 1, quarter: 3, year: 12 };

/** mingo's runs over the end of a month: 31 January and a month is 2 March there. */
const dateAdd =
  (sign: 1 | -1): Expression =>
  (document, operand, options) => {
    const { startDate, unit, amount, timezone } = evalExpr(document, operand, options) as Record<
      string,
      unknown
    >;
    if ([startDate, unit, amount].some((value) => value === null || value === undefined)) return null;
    const months = MONTHS[String(unit)];
    const { local, back } = localDate(document, startDate, timezone, options);
    if (months === undefined) {
      const spec = { startDate: { $literal: local }, unit, amount: sign * Number(amount) };
      return back(call('$dateAdd', document, spec, options) as Date);
    }
    const day = local.getUTCDate();
    const moved = new Date(local);
    moved.setUTCDate(1);
    moved.setUTCMonth(moved.getUTCMonth() + sign * months * Number(amount));
    const last = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
    moved.setUTCDate(Math.min(day, last));
    return back(moved);
  };

/** mingo's takes the calendar year in most of the days around New Year. A week belongs to the year of its Thursday. */
const $isoWeekYear: Expression = (document, operand, options) => {
  const value = evalExpr(document, operand, options) as unknown;
  const { date, timezone } = isPlainObject(value) ? value : { date: value, timezone: undefined };
  if (date === null || date === undefined) return null;
  const { local } = localDate(document, date, timezone, options);
  local.setUTCDate(local.getUTCDate() + 4 - (local.getUTCDay() || 7));
  return local.getUTCFullYear();
};

/** mingo knows text and dates only. */
const $toString: Expression = (document, operand, options) => {
  const value = evalExpr(document, operand, options) as unknown;
  if (value instanceof ObjectId) return value.toHexString();
  if (value instanceof Long || value instanceof Decimal128) return value.toString();
  return call('$toString', document, { $literal: value }, options);
};

/** mingo wants a list even of one argument. */
const $trunc: Expression = (document, operand, options) =>
  call('$trunc', document, [operand].flat(), options);

/** mingo has none. Counts code points, as $strLenCP does. */
const $indexOfCP: Expression = (document, operand, options) => {
  const [text, part, from = 0, to] = evalExpr(document, operand, options) as [
    unknown,
    unknown,
    number?,
    number?,
  ];
  if (text === null || text === undefined) return null;
  if (typeof text !== 'string' || typeof part !== 'string') {
    throw new MongoFault('Location40093', '$indexOfCP requires strings');
  }
  const found = [...text].slice(0, to).slice(from).join('').indexOf(part);
  return found === -1 ? -1 : from + [...[...text].slice(from).join('').slice(0, found)].length;
};

/** mingo's fails on one document in a group, and on a field that is missing. */
const $mergeObjects: Expression = (document, operand, options) => {
  const values: unknown = Array.isArray(document)
    ? ($push as unknown as Accumulator)(document, operand, options)
    : [evalExpr(document, operand, options)].flat();
  const merged: Document = {};
  for (const value of values as unknown[]) {
    if (value === null || value === undefined) continue;
    if (!isPlainObject(value)) throw new MongoFault('Location40400', '$mergeObjects requires object inputs');
    for (const [name, inner] of Object.entries(value)) if (inner !== undefined) merged[name] = inner;
  }
  return merged;
};

type Accumulator = (documents: Document[], operand: unknown, options: Options) => unknown;

function numbersOf(documents: Document[], operand: unknown, options: Options): (number | Long)[] {
  const values = ($push as unknown as Accumulator)(documents, operand, options) as unknown[];
  if (values.some((value) => value instanceof Decimal128)) {
    throw new MongoFault('CommandNotSupported', 'sums of Decimal128 are not supported by the embedded store');
  }
  return values.filter((value): value is number | Long => typeof value === 'number' || value instanceof Long);
}

/** mingo leaves out what a number cannot hold. */
const $sum: Accumulator = (documents, operand, options) => {
  if (typeof operand === 'number') return operand * documents.length;
  const numbers = numbersOf(documents, operand, options);
  const sum = numbers.reduce<number>((total, value) => total + Number(value), 0);
  if (numbers.every((value) => typeof value === 'number') && Number.isSafeInteger(Math.trunc(sum)))
    return sum;
  if (!numbers.every((value) => Number.isInteger(Number(value)))) return sum;
  return Long.fromBigInt(numbers.reduce((total, value) => total + BigInt(value.toString()), 0n));
};

const $avg: Accumulator = (documents, operand, options) => {
  const numbers = numbersOf(documents, operand, options);
  return numbers.length === 0
    ? null
    : numbers.reduce<number>((sum, value) => sum + Number(value), 0) / numbers.length;
};

export const MENDED_ACCUMULATORS = { $sum, $avg };

export const MENDED_EXPRESSIONS = {
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $cmp: comparison((order) => order),
  $dateTrunc,
  $dateAdd: dateAdd(1),
  $dateSubtract: dateAdd(-1),
  $isoWeekYear,
  $toString,
  $trunc,
  $indexOfCP,
  $mergeObjects,
};
