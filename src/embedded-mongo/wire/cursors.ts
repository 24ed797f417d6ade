/** Results that are fetched in several batches. */
import { setImmediate } from 'node:timers/promises';
import { Long } from 'bson';
import { withArray, withDocument } from '../bson/raw-bson.ts';
import { MongoFault } from '../fault.ts';

/** Documents to give out; undefined while one is still looked for. */
export type Source = Iterator<Buffer | undefined>;

interface Cursor {
  readonly namespace: string;
  readonly source: Source;
  /** Read already, but there was no room for it in the last batch. */
  pending: Buffer | undefined;
  usedAt: number;
  busy: boolean;
}

export interface BatchOptions {
  /** undefined: as many as fit. */
  readonly batchSize?: number | undefined;
  /** No cursor is kept for what is left. */
  readonly singleBatch?: boolean;
  /** 0: no limit. */
  readonly maxTimeMs?: number | undefined;
}

/** As mongod: a cursor nobody asks for this long is given up. */
const IDLE_MS = 10 * 60_000;
const FIRST_BATCH = 101;
const MOST_BYTES = 16 * 1024 * 1024;
/** Others get their turn after this long. */
const SLICE_MS = 10;

export type Cursors = ReturnType<typeof createCursors>;

export function createCursors({ idleMs = IDLE_MS }: { idleMs?: number } = {}) {
  const open = new Map<number, Cursor>();
  let lastId = 0;

  const sweep = setInterval(
    () => {
      for (const [id, { usedAt, busy }] of open) if (!busy && usedAt < Date.now() - idleMs) open.delete(id);
    },
    Math.min(idleMs, 60_000),
  );
  sweep.unref();

  async function fill(cursor: Cursor, { batchSize = Number.POSITIVE_INFINITY, maxTimeMs = 0 }: BatchOptions) {
    const batch: Buffer[] = [];
    const startedAt = Date.now();
    let sliceAt = startedAt;
    let bytes = 0;
    let next: Buffer | undefined = cursor.pending;
    cursor.pending = undefined;
    for (;;) {
      if (next !== undefined) {
        if (batch.length >= batchSize || (batch.length > 0 && bytes + next.length > MOST_BYTES)) {
          cursor.pending = next;
          return { batch, done: false };
        }
        batch.push(next);
        bytes += next.length;
      }
      const step = cursor.source.next();
      if (step.done) return { batch, done: true };
      next = step.value;
      if (batch.length >= batchSize && next === undefined) return { batch, done: false };
      if (Date.now() - sliceAt < SLICE_MS) continue;
      if (maxTimeMs > 0 && Date.now() - startedAt > maxTimeMs) {
        throw new MongoFault('MaxTimeMSExpired', 'operation exceeded time limit');
      }
      await setImmediate();
      sliceAt = Date.now();
    }
  }

  const reply = (name: string, batch: readonly Buffer[], id: number, namespace: string): Buffer =>
    withDocument({ ok: 1 }, 'cursor', withArray({ id: Long.fromNumber(id), ns: namespace }, name, batch));

  return {
    /** The reply with the first batch; keeps a cursor for the rest. */
    async start(namespace: string, source: Source, options: BatchOptions = {}): Promise<Buffer> {
      const cursor: Cursor = { namespace, source, pending: undefined, usedAt: Date.now(), busy: false };
      const { batch, done } = await fill(cursor, { ...options, batchSize: options.batchSize ?? FIRST_BATCH });
      let id = 0;
      if (!done && !options.singleBatch) {
        id = ++lastId;
        open.set(id, cursor);
      }
      return reply('firstBatch', batch, id, namespace);
    },

    /** @throws MongoFault CursorNotFound */
    async more(id: number, namespace: string, options: BatchOptions): Promise<Buffer> {
      const cursor = open.get(id);
      if (cursor === undefined || cursor.busy)
        throw new MongoFault('CursorNotFound', `cursor id ${id} not found`);
      if (cursor.namespace !== namespace) {
        throw new MongoFault(
          'Unauthorized',
          `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
        );
      }
      cursor.busy = true;
      try {
        const { batch, done } = await fill(cursor, options);
        if (done) open.delete(id);
        return reply('nextBatch', batch, done || !open.has(id) ? 0 : id, namespace);
      } catch (error) {
        open.delete(id);
        throw error;
      } finally {
        cursor.busy = false;
        cursor.usedAt = Date.now();
      }
    },

    /** @returns whether there was such a cursor */
    kill: (id: number): boolean => open.delete(id),

    /** Ends the cursors over a collection that is gone. */
    killAll(namespace: string): void {
      for (const [id, cursor] of open) if (cursor.namespace === namespace) open.delete(id);
    },

    count: (): number => open.size,

    close(): void {
      clearInterval(sweep);
      open.clear();
    },
  };
}
