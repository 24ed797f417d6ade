/**
 * Which index answers a filter, and what stretches of it. An index serves by the equalities on its first fields, then
 * one range, and gives the order where the sort follows its fields.
 */

import { ObjectId } from 'bson';
import { isPlainObject, POSITION } from '../bson/document-path.ts';
import { compareValues, indexKey } from '../bson/key-encoding.ts';
import type { Document } from '../bson/raw-bson.ts';
import { MongoFault } from '../fault.ts';
import { type Collection, ID_INDEX, type Index } from '../store/catalog.ts';
import { behind, type Range } from '../store/store.ts';
import { limitsOf, placeOf, readFilter, type Wanted } from './bounds.ts';
import type { SortSpec } from './sort.ts';

/** Stretches of one index. */
export interface Step {
  readonly index: Index;
  /** The one document it can be, by its _id, encoded. */
  readonly point?: Buffer;
  readonly ranges: readonly Range[];
  readonly reverse: boolean;
}

export interface Plan {
  /** One, or one for each branch of an $or; what several yield twice counts once. */
  readonly steps: readonly Step[];
  /** The ranges yield documents in the order asked for. */
  readonly sorted: boolean;
  /** False where the ranges hold exactly what matches, so that no document need be looked at. */
  readonly check: boolean;
  /** The ranges leave something out; false for a whole collection or index. */
  readonly bounded: boolean;
}

/** Products of $in lists over several fields beyond this are left to the check. */
const MOST_RANGES = 2000;
/** A key of the store has 1978 bytes; behind the head comes a range, or the _id. */
const LONGEST_HEAD = 1300;
/** How far candidates of equal rank are counted to tell which is the smaller. */
const MEASURE = 101;

interface Candidate extends Plan {
  readonly step: Step;
  readonly rank: number;
}

function planWith(index: Index, prefix: Buffer, wanted: Wanted, sort: SortSpec): Candidate | undefined {
  let heads: Buffer[] = [prefix];
  let ranges: Range[] | undefined;
  let equal = 0;
  let exactFields = 0;
  let multikeyUsed = false;
  const fixed = new Set<string>();
  for (const [at, { name, path, descending }] of index.fields.entries()) {
    const bounds = wanted.bounds.get(name);
    const multikey = (index.multikey & (1 << at)) !== 0;
    // Conditions on two fields of one array may be met by different elements.
    if (bounds === undefined || (multikey && multikeyUsed)) break;
    multikeyUsed ||= multikey;
    // Indexes look into an array at a place of an array, queries do not.
    const same = !path.some((step) => POSITION.test(step));
    if (bounds.points !== undefined) {
      if (heads.length * bounds.points.length > MOST_RANGES) break;
      const keys = distinct(bounds.points.map((point) => indexKey(point, descending)));
      if (LONGEST_HEAD < Math.max(...keys.map((key) => key.length)) + (heads[0]?.length ?? 0)) break;
      heads = heads.flatMap((head) => keys.map((key) => Buffer.concat([head, key])));
      if (keys.length === 1) fixed.add(name);
      equal++;
      if (same && bounds.low === undefined && bounds.high === undefined && bounds.prefix === undefined)
        exactFields++;
      continue;
    }
    const limits = limitsOf(bounds, multikey);
    if (limits === undefined) break;
    const places = [placeOf(limits.low, descending), placeOf(limits.high, descending)];
    const [low = prefix, high = prefix] = descending ? places.reverse() : places;
    ranges = heads.map((head) => ({ low: Buffer.concat([head, low]), high: Buffer.concat([head, high]) }));
    const isPrefix = bounds.prefix !== undefined && bounds.low === undefined && bounds.high === undefined;
    if (
      same &&
      (!multikey || isPrefix) &&
      (bounds.prefix === undefined || isPrefix) &&
      (bounds.low === undefined || bounds.high === undefined || bounds.low.key[0] === bounds.high.key[0])
    )
      exactFields++;
    break;
  }
  const bounded = equal > 0 || ranges !== undefined;
  const order = followsIndex(index, sort, fixed, heads.length === 1);
  if (!bounded && order === undefined) return undefined;
  const whole = equal === index.fields.length && (index.spec.unique === true || index.id === ID_INDEX);
  const rank = (whole ? 1000 : 0) + equal * 100 + (ranges ? 40 : 0) + (order === undefined ? 0 : 60);
  ranges ??= heads.map((head) => ({ low: head, high: behind(head) }));
  ranges.sort((a, b) => Buffer.compare(a.low, b.low));
  if (order === 'backward') ranges.reverse();
  const step = { index, ranges, reverse: order === 'backward' };
  return {
    step,
    steps: [step],
    sorted: sort.length === 0 || order !== undefined,
    check: !(wanted.exact && exactFields === wanted.bounds.size),
    bounded,
    rank,
  };
}

