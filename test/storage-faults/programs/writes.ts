/**
 * What the writer does to the store, and what it says of it. Every write is announced before it is sent, with the
 * documents as they will be, and confirmed after its acknowledgement; so the reader of the output knows what must be
 * stored, and what may be.
 */
import type { Collection, Db } from 'mongodb';

export type Line =
  | { readonly begin: number; readonly changes: readonly Change[] }
  | { readonly done: number }
  | { readonly invalid: string }
  | { readonly ready: true };

/** A document after a write; null when the write deletes it. */
export interface Change {
  readonly collection: 'tickets' | 'sessions' | 'ledgers';
  readonly id: string;
  readonly after: object | null;
}

export interface Ticket {
  readonly _id: string;
  /** Run and lane of the only writer that touches it. */
  readonly owner: string;
  /** Unique. */
  readonly code: string;
  readonly state: string;
  readonly at: number;
  readonly tags: readonly string[];
  /** Always written together, always equal. */
  readonly left: number;
  readonly right: number;
}

export interface Session {
  readonly _id: string;
  /** Milliseconds since 1970, beside the date that expires: dates do not travel in JSON. */
  readonly until: number;
}

/** One for each run, changed by all lanes. */
export interface Ledger {
  readonly _id: string;
  readonly count: number;
  /** The writes that counted. */
  readonly entries: readonly number[];
}

/** The collections, with every kind of index the product uses. Made again at each start, as the product does. */
export async function prepare(db: Db): Promise<void> {
  await db
    .collection('tickets')
    .createIndexes([
      { key: { code: 1 }, unique: true },
      { key: { owner: 1, state: 1, at: 1 } },
      { key: { tags: 1 } },
      { key: { left: -1 } },
    ]);
  await db.collection('sessions').createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 });
}

/** Makes a write's number and tells of it; the caller sends the write, then calls what is returned. */
export type Announce = (changes: (number: number) => readonly Change[]) => {
  readonly number: number;
  readonly done: () => void;
};

const HOUR_MS = 3_600_000;

/**
 * One writer among several: does one random write after the other, each acknowledged before the next.
 * @returns only when a write fails, by throwing
 */
export async function writeWithoutEnd(
  db: Db,
  lane: { readonly run: string; readonly name: string },
  random: () => number,
  announce: Announce,
): Promise<never> {
  const tickets: Collection<Ticket> = db.collection<Ticket>('tickets');
  const owner = `${lane.run}/${lane.name}`;
  const mine = new Map<string, Ticket>();
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const some = (): Ticket | undefined => (mine.size === 0 ? undefined : pick([...mine.values()]));
  const put = (after: Ticket): Change => ({ collection: 'tickets', id: after._id, after });
  const gone = ({ _id }: Ticket): Change => ({ collection: 'tickets', id: _id, after: null });
  const keep = (changed: readonly Ticket[]): void => {
    for (const ticket of changed) mine.set(ticket._id, ticket);
  };
  const tags = (number: number): string[] => [`n${number}`, `t${number % 7}`, pick(['cài đặt', 'mật khẩu'])];
  const fresh = (number: number, at = 0): Ticket => ({
    _id: `${owner}/${number}.${at}`,
    owner,
    code: `PA-${owner}-${number}.${at}`,
    state: 'queued',
    at: number + at,
    tags: tags(number),
    left: number,
    right: number,
  });
  /** Announces, writes, confirms, and remembers. */
  const change = async (
    make: (number: number) => readonly Ticket[],
    write: (after: readonly Ticket[], number: number) => Promise<unknown>,
  ): Promise<void> => {
    let after: readonly Ticket[] = [];
    const { number, done } = announce((n) => {
      after = make(n);
      return after.map(put);
    });
    await write(after, number);
    done();
    keep(after);
  };
  const erase = async (ticket: Ticket, write: () => Promise<unknown>): Promise<void> => {
    const { done } = announce(() => [gone(ticket)]);
    await write();
    done();
    mine.delete(ticket._id);
  };
  const both = (ticket: Ticket, number: number): Ticket => ({ ...ticket, left: number, right: number });

  const inserts = {
    one: () =>
      change(
        (n) => [fresh(n)],
        ([ticket]) => tickets.insertOne(ticket as Ticket),
      ),
    many: () =>
      change(
        (n) => [0, 1, 2, 3, 4].map((at) => fresh(n, at)),
        (all) => tickets.insertMany([...all]),
      ),
    upsert: () =>
      change(
        (n) => [fresh(n)],
        async ([ticket]) => {
          const { code, ...rest } = ticket as Ticket;
          await tickets.updateOne({ code }, { $set: rest }, { upsert: true });
        },
      ),
    session: async () => {
      const expired = random() < 0.5;
      const until = Date.now() + (expired ? -HOUR_MS : HOUR_MS);
      const { number, done } = announce((n) => [
        { collection: 'sessions', id: `${owner}/${n}`, after: { _id: `${owner}/${n}`, until } },
      ]);
      const sessions = db.collection<Session & { expiresAt: Date }>('sessions');
      await sessions.insertOne({ _id: `${owner}/${number}`, until, expiresAt: new Date(until) });
      done();
    },
    ledger: async () => {
      const { number, done } = announce((n) => [
        { collection: 'ledgers', id: lane.run, after: { entry: n } },
      ]);
      await db
        .collection<Ledger>('ledgers')
        .updateOne({ _id: lane.run }, { $inc: { count: 1 }, $push: { entries: number } }, { upsert: true });
      done();
    },
  };
  const changes = {
    update: (ticket: Ticket) =>
      change(
        (n) => [{ ...both(ticket, n), tags: tags(n) }],
        ([after]) => {
          const { left, right, tags: newTags } = after as Ticket;
          return tickets.updateOne({ _id: ticket._id }, { $set: { left, right, tags: newTags } });
        },
      ),
    updateAll: () =>
      change(
        (n) => [...mine.values()].map((ticket) => both(ticket, n)),
        (_, n) => tickets.updateMany({ owner }, { $set: { left: n, right: n } }),
      ),
    claim: () => {
      const [first] = [...mine.values()]
        .filter(({ state }) => state === 'queued')
        .sort((a, b) => a.at - b.at);
      if (first === undefined) return inserts.many();
      return change(
        (n) => [{ ...both(first, n), state: 'claimed' }],
        ([after]) =>
          tickets.findOneAndUpdate(
            { owner, state: 'queued' },
            { $set: { state: 'claimed', left: (after as Ticket).left, right: (after as Ticket).right } },
            { sort: { at: 1 } },
          ),
      );
    },
    replace: (ticket: Ticket) =>
      change(
        (n) => [{ ...fresh(n), _id: ticket._id }],
        ([after]) => tickets.replaceOne({ code: ticket.code }, after as Ticket),
      ),
    take: (ticket: Ticket) => erase(ticket, () => tickets.findOneAndDelete({ code: ticket.code })),
    erase: (ticket: Ticket) => erase(ticket, () => tickets.deleteOne({ _id: ticket._id })),
  };
  for (;;) {
    const ticket = some();
    const next = random() < 0.5 || ticket === undefined ? pick(Object.values(inserts)) : undefined;
    if (next !== undefined) await next();
    else await pick(Object.values(changes))(ticket as Ticket);
  }
}
