/**
 * The operators of filters on one field. mingo's are not used: they compare across BSON types in another order, ignore
 * the order of fields in embedded documents, open arrays where MongoDB does not, and take mistaken operands in silence.
 */
import { Binary, BSONRegExp, Long, MaxKey, MinKey } from 'bson';
import { isNumeric, typeAlias, typeName } from './bson-types.ts';
import { isPlainObject } from './document-path.ts';
import { isTrue } from './expression.ts';
import { MongoFault } from './fault.ts';
import { compareValues, encodeKey, tagOf } from './key-encoding.ts';
import { compilePattern, partsOf } from './pattern.ts';
import type { Document } from './raw-bson.ts';

export type Test = (value: unknown) => boolean;
/** What an operator asks of the values a path leads to. */
export interface ValueTest {
  readonly test: Test;
  /** Arrays are looked at as a whole only, not also each of their elements. */
  readonly whole?: boolean;
  /** It holds when `test` holds for none. */
  readonly none?: boolean;
}

const bad = (message: string): never => {
  throw new MongoFault('BadValue', message);
};
const refuse = (operator: string) => (): never => {
  throw new MongoFault('CommandNotSupported', `${operator} is not supported by the embedded store; a MongoDB server has it`);
};

export const isRegex = (value: unknown): value is RegExp | BSONRegExp => value instanceof RegExp || value instanceof BSONRegExp;
const equals = (a: unknown, b: unknown): boolean => compareValues(a, b) === 0;

/** Text that fits the pattern, or the very same pattern. */
function matchesRegex(regex: RegExp | BSONRegExp | string, options?: string): Test {
  const pattern = compilePattern(regex, options);
  const { pattern: source, options: own } = partsOf(regex);
  const same = (value: unknown): boolean => {
    if (!isRegex(value)) return false;
    const parts = partsOf(value);
    return parts.pattern === source && parts.options === (options ?? own);
  };
  return (value) => (typeof value === 'string' ? pattern.test(value) : same(value));
}

/** Equality as `{field: value}` means it: a pattern is matched. */
export const equalTo = (operand: unknown): Test => (isRegex(operand) ? matchesRegex(operand) : (value) => equals(value, operand));

/** Greater and less hold between values of one kind only; null is equal to null and to nothing else. */
function ordered(name: string, holds: (order: number) => boolean) {
  return (operand: unknown): ValueTest => {
    if (isRegex(operand)) bad(`Can't have RegEx as arg to predicate over field (${name}).`);
    // These two stand below and above values of all kinds.
    if (operand instanceof MinKey || operand instanceof MaxKey) return { test: (value) => holds(compareValues(value, operand)) };
    const tag = tagOf(operand);
    const isNaN = isNumeric(operand) && Number.isNaN(Number(operand));
    return {
      test: (value) => tagOf(value) === tag && (tag !== tagOf(0) || Number.isNaN(Number(value)) === isNaN) && holds(compareValues(value, operand)),
    };
  };
}

function oneOf(name: string, operand: unknown): Test {
  if (!Array.isArray(operand)) return bad(`${name} needs an array`);
  if (operand.some((item) => isPlainObject(item) && /^\$(?!ref$|id$|db$)/.test(Object.keys(item)[0] ?? ''))) bad(`cannot nest $ under ${name}`);
  const patterns = operand.filter(isRegex).map((regex) => matchesRegex(regex));
  const keys = new Set(operand.filter((item) => !isRegex(item)).map((item) => encodeKey(item).toString('latin1')));
  return (value) => keys.has(encodeKey(value).toString('latin1')) || patterns.some((matches) => matches(value));
}

function mod(operand: unknown): ValueTest {
  if (!Array.isArray(operand)) return bad('malformed mod, needs to be an array');
  if (operand.length < 2) bad('malformed mod, not enough elements');
  if (operand.length > 2) bad('malformed mod, too many elements');
  const [divisor, rest] = operand.map((item, at) => {
    const number = Math.trunc(Number(item));
    if (!isNumeric(item) || !Number.isFinite(number)) bad(`malformed mod, ${at === 0 ? 'divisor' : 'remainder'} not a number`);
    return item instanceof Long ? item.toBigInt() : BigInt(number);
  }) as [bigint, bigint];
  if (divisor === 0n) bad('divisor cannot be 0');
  return {
    test: (value) => isNumeric(value) && Number.isFinite(Number(value)) && (value instanceof Long ? value.toBigInt() : BigInt(Math.trunc(Number(value)))) % divisor === rest,
  };
}

const bytesToBits = ({ buffer, position }: Binary): bigint => BigInt(`0x0${Buffer.from(buffer.subarray(0, position)).reverse().toString('hex')}`);

