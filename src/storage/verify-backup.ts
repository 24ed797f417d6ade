/** Reads a backup from its first line to its last and says what is in it. */
import { stat } from 'node:fs/promises';
import { AppError } from '../kernel/app-error.ts';
import type { Progress } from './progress-line.ts';
import { readStoreFile, readStoreHeader } from './read-store-file.ts';
import type { BackupNote, StoreFooter } from './store-lines.ts';

export interface VerifiedBackup {
  readonly database: string;
  readonly note: BackupNote;
  readonly footer: StoreFooter;
  readonly bytes: number;
}

/**
 * Holds every line against the counts and checksums of the file.
 * @throws AppError `damaged_file` that says what is wrong, `file_not_readable`, `unknown_format`; `not_a_backup` for
 *   an export, which has no note
 */
export async function verifyBackup(
  file: string,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (progress: Progress) => void } = {},
): Promise<VerifiedBackup> {
  const { database, backup: note } = await readStoreHeader(file);
  if (note === undefined) {
    throw new AppError({
      code: 'not_a_backup',
      message: `${file} was written by npm run store:export: npm run store:import brings it into a store`,
    });
  }
  const { size: bytes } = await stat(file);
  const batches = readStoreFile(file);
  for (;;) {
    const next = await batches.next();
    if (next.done) return { database, note, footer: next.value, bytes };
    options.signal?.throwIfAborted();
    options.onProgress?.({ phase: 'checking', done: next.value.position, total: bytes, unit: 'bytes' });
  }
}

/** For people: what it is, what is in it, and what it takes to use it. */
export function describeBackup({ database, note, footer, bytes }: VerifiedBackup, size: string): string {
  const rows = Object.entries(footer.counts).map(
    ([name, count]) =>
      `  ${name.padEnd(28)} ${String(count).padStart(10)}  ${footer.checksums?.[name] ?? ''}`,
  );
  return [
    `database ${database}, ${note.engine}; desk ${note.program}, migration ${note.migration}; ${footer.documents} documents, ${size || `${bytes} bytes`}`,
    note.consistency === 'one_moment'
      ? `as it was at ${note.moment}`
      : `read while it was written to, from ${note.moment} on: what was written since may be in it in part`,
    note.sealedWith.kind === 'session_secret'
      ? `numbers of persons are sealed with the SESSION_SECRET of fingerprint ${note.sealedWith.fingerprint}: keep that secret, and elsewhere than this file`
      : 'numbers of persons are sealed with a key that is in the file: whoever has the file can read them',
    ...rows,
  ].join('\n');
}