const distinct = (keys: readonly Buffer[]): Buffer[] => [
  ...new Map(keys.map((key) => [key.toString('latin1'), key])).values(),
];

/** Whether the entries come in the order of `sort`, forward or backward. `fixed` fields have one value in all of them. */
function followsIndex(
  index: Index,
  sort: SortSpec,
  fixed: ReadonlySet<string>,
  oneHead: boolean,
): 'forward' | 'backward' | undefined {
  const isMultikey = (at: number): boolean => (index.multikey & (1 << at)) !== 0;
  if (sort.length === 0 || index.truncated) return undefined;
  // An array that holds the one value is sorted by another of its elements.
  const settled = new Set(
    index.fields.filter(({ name }, at) => fixed.has(name) && !isMultikey(at)).map(({ name }) => name),
  );
  const open = sort.filter(([path]) => !settled.has(path));
  if (open.length === 0) return 'forward';
  const fields = index.fields.map((field, at) => ({ ...field, at })).filter(({ name }) => !fixed.has(name));
  // Several values before the sorted field give several ordered stretches, not one.
  if (!oneHead && index.fields[0]?.name !== open[0]?.[0]) return undefined;
  let turned: boolean | undefined;
  for (const [i, [path, direction]] of open.entries()) {
    const field = fields[i];
    if (field === undefined) {
      // Behind the last field the entries are in the order of _id.
      if (!(path === '_id' && i === fields.length)) return undefined;
      if (turned !== undefined && (direction === -1) !== turned) return undefined;
      turned ??= direction === -1;
      continue;
    }
    if (field.name !== path || isMultikey(field.at)) return undefined;
    const needsTurn = (direction === -1) !== field.descending;
    if (turned !== undefined && needsTurn !== turned) return undefined;
    turned = needsTurn;
  }
  return turned ? 'backward' : 'forward';
}

/** Whether the filter can only match documents that the index holds. */
function holdsAll({ spec, fields }: Index, filter: Document, { bounds }: Wanted): boolean {
  const present = (name: string): boolean => {
    const known = bounds.get(name);
    if (known === undefined) return false;
    return known.points === undefined || known.points.every((point) => point !== null && point !== undefined);
  };
  if (spec.sparse && !fields.some(({ name }) => present(name))) return false;
  return Object.entries(spec.partialFilterExpression ?? {}).every(([name, condition]) => {
    if (compareValues(filter[name] ?? null, condition) === 0 && filter[name] !== undefined) return true;
    if (isPlainObject(condition) && Object.keys(condition).length === 1) {
      if (condition['$exists'] === true) return present(name);
      const points = bounds.get(name)?.points;
      if (points === undefined || points.length === 0) return false;
      if (condition['$type'] === 'string') return points.every((point) => typeof point === 'string');
      if (Array.isArray(condition['$in'])) {
        const allowed = condition['$in'];
        return points.every((point) => allowed.some((value) => compareValues(point, value) === 0));
      }
    }
    const points = bounds.get(name)?.points;
    return points?.length === 1 && !isPlainObject(condition) && compareValues(points[0], condition) === 0;
  });
}

export interface PlanRequest {
  readonly collection: Collection;
  readonly filter: Document;
  readonly sort: SortSpec;
  /** Name or key of the index to use, or {$natural: ±1}. */
  readonly hint?: unknown;
  /** The first key of the hinted index to look at, and the first one no longer. */
  readonly min?: Document | undefined;
  readonly max?: Document | undefined;
  readonly prefixOf: (index: Index) => Buffer;
  /** Counts entries in a range, up to a number. */
  readonly measure: (index: Index, range: Range, most: number) => number;
}

