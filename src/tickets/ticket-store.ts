/** Tickets in the database. */
import { type Connection, Schema } from 'mongoose';
import { searchWords } from '../kernel/search-words.ts';
import { isDuplicateKey } from '../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import type { Ticket } from './ticket.ts';
import type { TicketsDeps } from './tickets.ts';

interface TicketDocument extends Omit<Ticket, 'code' | 'waitingSince'> {
  waitingSince?: Date | null;
  _id: string;
  key: string;
  /** What it is found by, folded. */
  words?: string[];
}

const schema = new Schema<TicketDocument>(
  {
    _id: { type: String, required: true },
    key: { type: String, required: true },
    kind: { type: String, required: true },
    complaintType: String,
    status: { type: String, required: true },
    content: { type: String, required: true },
    office: String,
    phone: String,
    email: String,
    name: String,
    callAt: String,
    score: Number,
    createdAt: { type: Date, required: true },
    latestReply: String,
    conversation: String,
    waitingSince: Date,
    words: [String],
  },
  { ...SCHEMA_OPTIONS, collection: 'tickets' },
);
schema.index({ key: 1 }, { unique: true });
schema.index({ conversation: 1 });
schema.index({ words: 1 });

export function createTicketStore(connection: Connection): TicketsDeps['store'] {
  const { collection } = connection.model('Ticket', schema);
  const find = async (query: object): Promise<Ticket | null> => {
    const found = (await collection.findOne(query as never)) as TicketDocument | null;
    return found === null ? null : toTicket(found);
  };
  return {
    async insert({ code, ...rest }, key) {
      try {
        const words = wordsOf(code, rest);
        await collection.insertOne({ _id: code, key, ...rest, words } as never);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    findByKey: (key) => find({ key }),
    findByCode: (code) => find({ _id: code }),
    async listOf(conversations) {
      const found = await collection
        .find({ conversation: { $in: [...conversations] } } as never)
        .sort({ createdAt: -1 })
        .toArray();
      return (found as unknown as TicketDocument[]).map(toTicket);
    },
    async search(words, most) {
      const last = words.at(-1) ?? '';
      const query = [
        ...words.slice(0, -1).map((word) => ({ words: word })),
        { words: { $regex: `^${last}` } },
      ];
      const found = await collection
        .find({ $and: query } as never)
        .sort({ createdAt: -1 })
        .limit(most)
        .toArray();
      return (found as unknown as TicketDocument[]).map(toTicket);
    },
    async forgetConversation(conversation) {
      await collection.updateMany({ conversation } as never, { $set: { conversation: null } } as never);
    },
  };
}

const MOST_WORDS = 200;

/** A code is found by either half, too. */
function wordsOf(code: string, { content, name, phone }: Omit<Ticket, 'code'>): string[] {
  const whole = code.replace('-', '');
  return [...new Set(searchWords([code, whole, phone, name, content].join(' ')))].slice(0, MOST_WORDS);
}

function toTicket(document: TicketDocument): Ticket {
  return {
    code: document._id,
    kind: document.kind,
    complaintType: document.complaintType ?? null,
    status: document.status,
    content: document.content,
    office: document.office,
    phone: document.phone,
    email: document.email ?? null,
    name: document.name,
    callAt: document.callAt,
    score: document.score,
    createdAt: document.createdAt,
    latestReply: document.latestReply,
    conversation: document.conversation,
    waitingSince: document.waitingSince ?? null,
  };
}
