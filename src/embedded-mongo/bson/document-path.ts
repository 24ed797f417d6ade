/** What a dotted path finds in a document, as queries see it and as indexes see it. */
import { DBRef } from 'bson';
import { MongoFault } from '../fault.ts';
import { EMPTY_ARRAY } from './key-encoding.ts';
import type { Document } from './raw-bson.ts';

/** A step of a path that may be a place in an array. */
export const POSITION = /^\d+$/;

/** A document proper: not an array, a date or any other BSON type. */
export function isPlainObject(value: unknown): value is Document {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value) as unknown;
  return prototype === Object.prototype || prototype === null;
}

const own = (document: Document, name: string): unknown =>
  Object.hasOwn(document, name) ? document[name] : undefined;

/**
 * Whether `visit` holds for something the path leads to. A query sees the value, and where it is an array
 * each of its elements too; a path goes through arrays of documents into each of them; undefined stands for
 * a field that is missing.
 */
export function someValueAt(
  document: Document,
  path: readonly string[],
  visit: (value: unknown, isElement: boolean) => boolean,
): boolean {
  const walk = (value: unknown, depth: number): boolean => {
    const name = path[depth];
    if (name === undefined)
      return visit(value, false) || (Array.isArray(value) && value.some((item) => visit(item, true)));
    if (isPlainObject(value)) return walk(own(value, name), depth + 1);
    // What bson makes of {$ref, $id} is still a document.
    if (value instanceof DBRef)
      return walk({ $ref: value.collection, $id: value.oid, $db: value.db, ...value.fields }, depth);
    if (!Array.isArray(value)) return visit(undefined, false);
    if (value.some((item) => isPlainObject(item) && walk(item, depth))) return true;
    if (!POSITION.test(name) || Number(name) >= value.length) return false;
    // An array at a place of an array is not looked into.
    const item: unknown = value[Number(name)];
    return depth === path.length - 1 ? visit(item, false) : walk(item, depth + 1);
  };
  return walk(document, 0);
}

export interface IndexedValues {
  /** One row for each index entry of the document, one value for each path. */
  readonly rows: readonly (readonly unknown[])[];
  /** Bit i is set when path i went through or ended in an array. */
  readonly multikey: number;
}

/**
 * The values under which an index over `paths` holds the document.
 * @throws MongoFault CannotIndexParallelArrays when two paths lead into different arrays
 */
export function indexedValues(document: unknown, paths: readonly (readonly string[])[]): IndexedValues {
  const row: unknown[] = [];
  const through: { readonly at: number; readonly rest: readonly string[] }[] = [];
  let array: readonly unknown[] | undefined;
  let arrayPath = '';
  paths.forEach((path, index) => {
    let value = document;
    let depth = 0;
    for (; depth < path.length; depth++) {
      const name = path[depth] ?? '';
      if (Array.isArray(value) && !(POSITION.test(name) && Number(name) < value.length)) break;
      value = Array.isArray(value)
        ? value[Number(name)]
        : isPlainObject(value)
          ? own(value, name)
          : undefined;
    }
    if (!Array.isArray(value)) {
      row[index] = value;
      return;
    }
    const here = path.slice(0, depth).join('.');
    if (array !== undefined && here !== arrayPath) {
      throw new MongoFault(
        'CannotIndexParallelArrays',
        `cannot index parallel arrays [${path.at(-1)}] [${arrayPath.split('.').at(-1)}]`,
      );
    }
    array = value;
    arrayPath = here;
    through.push({ at: index, rest: path.slice(depth) });
  });
  if (array === undefined) return { rows: [row], multikey: 0 };

  let multikey = through.reduce((bits, { at }) => bits | (1 << at), 0);
  if (array.length === 0) {
    for (const { at, rest } of through) row[at] = rest.length === 0 ? EMPTY_ARRAY : undefined;
    return { rows: [row], multikey };
  }
  const rows = array.flatMap((item) => {
    const deeper = through.filter(({ rest }) => rest.length > 0);
    // An element that is an array again is indexed as it is; only paths that go on look into it.
    const inner =
      Array.isArray(item) && deeper.length > 0
        ? { rows: [[]], multikey: 0 }
        : indexedValues(
            item,
            deeper.map(({ rest }) => rest),
          );
    for (const [i, { at }] of deeper.entries()) if (inner.multikey & (1 << i)) multikey |= 1 << at;
    return inner.rows.map((values) => {
      const full = [...row];
      for (const { at, rest } of through) if (rest.length === 0) full[at] = item;
      for (const [i, { at }] of deeper.entries()) full[at] = values[i];
      return full;
    });
  });
  return { rows, multikey };
}

/** The value at a path without arrays on the way, or undefined. */
export function valueAt(document: unknown, path: readonly string[]): unknown {
  let value = document;
  for (const name of path) {
    if (Array.isArray(value)) value = value[Number(name)];
    else if (isPlainObject(value)) value = own(value, name);
    else return undefined;
  }
  return value;
}

/**
 * A copy with the value at a path, which is made where it is not there; in an array of documents in each of them.
 * undefined takes the field away.
 */
export function withValueAt(target: unknown, path: readonly string[], value: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (Array.isArray(target)) return target.map((item) => withValueAt(item, path, value));
  const { [name]: old, ...others } = isPlainObject(target) ? target : {};
  const inner = withValueAt(old, rest, value);
  if (inner === undefined) return others;
  return isPlainObject(target) && Object.hasOwn(target, name)
    ? { ...target, [name]: inner }
    : { ...others, [name]: inner };
}
