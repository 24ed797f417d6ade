/**
 * $lookup over collections. mingo's reads all of the other collection, and joins a pipeline to all of it where only
 * what matches should be joined.
 */
import { Aggregator } from 'mingo/aggregator';
import { evalExpr } from 'mingo/core';
import { type Iterator, Lazy } from 'mingo/lazy';
import { $lookup as theirLookup } from 'mingo/operators/pipeline';
import type { Options } from 'mingo/types';
import { someValueAt, withValueAt } from '../bson/document-path.ts';
import { encodeKey } from '../bson/key-encoding.ts';
import type { Document } from '../bson/raw-bson.ts';

type Stage = (documents: Iterator, spec: Lookup, options: Options) => Iterator;

interface Lookup {
  readonly from?: unknown;
  readonly localField?: string;
  readonly foreignField?: string;
  readonly let?: Document;
  readonly pipeline?: Document[];
  readonly as: string;
}

const keyOf = (value: unknown): string => encodeKey(value).toString('latin1');

/** The values a field joins by: of an array its elements, null where there is none. */
function joinValues(document: Document, field: string): Map<string, unknown> {
  const values = new Map<string, unknown>();
  someValueAt(document, field.split('.'), (value, isElement) => {
    if (isElement || !Array.isArray(value)) values.set(keyOf(value), value ?? null);
    return false;
  });
  return values;
}

/** Finds documents of a collection of the same database, by index where there is one; mingo's collectionResolver. */
export type ReadCollection = (name: string, filter?: Document) => Document[];

export const $lookup: Stage = (documents, spec, options) => {
  const { from, localField, foreignField, let: bound, pipeline = [], as } = spec;
  if (typeof from !== 'string') return (theirLookup as unknown as Stage)(documents, spec, options);
  const { context, collectionResolver } = options;
  const read = collectionResolver as ReadCollection;
  return documents.transform((all: Document[]) => {
    const matches =
      localField !== undefined && foreignField !== undefined
        ? matchBy(all, localField, foreignField, (filter) => read(from, filter))
        : () => read(from);
    return Lazy(
      all.map((document) => {
        let found = matches(document);
        if (pipeline.length > 0) {
          const values = bound ? (evalExpr(document, bound, options) as Document) : {};
          const variables = { ...options.variables, ...values };
          const inner = { context, variables, collectionResolver: read } as Partial<Options>;
          found = new Aggregator(pipeline, inner).run<Document>(found);
        }
        return withValueAt(document, as.split('.'), found);
      }),
    );
  });
};

function matchBy(
  all: readonly Document[],
  localField: string,
  foreignField: string,
  read: (filter: Document) => Document[],
): (document: Document) => Document[] {
  const wanted = new Map<string, unknown>();
  const valuesOf = (document: Document): Map<string, unknown> => {
    const values = joinValues(document, localField);
    return values.size === 0 ? new Map([[keyOf(null), null]]) : values;
  };
  for (const document of all) for (const [key, value] of valuesOf(document)) wanted.set(key, value);
  // A pattern is compared, not matched.
  const $in = [...wanted.values()].filter((value) => !(value instanceof RegExp));
  const foreign = read({ [foreignField]: { $in } });
  const places = new Map<string, number[]>();
  for (const [at, document] of foreign.entries()) {
    for (const key of joinValues(document, foreignField).keys())
      places.set(key, [...(places.get(key) ?? []), at]);
  }
  return (document) => {
    const found = new Set([...valuesOf(document).keys()].flatMap((key) => places.get(key) ?? []));
    return [...found].sort((a, b) => a - b).map((at) => foreign[at] as Document);
  };
}
