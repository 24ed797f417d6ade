/** Runs a plan: from ranges of an index to the documents asked for. */

import { isPlainObject } from '../bson/document-path.ts';
import { type Document, decode, decodeExact } from '../bson/raw-bson.ts';
import { type Collection, ID_INDEX } from '../store/catalog.ts';
import type { Store } from '../store/store.ts';
import { compileFilter, prepareFilter } from './filter.ts';
import { choosePlan, type Plan } from './planner.ts';
import { parseSort, sortKey } from './sort.ts';

export interface Query {
  readonly filter: Document;
  readonly sort?: Document | undefined;
  readonly skip?: number | undefined;
  /** 0: all. */
  readonly limit?: number | undefined;
  readonly hint?: unknown;
  readonly min?: Document | undefined;
  readonly max?: Document | undefined;
  readonly variables?: Document | undefined;
}

/** A document that was found. */
export interface Hit {
  /** Its _id, encoded. */
  readonly id: Buffer;
  readonly raw: Buffer;
}

export interface Work {
  keysExamined: number;
  docsExamined: number;
}

/** Documents looked at in vain before the caller is let breathe. */
const BREATH = 64;

export interface Execution {
  readonly plan: Plan;
  readonly work: Work;
  /** What was found, in order; undefined now and then while nothing is, so that others get their turn. */
  readonly hits: Generator<Hit | undefined>;
}

/** Plans and prepares a query. Nothing is read before `hits` is. */
export function execute(store: Store, collection: Collection, query: Query): Execution {
  const sort = parseSort(query.sort);
  const filter = prepareFilter(query.filter);
  const plan = choosePlan({
    collection,
    filter,
    sort: sort.filter(([path]) => path !== '$natural'),
    hint: query.sort?.['$natural'] === undefined ? query.hint : query.sort,
    min: query.min,
    max: query.max,
    prefixOf: (index) => store.prefix(collection, index),
    measure: store.measure,
  });
  const matches = plan.check ? compileMatcher(filter, query.variables) : undefined;
  const work = { keysExamined: 0, docsExamined: 0 };
  const found = fetch(store, collection, plan, matches, work);
  const { skip = 0, limit = 0 } = query;
  const ordered = plan.sorted
    ? found
    : sortHits(found, sort, limit === 0 ? Number.POSITIVE_INFINITY : skip + limit);
  return { plan, work, hits: slice(ordered, skip, limit) };
}

/** Whether a stored document matches. @throws MongoFault for a filter that is wrong */
export function compileMatcher(filter: Document, variables?: Document): (raw: Buffer) => boolean {
  const matches = compileFilter(filter, variables);
  const read = asksForNumberTypes(filter) ? decodeExact : decode;
  return (raw) => matches(read(raw));
}

/** Whether a filter tells 1 from 1.0: reading with those types costs more, and few ask. */
function asksForNumberTypes(filter: unknown): boolean {
  if (Array.isArray(filter)) return filter.some(asksForNumberTypes);
  if (!isPlainObject(filter)) return false;
  return Object.entries(filter).some(([name, value]) => name === '$type' || asksForNumberTypes(value));
}

function* fetch(
  store: Store,
  collection: Collection,
  { steps }: Plan,
  matches: ((raw: Buffer) => boolean) | undefined,
  work: Work,
): Generator<Hit | undefined> {
  // One document may have several entries in an index over arrays, or match several branches of an $or.
  const seen =
    steps.length > 1 || steps.some(({ index }) => index.multikey !== 0) ? new Set<string>() : undefined;
  let idle = 0;
  for (const { index, point, ranges, reverse } of steps) {
    if (point !== undefined) {
      const raw = store.get(collection, point);
      if (raw === undefined) continue;
      work.keysExamined++;
      work.docsExamined++;
      yield { id: point, raw };
      continue;
    }
    for (const range of ranges) {
      for (const found of store.scan(collection, index, range, reverse)) {
        work.keysExamined++;
        if (seen !== undefined) {
          const id = found.id.toString('latin1');
          if (seen.has(id)) continue;
          seen.add(id);
        }
        const { raw } = found;
        work.docsExamined++;
        if (matches === undefined || matches(raw)) yield { id: found.id, raw };
        else if (++idle % BREATH === 0) yield undefined;
      }
    }
  }
}

