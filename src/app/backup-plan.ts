/** What the backup commands know of the desk and storage does not: its collections, its secret, its version. */
import { hkdfSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ReadingOrder } from '../storage/backup-store.ts';
import type { BackupNote } from '../storage/store-lines.ts';

/**
 * A message is written behind the conversation, the files and the sealed numbers that it names: read before them, it
 * finds them all. A file's chunks are written before the file.
 */
export const READING_ORDER: ReadingOrder = {
  first: ['tickets', 'calls', 'conversation_notes', 'messages'],
  last: [
    'conversations',
    'contacts',
    'sealed_values',
    'attachments.files',
    'attachments.chunks',
    'desk_secrets',
  ],
};

const FINGERPRINT_BYTES = 6;

/** Tells a SESSION_SECRET from another one; the secret does not follow from it. */
export function fingerprintOf(secret: string): string {
  const bytes = hkdfSync('sha256', secret, '', 'desk backup fingerprint', FINGERPRINT_BYTES);
  return Buffer.from(bytes).toString('hex');
}

export function describeSealing(sessionSecret: string | undefined): BackupNote['sealedWith'] {
  return sessionSecret === undefined
    ? { kind: 'key_in_file' }
    : { kind: 'session_secret', fingerprint: fingerprintOf(sessionSecret) };
}

/** @returns what a person who restores must know of the secret; null: numbers will be readable */
export function warnOfSecret(
  { sealedWith }: Pick<BackupNote, 'sealedWith'>,
  sessionSecret: string | undefined,
): string | null {
  if (sealedWith.kind === 'key_in_file') {
    return sessionSecret === undefined
      ? null
      : 'SESSION_SECRET is set, and the backup has a key of its own: leave SESSION_SECRET unset to read the numbers of persons in it.';
  }
  if (sessionSecret !== undefined && fingerprintOf(sessionSecret) === sealedWith.fingerprint) return null;
  const now = sessionSecret === undefined ? 'is not set' : `is another one (${fingerprintOf(sessionSecret)})`;
  return `SESSION_SECRET ${now}: start the desk with the one of fingerprint ${sealedWith.fingerprint}, or the numbers of persons and the second factors of the staff in this backup cannot be read.`;
}

/** The desk's version. @param root of the repository */
export async function readVersion(root: string): Promise<string> {
  const text = await readFile(path.join(root, 'package.json'), 'utf8');
  return String((JSON.parse(text) as { version: unknown }).version);
}
