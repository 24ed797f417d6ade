/** Brings a backup into an empty store, and holds what is there then against the backup. */
import type { mongo } from 'mongoose';
import { AppError } from '../kernel/app-error.ts';
import { type ImportReport, importStore } from './import-store.ts';
import type { Progress } from './progress-line.ts';
import { hashOf } from './read-store-file.ts';
import { formatDocument } from './store-lines.ts';
import { type VerifiedBackup, verifyBackup } from './verify-backup.ts';
import { walkCollection } from './walk-collection.ts';

export interface RestoreReport {
  readonly backup: VerifiedBackup;
  readonly notes: ImportReport['notes'];
}

/**
 * The backup is read as a whole before anything is written or removed, and each collection is read back when it is
 * there.
 * @param options.replace removes what the store holds, once the backup has proved whole
 * @param options.newestMigration that this program knows
 * @throws AppError `store_not_empty` without `replace`; `store_too_new` when the backup is a newer program's;
 *   `restore_incomplete` when the store does not hold what the backup does; what verifyBackup and importStore throw
 */
export async function restoreStore(options: {
  readonly db: mongo.Db;
  readonly file: string;
  readonly newestMigration: number;
  readonly replace?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}): Promise<RestoreReport> {
  const { db, file, newestMigration, replace = false, signal } = options;
  const filled = await listFilled(db);
  if (filled.length > 0 && !replace) {
    throw new AppError({
      code: 'store_not_empty',
      message: `The store is not empty (${filled.slice(0, 5).join(', ')}${filled.length > 5 ? ', …' : ''}). Nothing was written. Name an empty one (another DATA_DIR or MONGODB_URI), or say --replace to remove what is in it.`,
    });
  }
  const backup = await verifyBackup(file, options);
  if (backup.note.migration > newestMigration) {
    throw new AppError({
      code: 'store_too_new',
      message: `The backup is of a newer desk (${backup.note.program}, migration ${backup.note.migration}); this one knows ${newestMigration}. Restore it with that version, or a newer one.`,
    });
  }
  signal?.throwIfAborted();
  if (replace) for (const name of await listCollections(db)) await db.dropCollection(name);
  const { notes, refused } = await importStore(options);
  const [first] = refused;
  if (first !== undefined) throw incomplete(`${first.collection} ${first.id}: ${first.reason}`);
  await compare(db, backup);
  return { backup, notes };
}

async function listCollections(db: mongo.Db): Promise<string[]> {
  const found = await db.listCollections({}, { nameOnly: true }).toArray();
  return found.map(({ name }) => name).filter((name) => !name.startsWith('system.'));
}

async function listFilled(db: mongo.Db): Promise<string[]> {
  const filled: string[] = [];
  for (const name of await listCollections(db)) {
    const found = await db.collection(name).findOne({}, { projection: { _id: 1 } });
    if (found !== null) filled.push(name);
  }
  return filled.sort();
}

async function compare(db: mongo.Db, { footer }: VerifiedBackup): Promise<void> {
  for (const [name, expected] of Object.entries(footer.checksums ?? {})) {
    const hashes = new Map();
    let count = 0;
    for await (const bytes of walkCollection(db.collection(name))) {
      hashOf(hashes, name).update(`${formatDocument(name, bytes)}\n`);
      count += 1;
    }
    if (hashOf(hashes, name).digest('hex') === expected) continue;
    // What had expired goes within a minute.
    const indexes = await db.collection(name).indexes();
    const expires = indexes.some(({ expireAfterSeconds }) => expireAfterSeconds !== undefined);
    if (expires && count < (footer.counts[name] ?? 0)) continue;
    throw incomplete(`${name} has ${count} documents, in the backup ${footer.counts[name]}, or others`);
  }
}

function incomplete(reason: string): AppError {
  return new AppError({
    code: 'restore_incomplete',
    message: `The store does not hold what the backup does: ${reason}. See that nothing else writes to it, and run it again with --replace.`,
  });
}
