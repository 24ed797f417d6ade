/** Tickets in the database. */
import { type Connection, Schema } from 'mongoose';
import type { TicketFilter, TicketQuery, TicketView } from '../contracts/tickets.ts';
import { addDays, momentOf } from '../kernel/vietnam-time.ts';
import { isDuplicateKey } from '../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import type { Clock } from './deadlines.ts';
import { nextDueAt, type Ticket, type TicketSummary, wakeTime } from './ticket.ts';
import { termOfView, termsOf, termsOfFilter, wordsOf, wordsOfQuery } from './ticket-terms.ts';
import type { TicketsDeps } from './tickets.ts';

interface TicketDocument extends Omit<Ticket, 'code'> {
  _id: string;
  key: string;
  /** The lists it stands in, what it is found by, and what it is ordered by. */
  terms: readonly string[];
  words: readonly string[];
  dueAt: Date | null;
  promisedFrom: Date | null;
  /** When the desk has to look at it by itself. */
  wakeAt: Date | null;
  /** Is there something to be told? */
  hasUntold: boolean;
}

const schema = new Schema<TicketDocument>(
  {
    _id: { type: String, required: true },
    key: { type: String, required: true },
    conversation: String,
    phone: String,
    email: String,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    terms: [String],
    words: [String],
    dueAt: Date,
    promisedFrom: Date,
    wakeAt: Date,
    hasUntold: Boolean,
  },
  { ...SCHEMA_OPTIONS, collection: 'tickets' },
);
schema.index({ key: 1 }, { unique: true });
schema.index({ conversation: 1 });
schema.index({ phone: 1 });
schema.index({ email: 1 });
schema.index({ words: 1, createdAt: -1, _id: -1 });
schema.index({ terms: 1, updatedAt: -1, _id: -1 });
schema.index({ terms: 1, createdAt: -1, _id: -1 });
schema.index({ terms: 1, dueAt: 1, _id: 1 });
schema.index({ terms: 1, promisedFrom: 1, _id: 1 });
schema.index({ wakeAt: 1 }, { partialFilterExpression: { wakeAt: { $type: 'date' } } });
schema.index({ hasUntold: 1 }, { partialFilterExpression: { hasUntold: true } });

/** What a list does not show. */
const SUMMARY = { entries: 0, untold: 0, words: 0, terms: 0, key: 0 } as const;
const PAGE = 50;
/** Fewer than this hold a word: they are fetched and sorted. More: walking by date finds a page soon enough. */
const RARE = 2_000;

export interface TicketAgenda {
  /** Those that the desk has to look at by now. */
  readonly listDue: (now: Date, most: number) => Promise<readonly string[]>;
  readonly listUntold: (most: number) => Promise<readonly Ticket[]>;
  /** Of those whose deadlines run. */
  readonly walkRunning: () => AsyncIterable<string>;
}

export type TicketStore = TicketsDeps['store'] & TicketAgenda;

