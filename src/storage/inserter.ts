/** Inserts that arrive together travel together: one command and one flush for all of them. */
import { type Collection, mongo } from 'mongoose';
import { currentScope, inScope, type Scope } from '../kernel/scope.ts';

/** Entries, of two documents at most, in one command: at a kilobyte each far below the 48 MB that a command may have. */
const MOST = 500;

export interface Inserter {
  /** Inserts one document. @throws the error of this document alone, or of the whole command */
  readonly insert: (document: object) => Promise<void>;
  /**
   * Inserts a document, and then one that has a meaning only behind it.
   * @returns whether the second is there too
   * @throws as `insert`, of the first; then neither is there
   */
  readonly insertPair: (first: object, second: object) => Promise<boolean>;
}

interface Waiting {
  readonly first: object;
  readonly second: object | null;
  readonly resolve: (isSecondThere: boolean) => void;
  readonly reject: (error: unknown) => void;
  /** Whoever comes first is the one that the command is for. */
  readonly scope: Scope;
}

/**
 * While one command is under way the next documents gather; alone, a document goes at once. Nothing waits for a
 * timer: under load the batches grow by themselves.
 */
export function createInserter(collection: Pick<Collection, 'insertMany'>): Inserter {
  let waiting: Waiting[] = [];
  let writing = false;

  /** @returns the errors of single documents by their place; of the whole command, it is thrown */
  const insert = async (documents: readonly object[], ordered: boolean): Promise<Map<number, unknown>> => {
    if (documents.length === 0) return new Map();
    try {
      await collection.insertMany(documents as never, { ordered });
      return new Map();
    } catch (error) {
      const failed = failuresOf(error);
      if (failed === null) throw error;
      return failed;
    }
  };

  /** All first ones, then the second ones of those that are there. */
  const writeApart = async (batch: readonly Waiting[]): Promise<void> => {
    const refused = await insert(
      batch.map(({ first }) => first),
      false,
    );
    batch.forEach(({ reject }, at) => {
      if (refused.has(at)) reject(refused.get(at));
    });
    const pairs = batch.filter(({ second }, at) => second !== null && !refused.has(at));
    const without = await insert(
      pairs.map(({ second }) => second as object),
      false,
    );
    const isWithout = new Set(pairs.filter((_, at) => without.has(at)));
    // A promise that was rejected stays so.
    for (const entry of batch) entry.resolve(entry.second !== null && !isWithout.has(entry));
  };

  /** Everything in one command, which ends at the first error: what lies behind that is written apart. */
  const writePairs = async (batch: readonly Waiting[]): Promise<void> => {
    const documents = batch.flatMap(({ first, second }) => (second === null ? [first] : [first, second]));
    const [failed] = await insert(documents, true);
    if (failed === undefined) {
      for (const { second, resolve } of batch) resolve(second !== null);
      return;
    }
    const [place, error] = failed;
    let done = 0;
    for (const [at, { first, second, resolve, reject }] of batch.entries()) {
      if (documents[place] === first) reject(error);
      else resolve(second !== null && documents[place] !== second);
      done = at + 1;
      if (documents[place] === first || documents[place] === second) break;
    }
    await writeApart(batch.slice(done));
  };

  const drain = async (): Promise<void> => {
    writing = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST);
      waiting = waiting.slice(MOST);
      const write = batch.some(({ second }) => second !== null) ? writePairs : writeApart;
      await inScope(batch[0]?.scope ?? {}, () => write(batch)).catch((error: unknown) => {
        for (const { reject } of batch) reject(error);
      });
    }
    writing = false;
  };
  const enqueue = (first: object, second: object | null): Promise<boolean> =>
    new Promise((resolve, reject) => {
      waiting.push({ first, second, resolve, reject, scope: currentScope() ?? {} });
      if (!writing) void drain();
    });

  return {
    insert: async (document) => void (await enqueue(document, null)),
    insertPair: enqueue,
  };
}

/** The errors of single documents by their place in the batch; null: the command failed as a whole. */
function failuresOf(error: unknown): Map<number, unknown> | null {
  if (!(error instanceof mongo.MongoBulkWriteError)) return null;
  const errors = [error.writeErrors].flat();
  if (errors.length === 0 || error.result.getWriteConcernError() !== undefined) return null;
  return new Map(errors.map((single) => [single.index, single]));
}
