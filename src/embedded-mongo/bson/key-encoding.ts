/**
 * Values as bytes whose order is MongoDB's order of values, so that an ordered key-value store can serve as
 * index: Buffer.compare(encode(a), encode(b)) compares a and b. No encoding is the beginning of another,
 * so that several can stand one behind the other.
 * The order: https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/
 */
import { createHash } from 'node:crypto';
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
import type { Document } from './raw-bson.ts';

/** What an index holds for a field that is an empty array; sorts below null, as in MongoDB. */
export const EMPTY_ARRAY = Symbol('empty array');

const TAG = {
  min: 0x02,
  emptyArray: 0x06,
  null: 0x0a,
  number: 0x10,
  string: 0x20,
  object: 0x30,
  array: 0x40,
  binary: 0x50,
  objectId: 0x60,
  boolean: 0x70,
  date: 0x80,
  timestamp: 0x90,
  regex: 0xa0,
  code: 0xb0,
  max: 0xf0,
} as const;

/** The first byte of the value's encoding; values with the same tag are the same kind to MongoDB's comparisons. */
export function tagOf(value: unknown): number {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return TAG.number;
    case 'string':
      return TAG.string;
    case 'boolean':
      return TAG.boolean;
    case 'undefined':
      return TAG.null;
    case 'symbol':
      return TAG.emptyArray;
  }
  if (value === null) return TAG.null;
  if (Array.isArray(value)) return TAG.array;
  if (value instanceof ObjectId) return TAG.objectId;
  if (value instanceof Date) return TAG.date;
  if (value instanceof Timestamp) return TAG.timestamp;
  if (
    value instanceof Long ||
    value instanceof Decimal128 ||
    value instanceof Int32 ||
    value instanceof Double
  )
    return TAG.number;
  if (value instanceof Binary) return TAG.binary;
  if (value instanceof RegExp || value instanceof BSONRegExp) return TAG.regex;
  if (value instanceof Code) return TAG.code;
  if (value instanceof MinKey) return TAG.min;
  if (value instanceof MaxKey) return TAG.max;
  return TAG.object;
}

let scratch = Buffer.allocUnsafe(16_384);
let at = 0;

function reserve(bytes: number): void {
  if (at + bytes <= scratch.length) return;
  const grown = Buffer.allocUnsafe((at + bytes) * 2);
  scratch.copy(grown, 0, 0, at);
  scratch = grown;
}

function putByte(byte: number): void {
  reserve(1);
  scratch[at++] = byte;
}

/** Text up to a closing 0; a 0 inside is escaped so that it still sorts above the end. */
function putText(text: string): void {
  reserve(text.length * 3 + 2);
  const start = at;
  at += scratch.write(text, at, 'utf8');
  if (scratch.subarray(start, at).includes(0)) {
    const bytes = Buffer.from(scratch.subarray(start, at));
    reserve(bytes.length * 2);
    at = start;
    for (const byte of bytes) {
      scratch[at++] = byte;
      if (byte === 0) scratch[at++] = 0xff;
    }
  }
  putByte(0);
}

function putBytes(bytes: Uint8Array): void {
  reserve(bytes.length);
  scratch.set(bytes, at);
  at += bytes.length;
}

/**
 * A number as the nearest double (sign bit flipped, or all bits when negative) and what a 64-bit integer
 * lacks to it, at most ±1024. Decimal128 is ordered with the precision of a double.
 */
function putNumber(value: unknown): void {
  const exact = value instanceof Long ? value.toBigInt() : typeof value === 'bigint' ? value : undefined;
  const double =
    exact !== undefined
      ? Number(exact)
      : value instanceof Decimal128
        ? Number(value.toString())
        : Number(value);
  reserve(10);
  if (Number.isNaN(double)) {
    scratch.fill(0, at, at + 8);
  } else {
    // Adding 0 turns -0 into 0: they are equal.
    scratch.writeDoubleBE(double + 0, at);
    if (double < 0) for (let i = at; i < at + 8; i++) scratch[i] = ~(scratch[i] ?? 0) & 0xff;
    else scratch[at] = (scratch[at] ?? 0) | 0x80;
  }
  const rest = exact === undefined ? 0 : Number(exact - BigInt(double));
  scratch.writeUInt16BE(rest + 0x8000, at + 8);
  at += 10;
}

