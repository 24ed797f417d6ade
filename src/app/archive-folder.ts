/** Where old conversations go. Pure. */
import path from 'node:path';
import type { AppOptions } from './app-options.ts';

/**
 * null: there is no archive. With a database elsewhere there may be other nodes on other machines, which must all see
 * one folder: then it has to be named.
 */
export function archiveFolderOf({
  archiveDir,
  mongodbUri,
  dataDir,
}: Pick<AppOptions, 'archiveDir' | 'mongodbUri' | 'dataDir'>): string | null {
  if (archiveDir !== undefined) return archiveDir;
  return mongodbUri === undefined ? path.join(dataDir, 'archive') : null;
}
