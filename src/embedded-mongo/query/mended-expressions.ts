/** Expressions and accumulators that mingo computes otherwise than MongoDB, each with what is wrong in mingo's. */
import { Decimal128, Long, ObjectId } from 'bson';
import { evalExpr } from 'mingo/core';
import * as mingo from 'mingo/operators/expression';
import type { Options } from 'mingo/types';
import { isPlainObject } from '../bson/document-path.ts';
import { compareValues, encodeKey } from '../bson/key-encoding.ts';
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

/** Only a to z have another case in MongoDB: Đ stays Đ. */
const cased =
  (letters: RegExp, change: (text: string) => string): Expression =>
  (document, operand, options) => {
    const value = evalExpr(document, operand, options) as unknown;
    if (value === null || value === undefined) return '';
    return String(value).replace(letters, change);
  };

/** mingo makes an invalid date of an ObjectId, which holds one. */
const $toDate: Expression = (document, operand, options) => {
  const value = evalExpr(document, operand, options) as unknown;
  return value instanceof ObjectId
    ? value.getTimestamp()
    : call('$toDate', document, { $literal: value }, options);
};

const PERIODS: Record<string, number> = { hour: 3_600_000, minute: 60_000, second: 1000, millisecond: 1 };

/** mingo's counts whole units from start to end; MongoDB counts the borders between. */
const $dateDiff: Expression = (document, operand, options) => {
  const spec = evalExpr(document, operand, options) as Record<string, unknown>;
  const { startDate, endDate, unit, timezone } = spec;
  if (!(startDate instanceof Date) || !(endDate instanceof Date)) return null;
  const [start, end] = [startDate, endDate].map(
    (date) => localDate(document, date, timezone, options).local,
  ) as [Date, Date];
  const period = PERIODS[String(unit)];
  if (period !== undefined) return Math.floor(end.getTime() / period) - Math.floor(start.getTime() / period);
  const { startOfWeek } = spec;
  const inUtc = {
    startDate: { $literal: start },
    endDate: { $literal: end },
    unit,
    ...(startOfWeek ? { startOfWeek } : {}),
  };
  return call('$dateDiff', document, inUtc, options);
};

/** mingo numbers the weeks from Sunday wrongly. */
const $dateToString: Expression = (document, operand, options) => {
  const { format } = operand as Document;
  if (typeof format === 'string' && /%[Uw]/.test(format)) refuse('%U and %w in $dateToString');
  return call('$dateToString', document, operand, options);
};

function refuse(what: string): never {
  throw new MongoFault(
    'CommandNotSupported',
    `${what}: not supported by the embedded store; a MongoDB server has it`,
  );
}

/** mingo knows places and offsets, but not UTC by its name. */
const DATE_OPERATORS = [
  '$dayOfMonth',
  '$dayOfWeek',
  '$dayOfYear',
  '$hour',
  '$isoDayOfWeek',
  '$isoWeek',
  '$millisecond',
  '$minute',
  '$month',
  '$second',
  '$year',
  '$dateToParts',
  '$dateFromParts',
  '$dateFromString',
];
const knowingUtc =
  (expression: Expression): Expression =>
  (document, operand, options) =>
    expression(
      document,
      isPlainObject(operand) && /^(UTC|GMT|Z)$/.test(String(operand['timezone']))
        ? { ...operand, timezone: '+00:00' }
        : operand,
      options,
    );

/** mingo wants a list even of one argument. */
const $trunc: Expression = (document, operand, options) =>
  call('$trunc', document, [operand].flat(), options);

/** mingo's has no bound, and V8 ends the process at a list that is too long. */
const $range: Expression = (document, operand, options) => {
  const [start, end, step = 1] = evalExpr(document, operand, options) as number[];
  if (Math.abs((Number(end) - Number(start)) / Number(step)) > 1_000_000) {
    throw new MongoFault('ExceededMemoryLimit', '$range would make more than 1,000,000 numbers');
  }
  return call('$range', document, [start, end, step], options);
};

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
    ? valuesOf(document, operand, options)
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

/** The operand's value for each document of a group; without an operand they are the values. */
function valuesOf(documents: Document[], operand: unknown, options: Options): unknown[] {
  if (operand === null || operand === undefined) return documents;
  // The root is the group here; without one each document becomes its own.
  (options as Options & { update?: (locals: { root: null }) => unknown }).update?.({ root: null });
  return documents.map((document) => evalExpr(document, operand, options) as unknown);
}

function numbersOf(documents: Document[], operand: unknown, options: Options): (number | Long)[] {
  const values = valuesOf(documents, operand, options);
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

/** mingo's has null for a field that is missing. */
const $push: Accumulator = (documents, operand, options) =>
  valuesOf(documents, operand, options).filter((value) => value !== undefined);

const $addToSet: Accumulator = (documents, operand, options) => {
  const set = new Map<string, unknown>();
  for (const value of valuesOf(documents, operand, options)) {
    const key = encodeKey(value).toString('latin1');
    if (value !== undefined && !set.has(key)) set.set(key, value);
  }
  return [...set.values()];
};

export const MENDED_ACCUMULATORS = { $sum, $avg, $push, $addToSet };

export const MENDED_EXPRESSIONS = {
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $cmp: comparison((order) => order),
  ...Object.fromEntries(DATE_OPERATORS.map((name) => [name, knowingUtc((...args) => call(name, ...args))])),
  $dateTrunc: knowingUtc($dateTrunc),
  $dateAdd: knowingUtc(dateAdd(1)),
  $dateSubtract: knowingUtc(dateAdd(-1)),
  $dateDiff: knowingUtc($dateDiff),
  $dateToString: knowingUtc($dateToString),
  $isoWeekYear: knowingUtc($isoWeekYear),
  $week: () => refuse('$week'),
  $toDate,
  $toString,
  $toUpper: cased(/[a-z]+/g, (text) => text.toUpperCase()),
  $toLower: cased(/[A-Z]+/g, (text) => text.toLowerCase()),
  $trunc,
  $indexOfCP,
  $range,
  $mergeObjects,
};
