/**
 * Lists of tickets out of the database. Each filter and each word is a stretch of an index in the order of the list; the
 * shortest stretch is walked, and what else is asked for is looked at on the way. So a page costs what its narrowest
 * condition holds, however many tickets there are (bench/tickets.ts).
 */
import type { Collection } from 'mongoose';
import type { TicketFilter, TicketQuery } from '../contracts/tickets.ts';
import { addDays, momentOf } from '../kernel/vietnam-time.ts';
import { nextDueAt, type TicketSummary } from './ticket.ts';
import { amongOpen, listsOfFilter, wordsOfQuery } from './ticket-terms.ts';
import type { TicketsDeps } from './tickets.ts';

/** What a list does not show. */
export const SUMMARY = { entries: 0, untold: 0, words: 0, terms: 0, key: 0 } as const;
/** There is such a time. */
export const SINCE_EVER = { $gte: new Date(0) } as const;

const PAGE = 50;
/** Stretches are measured so far: counting costs half of reading. Of two that are longer, either finds a page soon. */
const MEASURED = 1_000;
/** Shorter than this is short enough: no other one is measured. */
const SHORT = 60;
/** Beginnings of words give no order: only so many are fetched and sorted. */
const FEW = 1_000;

type Field = 'updatedAt' | 'createdAt' | 'dueAt' | 'promisedFrom';

/** One of these must be among the ticket's terms, or words; `begins`: a word that begins so. */
interface Condition {
  readonly path: 'terms' | 'words';
  readonly any: readonly string[];
  readonly begins?: true;
}

const ALL: Condition = { path: 'terms', any: ['all'] };

interface Order {
  readonly field: Field;
  readonly direction: 1 | -1;
  readonly valueOf: (ticket: TicketSummary) => Date | null;
}

/** In no order where they are walked, one after the other. */
export type TicketLists = Pick<TicketsDeps['store'], 'list' | 'walk' | 'search'>;

export function createTicketLists(
  collection: Collection,
  toSummary: (document: unknown) => TicketSummary,
): TicketLists {
  const measure = async (condition: Condition): Promise<number> => {
    const counts = condition.any.map((value) =>
      collection.countDocuments(matching(condition, value) as never, { limit: MEASURED }),
    );
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  };

  /** The shortest first; of those that are long, the one that stands first. */
  const sortBySize = async (conditions: readonly Condition[]): Promise<readonly Condition[]> => {
    if (conditions.length === 1 && conditions[0]?.begins === undefined) return conditions;
    let best: { readonly condition: Condition; readonly cost: number } | null = null;
    for (const condition of conditions) {
      const size = await measure(condition);
      const isWalkable = condition.begins === undefined || size < FEW;
      const cost = costOf(condition, size);
      if (isWalkable && (best === null || cost < best.cost)) best = { condition, cost };
      if (best !== null && best.cost < SHORT) break;
    }
    // Nothing gives an order: then all are walked, and most of them fit.
    const main = best?.condition ?? ALL;
    return [main, ...conditions.filter((one) => one !== main)];
  };

  /** @param bounds of time, and where the page before ended */
  const read = async (
    conditions: readonly Condition[],
    { field, direction }: Order,
    bounds: readonly object[],
    most: number,
  ): Promise<TicketSummary[]> => {
    const [main, ...others] = await sortBySize(conditions);
    const rest = [
      ...others.map((other) => ({ $or: other.any.map((value) => matching(other, value)) })),
      ...bounds,
    ];
    const stretches = main!.any.map(async (value) => {
      const found = await collection
        .find({ $and: [matching(main!, value), ...rest] } as never, {
          projection: SUMMARY,
          hint: {
            [main!.path]: 1,
            [main!.path === 'words' ? 'createdAt' : field]: direction,
            _id: direction,
          },
        })
        .sort({ [field]: direction, _id: direction })
        .limit(most)
        .toArray();
      return found.map(toSummary);
    });
    return (await Promise.all(stretches)).flat();
  };

  return {
    async list(query, account) {
      const order = orderOf(query);
      const conditions = conditionsOf(query, account);
      if (conditions === null) return { tickets: [], cursor: null };
      const present = order.direction === 1 ? [{ [order.field]: SINCE_EVER }] : [];
      const bounds = [...present, ...rangeOf(query), ...behind(query.cursor, order)];
      const timeOf = (ticket: TicketSummary): number => order.valueOf(ticket)?.getTime() ?? 0;
      const found = (await read(conditions, order, bounds, PAGE + 1)).sort(
        (one, other) => order.direction * (timeOf(one) - timeOf(other) || (one.code < other.code ? -1 : 1)),
      );
      const tickets = found.slice(0, PAGE);
      const last = tickets.at(-1);
      const hasMore = found.length > PAGE && last !== undefined;
      return { tickets, cursor: hasMore ? `${timeOf(last)}.${last.code}` : null };
    },
    async *walk(filter, account) {
      const conditions = conditionsOf(filter, account);
      if (conditions === null) return;
      const [main, ...others] = await sortBySize(conditions);
      const query = {
        $and: [
          main!.any.length === 1 ? matching(main!, main!.any[0]!) : { [main!.path]: { $in: main!.any } },
          ...others.map((other) => ({ $or: other.any.map((value) => matching(other, value)) })),
          ...rangeOf(filter),
        ],
      };
      const cursor = collection.find(query as never, { projection: SUMMARY, batchSize: 200 });
      for await (const document of cursor) yield toSummary(document);
    },
    async search(text, most) {
      const conditions = conditionsOfWords(text);
      const newest = {
        field: 'createdAt',
        direction: -1,
        valueOf: ({ createdAt }: TicketSummary) => createdAt,
      } as const;
      return conditions.length === 0 ? [] : read(conditions, newest, [], most);
    },
  };
}

