/** Aggregation: what an index can do is done by the planner, the rest by mingo. */
import { Aggregator } from 'mingo/aggregator';
import { encodeKey } from '../bson/key-encoding.ts';
import { type Document, decode, encode } from '../bson/raw-bson.ts';
import type { Collection } from '../store/catalog.ts';
import type { Store } from '../store/store.ts';
import { checkPipeline, stageName } from './check-pipeline.ts';
import { countHits, type Execution, execute, type Query } from './execute.ts';
import { compilePatterns } from './filter.ts';
import type { ReadCollection } from './lookup.ts';
import { operatorContext } from './operators.ts';

export interface Aggregation {
  readonly store: Store;
  readonly database: string;
  /** undefined: the collection does not exist, or the pipeline needs none. */
  readonly collection: Collection | undefined;
  readonly pipeline: readonly Document[];
  readonly hint?: unknown;
  readonly variables?: Document | undefined;
}

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
  checkPipeline(pipeline);
  const { query, rest } = takeQuery(pipeline);
  if (stageName(rest[0]) === '$collStats') {
    yield encode({ ns: collection?.namespace, count: collection?.count ?? 0 });
    return;
  }
  const whole = { ...query, hint, variables };
  if (countsOnly(rest)) {
    const count = collection === undefined ? 0 : countHits(store, collection, whole);
    if (count > 0) yield encode({ _id: 1, n: count });
    return;
  }
  const hits = collection === undefined ? [] : execute(store, collection, whole).hits;
  if (rest.length === 0) {
    for (const hit of hits) yield hit?.raw;
    return;
  }
  const read: ReadCollection = (name, filter = {}) => {
    const from = store.find(`${database}.${name}`);
    return from === undefined ? [] : [...decoded(execute(store, from, { filter }).hits)];
  };
  const options = { context: operatorContext, variables, collectionResolver: read };
  const results = new Aggregator(compilePatterns(rest) as Document[], options).stream(decoded(hits));
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
