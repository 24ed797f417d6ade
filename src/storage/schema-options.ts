/** What every schema of the product has in common. */

/**
 * Indexes and collections are made by ensure-indexes.ts, not by mongoose behind our back; with the database
 * away an operation fails at once instead of waiting; empty objects are kept as they are.
 */
export const SCHEMA_OPTIONS = {
  autoIndex: false,
  autoCreate: false,
  bufferCommands: false,
  minimize: false,
  versionKey: false,
} as const;
