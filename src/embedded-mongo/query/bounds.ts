/** What a filter says of single fields, as far as an index can use it. */
import { BSONRegExp, MaxKey, MinKey } from 'bson';
import { isPlainObject } from '../bson/document-path.ts';
import { beginning, encodeKey, encodeStringPrefix, isShortened, tagOf } from '../bson/key-encoding.ts';
import type { Document } from '../bson/raw-bson.ts';
import { behind } from '../store/store.ts';

export interface Bounds {
  /** The values the field may have (equality and $in). */
  points?: readonly unknown[];
  low?: Limit;
  high?: Limit;
  /** What its text begins with. */
  prefix?: string;
}

/** A place between values: before all that begin with the key, or behind them. */
export interface Limit {
  readonly key: Buffer;
  readonly after: boolean;
}

export interface Wanted {
  readonly bounds: ReadonlyMap<string, Bounds>;
  /** All of the filter is in `bounds`, each condition exactly. */
  readonly exact: boolean;
}

interface Reading {
  readonly bounds: Map<string, Bounds>;
  exact: boolean;
}

/** Reads the conditions that stand side by side; what an index cannot use only makes the reading inexact. */
export function readFilter(filter: Document): Wanted {
  const reading: Reading = { bounds: new Map(), exact: true };
  readConditions(reading, filter);
  return reading;
}

function readConditions(reading: Reading, filter: Document): void {
  for (const [field, condition] of Object.entries(filter)) {
    if (field === '$and') for (const part of condition as Document[]) readConditions(reading, part);
    else if (field.startsWith('$')) reading.exact = false;
    else if (isPlainObject(condition) && Object.keys(condition)[0]?.startsWith('$')) {
      for (const [operator, operand] of Object.entries(condition)) {
        if (operator === '$regex' && condition['$options'] === undefined) readRegex(reading, field, operand);
        else readCondition(reading, field, operator, operand);
      }
    } else if (condition instanceof RegExp) readRegex(reading, field, condition);
    else readCondition(reading, field, '$eq', condition);
  }
}

function boundsOf({ bounds }: Reading, field: string): Bounds {
  const known = bounds.get(field) ?? {};
  bounds.set(field, known);
  return known;
}

const isPoint = (value: unknown): boolean =>
  !Array.isArray(value) && !(value instanceof RegExp || value instanceof BSONRegExp);
/** Kinds whose range in an index is the range of the query: null and documents also match otherwise. */
const isOrdered = (value: unknown): boolean =>
  value !== null &&
  value !== undefined &&
  !Number.isNaN(value) &&
  !(value instanceof MinKey || value instanceof MaxKey) &&
  isPoint(value) &&
  !isPlainObject(value);

/** The side a comparison limits, and whether the limit lies behind the values equal to the operand. */
const COMPARISONS: Record<string, { readonly side: 'low' | 'high'; readonly after: boolean }> = {
  $gt: { side: 'low', after: true },
  $gte: { side: 'low', after: false },
  $lt: { side: 'high', after: false },
  $lte: { side: 'high', after: true },
};

function readCondition(reading: Reading, field: string, operator: string, operand: unknown): void {
  const comparison = COMPARISONS[operator];
  if (operator === '$eq' && isPoint(operand)) setPoints(reading, field, [operand]);
  else if (operator === '$in' && Array.isArray(operand) && operand.every(isPoint))
    setPoints(reading, field, operand);
  else if (comparison !== undefined && isOrdered(operand)) setLimit(reading, field, comparison, operand);
  else reading.exact = false;
}

function setPoints(reading: Reading, field: string, points: readonly unknown[]): void {
  const known = boundsOf(reading, field);
  if (known.points === undefined) known.points = points;
  else reading.exact = false;
  // null also stands for missing, and an index keeps both alike: the document tells.
  if (points.some((point) => point === null || point === undefined)) reading.exact = false;
}

function setLimit(
  reading: Reading,
  field: string,
  { side, after }: { readonly side: 'low' | 'high'; readonly after: boolean },
  value: unknown,
): void {
  const known = boundsOf(reading, field);
  const key = encodeKey(value);
  // Of long values the index knows the beginning only.
  const shortened = isShortened(key);
  if (known[side] !== undefined || shortened) reading.exact = false;
  known[side] ??= shortened ? { key: beginning(key), after: side === 'high' } : { key, after };
}

const LITERAL_PREFIX = /^\^([\p{L}\p{N} _:@/-]+)/u;
/** Nothing but a beginning, short enough for an index to know all of it. */
const ONLY_PREFIX = /^\^([\p{L}\p{N} _:@/-]{1,60})$/u;

function readRegex(reading: Reading, field: string, regex: unknown): void {
  const source = regex instanceof RegExp ? (regex.flags === '' ? regex.source : '') : String(regex);
  const only = ONLY_PREFIX.exec(source)?.[1];
  if (only !== undefined) {
    const known = boundsOf(reading, field);
    if (known.prefix !== undefined) reading.exact = false;
    known.prefix ??= only;
    return;
  }
  reading.exact = false;
  const prefix = LITERAL_PREFIX.exec(source)?.[1];
  // What follows may make the last character optional.
  if (prefix === undefined || prefix.length < 2 || source.includes('|')) return;
  boundsOf(reading, field).prefix ??= prefix.slice(0, -1);
}

/** Between which places a field's values lie; of an array (`multikey`) one element may lie above, another below. */
export function limitsOf(
  { low, high, prefix }: Bounds,
  multikey: boolean,
): { low: Limit; high: Limit } | undefined {
  if (low === undefined && high === undefined) {
    if (prefix === undefined) return undefined;
    const key = beginning(encodeStringPrefix(prefix));
    return { low: { key, after: false }, high: { key, after: true } };
  }
  const tag = (low ?? high)?.key[0] ?? 0;
  // Only values of the operand's own kind compare with it; numbers begin above NaN.
  const first = {
    key: tag === tagOf(0) ? encodeKey(Number.NEGATIVE_INFINITY) : Buffer.of(tag),
    after: false,
  };
  const last = { key: Buffer.of(tag + 1), after: false };
  const oneKind = low === undefined || high === undefined || low.key[0] === high.key[0];
  if (low !== undefined && (multikey || !oneKind)) return { low, high: last };
  return { low: low ?? first, high: high ?? last };
}

/** A place as bytes to start or end a scan at; a descending field has all its bytes turned round. */
export function placeOf({ key, after }: Limit, descending: boolean): Buffer {
  if (!descending) return after ? behind(key) : key;
  const turned = Buffer.from(key.map((byte) => ~byte & 0xff));
  if (after) return turned;
  // Before a whole kind of values is behind it now.
  return key.length === 1 ? Buffer.of((turned[0] ?? 0) + 1) : behind(behind(turned));
}
