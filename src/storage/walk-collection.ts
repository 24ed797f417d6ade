/** Reads a whole collection in the order of `_id`, in short queries, so that no cursor has to live long. */
import { mongo } from 'mongoose';
import { AppError } from '../kernel/app-error.ts';
import { EXACT } from './store-lines.ts';

const { Binary, BSON, MaxKey, MinKey, ObjectId, Timestamp } = mongo;

/** Documents a query. From 500 to 5,000 the speed is the same; a query this long ends within a second. */
const PAGE = 1000;

/**
 * MongoDB's ranges stay within one kind of value (`{$gt: 5}` finds no strings), so an `_id` is followed through
 * the kinds in MongoDB's order. `from` is where a kind begins; a kind of one value only has `only`.
 */
const KINDS: readonly {
  readonly types: readonly string[];
  readonly from?: unknown;
  readonly only?: unknown;
}[] = [
  { types: ['minKey'], only: new MinKey() },
  { types: ['null'], only: null },
  { types: [], only: Number.NaN },
  { types: ['number'], from: Number.NEGATIVE_INFINITY },
  { types: ['string'], from: '' },
  { types: ['object'], from: {} },
  { types: ['binData'], from: new Binary(new Uint8Array(0)) },
  { types: ['objectId'], from: new ObjectId('000000000000000000000000') },
  { types: ['bool'], from: false },
  // The earliest time that a Date can hold, ECMA-262.
  { types: ['date'], from: new Date(-8.64e15) },
  { types: ['timestamp'], from: new Timestamp({ t: 0, i: 0 }) },
  { types: ['maxKey'], only: new MaxKey() },
];

/**
 * @param after the `_id` to go on behind, as EXACT reads it
 * @param session one that reads as of one moment
 * @yields each document as BSON
 * @throws AppError `unknown_id` when an `_id` is of a kind that MongoDB
 *   itself does not take (a regular expression) or no longer (a symbol)
 */
export async function* walkCollection(
  collection: mongo.Collection,
  after?: { readonly id: unknown },
  session?: mongo.ClientSession,
): AsyncGenerator<Uint8Array> {
  const first = after ? kindOf(after.id) : 0;
  for (const [index, kind] of KINDS.entries()) {
    if (index < first) continue;
    if (!('only' in kind)) {
      yield* walkKind(
        collection,
        after && index === first ? { $gt: after.id } : { $gte: kind.from },
        session,
      );
    } else if (!after || index > first) {
      yield* findPage(collection, { $eq: kind.only }, session);
    }
  }
  const types = KINDS.flatMap((kind) => kind.types);
  const ofOtherKind: mongo.Document = { _id: { $not: { $type: types } } };
  const odd = await collection.findOne(ofOtherKind, session && { session });
  if (odd) {
    throw new AppError({
      code: 'unknown_id',
      message: `collection ${collection.collectionName} has a document whose _id is of an unusual kind: ${String(odd['_id'])}`,
    });
  }
}

async function* walkKind(
  collection: mongo.Collection,
  start: Readonly<Record<string, unknown>>,
  session: mongo.ClientSession | undefined,
): AsyncGenerator<Uint8Array> {
  let range = start;
  for (;;) {
    let found = 0;
    let last: Uint8Array | undefined;
    for await (const bytes of findPage(collection, range, session)) {
      found += 1;
      last = bytes;
      yield bytes;
    }
    if (found < PAGE || !last) return;
    range = { $gt: BSON.deserialize(last, EXACT)['_id'] };
  }
}

function findPage(
  collection: mongo.Collection,
  range: Readonly<Record<string, unknown>>,
  session: mongo.ClientSession | undefined,
): AsyncIterable<Uint8Array> {
  const filter = { _id: range } as mongo.Filter<mongo.Document>;
  const found = collection.find(filter, {
    raw: true,
    sort: { _id: 1 },
    limit: PAGE,
    ...(session === undefined ? {} : { session }),
  });
  return found as unknown as AsyncIterable<Uint8Array>;
}

function kindOf(id: unknown): number {
  const type = typeOf(id);
  return KINDS.findIndex((kind) => (type === 'nan' ? Number.isNaN(kind.only) : kind.types.includes(type)));
}

const TYPE_OF_CLASS: Readonly<Record<string, string>> = {
  Int32: 'number',
  Long: 'number',
  Double: 'number',
  Decimal128: 'number',
  ObjectId: 'objectId',
  Binary: 'binData',
  Timestamp: 'timestamp',
  MinKey: 'minKey',
  MaxKey: 'maxKey',
};

function typeOf(id: unknown): string {
  if (id === null || id === undefined) return 'null';
  if (typeof id === 'boolean') return 'bool';
  if (typeof id !== 'object') return typeof id;
  if (id instanceof Date) return 'date';
  const type = TYPE_OF_CLASS[(id as { _bsontype?: string })._bsontype ?? ''] ?? 'object';
  return type === 'number' && String(id) === 'NaN' ? 'nan' : type;
}
