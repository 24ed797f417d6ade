/** Write transactions: all changes that arrive in one turn of the event loop share one, and one flush. */
import type { RootDatabase } from 'lmdb';

interface Waiting {
  readonly change: () => unknown;
  readonly atomic: boolean;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export interface WriteOptions {
  /** Takes back what a change did before it threw; without it, it must not have done anything. */
  readonly atomic?: boolean;
}

/**
 * @param reload reads anew what is kept in memory of the store, after something was taken back
 * @returns a function that runs a change in a write transaction; it gives what the change returned when that is on
 *   the disk, and throws what the change threw
 */
export function createCommits(root: RootDatabase, reload: () => void) {
  let waiting: Waiting[] = [];

  /** This thread waits for the disk itself: handing the transaction to another took twice as long. */
  function commit(): void {
    const changes = waiting;
    waiting = [];
    const settled: (() => void)[] = [];
    try {
      root.transactionSync(() => {
        for (const { change, atomic, resolve, reject } of changes) {
          try {
            // A transaction within this one can be taken back alone.
            const value = atomic ? root.transactionSync(change) : change();
            settled.push(() => resolve(value));
          } catch (error) {
            // A fault is found before anything is written; when LMDB itself failed nothing may be kept.
            if (/^MDB_|LMDB/.test((error as Error).message)) throw error;
            if (atomic) reload();
            settled.push(() => reject(error));
          }
        }
      });
      for (const settle of settled) settle();
    } catch (error) {
      reload();
      for (const { reject } of changes) reject(error);
    }
  }

  return <T>(change: () => T, { atomic = false }: WriteOptions = {}): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (waiting.length === 0) setImmediate(commit);
      waiting.push({ change, atomic, resolve: resolve as (value: unknown) => void, reject });
    });
}
