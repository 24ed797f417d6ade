/** Telling the database's errors apart. */
import { mongo } from 'mongoose';

/** MongoDB's code for it. */
export const DUPLICATE_KEY = 11_000;

/** An insert or upsert met a document that has its place already. */
export function isDuplicateKey(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === DUPLICATE_KEY;
}

/** The driver lets some of these through as the system gave them. */
const BROKEN_PIPES: ReadonlySet<string> = new Set(['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT']);

/**
 * The database could not be reached, or nobody knows whether it did what was asked: the same may be tried again
 * later. Also what mongoose says of an operation while it is not connected.
 */
export function isStoreAway(error: unknown): boolean {
  if (BROKEN_PIPES.has(String((error as { code?: unknown } | null)?.code))) return true;
  // What befalls a bulk as a whole is wrapped: for the driver even a lost connection is an answer of the server then.
  if (error instanceof mongo.MongoBulkWriteError && isStoreAway(error.errorResponse)) return true;
  return (
    error instanceof mongo.MongoNetworkError ||
    error instanceof mongo.MongoServerSelectionError ||
    error instanceof mongo.MongoNotConnectedError ||
    error instanceof mongo.MongoExpiredSessionError ||
    error instanceof mongo.MongoTopologyClosedError ||
    error instanceof mongo.MongoClientClosedError ||
    (error instanceof mongo.MongoError && error.hasErrorLabel('RetryableWriteError')) ||
    (error instanceof Error &&
      /before initial connection is complete|Connection was force closed/.test(error.message))
  );
}
