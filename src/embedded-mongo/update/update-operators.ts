/**
 * The update operators: what becomes of one field. mingo's updater passes over in silence what MongoDB refuses (adding
 * to a text, setting below a number), so they are written here; filters and order are mingo's.
 */
import { Decimal128, Double, Int32, Long, Timestamp } from 'bson';
import { isPlainObject } from '../bson/document-path.ts';
import { compareValues, tagOf } from '../bson/key-encoding.ts';
import { type Document, decode, encode } from '../bson/raw-bson.ts';
import { MongoFault } from '../fault.ts';
import { compileFilter } from '../query/filter.ts';
import { sortDocuments } from '../query/sort.ts';

/** Gives the new value of a field from the old one (undefined: missing); REMOVED takes the field away. */
export type Change = (old: unknown, operand: unknown, where: string) => unknown;
export const REMOVED = Symbol('removed');
export const UNCHANGED = Symbol('unchanged');

/** The BSON type of a value, for messages. */
export function kind(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'object' && !isPlainObject(value)
    ? value.constructor.name.toLowerCase()
    : typeof value;
}
const isNumeric = (value: unknown): boolean => tagOf(value) === tagOf(0);
/** The value with its numbers as plain ones, as filters want them. */
export const promoted = (value: unknown): unknown => decode(encode({ value }))['value'];

/** Adds or multiplies as MongoDB does: the result has the wider of the two types, an int grows into a long. */
function arithmetic(
  name: string,
  numbers: (a: number, b: number) => number,
  integers: (a: bigint, b: bigint) => bigint,
): Change {
  return (old, operand, where) => {
    if (!isNumeric(operand)) {
      throw new MongoFault(
        'TypeMismatch',
        `Cannot ${name === '$inc' ? 'increment' : 'multiply'} with non-numeric argument: {${where}: ${JSON.stringify(operand)}}`,
      );
    }
    if (old !== undefined && !isNumeric(old)) {
      throw new MongoFault(
        'TypeMismatch',
        `Cannot apply ${name} to a value of non-numeric type. The field '${where}' is of type ${kind(old)}`,
      );
    }
    const before = old ?? new Int32(0);
    const both = [before, operand];
    if (both.some((value) => value instanceof Decimal128)) return decimal(name, before, operand);
    if (both.some((value) => value instanceof Double || typeof value === 'number'))
      return new Double(numbers(Number(before), Number(operand)));
    const result = integers(BigInt(String(before)), BigInt(String(operand)));
    if (BigInt.asIntN(32, result) === result && both.every((value) => value instanceof Int32))
      return new Int32(Number(result));
    if (BigInt.asIntN(64, result) === result) return Long.fromBigInt(result);
    throw new MongoFault(
      'BadValue',
      `Failed to apply ${name} operations to current value ((NumberLong)${before}) of field '${where}'`,
    );
  };
}

/** Exact decimal arithmetic by whole numbers of the smallest unit. */
function decimal(name: string, a: unknown, b: unknown): Decimal128 {
  const parts = [a, b].map((value) => /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/.exec(String(value)));
  const [x, y] = parts.map((part) => ({
    digits: BigInt(`${part?.[1] ?? ''}${part?.[2] ?? 0}${part?.[3] ?? ''}`),
    scale: (part?.[3]?.length ?? 0) - Number(part?.[4] ?? 0),
  }));
  if (
    parts.includes(null) ||
    x === undefined ||
    y === undefined ||
    Math.abs(x.scale) + Math.abs(y.scale) > 100
  ) {
    throw new MongoFault(
      'CommandNotSupported',
      `${name} of ${a} and ${b} is not supported by the embedded store`,
    );
  }
  if (name === '$mul') return Decimal128.fromString(`${x.digits * y.digits}E${-(x.scale + y.scale)}`);
  const scale = Math.max(x.scale, y.scale);
  const sum = x.digits * 10n ** BigInt(scale - x.scale) + y.digits * 10n ** BigInt(scale - y.scale);
  return Decimal128.fromString(`${sum}E${-scale}`);
}

function arrayOf(name: string, old: unknown, where: string): unknown[] {
  if (old === undefined) return [];
  if (Array.isArray(old)) return [...old];
  if (name === '$pop')
    throw new MongoFault(
      'TypeMismatch',
      `Path '${where}' contains an element of non-array type '${kind(old)}'`,
    );
  if (name === '$pull' || name === '$pullAll')
    throw new MongoFault('BadValue', `Cannot apply ${name} to a non-array value`);
  throw new MongoFault('BadValue', `The field '${where}' must be an array but is of type ${kind(old)}`);
}

const eachOf = (operand: unknown): unknown[] => {
  if (!isPlainObject(operand) || !('$each' in operand)) return [operand];
  if (!Array.isArray(operand['$each']))
    throw new MongoFault('BadValue', 'The argument to $each must be an array');
  return operand['$each'];
};