export function createTicketStore(connection: Connection): TicketStore {
  const { collection } = connection.model('Ticket', schema);
  const find = async (query: object): Promise<Ticket | null> => {
    const found = (await collection.findOne(query as never)) as TicketDocument | null;
    return found === null ? null : toTicket(found);
  };
  const listSummaries = async (
    query: object,
    sort: Record<string, 1 | -1>,
    most: number,
  ): Promise<TicketSummary[]> => {
    const found = await collection
      .find(query as never, { projection: SUMMARY })
      .sort(sort)
      .limit(most)
      .toArray();
    return (found as unknown as TicketDocument[]).map(toSummary);
  };
  /** The words of a search, the rarest first where they are to be walked; null: all are common. */
  const narrow = async (q: string): Promise<{ readonly query: object; readonly isRare: boolean }> => {
    const conditions = conditionsOf(q);
    for (const condition of conditions) {
      const count = await collection.countDocuments(condition as never, { limit: RARE });
      if (count < RARE)
        return {
          query: { $and: [condition, ...conditions.filter((one) => one !== condition)] },
          isRare: true,
        };
    }
    return { query: { $and: conditions }, isRare: false };
  };

  return {
    async insert(ticket, key) {
      try {
        await collection.insertOne({ ...toDocument(ticket, null), key } as never);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    findByKey: (key) => find({ key }),
    findByCode: (code) => find({ _id: code }),
    async replace(ticket, closeResolvedAfterMs) {
      const { _id, ...fields } = toDocument(ticket, closeResolvedAfterMs);
      const { matchedCount } = await collection.updateOne(
        { _id, revision: ticket.revision - 1 } as never,
        { $set: fields } as never,
      );
      return matchedCount === 1;
    },
    async list(query, account) {
      const { main, others } = termsOfFilter(query, account);
      const restOf = (): object[] => [
        ...others.map((terms) => ({ terms: { $in: terms } })),
        ...rangeOf(query),
      ];
      const order = orderOf(query);
      const filters = [{ terms: main }, ...restOf(), ...(order.present ?? [])];
      const cursor = parseCursor(query.cursor, order);
      if (cursor !== null) filters.push(cursor);
      const words = query.q === undefined ? null : await narrow(query.q);
      const all =
        words === null
          ? { $and: filters }
          : // A rare word is walked by its own index; else the list is, and the words are looked at on the way.
            { $and: words.isRare ? [words.query, ...filters] : [...filters, words.query] };
      const found = await listSummaries(all, order.sort, PAGE + 1);
      const tickets = found.slice(0, PAGE);
      const last = tickets.at(-1);
      const hasMore = found.length > PAGE && last !== undefined;
      return { tickets, cursor: hasMore ? `${order.valueOf(last)?.getTime() ?? 0}.${last.code}` : null };
    },
    async count(account, most) {
      const views: readonly Exclude<TicketView, 'all'>[] = [
        'open',
        'mine',
        'unassigned',
        'overdue',
        'callbacks',
      ];
      const counted = views.map(
        async (view) =>
          [
            view,
            await collection.countDocuments({ terms: termOfView(view, account) } as never, { limit: most }),
          ] as const,
      );
      return Object.fromEntries(await Promise.all(counted)) as Record<(typeof views)[number], number>;
    },
    async *walk(filter, account) {
      const { main, others } = termsOfFilter(filter, account);
      const query = {
        $and: [
          { terms: main },
          ...others.map((terms) => ({ terms: { $in: terms } })),
          ...rangeOf(filter),
          ...(filter.q === undefined ? [] : conditionsOf(filter.q)),
        ],
      };
      const cursor = collection.find(query as never, { projection: SUMMARY, batchSize: 200 });
      for await (const document of cursor) yield toSummary(document as unknown as TicketDocument);
    },
    listOf: (conversations) =>
      listSummaries({ conversation: { $in: [...conversations] } }, { createdAt: -1 }, 0),
    async search(text, most) {
      const words = wordsOfQuery(text);
      return words.length === 0
        ? []
        : listSummaries((await narrow(text)).query, { createdAt: -1, _id: -1 }, most);
    },
    async listOfContact(contact, most) {
      const query = contact.includes('@') ? { email: contact.toLowerCase() } : { phone: contact };
      return listSummaries(query, { createdAt: -1 }, most);
    },
    async forgetConversation(conversation) {
      await collection.updateMany({ conversation } as never, { $set: { conversation: null } } as never);
    },
    async markTold(code, entries) {
      const told = (await collection.findOneAndUpdate(
        { _id: code } as never,
        { $pull: { untold: { $in: [...entries] } } } as never,
        { returnDocument: 'after', projection: { untold: 1 } },
      )) as Pick<TicketDocument, 'untold'> | null;
      if (told?.untold.length === 0)
        await collection.updateOne(
          { _id: code, untold: [] } as never,
          { $set: { hasUntold: false } } as never,
        );
    },
    async listDue(now, most) {
      const due = await collection
        .find({ wakeAt: { $lte: now } } as never, { projection: { _id: 1 } })
        .sort({ wakeAt: 1 })
        .limit(most)
        .toArray();
      return due.map(({ _id }) => String(_id));
    },
    async listUntold(most) {
      const found = await collection
        .find({ hasUntold: true } as never)
        .limit(most)
        .toArray();
      return (found as unknown as TicketDocument[]).map(toTicket);
    },
    async *walkRunning() {
      const running = collection.find({ terms: 'open' } as never, { projection: { _id: 1 } });
      for await (const { _id } of running) yield String(_id);
    },
  };
}

/** Every word occurs; the last one may be the beginning of one. The longer a word, the rarer it is likely to be. */
function conditionsOf(q: string): object[] {
  const words = wordsOfQuery(q);
  const last = words.at(-1);
  if (last === undefined) return [{ words: '' }];
  const begun = { length: last.length, query: { words: { $regex: `^${last}` } } };
  return [...words.slice(0, -1).map((word) => ({ length: word.length, query: { words: word } })), begun]
    .sort((one, other) => other.length - one.length)
    .map(({ query }) => query);
}

function rangeOf({ from, to }: TicketFilter): object[] {
  return [
    ...(from === undefined ? [] : [{ createdAt: { $gte: new Date(momentOf(from, '00:00')) } }]),
    ...(to === undefined ? [] : [{ createdAt: { $lt: new Date(momentOf(addDays(to, 1), '00:00')) } }]),
  ];
}

interface Order {
  readonly field: 'updatedAt' | 'createdAt' | 'dueAt' | 'promisedFrom';
  readonly sort: Record<string, 1 | -1>;
  readonly valueOf: (ticket: TicketSummary) => Date | null;
  /** What has no such time does not stand in this order. */
  readonly present?: readonly object[];
}

/** Words and days are looked for by the day of creation, whatever order is asked for. */
function orderOf({ sort, q, from, to }: TicketQuery): Order {
  const down = (field: 'updatedAt' | 'createdAt'): Order => ({
    field,
    sort: { [field]: -1, _id: -1 },
    valueOf: (ticket) => ticket[field],
  });
  if (q !== undefined || from !== undefined || to !== undefined || sort === 'created')
    return down('createdAt');
  if (sort === 'updated') return down('updatedAt');
  const field = sort === 'due' ? 'dueAt' : 'promisedFrom';
  return {
    field,
    sort: { [field]: 1, _id: 1 },
    valueOf: (ticket) => (sort === 'due' ? nextDueAt(ticket) : (ticket.promised?.from ?? null)),
    present: [{ [field]: { $gte: new Date(0) } }],
  };
}

/** @returns what stands behind it; null: from the beginning */
function parseCursor(cursor: string | undefined, { field, sort }: Order): object | null {
  const [, time, code] = /^(\d{1,15})\.([A-Z]{2}-\w{6})$/.exec(cursor ?? '') ?? [];
  if (time === undefined || code === undefined) return null;
  const at = new Date(Number(time));
  const behind = sort[field] === 1 ? '$gt' : '$lt';
  return { $or: [{ [field]: { [behind]: at } }, { [field]: at, _id: { [behind]: code } }] };
}

/** @param closeResolvedAfterMs null: of a ticket that is open */
function toDocument(ticket: Ticket, closeResolvedAfterMs: number | null): Omit<TicketDocument, 'key'> {
  const { code, ...rest } = ticket;
  return {
    _id: code,
    ...rest,
    terms: termsOf(ticket),
    words: wordsOf(ticket),
    dueAt: nextDueAt(ticket),
    promisedFrom: ticket.promised?.from ?? null,
    wakeAt: wakeTime(ticket, closeResolvedAfterMs ?? 0),
    hasUntold: ticket.untold.length > 0,
  };
}

function toTicket(document: TicketDocument): Ticket {
  const { entries, untold } = document;
  return { ...toSummary(document), entries: entries.map((entry) => ({ ...entry })), untold };
}

function toSummary(document: TicketDocument): TicketSummary {
  return {
    code: document._id,
    kind: document.kind,
    complaintType: document.complaintType,
    status: document.status,
    outcome: document.outcome,
    reason: document.reason,
    mergedInto: document.mergedInto,
    content: document.content,
    category: document.category,
    office: document.office,
    name: document.name,
    phone: document.phone,
    email: document.email,
    callAt: document.callAt,
    score: document.score,
    priority: document.priority,
    assignee: document.assignee,
    tags: document.tags,
    attachments: document.attachments,
    source: document.source,
    conversation: document.conversation,
    waitingSince: document.waitingSince,
    promised: document.promised,
    attempts: document.attempts,
    satisfaction: document.satisfaction,
    createdAt: document.createdAt,
    updatedAt: document.updatedAt,
    endedAt: document.endedAt,
    firstResponse: toClock(document.firstResponse),
    resolution: toClock(document.resolution),
    unanswered: document.unanswered,
    erasedAt: document.erasedAt,
    revision: document.revision,
  };
}

function toClock(clock: Clock): Clock {
  return { ...clock };
}