/** In documents read: all of a stretch without order, of the others only as many as a page takes. */
function costOf({ begins }: Condition, size: number): number {
  if (begins) return size * 4;
  return size < MEASURED ? size : MEASURED * 5;
}

function matching({ path, begins }: Condition, value: string): object {
  return { [path]: begins ? { $regex: `^${value}` } : value };
}

/** null: what is looked for holds no word. */
function conditionsOf(filter: TicketFilter, account: string): readonly Condition[] | null {
  const lists = listsOfFilter(filter, account).map((any): Condition => ({ path: 'terms', any }));
  if (filter.q === undefined) return lists;
  const words = conditionsOfWords(filter.q, filter.view !== 'all');
  // That all stand in the list of all needs no looking at.
  const others = lists.filter(({ any }) => any[0] !== 'all');
  return words.length === 0 ? null : [...words, ...others];
}

/** Every word occurs; the last one may be the beginning of one. The longer a word, the rarer it is likely to be. */
function conditionsOfWords(q: string, isOpenOnly = false): Condition[] {
  const words = wordsOfQuery(q);
  const isAddress = words.length === 1 && words[0]!.includes('@');
  return words
    .map(
      (word, at): Condition => ({
        path: 'words',
        any: [amongOpen(word, isOpenOnly)],
        ...(at === words.length - 1 && !isAddress ? { begins: true } : {}),
      }),
    )
    .sort((one, other) => other.any[0]!.length - one.any[0]!.length);
}

function rangeOf({ from, to }: TicketFilter): object[] {
  return [
    ...(from === undefined ? [] : [{ createdAt: { $gte: new Date(momentOf(from, '00:00')) } }]),
    ...(to === undefined ? [] : [{ createdAt: { $lt: new Date(momentOf(addDays(to, 1), '00:00')) } }]),
  ];
}

/** Words and days are looked for by the day of creation, whatever order is asked for. */
function orderOf({ sort, q, from, to }: TicketQuery): Order {
  if (q !== undefined || from !== undefined || to !== undefined || sort === 'created')
    return { field: 'createdAt', direction: -1, valueOf: ({ createdAt }) => createdAt };
  if (sort === 'updated') return { field: 'updatedAt', direction: -1, valueOf: ({ updatedAt }) => updatedAt };
  if (sort === 'due') return { field: 'dueAt', direction: 1, valueOf: nextDueAt };
  return { field: 'promisedFrom', direction: 1, valueOf: ({ promised }) => promised?.from ?? null };
}

/** What stands behind the last one of the page before. */
function behind(cursor: string | undefined, { field, direction }: Order): object[] {
  const [, time, code] = /^(\d{1,15})\.([A-Z]{2}-\w{6})$/.exec(cursor ?? '') ?? [];
  if (time === undefined || code === undefined) return [];
  const at = new Date(Number(time));
  const [beyond, fromThere] = direction === 1 ? ['$gt', '$gte'] : ['$lt', '$lte'];
  return [
    { [field]: { [fromThere]: at } },
    { $or: [{ [field]: { [beyond]: at } }, { [field]: at, _id: { [beyond]: code } }] },
  ];
}
