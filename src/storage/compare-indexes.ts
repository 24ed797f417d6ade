/** What exists held against what is declared. Pure. */
import { isDeepStrictEqual } from 'node:util';

export interface IndexShape {
  readonly name: string;
  readonly key: Readonly<Record<string, unknown>>;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface IndexComparison {
  readonly missing: readonly IndexShape[];
  /** Declared, but there with other options, or another index has its name. */
  readonly differing: readonly { readonly declared: IndexShape; readonly existing: IndexShape }[];
  /** There, but declared by nobody. */
  readonly leftover: readonly IndexShape[];
}

/** The options that change what an index does. */
const MEANINGFUL = [
  'unique',
  'sparse',
  'expireAfterSeconds',
  'partialFilterExpression',
  'collation',
  'hidden',
  'wildcardProjection',
];

/** An index from its fields as listIndexes or createIndexes have them; without a name MongoDB's own. */
export function toIndexShape({
  name,
  key,
  ...rest
}: { readonly key: object; readonly name?: string } & Readonly<Record<string, unknown>>): IndexShape {
  const own = Object.entries(key).flat().join('_');
  const options = MEANINGFUL.flatMap((option) => {
    const value = rest[option];
    return value === undefined || value === false ? [] : [[option, value] as const];
  });
  return { name: name ?? own, key: key as IndexShape['key'], options: Object.fromEntries(options) };
}

/** Two indexes are the same one when their keys are, in order; the index of `_id` is left out. */
export function compareIndexes(
  declared: readonly IndexShape[],
  existing: readonly IndexShape[],
): IndexComparison {
  const others = existing.filter(({ name }) => name !== '_id_');
  const missing: IndexShape[] = [];
  const differing: { declared: IndexShape; existing: IndexShape }[] = [];
  const accounted = new Set<IndexShape>();
  for (const wanted of declared) {
    const same = others.find(({ key }) => isSameKey(key, wanted.key));
    const found = same ?? others.find(({ name }) => name === wanted.name);
    if (found === undefined) {
      missing.push(wanted);
      continue;
    }
    accounted.add(found);
    if (found !== same || !isDeepStrictEqual(found.options, wanted.options))
      differing.push({ declared: wanted, existing: found });
  }
  return { missing, differing, leftover: others.filter((index) => !accounted.has(index)) };
}

function isSameKey(a: IndexShape['key'], b: IndexShape['key']): boolean {
  return isDeepStrictEqual(Object.entries(a), Object.entries(b));
}
