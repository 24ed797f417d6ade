import { Binary, Decimal128, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareValues,
  EMPTY_ARRAY,
  encodeKey,
  indexKey,
} from '../../src/embedded-mongo/bson/key-encoding.ts';

const scalar = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => Long.fromBigInt(value)),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(null, true, false, new MinKey(), new MaxKey()),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  fc.uint8Array({ maxLength: 20 }).map((bytes) => new Binary(Buffer.from(bytes))),
);
const value = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  fc.dictionary(fc.string({ maxLength: 3 }), scalar, { maxKeys: 3 }),
);
const order = (a: unknown, b: unknown): number => Math.sign(Buffer.compare(encodeKey(a), encodeKey(b)));

describe('encoded keys', () => {
  it('order numbers of all types by their value', () => {
    const number = fc.oneof(
      fc.double({ noNaN: true }),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    );
    const asBson = (n: number | bigint) => (typeof n === 'bigint' ? Long.fromBigInt(n) : n);
    fc.assert(
      fc.property(number, number, (a, b) => {
        // JavaScript compares a bigint with a double exactly.
        expect(order(asBson(a), asBson(b))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });

  it('order text by its UTF-8 bytes, as MongoDB does', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(order(a, b)).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
      }),
    );
  });

  it('order dates, also before 1970', () => {
    const date = fc.date({ noInvalidDate: true });
    fc.assert(
      fc.property(date, date, (a, b) => {
        expect(order(a, b)).toBe(Math.sign(a.getTime() - b.getTime()));
      }),
    );
  });

  it('are in the order of BSON types', () => {
    const kinds = [
      new MinKey(),
      EMPTY_ARRAY,
      null,
      Number.NaN,
      Number.NEGATIVE_INFINITY,
      Decimal128.fromString('-1.5'),
      0,
      Long.MAX_VALUE,
      Number.POSITIVE_INFINITY,
      '',
      'a',
      'a\0',
      'ab',
      {},
      { a: 1 },
      { b: 1 },
      { a: 'x' },
      [],
      [1],
      [1, 2],
      new Binary(Buffer.from([2])),
      new Binary(Buffer.from([1, 1])),
      new ObjectId('65a000000000000000000001'),
      false,
      true,
      new Date(-1),
      new Date(0),
      new Timestamp({ t: 1, i: 1 }),
      /a/,
      new MaxKey(),
    ];
    for (const [at, low] of kinds.entries()) {
      for (const high of kinds.slice(at + 1)) expect([low, high, order(low, high)]).toEqual([low, high, -1]);
    }
  });

  it('never begin with another, so that they can stand one behind the other', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [short, long] = [encodeKey(a), encodeKey(b)].sort((x, y) => x.length - y.length) as [
          Buffer,
          Buffer,
        ];
        expect(long.subarray(0, short.length).equals(short)).toBe(short.equals(long));
      }),
    );
  });

  it('are turned round when descending', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const turned = Math.sign(Buffer.compare(encodeKey(a, true), encodeKey(b, true)));
        expect(turned).toBe(order(a, b) === 0 ? 0 : -order(a, b));
      }),
    );
  });

  it('agree with the comparison of values', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(Math.sign(compareValues(a, b))).toBe(order(a, b));
      }),
    );
  });

  it('of long values stay short, equal for equal values only, and keep the order of what begins differently', () => {
    const text = fc.string({ minLength: 300, maxLength: 600 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(indexKey(a).length).toBeLessThan(300);
        expect(indexKey(a).equals(indexKey(b))).toBe(a === b);
        if (a.slice(0, 80) !== b.slice(0, 80))
          expect(Math.sign(Buffer.compare(indexKey(a), indexKey(b)))).toBe(order(a, b));
      }),
    );
    expect(indexKey('x'.repeat(255)).length).toBeLessThan(300);
  });
});
