/** Tickets in the database. */
import { type Connection, Schema } from 'mongoose';
import type { TicketView } from '../contracts/tickets.ts';
import { isDuplicateKey } from '../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import type { Clock } from './deadlines.ts';
import { nextDueAt, type Ticket, type TicketSummary, wakeTime } from './ticket.ts';
import { createTicketLists, SUMMARY } from './ticket-lists-store.ts';
import { termOfView, termsOf, wordsOf } from './ticket-terms.ts';
import type { TicketsDeps } from './tickets.ts';

interface TicketDocument extends Omit<Ticket, 'code'> {
  _id: string;
  key: string;
  /** The lists it stands in, what it is found by, and what it is ordered by. */
  terms: readonly string[];
  words: readonly string[];
  dueAt?: Date;
  promisedFrom?: Date;
  /** When the desk has to look at it by itself. */
  wakeAt?: Date;
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
schema.index({ terms: 1, dueAt: 1, _id: 1 }, { partialFilterExpression: { dueAt: { $exists: true } } });
schema.index(
  { terms: 1, promisedFrom: 1, _id: 1 },
  { partialFilterExpression: { promisedFrom: { $exists: true } } },
);
schema.index({ wakeAt: 1 }, { partialFilterExpression: { wakeAt: { $exists: true } } });
schema.index({ hasUntold: 1 }, { partialFilterExpression: { hasUntold: true } });

/** Fields that are not there where there is no such time, so that their index holds few. */
const MAYBE = ['dueAt', 'promisedFrom', 'wakeAt'] as const;

export interface TicketAgenda {
  /** Those that the desk has to look at by now. */
  readonly listDue: (now: Date, most: number) => Promise<readonly string[]>;
  readonly listUntold: (most: number) => Promise<readonly Ticket[]>;
  /** Of those whose deadlines run. */
  readonly walkRunning: () => AsyncIterable<string>;
}

/** Tickets as those who count read them. */
export interface TicketStories {
  /** Those that are gone are missing. */
  readonly findMany: (codes: readonly string[]) => Promise<readonly Ticket[]>;
  /** What moved behind a moment and a code, the oldest movement first. */
  readonly listMoved: (
    after: { readonly at: Date; readonly id: string },
    most: number,
  ) => Promise<readonly { readonly id: string; readonly at: Date; readonly revision: number }[]>;
  /** Codes behind one, in order. */
  readonly listCodes: (after: string, most: number) => Promise<readonly string[]>;
  readonly countAll: () => Promise<number>;
}

export type TicketStore = TicketsDeps['store'] & TicketAgenda & TicketStories;

export function createTicketStore(connection: Connection): TicketStore {
  const { collection } = connection.model('Ticket', schema);
  const find = async (query: object): Promise<Ticket | null> => {
    const found = (await collection.findOne(query as never)) as TicketDocument | null;
    return found === null ? null : toTicket(found);
  };
  const listSummaries = async (query: object, most: number): Promise<TicketSummary[]> => {
    const found = await collection
      .find(query as never, { projection: SUMMARY })
      .sort({ createdAt: -1 })
      .limit(most)
      .toArray();
    return (found as unknown as TicketDocument[]).map(toSummary);
  };
  const lists = createTicketLists(collection, (document) => toSummary(document as TicketDocument));

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
      const gone = MAYBE.filter((name) => fields[name] === undefined).map((name) => [name, '']);
      const { matchedCount } = await collection.updateOne(
        { _id, revision: ticket.revision - 1 } as never,
        { $set: fields, ...(gone.length === 0 ? {} : { $unset: Object.fromEntries(gone) }) } as never,
      );
      return matchedCount === 1;
    },
    ...lists,
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
    listOf: (conversations) => listSummaries({ conversation: { $in: [...conversations] } }, 0),
    async listOfContact(contact, most) {
      const query = contact.includes('@') ? { email: contact.toLowerCase() } : { phone: contact };
      return listSummaries(query, most);
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
    async findMany(codes) {
      if (codes.length === 0) return [];
      const found = await collection.find({ _id: { $in: [...codes] } } as never).toArray();
      return (found as unknown as TicketDocument[]).map(toTicket);
    },
    async listMoved(after, most) {
      // Many that moved at one moment fill a page: then it takes a longer one to get behind them.
      for (let limit = most; ; limit *= 2) {
        const found = await collection
          .find({ terms: 'all', updatedAt: { $gte: after.at } } as never)
          .sort({ updatedAt: 1, _id: 1 })
          .limit(limit)
          .project({ updatedAt: 1, revision: 1 })
          .toArray();
        const moved = found
          .map(({ _id, updatedAt, revision }) => ({ id: String(_id), at: updatedAt as Date, revision }))
          .filter(({ id, at }) => at > after.at || id > after.id);
        if (moved.length > 0 || found.length < limit) return moved.slice(0, most);
      }
    },
    async listCodes(after, most) {
      const found = await collection
        .find({ _id: { $gt: after } } as never)
        .sort({ _id: 1 })
        .limit(most)
        .project({ _id: 1 })
        .toArray();
      return found.map(({ _id }) => String(_id));
    },
    countAll: () => collection.countDocuments({}),
  };
}

/** @param closeResolvedAfterMs null: of a ticket that is open */
function toDocument(ticket: Ticket, closeResolvedAfterMs: number | null): Omit<TicketDocument, 'key'> {
  const { code, ...rest } = ticket;
  const dueAt = nextDueAt(ticket);
  const wakeAt = wakeTime(ticket, closeResolvedAfterMs ?? 0);
  return {
    _id: code,
    ...rest,
    terms: termsOf(ticket),
    words: wordsOf(ticket),
    ...(dueAt === null ? {} : { dueAt }),
    ...(ticket.promised === null ? {} : { promisedFrom: ticket.promised.from }),
    ...(wakeAt === null ? {} : { wakeAt }),
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
