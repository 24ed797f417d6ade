/** What the fuzzer throws: values that nearly fit a schema, and what becomes of them. */
import fc from 'fast-check';
import { z } from 'zod';

/** A JSON schema, as far as it is looked at. */
type Schema = Readonly<Record<string, unknown>>;

export interface Inputs {
  /** Fits the schema, mostly. */
  readonly fill: (schema: Schema) => unknown;
  /** Something between two values: parts taken out, swapped, made long, or put in another's place. */
  readonly mutate: (value: unknown, other: unknown) => unknown;
  /** Anything that JSON can say. */
  readonly anything: () => unknown;
  readonly pick: <Value>(from: readonly Value[]) => Value;
  readonly chance: (share: number) => boolean;
  /** Something that a real answer named: an id, a code, a place. */
  readonly learn: (text: string) => void;
  readonly word: () => string;
}

// biome-ignore format: a list, read as one
const NAUGHTY: readonly unknown[] = [
  '', ' ', '\u0000', '\ud800', '\u202e', 'ﷺ'.repeat(50), '👩‍👩‍👧‍👦'.repeat(20), 'a'.repeat(2_001), 'ạ'.repeat(500),
  '__proto__', 'constructor', 'toString', '$where', '$ne', 'a.b', '.', '..', '../../etc/passwd', '%00', '%zz',
  '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' OR 1=1 --", '{{7*7}}', '$' + '{7*7}', '=1+1',
  '-1', '1e309', '00', 'NaN', 'null', 'undefined', '2026-02-30', '9999-12-31T23:59:59.999Z', '0000-00-00T00:00:00Z',
  '0912345678', '0123456789012', 'lan@example.vn', 'f'.repeat(24), '0'.repeat(24), 'a'.repeat(43),
  0, -0, -1, 1, 0.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, true, false, null, [], {}, [[]], [null],
  { $ne: null }, { $gt: '' }, { toString: 1 }, { length: 1e9 }, JSON.parse('{"__proto__":{"a":1}}'),
];

export function createInputs(seed: number, random: () => number): Inputs {
  const chance = (share: number): boolean => random() < share;
  const pick = <Value>(from: readonly Value[]): Value => from[Math.floor(random() * from.length)] as Value;
  const junk = fc.sample(fc.jsonValue({ maxDepth: 4 }), { seed, numRuns: 2_000 });
  const words = fc.sample(fc.string({ unit: 'binary', maxLength: 60 }), { seed, numRuns: 500 });
  const learned: string[] = ['vi', 'android', 'password.forgot', 'PA-222222', 'quên mật khẩu vssid'];
  const anything = (): unknown => (chance(0.5) ? pick(NAUGHTY) : pick(junk));
  const word = (): string => {
    if (chance(0.5)) return pick(learned);
    const naughty = pick(NAUGHTY);
    return typeof naughty === 'string' && chance(0.5) ? naughty : pick(words);
  };

  const fitText = ({ pattern, format, maxLength, minLength = 0 }: Schema): string => {
    if (format === 'date-time') return new Date(Math.floor(random() * 2e12)).toISOString();
    const matcher = typeof pattern === 'string' ? new RegExp(pattern, 'u') : null;
    for (let tries = 0; tries < 20; tries++) {
      const tried = chance(0.5)
        ? pick(learned)
        : pick([...words.slice(0, 50), 'abcdefghij', 'f'.repeat(24), 'a'.repeat(43)]);
      const fits = tried.length >= Number(minLength) && tried.length <= Number(maxLength ?? 1e4);
      if (fits && (matcher === null || matcher.test(tried))) return tried;
    }
    return pick(learned);
  };
  const fill = (schema: Schema): unknown => {
    if ('const' in schema) return schema['const'];
    if (Array.isArray(schema['enum'])) return pick(schema['enum']);
    const either = (schema['anyOf'] ?? schema['oneOf'] ?? schema['allOf']) as Schema[] | undefined;
    if (either !== undefined) return fill(pick(either));
    switch (schema['type']) {
      case 'object':
        return fitObject(schema);
      case 'array':
        return Array.from({ length: Math.floor(random() * 3) }, () =>
          fill((schema['items'] ?? {}) as Schema),
        );
      case 'string':
        return fitText(schema);
      case 'integer':
      case 'number': {
        const least = Number(schema['minimum'] ?? 0);
        return least + Math.floor(random() * Math.min(10, Number(schema['maximum'] ?? 10) - least + 1));
      }
      case 'boolean':
        return chance(0.5);
      case 'null':
        return null;
      default:
        return anything();
    }
  };
  const fitObject = (schema: Schema): Record<string, unknown> => {
    const properties = (schema['properties'] ?? {}) as Record<string, Schema>;
    const required = (schema['required'] ?? []) as string[];
    const made: Record<string, unknown> = {};
    for (const [name, property] of Object.entries(properties))
      if (required.includes(name) || chance(0.5)) made[name] = fill(property);
    return made;
  };

  const mutate = (value: unknown, other: unknown): unknown => {
    if (chance(0.15)) return anything();
    if (typeof value === 'string') {
      const at = Math.floor(random() * (value.length + 1));
      return pick([word(), value.slice(0, at) + word() + value.slice(at), value.slice(at), value.repeat(3)]);
    }
    if (typeof value === 'number') return pick([-value, value + 1, value / 3, value * 1e9, String(value)]);
    if (Array.isArray(value)) {
      const [first = other] = value as unknown[];
      return pick([
        [...value, anything()],
        [],
        Array.from({ length: 300 }, () => first),
        value.map((one) => mutate(one, other)),
      ]);
    }
    if (typeof value !== 'object' || value === null) return other;
    const entries = Object.entries(value);
    if (entries.length === 0) return other;
    const [name] = pick(entries);
    return Object.fromEntries(
      entries.flatMap(([key, one]) => {
        if (key !== name) return [[key, one]];
        return pick([
          [],
          [[key, mutate(one, other)]],
          [[key, anything()]],
          [
            [key, one],
            [word(), anything()],
          ],
        ]);
      }),
    );
  };

  return {
    fill,
    mutate,
    anything,
    pick,
    chance,
    word,
    learn(text) {
      if (learned.length < 400) learned.push(text);
      else learned[5 + Math.floor(random() * 395)] = text;
    },
  };
}

/** Every schema that the contracts have for something that comes in. */
export function readSchemas(modules: readonly object[]): Schema[] {
  return modules.flatMap((module) =>
    Object.values(module).flatMap((exported: unknown) =>
      exported instanceof z.ZodType ? [toSchema(exported)] : [],
    ),
  );
}

export function toSchema(type: z.ZodType): Schema {
  return z.toJSONSchema(type, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema;
}