const CLAUSES = new Set(['$each', '$position', '$slice', '$sort']);

function push(old: unknown, operand: unknown, where: string): unknown[] {
  let array = arrayOf('$push', old, where);
  const items = eachOf(operand);
  const clauses = (isPlainObject(operand) && '$each' in operand ? operand : {}) as Document;
  for (const name of Object.keys(clauses)) {
    if (!CLAUSES.has(name)) throw new MongoFault('BadValue', `Unrecognized clause in $push: ${name}`);
  }
  const integer = (name: string): number | undefined => {
    const value = clauses[name];
    if (value === undefined) return undefined;
    if (!isNumeric(value) || !Number.isInteger(Number(value)))
      throw new MongoFault('BadValue', `The value for ${name} must be an integer value`);
    return Number(value);
  };
  array.splice(integer('$position') ?? array.length, 0, ...items);
  const sort = clauses['$sort'];
  if (isPlainObject(sort)) array = sortDocuments(array as Document[], sort);
  else if (sort !== undefined) {
    if (Math.abs(Number(sort)) !== 1)
      throw new MongoFault('BadValue', 'The $sort element value must be either 1 or -1');
    array.sort((a, b) => Number(sort) * compareValues(a, b));
  }
  const slice = integer('$slice');
  if (slice === undefined) return array;
  return slice < 0 ? array.slice(slice) : array.slice(0, slice);
}

function pull(old: unknown, operand: unknown, where: string): unknown {
  if (old === undefined) return UNCHANGED;
  const condition = promoted(operand);
  const whole = !isPlainObject(condition) || Object.keys(condition)[0]?.startsWith('$') === true;
  const matches = compileFilter(whole ? { value: condition } : (condition as Document));
  return arrayOf('$pull', old, where).filter((item) => {
    const value = promoted(item);
    return !(whole ? matches({ value }) : isPlainObject(value) && matches(value));
  });
}

function bits(old: unknown, operand: unknown, where: string): Int32 {
  const [[name, mask] = []] = Object.entries(operand as Document);
  if (!(mask instanceof Int32) || (old !== undefined && !(old instanceof Int32))) {
    throw new MongoFault('BadValue', `Cannot apply $bit to '${where}': both must be 32-bit integers here`);
  }
  const a = Number(old ?? 0);
  if (name === 'and') return new Int32(a & mask.value);
  if (name === 'or') return new Int32(a | mask.value);
  if (name === 'xor') return new Int32(a ^ mask.value);
  throw new MongoFault('BadValue', `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}'`);
}

function today(operand: unknown): unknown {
  const type = isPlainObject(operand) ? operand['$type'] : operand;
  if (type === 'timestamp') return new Timestamp({ t: Math.floor(Date.now() / 1000), i: 1 });
  if (type === 'date' || typeof type === 'boolean') return new Date();
  throw new MongoFault('BadValue', `${JSON.stringify(operand)} is not valid type for $currentDate`);
}

export const OPERATORS: Record<string, Change> = {
  $set: (_old, operand) => operand,
  $setOnInsert: (_old, operand) => operand,
  $unset: () => REMOVED,
  $inc: arithmetic(
    '$inc',
    (a, b) => a + b,
    (a, b) => a + b,
  ),
  $mul: arithmetic(
    '$mul',
    (a, b) => a * b,
    (a, b) => a * b,
  ),
  $min: (old, operand) => (old === undefined || compareValues(operand, old) < 0 ? operand : UNCHANGED),
  $max: (old, operand) => (old === undefined || compareValues(operand, old) > 0 ? operand : UNCHANGED),
  $currentDate: (_old, operand) => today(operand),
  $push: push,
  $addToSet: (old, operand, where) => {
    const array = arrayOf('$addToSet', old, where);
    for (const item of eachOf(operand))
      if (!array.some((known) => compareValues(known, item) === 0)) array.push(item);
    return array;
  },
  $pull: pull,
  $pullAll: (old, operand, where) => {
    if (!Array.isArray(operand)) throw new MongoFault('BadValue', '$pullAll requires an array argument');
    return old === undefined ? UNCHANGED : pull(old, { $in: operand }, where);
  },
  $pop: (old, operand, where) => {
    if (Math.abs(Number(operand)) !== 1)
      throw new MongoFault('FailedToParse', `$pop expects 1 or -1, found: ${operand}`);
    if (old === undefined) return UNCHANGED;
    const array = arrayOf('$pop', old, where);
    return Number(operand) === -1 ? array.slice(1) : array.slice(0, -1);
  },
  $bit: bits,
};
/** These leave a path alone that does not exist. */
export const NEVER_MAKE = new Set(['$unset', '$pull', '$pullAll', '$pop']);