function* sortHits(
  hits: Iterable<Hit | undefined>,
  sort: ReturnType<typeof parseSort>,
  most: number,
): Generator<Hit | undefined> {
  let kept: { readonly key: Buffer; readonly hit: Hit }[] = [];
  const order = (): void => void kept.sort((a, b) => Buffer.compare(a.key, b.key));
  for (const hit of hits) {
    if (hit === undefined) {
      yield undefined;
      continue;
    }
    kept.push({ key: sortKey(decode(hit.raw), sort), hit });
    if (kept.length % BREATH === 0) yield undefined;
    // Of a sorted page only the page is kept, not the collection.
    if (kept.length > most * 2 + 1000) {
      order();
      kept = kept.slice(0, most);
    }
  }
  order();
  for (const { hit } of kept.slice(0, most)) yield hit;
}

function* slice(hits: Iterable<Hit | undefined>, skip: number, limit: number): Generator<Hit | undefined> {
  let seen = 0;
  for (const hit of hits) {
    if (hit !== undefined && seen++ < skip) continue;
    yield hit;
    if (limit > 0 && seen === skip + limit) return;
  }
}

/** How many documents match; by the index alone where it holds exactly those, once each. */
export function countHits(store: Store, collection: Collection, query: Query): number {
  const { plan, hits } = execute(store, collection, query);
  const [step, ...more] = plan.steps;
  const { skip = 0, limit = 0 } = query;
  if (step !== undefined && more.length === 0 && !plan.check && step.index.multikey === 0) {
    const found = step.ranges.reduce((sum, range) => sum + store.measure(step.index, range, 0xffffffff), 0);
    const rest = Math.max(0, found - skip);
    return limit > 0 ? Math.min(limit, rest) : rest;
  }
  let count = 0;
  for (const hit of hits) if (hit !== undefined) count++;
  return count;
}

/** The first hit, or undefined. */
export function firstHit(store: Store, collection: Collection, query: Query): Hit | undefined {
  for (const hit of execute(store, collection, { ...query, limit: 1 }).hits)
    if (hit !== undefined) return hit;
  return undefined;
}

/** The plan in the shape of explain's winningPlan. */
export function describePlan({ steps, sorted, check }: Plan, { filter, sort, skip, limit }: Query): Document {
  const stages = steps.map(({ index, ranges, reverse }): Document => {
    const direction = reverse ? 'backward' : 'forward';
    const whole = ranges.length === 1 && ranges[0]?.low.length === 4;
    if (index.id === ID_INDEX && whole) return { stage: 'COLLSCAN', direction, ...(check ? { filter } : {}) };
    const scan = {
      stage: 'IXSCAN',
      keyPattern: index.spec.key,
      indexName: index.spec.name,
      isMultiKey: index.multikey !== 0,
      isUnique: index.spec.unique === true || index.id === ID_INDEX,
      isSparse: index.spec.sparse === true,
      isPartial: index.spec.partialFilterExpression !== undefined,
      direction,
      ranges: ranges.length,
    };
    return { stage: 'FETCH', ...(check ? { filter } : {}), inputStage: scan };
  });
  const [first = {}] = stages;
  let plan: Document = stages.length === 1 ? first : { stage: 'OR', inputStages: stages };
  if (!sorted) plan = { stage: 'SORT', sortPattern: sort, inputStage: plan };
  if (skip) plan = { stage: 'SKIP', skipAmount: skip, inputStage: plan };
  if (limit) plan = { stage: 'LIMIT', limitAmount: limit, inputStage: plan };
  return plan;
}