function putInt64(value: bigint): void {
  reserve(8);
  at = scratch.writeBigUInt64BE(BigInt.asUintN(64, value), at);
}

function putObject(document: Document): void {
  for (const [name, value] of Object.entries(document)) {
    if (value === undefined) continue;
    // Two objects are compared field by field: kind of value, then name, then value.
    putByte(tagOf(value));
    putText(name);
    putValue(value);
  }
  putByte(0);
}

/** What follows the tag, by kind of value; null, the ends of the order and the empty array have nothing. */
const PUT: Record<number, (value: never) => void> = {
  [TAG.number]: putNumber,
  [TAG.string]: putText,
  [TAG.object]: putObject,
  [TAG.array]: (array: readonly unknown[]) => {
    for (const item of array) putValue(item);
    putByte(0);
  },
  [TAG.binary]: ({ buffer, position, sub_type }: Binary) => {
    // Shorter ones come first, then the subtype counts, then the bytes.
    reserve(4);
    at = scratch.writeUInt32BE(position, at);
    putByte(sub_type);
    putBytes(buffer.subarray(0, position));
  },
  [TAG.objectId]: ({ id }: ObjectId) => putBytes(id),
  [TAG.boolean]: (value: boolean) => putByte(value ? 1 : 0),
  [TAG.date]: (date: Date) => putInt64(BigInt(date.getTime() || 0) ^ (1n << 63n)),
  [TAG.timestamp]: (timestamp: Timestamp) => putInt64(timestamp.toBigInt()),
  [TAG.regex]: (regex: RegExp | BSONRegExp) => {
    putText(regex instanceof RegExp ? regex.source : regex.pattern);
    putText(regex instanceof RegExp ? regex.flags : regex.options);
  },
  [TAG.code]: ({ code }: Code) => putText(code),
};

function putValue(value: unknown): void {
  const tag = tagOf(value);
  putByte(tag);
  PUT[tag]?.(value as never);
}

/** The bytes of one value; `descending` turns their order round. */
export function encodeKey(value: unknown, descending = false): Buffer {
  at = 0;
  putValue(value);
  const key = Buffer.from(scratch.subarray(0, at));
  if (descending) for (let i = 0; i < key.length; i++) key[i] = ~(key[i] ?? 0) & 0xff;
  return key;
}

/** A key of the store may have 1978 bytes; this leaves room for six fields and the _id. */
const LONGEST = 256;

export const isShortened = (key: Buffer): boolean => key.length > LONGEST;

/**
 * The bytes under which a value stands in an index: those of encodeKey, of long ones the first 256 and a hash. Equal
 * values still have equal keys and others have not; the order holds as far as those first bytes tell.
 */
export function indexKey(value: unknown, descending = false): Buffer {
  const key = encodeKey(value, descending);
  if (key.length <= LONGEST) return key;
  return Buffer.concat([key.subarray(0, LONGEST), createHash('sha256').update(key).digest()]);
}

/** Where values that begin as this one does are, whatever follows in them. */
export const beginning = (key: Buffer): Buffer => key.subarray(0, LONGEST);

/** The bytes every string that starts with `prefix` begins with. */
export function encodeStringPrefix(prefix: string): Buffer {
  const whole = encodeKey(prefix);
  return whole.subarray(0, whole.length - 1);
}

/** How `a` and `b` stand in MongoDB's order of values: negative, 0 (equal) or positive. */
export function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number' && !Number.isNaN(a) && !Number.isNaN(b)) {
    return a < b ? -1 : a > b ? 1 : 0;
  }
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
  if (typeof a === 'string' && a === b) return 0;
  if (a instanceof ObjectId && b instanceof ObjectId) return Buffer.compare(a.id, b.id);
  const kinds = tagOf(a) - tagOf(b);
  return kinds !== 0 ? kinds : Buffer.compare(encodeKey(a), encodeKey(b));
}
