/** Inserts that arrive together travel together: one command and one flush for all of them. */
import { type Collection, mongo } from 'mongoose';

/** Documents in one command: at a kilobyte each far below the 48 MB that a command may have. */
const MOST = 500;

export interface Inserter {
  /** Inserts one document. @throws the error of this document alone, or of the whole command */
  readonly insert: (document: object) => Promise<void>;
}

interface Waiting {
  readonly document: object;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * While one command is under way the next documents gather; alone, a document goes at once. Nothing waits for a
 * timer: under load the batches grow by themselves.
 */
export function createInserter(collection: Pick<Collection, 'insertMany'>): Inserter {
  let waiting: Waiting[] = [];
  let writing = false;

  const write = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      await collection.insertMany(batch.map(({ document }) => document) as never, { ordered: false });
    } catch (error) {
      const failed = failuresOf(error);
      batch.forEach((entry, at) => {
        if (failed === null) entry.reject(error);
        else if (failed.has(at)) entry.reject(failed.get(at));
      });
      if (failed === null) return;
    }
    // A promise that was rejected stays so.
    for (const { resolve } of batch) resolve();
  };

  const drain = async (): Promise<void> => {
    writing = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST);
      waiting = waiting.slice(MOST);
      await write(batch);
    }
    writing = false;
  };

  return {
    insert: (document) =>
      new Promise((resolve, reject) => {
        waiting.push({ document, resolve, reject });
        if (!writing) void drain();
      }),
  };
}

/** The errors of single documents by their place in the batch; null: the command failed as a whole. */
function failuresOf(error: unknown): Map<number, unknown> | null {
  if (!(error instanceof mongo.MongoBulkWriteError)) return null;
  const errors = [error.writeErrors].flat();
  if (errors.length === 0 || error.result.getWriteConcernError() !== undefined) return null;
  return new Map(errors.map((single) => [single.index, single]));
}
