/** Aggregation: what an index can do is done by the planner, the rest by mingo. */
import { Aggregator } from 'mingo/aggregator';
import { type Iterator as Items, Lazy } from 'mingo/lazy';
import { $lookup } from 'mingo/operators/pipeline';
import type { Options } from 'mingo/types';
import type { Collection } from './catalog.ts';
import { someValueAt } from './document-path.ts';
import { type Execution, execute, type Query } from './execute.ts';
import { MongoFault } from './fault.ts';
import { encodeKey } from './key-encoding.ts';
import { operatorContext } from './operators.ts';
import { type Document, decode, encode } from './raw-bson.ts';
import type { Store } from './store.ts';

export interface Aggregation {
  readonly store: Store;
  readonly database: string;
  /** undefined: the collection does not exist, or the pipeline needs none. */
  readonly collection: Collection | undefined;
  readonly pipeline: readonly Document[];
  readonly hint?: unknown;
  readonly variables?: Document | undefined;
}

const stageName = (stage: Document | undefined): string => Object.keys(stage ?? {})[0] ?? '';

/** The stages a query can do in their stead, from the first on: $match, then $sort, $skip and $limit once each. */
function takeQuery(pipeline: readonly Document[]): {
  query: Query & { filter: Document };
  rest: readonly Document[];
} {
  const filters: Document[] = [];
  let at = 0;
  while (stageName(pipeline[at]) === '$match')
    filters.push((pipeline[at++] as Document)['$match'] as Document);
  const take = (name: string): unknown =>
    stageName(pipeline[at]) === name ? (pipeline[at++] as Document)[name] : undefined;
  const sort = take('$sort') as Document | undefined;
  const skip = take('$skip') as number | undefined;
  const limit = take('$limit') as number | undefined;
  const filter = filters.length > 1 ? { $and: filters } : (filters[0] ?? {});
  return { query: { filter, sort, skip, limit }, rest: pipeline.slice(at) };
}

function checkStages(pipeline: readonly Document[]): void {
  for (const stage of pipeline) {
    const name = stageName(stage);
    if (name === '$changeStream') {
      throw new MongoFault(
        'ChangeStreamOnStandalone',
        'The $changeStream stage is only supported on replica sets',
      );
    }
    if (['$geoNear', '$search', '$vectorSearch', '$indexStats', '$collStats'].includes(name)) {
      throw new MongoFault('CommandNotSupported', `${name} is not supported by the embedded store`);
    }
    if (name === '$limit' && !(Number(stage['$limit']) > 0))
      throw new MongoFault('BadValue', 'the limit must be positive');
  }
}

/** The query at the head of the pipeline, as planned; for explain. */
export function planAggregation({
  store,
  collection,
  pipeline,
  hint,
  variables,
}: Aggregation): { execution: Execution; query: Query } | undefined {
  if (collection === undefined) return undefined;
  const { query } = takeQuery(pipeline);
  return { execution: execute(store, collection, { ...query, hint, variables }), query };
}

/**
 * @returns the results; the pipeline must not end in $out or $merge
 * @throws MongoFault for stages and operators that do not exist or are not supported
 */
export function* aggregate(aggregation: Aggregation): Generator<Buffer | undefined> {
  const { store, database, collection, pipeline, hint, variables = {} } = aggregation;
  checkStages(pipeline);
  const { query, rest } = takeQuery(pipeline);
  const hits = collection === undefined ? [] : execute(store, collection, { ...query, hint, variables }).hits;
  if (rest.length === 0) {
    for (const hit of hits) yield hit?.raw;
    return;
  }
  if (countsOnly(rest)) {
    let count = 0;
    for (const hit of hits) if (hit !== undefined) count++;
    if (count > 0) yield encode({ _id: 1, n: count });
    return;
  }
  const read = (name: string, filter: Document = {}): Document[] => {
    const from = store.find(`${database}.${name}`);
    return from === undefined ? [] : [...decoded(execute(store, from, { filter }).hits)];
  };
  const context = operatorContext({ $lookup: lookupBy(read) });
  const results = new Aggregator([...rest], { context, variables, collectionResolver: read }).stream(
    decoded(hits),
  );
  for (const result of results as Iterable<Document>) yield encode(result);
}

function* decoded(hits: Iterable<{ readonly raw: Buffer } | undefined>): Generator<Document> {
  for (const hit of hits) if (hit !== undefined) yield decode(hit.raw);
}

/** What the driver's countDocuments asks for. */
function countsOnly(rest: readonly Document[]): boolean {
  const group = rest.length === 1 ? (rest[0]?.['$group'] as Document | undefined) : undefined;
  return group !== undefined && encodeKey(group).equals(encodeKey({ _id: 1, n: { $sum: 1 } }));
}

/** mingo joins in memory; this reads, by index where there is one, only what can join. */
function lookupBy(read: (name: string, filter?: Document) => Document[]) {
  return (documents: Items, spec: Document, options: Options): Items => {
    const { from, localField, foreignField } = spec as {
      from?: unknown;
      localField?: string;
      foreignField?: string;
    };
    const join = $lookup as unknown as (documents: Items, spec: Document, options: Options) => Items;
    if (typeof from !== 'string') return join(documents, spec, options);
    if (localField === undefined || foreignField === undefined)
      return join(documents, { ...spec, from: read(from) }, options);
    return documents.transform((all: Document[]) => {
      const values = new Map<string, unknown>();
      for (const document of all) {
        someValueAt(document, localField.split('.'), (value) => {
          if (!Array.isArray(value)) values.set(encodeKey(value).toString('latin1'), value ?? null);
          return false;
        });
      }
      const foreign = read(from, { [foreignField]: { $in: [...values.values()] } });
      return join(Lazy(all), { ...spec, from: foreign }, options);
    });
  };
}
