/** Telling the database's errors apart. */

/** MongoDB's code for it. */
export const DUPLICATE_KEY = 11_000;

/** An insert or upsert met a document that has its place already. */
export function isDuplicateKey(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === DUPLICATE_KEY;
}
