/** The places an update path means in a document: its $, $[] and $[name] resolved. */
import { valueAt } from '../bson/document-path.ts';
import type { Document } from '../bson/raw-bson.ts';
import { MongoFault } from '../fault.ts';
import { compileFilter } from '../query/filter.ts';
import { promoted } from './update-operators.ts';

export interface UpdateContext {
  /** The command's filter, which the positional $ refers to. */
  readonly filter: Document;
  readonly arrayFilters: readonly Document[];
  /** True when an upsert makes a new document. */
  readonly inserting: boolean;
  readonly variables?: Document | undefined;
}

/** @throws MongoFault BadValue when there is no array, or the filter says nothing of it */
export function concretePaths(document: Document, path: string, context: UpdateContext): string[][] {
  let paths: string[][] = [[]];
  for (const step of path.split('.')) {
    if (!/^\$(\[.*\])?$/.test(step)) {
      paths = paths.map((known) => [...known, step]);
      continue;
    }
    paths = paths.flatMap((known) => {
      const array = valueAt(document, known);
      if (!Array.isArray(array)) {
        throw new MongoFault(
          'BadValue',
          `The path '${known.join('.')}' must exist in the document in order to apply array updates.`,
        );
      }
      return positions(array, known.join('.'), step, context).map((at) => [...known, String(at)]);
    });
  }
  return paths;
}

function positions(
  array: readonly unknown[],
  path: string,
  step: string,
  { filter, arrayFilters }: UpdateContext,
): number[] {
  const all = [...array.keys()];
  if (step === '$[]') return all;
  if (step === '$') {
    const found = positionalMatch(array, path, filter);
    if (found === -1)
      throw new MongoFault(
        'BadValue',
        'The positional operator did not find the match needed from the query.',
      );
    return [found];
  }
  const name = step.slice(2, -1);
  const condition = arrayFilters.find((one) => namesIn(one).has(name));
  if (condition === undefined)
    throw new MongoFault(
      'BadValue',
      `No array filter found for identifier '${name}' in path '${path}.${step}'`,
    );
  const matches = compileFilter(promoted(condition) as Document);
  return all.filter((at) => matches({ [name]: promoted(array[at]) }));
}

/** The first element that meets what the filter says of the array: all of it where there is one, else any part. */
function positionalMatch(array: readonly unknown[], path: string, filter: Document): number {
  const tests: ((document: Document) => boolean)[] = [];
  const collect = (part: Document): void => {
    for (const [field, condition] of Object.entries(part)) {
      if (field === '$and' || field === '$or') for (const inner of condition as Document[]) collect(inner);
      else if (field === path || field.startsWith(`${path}.`))
        tests.push(compileFilter(promoted({ [`v${field.slice(path.length)}`]: condition }) as Document));
    }
  };
  collect(filter);
  if (tests.length === 0) return -1;
  const items = array.map((item) => ({ v: [promoted(item)] }));
  const whole = items.findIndex((item) => tests.every((matches) => matches(item)));
  return whole !== -1 ? whole : items.findIndex((item) => tests.some((matches) => matches(item)));
}

/** @throws MongoFault FailedToParse for array filters that are ambiguous or not used by any of the paths */
export function checkArrayFilters(paths: readonly string[], filters: readonly Document[]): void {
  const names = filters.map((filter) => [...namesIn(filter)]);
  for (const [at, [name, ...others]] of names.entries()) {
    if (name === undefined) continue;
    if (others.length > 0) {
      throw new MongoFault(
        'FailedToParse',
        `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${name}' and '${others[0]}'`,
      );
    }
    if (names.slice(0, at).some(([other]) => other === name)) {
      throw new MongoFault(
        'FailedToParse',
        `Found multiple array filters with the same top-level field name ${name}`,
      );
    }
    if (!paths.some((path) => path.split('.').includes(`$[${name}]`))) {
      throw new MongoFault(
        'FailedToParse',
        `The array filter for identifier '${name}' was not used in the update`,
      );
    }
  }
}

/** The names an array filter is about; they may stand below $and and $or. */
function namesIn(filter: Document): Set<string> {
  return new Set(
    Object.entries(filter).flatMap(([field, value]) =>
      field.startsWith('$')
        ? (value as Document[]).flatMap((inner) => [...namesIn(inner)])
        : (field.split('.')[0] ?? ''),
    ),
  );
}