function bits(name: string, holds: (found: bigint, mask: bigint) => boolean) {
  return (operand: unknown): ValueTest => {
    const mask = Array.isArray(operand)
      ? operand.reduce((all: bigint, at) => {
          if (!Number.isInteger(Number(at)) || Number(at) < 0) bad(`Failed to parse bit position. Expected a non-negative integer: ${String(at)}`);
          return all | (1n << BigInt(Number(at)));
        }, 0n)
      : operand instanceof Binary
        ? bytesToBits(operand)
        : isNumeric(operand) && Number.isInteger(Number(operand)) && Number(operand) >= 0
          ? BigInt(String(operand))
          : bad(`${name} takes an Array, a number, or a BinData but received: ${String(operand)}`);
    return {
      test(value) {
        if (value instanceof Binary) return holds(bytesToBits(value) & mask, mask);
        if (!isNumeric(value) || !Number.isInteger(Number(value)) || Math.abs(Number(value)) > 2 ** 63) return false;
        // Negative numbers have all higher bits set, as BigInt's have.
        return holds((value instanceof Long ? value.toBigInt() : BigInt(Number(value))) & mask, mask);
      },
    };
  };
}

function ofType(operand: unknown): ValueTest {
  if (Array.isArray(operand) && operand.length === 0) bad('$type must match at least one type');
  const names = new Set([operand].flat().map(typeAlias));
  return { test: (value) => (names.has('number') && isNumeric(value)) || names.has(typeName(value)) };
}

function size(operand: unknown): ValueTest {
  const wanted = Number(operand);
  if (!isNumeric(operand) || !Number.isInteger(wanted) || wanted < 0) bad(`Failed to parse $size. Expected a non-negative integer in: $size: ${String(operand)}`);
  return { test: (value) => Array.isArray(value) && value.length === wanted, whole: true };
}

function ne(operand: unknown): ValueTest {
  if (isRegex(operand)) bad("Can't have regex as arg to $ne.");
  return { test: (value) => equals(value, operand), none: true };
}

type Make = (operand: unknown) => ValueTest;

/** All that need no other operators; $not, $all, $elemMatch and $regex are put together in filter.ts. */
export const OPERATORS: Readonly<Record<string, Make>> = {
  $eq: (operand) => ({ test: (value) => equals(value, operand) }),
  $ne: ne,
  $in: (operand) => ({ test: oneOf('$in', operand) }),
  $nin: (operand) => ({ test: oneOf('$nin', operand), none: true }),
  $gt: ordered('$gt', (order) => order > 0),
  $gte: ordered('$gte', (order) => order >= 0),
  $lt: ordered('$lt', (order) => order < 0),
  $lte: ordered('$lte', (order) => order <= 0),
  $exists: (operand) => ({ test: (value) => value !== undefined, none: !isTrue(operand) }),
  $type: ofType,
  $mod: mod,
  $size: size,
  $bitsAllSet: bits('$bitsAllSet', (found, mask) => found === mask),
  $bitsAnySet: bits('$bitsAnySet', (found) => found !== 0n),
  $bitsAllClear: bits('$bitsAllClear', (found) => found === 0n),
  $bitsAnyClear: bits('$bitsAnyClear', (found, mask) => found !== mask),
  $comment: () => ({ test: () => false, none: true }),
  $jsonSchema: refuse('$jsonSchema'),
  $near: refuse('$near'),
  $nearSphere: refuse('$nearSphere'),
  $geoWithin: refuse('$geoWithin'),
  $geoIntersects: refuse('$geoIntersects'),
};

/** $regex with the $options that may stand beside it. */
export function regexCondition({ $regex, $options }: Document): ValueTest {
  if ($regex === undefined) return bad('$options needs a $regex');
  if (typeof $regex !== 'string' && !isRegex($regex)) return bad('$regex has to be a string');
  if ($options !== undefined && typeof $options !== 'string') bad('$options has to be a string');
  if (isRegex($regex) && $options !== undefined && partsOf($regex).options !== '') {
    throw new MongoFault('Location51075', 'options set in both $regex and $options');
  }
  return { test: matchesRegex($regex, $options as string | undefined) };
}

const POSITION = /^(?:0|[1-9]\d*)$/;

/**
 * Whether `test` holds for something the path leads to. A path goes through arrays of documents into each of
 * them; at its end it sees the value, and where that is an array each element too. Undefined stands for missing.
 * What a number at the end of a path picks out of an array is not opened.
 */
export function holdsAt(document: unknown, path: readonly string[], { test, whole = false, none = false }: ValueTest): boolean {
  const visit = (value: unknown): boolean => test(value) || (!whole && Array.isArray(value) && value.some(test));
  const walk = (value: unknown, depth: number, picked: boolean): boolean => {
    const name = path[depth];
    if (name === undefined) return visit(value);
    if (isPlainObject(value)) return walk(Object.hasOwn(value, name) ? value[name] : undefined, depth + 1, false);
    if (!Array.isArray(value)) return test(undefined);
    const at = POSITION.test(name) ? Number(name) : -1;
    // What was picked out of an array is itself no list of documents to go into.
    if (picked) return walk(at in value ? value[at] : undefined, depth + 1, false);
    if (value.some((item) => isPlainObject(item) && walk(item, depth, false))) return true;
    if (!(at in value)) return false;
    return depth + 1 === path.length ? test(value[at]) : walk(value[at], depth + 1, true);
  };
  return walk(document, 0, false) !== none;
}