/** @throws MongoFault BadValue when the hint names no index */
export function choosePlan(request: PlanRequest): Plan {
  const { collection, filter, sort, hint, prefixOf, measure } = request;
  const byId =
    hint === undefined && request.min === undefined && request.max === undefined
      ? pointOf(request)
      : undefined;
  if (byId !== undefined) return byId;
  const wanted = readFilter(filter);
  const whole = (index: Index, reverse = false): Plan => ({
    steps: [{ index, ranges: [{ low: prefixOf(index), high: behind(prefixOf(index)) }], reverse }],
    sorted: sort.length === 0,
    check: Object.keys(filter).length > 0,
    bounded: false,
  });
  const idIndex = collection.indexes[0] as Index;
  if (isPlainObject(hint) && '$natural' in hint) return whole(idIndex, hint['$natural'] === -1);
  const hinted =
    hint === undefined || compareValues(hint, {}) === 0 ? undefined : findHinted(collection, hint);
  if (request.min !== undefined || request.max !== undefined) return boundedBy(request, hinted);
  const usable = (hinted ? [hinted] : collection.indexes).filter((index) => holdsAll(index, filter, wanted));
  const candidates = usable
    .flatMap((index) => planWith(index, prefixOf(index), wanted, sort) ?? [])
    .sort((a, b) => b.rank - a.rank);
  const [best] = candidates;
  if (best?.bounded !== true) {
    const union = hinted === undefined ? unionOf(request) : undefined;
    if (union !== undefined) return union;
  }
  if (best === undefined) {
    // A hint to an index that holds only some documents finds only those.
    if (hinted?.spec.partialFilterExpression !== undefined && !usable.includes(hinted)) {
      throw new MongoFault(
        'NoQueryExecutionPlans',
        'error processing query: No query solutions: the hinted partial index does not hold all that may match',
      );
    }
    return whole(hinted ?? idIndex);
  }
  const rivals = candidates.filter(({ rank }) => rank === best.rank);
  if (rivals.length === 1) return best;
  const size = ({ step }: Candidate): number =>
    step.ranges.reduce((sum, range) => (sum > MEASURE ? sum : sum + measure(step.index, range, MEASURE)), 0);
  return rivals.map((plan) => ({ plan, size: size(plan) })).reduce((a, b) => (b.size < a.size ? b : a)).plan;
}

/** The plan of a filter that is nothing but an _id. */
function pointOf({ collection, filter, prefixOf }: PlanRequest): Plan | undefined {
  const [name, ...others] = Object.keys(filter);
  const id = filter['_id'];
  const plain = typeof id === 'string' || typeof id === 'number' || id instanceof ObjectId;
  if (name !== '_id' || others.length > 0 || !plain) return undefined;
  const index = collection.indexes[0] as Index;
  const point = indexKey(id);
  const low = Buffer.concat([prefixOf(index), point]);
  const step = { index, point, ranges: [{ low, high: behind(low) }], reverse: false };
  return { steps: [step], sorted: true, check: false, bounded: true };
}

/** A plan for an $or of which each branch has an index of its own. */
function unionOf(request: PlanRequest): Plan | undefined {
  const { $or: branches, ...rest } = request.filter;
  if (!Array.isArray(branches)) return undefined;
  const plans = branches.map((branch) =>
    choosePlan({ ...request, filter: { $and: [rest, branch] }, sort: [] }),
  );
  if (!plans.every(({ bounded }) => bounded)) return undefined;
  return {
    steps: plans.flatMap(({ steps }) => steps),
    sorted: request.sort.length === 0,
    check: true,
    bounded: true,
  };
}

/** A scan between two keys of the hinted index. */
function boundedBy({ min, max, sort, filter, prefixOf }: PlanRequest, index: Index | undefined): Plan {
  if (index === undefined)
    throw new MongoFault(
      'NoQueryExecutionPlans',
      'When using min()/max() a hint of which index to use must be provided',
    );
  const place = (limit: Document): Buffer =>
    Buffer.concat([
      prefixOf(index),
      ...index.fields.map(({ name, descending }) => indexKey(limit[name], descending)),
    ]);
  const range = { low: min ? place(min) : prefixOf(index), high: max ? place(max) : behind(prefixOf(index)) };
  const check = Object.keys(filter).length > 0;
  return {
    steps: [{ index, ranges: [range], reverse: false }],
    sorted: sort.length === 0,
    check,
    bounded: true,
  };
}

function findHinted({ indexes }: Collection, hint: unknown): Index {
  const found = indexes.find(({ spec }) =>
    typeof hint === 'string' ? spec.name === hint : compareValues(spec.key, hint) === 0,
  );
  if (found === undefined) {
    throw new MongoFault(
      'BadValue',
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    );
  }
  return found;
}
