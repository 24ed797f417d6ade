/** Where old conversations go. Pure. */
import path from 'node:path';

/** The settings that say it. Folders are absolute. */
export interface ArchivePlace {
  readonly archiveDir?: string | undefined;
  readonly mongodbUri?: string | undefined;
  readonly dataDir: string;
}

/**
 * null: there is no archive. With a database elsewhere there may be other nodes on other machines, which must all see
 * one folder: then it has to be named.
 */
export function archiveFolderOf({ archiveDir, mongodbUri, dataDir }: ArchivePlace): string | null {
  if (archiveDir !== undefined) return archiveDir;
  return mongodbUri === undefined ? path.join(dataDir, 'archive') : null;
}
