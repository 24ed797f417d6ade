/** Writes a backup: the whole store in the form of store-lines.ts, with what is needed to trust it and to use it. */
import { type Hash, randomBytes } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { AppError } from '../kernel/app-error.ts';
import { readHeads } from './export-store.ts';
import { createLineWriter } from './line-file.ts';
import { findNewestMigration } from './migrations.ts';
import { openMoment } from './one-moment.ts';
import type { OpenStore } from './open-store.ts';
import type { Progress } from './progress-line.ts';
import { hashOf } from './read-store-file.ts';
import {
  type BackupNote,
  type CollectionHead,
  formatDocument,
  formatFooter,
  formatHeader,
  type StoreFooter,
} from './store-lines.ts';
import { walkCollection } from './walk-collection.ts';

/** In which order collections are read where they cannot be read as of one moment. */
export interface ReadingOrder {
  /** What refers to others: so that what it refers to, which was there before it, is met later. */
  readonly first: readonly string[];
  /** What is only referred to. */
  readonly last: readonly string[];
}

export interface BackupReport {
  readonly note: BackupNote;
  readonly footer: StoreFooter;
  readonly bytes: number;
}

/** What a replica set says when it does not keep the moment any longer: SnapshotTooOld, SnapshotUnavailable. */
const MOMENT_IS_GONE: ReadonlySet<unknown> = new Set([239, 246]);

/**
 * Writes FILE.part, which gets its name when it is complete and on the disk; nothing is left of one that failed.
 * @param options.file gzipped when its name ends with .gz; replaced when it exists
 * @throws AppError `file_not_writable`, `no_copy`, `unsupported_collection`; `moment_gone` when reading took longer
 *   than the database keeps its history
 */
export async function backupStore(options: {
  readonly store: Pick<OpenStore, 'db' | 'name'>;
  readonly file: string;
  readonly about: Pick<BackupNote, 'program' | 'sealedWith'>;
  readonly order: ReadingOrder;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}): Promise<BackupReport> {
  const { store, file, about, order, signal, onProgress } = options;
  const part = `${file}.part`;
  const writer = await createLineWriter(part, { gzip: file.endsWith('.gz') });
  try {
    const view = await openMoment(store, `${file}.copy-${randomBytes(6).toString('hex')}`);
    try {
      const { db, session, consistency, engine } = view;
      const heads = await readHeads(db);
      const note: BackupNote = {
        moment: view.moment.toISOString(),
        consistency,
        ...about,
        node: process.version,
        engine,
        migration: (await findNewestMigration(db)) ?? 0,
      };
      const createdAt = new Date().toISOString();
      await writer.write(
        formatHeader({ database: db.databaseName, createdAt, collections: heads, backup: note }),
      );
      const total = heads.reduce((all, { count }) => all + count, 0);
      const counts: Record<string, number> = {};
      const hashes = new Map<string, Hash>();
      let documents = 0;
      for (const name of inOrder(heads, order)) {
        for await (const bytes of walkCollection(db.collection(name), undefined, session)) {
          signal?.throwIfAborted();
          const line = formatDocument(name, bytes);
          await writer.write(line);
          hashOf(hashes, name).update(`${line}\n`);
          counts[name] = (counts[name] ?? 0) + 1;
          documents += 1;
          onProgress?.({ phase: 'backing up', done: documents, total, unit: 'documents' });
        }
      }
      const checksums = Object.fromEntries([...hashes].map(([name, hash]) => [name, hash.digest('hex')]));
      const footer = { documents, counts, checksums, sha256: writer.sha256() };
      await writer.write(formatFooter(footer));
      await writer.finish(file);
      return { note, footer, bytes: (await stat(file)).size };
    } finally {
      await view.close();
    }
  } catch (error) {
    await writer.abandon();
    await rm(part, { force: true });
    if (!MOMENT_IS_GONE.has((error as { code?: unknown }).code)) throw error;
    throw new AppError({
      code: 'moment_gone',
      message:
        'The database does not keep its history for as long as reading took. Nothing was written. Give it a longer one (minSnapshotHistoryWindowInSeconds), or back it up by its own means (docs/operations.md).',
      cause: error,
    });
  }
}

/** Views are made of the others. */
function inOrder(heads: readonly CollectionHead[], { first, last }: ReadingOrder): string[] {
  const names = heads.filter(({ type }) => type === 'collection').map(({ name }) => name);
  const there = (some: readonly string[]) => some.filter((name) => names.includes(name));
  const others = names.filter((name) => !first.includes(name) && !last.includes(name));
  return [...there(first), ...others, ...there(last)];
}
