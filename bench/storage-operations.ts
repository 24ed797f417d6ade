/** The operations whose speed is measured, on data like the product's. */
import type { Collection, Db } from 'mongodb';

export interface Message {
  readonly _id: string;
  readonly conversation: number;
  readonly seq: number;
  /** Unique. */
  readonly clientId: string;
  readonly author: string;
  readonly text: string;
  readonly at: Date;
}

interface Queued {
  readonly _id: number;
  readonly state: 'queued' | 'claimed';
  readonly priority: number;
  readonly at: number;
}

export interface Operation {
  readonly name: string;
  /** Makes ready for one more round; not measured. */
  readonly before?: () => Promise<unknown>;
  /** One operation; `n` counts up. @returns false when there is nothing more to do in this round */
  readonly run: (n: number) => Promise<unknown>;
}

const CONVERSATION_LENGTH = 1_000;
const PAGE = 50;
const QUEUE = 4_000;
const BATCH = 100;
const AUTHORS = ['contact', 'bot', 'agent'];

export const messageAt = (n: number): Message => ({
  _id: `m${n}`,
  conversation: Math.floor(n / CONVERSATION_LENGTH),
  seq: n % CONVERSATION_LENGTH,
  clientId: `c${n}`,
  author: AUTHORS[n % AUTHORS.length] ?? '',
  text: `Tôi không đăng nhập được ứng dụng VssID, báo sai mật khẩu (lần thứ ${n}).`,
  at: new Date(1_750_000_000_000 + n),
});

export async function prepareMessages(messages: Collection<Message>): Promise<void> {
  await messages.createIndexes([
    { key: { clientId: 1 }, unique: true },
    { key: { conversation: 1, seq: -1 } },
  ]);
}

/** Adds the messages from `from` up to `to`. */
export async function fillMessages(messages: Collection<Message>, from: number, to: number): Promise<void> {
  const CHUNK = 2_000;
  for (let at = from; at < to; at += CHUNK) {
    const count = Math.min(CHUNK, to - at);
    await messages.insertMany(Array.from({ length: count }, (_, n) => messageAt(at + n)));
  }
}

/**
 * Fills a database and gives the operations on it.
 * @param size messages to have, a multiple of 1,000
 */
export async function prepareOperations(db: Db, size: number): Promise<readonly Operation[]> {
  const messages = db.collection<Message>('messages');
  await prepareMessages(messages);
  await fillMessages(messages, 0, size);
  const inserted = db.collection<Message>('inserted');
  await prepareMessages(inserted);
  const queue = db.collection<Queued>('queue');
  await queue.createIndex({ state: 1, priority: -1, at: 1 });
  await queue.insertMany(
    Array.from({ length: QUEUE }, (_, n) => ({ _id: n, state: 'queued', priority: n % 5, at: n })),
  );

  let last = 0;
  /** Spread over all of them, and the same ones for both sides. */
  const some = (n: number): number => (n * 7_919) % size;
  const conversation = (n: number): number => some(n) % (size / CONVERSATION_LENGTH);
  return [
    { name: 'insert one', run: () => inserted.insertOne(messageAt(last++)) },
    {
      name: `insert ${BATCH} at once`,
      run: () => {
        const batch = Array.from({ length: BATCH }, () => messageAt(last++));
        return inserted.insertMany(batch);
      },
    },
    { name: 'find by _id', run: (n) => messages.findOne({ _id: `m${some(n)}` }) },
    { name: 'find by unique index', run: (n) => messages.findOne({ clientId: `c${some(n)}` }) },
    {
      name: `page: ${PAGE} newest of a conversation`,
      run: (n) =>
        messages
          .find({ conversation: conversation(n) })
          .sort({ seq: -1 })
          .limit(PAGE)
          .toArray(),
    },
    {
      name: 'update by _id',
      run: (n) =>
        messages.updateOne({ _id: `m${some(n)}` }, { $set: { author: 'agent' }, $inc: { edits: 1 } }),
    },
    {
      name: 'claim from a queue',
      before: () => queue.updateMany({ state: 'claimed' }, { $set: { state: 'queued' } }),
      run: async () => {
        const claimed = await queue.findOneAndUpdate(
          { state: 'queued' },
          { $set: { state: 'claimed' } },
          { sort: { priority: -1, at: 1 } },
        );
        return claimed !== null;
      },
    },
    {
      name: `count ${CONVERSATION_LENGTH.toLocaleString('en')} by index`,
      run: (n) => messages.countDocuments({ conversation: conversation(n) }),
    },
    {
      name: `group ${CONVERSATION_LENGTH.toLocaleString('en')} by index`,
      run: (n) =>
        messages
          .aggregate([
            { $match: { conversation: conversation(n) } },
            { $group: { _id: '$author', messages: { $sum: 1 }, last: { $max: '$seq' } } },
            { $sort: { _id: 1 } },
          ])
          .toArray(),
    },
  ];
}
