/** Whether nodes of a desk are at work on a store. */
import type { OpenStore } from '../storage/open-store.ts';

/** A node says twice a second that it is there (corpus/releases.ts). */
const SILENT_MS = 60_000;

/** Nodes that were killed are taken for running ones for a minute. */
export async function isDeskRunning(db: OpenStore['db'], now = new Date()): Promise<boolean> {
  const since = new Date(now.getTime() - SILENT_MS);
  return (await db.collection('corpus_nodes').findOne({ at: { $gt: since } })) !== null;
}
