/**
 * MongoDB's arithmetic. int and int stay int while they fit, then become long, then double; with a double all is double.
 * mingo computes with doubles only: beyond 2^53 its sums of longs are wrong, and it passes over Long and Decimal128
 * as if they were no numbers. Decimal128 is compared and converted here, but calculating with it is refused.
 */
import { Double, Long } from 'bson';
import { isInt32, isNumeric, typeName } from './bson-types.ts';
import { MongoFault } from './fault.ts';

type Kind = 'int' | 'long' | 'double';

/** @throws MongoFault CommandNotSupported for Decimal128, in the name of `operator` */
export function kindOf(value: unknown, operator: string): Kind {
  const kind = typeName(value);
  if (kind === 'decimal') {
    throw new MongoFault(
      'CommandNotSupported',
      `${operator} of Decimal128 is not supported by the embedded store; a MongoDB server has it`,
    );
  }
  return kind as Kind;
}

/** A number that is a double to MongoDB whatever its value. */
export const double = (value: number): unknown => (isInt32(value) ? new Double(value) : value);

const FIRST_LONG = -(2n ** 63n);
const LAST_LONG = 2n ** 63n - 1n;

/** A whole number as int where it fits, unless it has to be a long; what no long can hold becomes a double. */
export function integer(value: bigint, atLeast: 'int' | 'long' = 'int'): unknown {
  if (atLeast === 'int' && value >= -(2n ** 31n) && value < 2n ** 31n) return Number(value);
  return value >= FIRST_LONG && value <= LAST_LONG ? Long.fromBigInt(value) : double(Number(value));
}

/** The exact value of an int or a long. */
export const bigintOf = (value: unknown): bigint =>
  value instanceof Long ? value.toBigInt() : BigInt(Number(value));

type Binary = (a: unknown, b: unknown) => unknown;

function binary(
  name: string,
  doubles: (a: number, b: number) => number,
  integers: (a: bigint, b: bigint) => bigint,
): Binary {
  return (a, b) => {
    if (isInt32(a) && isInt32(b)) {
      const result = doubles(a, b);
      if (isInt32(result)) return result;
    }
    const kinds = [kindOf(a, name), kindOf(b, name)];
    if (kinds.includes('double')) return double(doubles(Number(a), Number(b)));
    return integer(integers(bigintOf(a), bigintOf(b)), kinds.includes('long') ? 'long' : 'int');
  };
}

/** Both operands must be numbers. */
export const add = binary(
  '$add',
  (a, b) => a + b,
  (a, b) => a + b,
);
export const subtract = binary(
  '$subtract',
  (a, b) => a - b,
  (a, b) => a - b,
);
export const multiply = binary(
  '$multiply',
  (a, b) => a * b,
  (a, b) => a * b,
);
export const remainder = binary(
  '$mod',
  (a, b) => a % b,
  (a, b) => a % b,
);

/** A sum that loses nothing to rounding on the way: whole numbers exactly, doubles with Neumaier's compensation. */
export function createSum(operator: string) {
  let count = 0;
  let whole = 0n;
  let smallWhole = 0;
  let kind: Kind = 'int';
  let sum = 0;
  let lost = 0;
  const addDouble = (value: number): void => {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  };
  const doubles = (): number => {
    const rest = Number(whole) + smallWhole;
    if (rest !== 0) addDouble(rest);
    whole = 0n;
    smallWhole = 0;
    return Number.isFinite(sum) ? sum + lost : sum;
  };
  return {
    /** Takes numbers; passes over all else, as $sum and $avg do. */
    add(value: unknown): void {
      if (isInt32(value)) {
        smallWhole += value;
        count++;
        // 2^20 more of them cannot leave the safe range.
        if (Math.abs(smallWhole) > 2 ** 52) {
          whole += BigInt(smallWhole);
          smallWhole = 0;
        }
        return;
      }
      if (!isNumeric(value)) return;
      count++;
      const own = kindOf(value, operator);
      if (own === 'double') {
        kind = 'double';
        addDouble(Number(value));
      } else {
        if (own === 'long' && kind === 'int') kind = 'long';
        whole += bigintOf(value);
      }
    },
    total(): unknown {
      if (kind === 'double') return double(doubles());
      return integer(whole + BigInt(smallWhole), kind);
    },
    /** null of nothing. */
    average: (): unknown =>
      count === 0
        ? null
        : double((kind === 'double' ? doubles() : Number(whole + BigInt(smallWhole))) / count),
  };
}

/**
 * @param places decimal places, −20 to 100
 * @param mode 'round' goes to the even neighbour from exactly half way, 'trunc' towards zero
 */
export function toPlaces(value: unknown, places: number, mode: 'round' | 'trunc'): unknown {
  const kind = kindOf(value, `$${mode}`);
  const number = Number(value);
  if (kind === 'double' ? !(Math.abs(number) < 1e21) : places >= 0) return value;
  const negative = number < 0;
  // toFixed writes a double's exact value: 2.675 is a little less than it reads, and so not half way.
  const [whole = '', fraction = ''] = (kind === 'double' ? Math.abs(number).toFixed(100) : String(bigintOf(value)))
    .replace('-', '')
    .split('.');
  const digits = whole + fraction;
  const end = whole.length + places;
  let kept = BigInt(digits.slice(0, Math.max(end, 0)) || '0');
  const rest = end < 0 ? '0' : digits.slice(end);
  const half = `5${'0'.repeat(Math.max(rest.length - 1, 0))}`;
  if (mode === 'round' && (rest > half || (rest === half && kept % 2n === 1n))) kept += 1n;
  if (negative) kept = -kept;
  return kind === 'double' ? double(Number(`${kept}e${-places}`)) : integer(kept * 10n ** BigInt(-places), kind);
}
