/** Stages that mingo carries out otherwise than MongoDB, each with what is wrong in mingo's. */
import { evalExpr } from 'mingo/core';
import { type Iterator, Lazy } from 'mingo/lazy';
import { $redact as theirRedact } from 'mingo/operators/pipeline';
import type { Options } from 'mingo/types';
import { valueAt, withValueAt } from '../bson/document-path.ts';
import { compareValues } from '../bson/key-encoding.ts';
import type { Document } from '../bson/raw-bson.ts';
import { MongoFault } from '../fault.ts';
import { sortDocuments } from './sort.ts';

type Stage = (documents: Iterator, spec: never, options: Options) => Iterator;

/** mingo's has an order of its own across types, and over arrays. */
const $sort: Stage = (documents, spec: Document) =>
  documents.transform((all: Document[]) => Lazy(sortDocuments(all, spec)));

/** mingo's says 0 of nothing; MongoDB says nothing. */
const $count: Stage = (documents, name: string) =>
  documents.transform((all: Document[]) => Lazy(all.length === 0 ? [] : [{ [name]: all.length }]));

/** mingo's puts undefined in the place of a document it prunes. */
const $redact: Stage = (documents, spec, options) =>
  (theirRedact as unknown as Stage)(documents, spec, options).filter((document) => document !== undefined);

/** mingo's draws with replacement. */
const $sample: Stage = (documents, { size }: { readonly size: number }) =>
  documents.transform((all: Document[]) => {
    const drawn = [...all];
    for (let at = 0; at < Math.min(size, drawn.length); at++) {
      const other = at + Math.floor(Math.random() * (drawn.length - at));
      [drawn[at], drawn[other]] = [drawn[other] as Document, drawn[at] as Document];
    }
    return Lazy(drawn.slice(0, size));
  });

interface Buckets {
  readonly groupBy: unknown;
  readonly boundaries: readonly unknown[];
  readonly default?: unknown;
  readonly output?: Document;
}

/** mingo's puts a value that equals a boundary into the bucket below. */
const $bucket: Stage = (documents, spec: Buckets, options) => {
  const { groupBy, boundaries, output = { count: { $sum: 1 } } } = spec;
  const rising = boundaries.every((value, at) => at === 0 || compareValues(boundaries[at - 1], value) < 0);
  if (boundaries.length < 2 || !rising) {
    throw new MongoFault(
      'Location40194',
      "The 'boundaries' option to $bucket must be sorted, and at least two",
    );
  }
  return documents.transform((all: Document[]) => {
    const buckets: Document[][] = boundaries.map(() => []);
    for (const document of all) {
      const value = evalExpr(document, groupBy as never, options) as unknown;
      const above = boundaries.findIndex((boundary) => compareValues(value, boundary) < 0);
      // Behind the last boundary, and before the first, is the default bucket: the last of the list.
      const at = above > 0 ? above - 1 : boundaries.length - 1;
      if (above <= 0 && !('default' in spec)) {
        throw new MongoFault(
          'Location40066',
          '$switch could not find a matching branch for an input, and no default was specified.',
        );
      }
      buckets[at]?.push(document);
    }
    const names = [...boundaries.slice(0, -1), spec.default];
    return Lazy(
      buckets.flatMap((bucket, at) =>
        bucket.length === 0
          ? []
          : [{ _id: names[at], ...(evalExpr(bucket as never, output, options) as Document) }],
      ),
    );
  });
};

/** mingo's changes what documents share, so that later fields of the stage see the new value. */
const $addFields: Stage = (documents, spec: Document, options) =>
  documents.map((document: Document) => {
    const values = Object.entries(spec).map(([path, expression]) => ({
      path: path.split('.'),
      value: evalExpr(document, expression as never, options) as unknown,
    }));
    return values.reduce<unknown>((changed, { path, value }) => withValueAt(changed, path, value), document);
  });

interface Unwinding {
  readonly path: string;
  readonly includeArrayIndex?: string;
  readonly preserveNullAndEmptyArrays?: boolean;
}

/** mingo's loses '' and {}. */
const $unwind: Stage = (documents, spec: string | Unwinding) => {
  const {
    path,
    includeArrayIndex,
    preserveNullAndEmptyArrays = false,
  }: Unwinding = typeof spec === 'string' ? { path: spec } : spec;
  const steps = path.slice(1).split('.');
  const numbered = (document: unknown, at: number | null): unknown =>
    includeArrayIndex === undefined ? document : withValueAt(document, includeArrayIndex.split('.'), at);
  return documents.transform((all: Document[]) =>
    Lazy(
      all.flatMap((document): unknown[] => {
        const value = valueAt(document, steps);
        if (Array.isArray(value) && value.length > 0) {
          return value.map((item: unknown, at) => numbered(withValueAt(document, steps, item), at));
        }
        const isNothing = value === null || value === undefined || Array.isArray(value);
        if (isNothing && !preserveNullAndEmptyArrays) return [];
        return [numbered(Array.isArray(value) ? withValueAt(document, steps, undefined) : document, null)];
      }),
    ),
  );
};

export const MENDED_STAGES = {
  $sort,
  $count,
  $redact,
  $sample,
  $bucket,
  $addFields,
  $set: $addFields,
  $unwind,
};
