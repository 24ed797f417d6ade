/** What one node does for all: a document that is somebody's until a time. */
import type { Collection } from 'mongoose';
import { isDuplicateKey } from './mongo-errors.ts';

/**
 * Takes a lease that is free, over, or the owner's already.
 * @param id of the document, which has `owner` and `until`
 * @returns whether it is the owner's until then
 */
export async function takeLease(
  collection: Collection,
  id: string,
  { owner, now, until }: { readonly owner: string; readonly now: Date; readonly until: Date },
): Promise<boolean> {
  try {
    const { matchedCount, upsertedCount } = await collection.updateOne(
      { _id: id, $or: [{ owner }, { until: { $lte: now } }] } as never,
      { $set: { owner, until } } as never,
      { upsert: true },
    );
    return matchedCount + upsertedCount > 0;
  } catch (error) {
    // Another node has it: the upsert met it.
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
