/** What a killed writer's output promises of the store, and where the store breaks it. */
import type { Db } from 'mongodb';
import type { Change, Ledger, Line, Session, Ticket } from './programs/writes.ts';

export interface Promises {
  /** Takes a run's whole output in, once the run is over. */
  readonly read: (lines: readonly string[]) => void;
  /** How many writes were acknowledged so far. */
  readonly acknowledged: () => number;
  /** How many were sent and not acknowledged: each may or may not be in the store, but not by halves. */
  readonly unsure: () => number;
  /** What the runs themselves complained of. */
  readonly complaints: readonly string[];
  /** A sentence for each broken promise. */
  readonly brokenIn: (db: Db) => Promise<string[]>;
}

export function createPromises(): Promises {
  const keyOf = ({ collection, id }: Change): string => `${collection} ${id}`;
  /** The state after the last acknowledged write, and the one after a write that nobody knows the end of. */
  const certain = new Map<string, object | null>();
  const possible = new Map<string, (object | null)[]>();
  const ledgers = new Map<string, { certain: number[]; possible: number[] }>();
  const complaints: string[] = [];
  let acknowledged = 0;
  let unsure = 0;

  function note(change: Change, isCertain: boolean): void {
    if (change.collection === 'ledgers') {
      const ledger = ledgers.get(change.id) ?? { certain: [], possible: [] };
      ledgers.set(change.id, ledger);
      ledger[isCertain ? 'certain' : 'possible'].push((change.after as { entry: number }).entry);
    } else if (isCertain) certain.set(keyOf(change), change.after);
    else possible.set(keyOf(change), [...(possible.get(keyOf(change)) ?? []), change.after]);
  }

  const allowed = (key: string): (object | null)[] => [
    certain.get(key) ?? null,
    ...(possible.get(key) ?? []),
  ];

  async function brokenDocuments(db: Db, collection: 'tickets' | 'sessions'): Promise<string[]> {
    const broken: string[] = [];
    const stored = new Map<string, object>();
    const rows = db.collection<Ticket | Session>(collection).find({}, { projection: { expiresAt: 0 } });
    for (const row of await rows.toArray()) {
      const key = `${collection} ${row._id}`;
      if (stored.has(key)) broken.push(`${key} is there twice`);
      stored.set(key, row);
      if (!allowed(key).some((state) => sameDocument(state, row)))
        broken.push(`${key} is ${JSON.stringify(row)}, not one of ${JSON.stringify(allowed(key))}`);
    }
    for (const key of certain.keys()) {
      if (!key.startsWith(`${collection} `) || stored.has(key)) continue;
      const mayBeGone = allowed(key).some((state) => state === null || isExpired(state));
      if (!mayBeGone) broken.push(`${key} is lost`);
    }
    return broken;
  }

  async function brokenLedgers(db: Db): Promise<string[]> {
    const broken: string[] = [];
    const rows = await db.collection<Ledger>('ledgers').find().toArray();
    const stored = new Map(rows.map((row) => [row._id, row]));
    for (const id of stored.keys()) if (!ledgers.has(id)) broken.push(`ledger ${id} comes from nowhere`);
    for (const [id, { certain: sure, possible: maybe }] of ledgers) {
      const { count, entries } = stored.get(id) ?? { count: 0, entries: [] };
      const found = new Set(entries);
      if (count !== entries.length) broken.push(`ledger ${id} counts ${count} for ${entries.length} entries`);
      if (found.size !== entries.length) broken.push(`ledger ${id} has an entry twice`);
      for (const entry of sure) if (!found.has(entry)) broken.push(`ledger ${id} lost entry ${entry}`);
      const known = new Set([...sure, ...maybe]);
      for (const entry of found) if (!known.has(entry)) broken.push(`ledger ${id} made entry ${entry} up`);
    }
    return broken;
  }

  return {
    complaints,
    acknowledged: () => acknowledged,
    unsure: () => unsure,
    read(lines) {
      const pending = new Map<number, readonly Change[]>();
      for (const text of lines) {
        const line = JSON.parse(text) as Line;
        if ('invalid' in line) complaints.push(line.invalid);
        if ('begin' in line) pending.set(line.begin, line.changes);
        if (!('done' in line)) continue;
        for (const change of pending.get(line.done) ?? []) note(change, true);
        pending.delete(line.done);
        acknowledged++;
      }
      unsure += pending.size;
      for (const changes of pending.values()) for (const change of changes) note(change, false);
    },
    brokenIn: async (db) => [
      ...(await brokenDocuments(db, 'tickets')),
      ...(await brokenDocuments(db, 'sessions')),
      ...(await brokenLedgers(db)),
    ],
  };
}

const isExpired = (state: Partial<Session>): boolean => state.until !== undefined && state.until < Date.now();

/** Whether two documents have the same fields with the same values, in whatever order. */
function sameDocument(one: object | null, other: object): boolean {
  const text = (value: object): string =>
    JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  return one !== null && text(one) === text(other);
}
