/** Makes the declared indexes, and says where the store has others. */
import type { Connection, Model } from 'mongoose';
import { AppError } from '../kernel/app-error.ts';
import type { Logger } from '../kernel/logger.ts';
import { compareIndexes, type IndexShape, toIndexShape } from './compare-indexes.ts';
import { isDuplicateKey } from './mongo-errors.ts';

const NAMESPACE_NOT_FOUND = 26;

export interface IndexReport {
  /** "collection.index" of each that was made now. */
  readonly created: readonly string[];
  /** A sentence each: which index differs from its declaration or has none, and what to do. */
  readonly remarks: readonly string[];
}

/**
 * Creates the indexes that the schemas of a connection's models declare and the database lacks. Nothing is
 * dropped or changed: what differs is only reported. Harmless when two nodes do it at once.
 * @throws AppError `bad_index` when documents are in the way of a unique index
 */
export async function ensureIndexes(connection: Connection, logger: Logger): Promise<IndexReport> {
  const created: string[] = [];
  const remarks: string[] = [];
  for (const model of Object.values(connection.models)) {
    const collection = model.collection.collectionName;
    const { missing, differing, leftover } = compareIndexes(listDeclared(model), await listExisting(model));
    for (const index of missing) {
      await createIndex(model, index);
      created.push(`${collection}.${index.name}`);
    }
    for (const { declared, existing } of differing) {
      remarks.push(
        `${collection}.${existing.name} is ${describe(existing)} and should be ${describe(declared)}. ` +
          `Drop it in a quiet hour, db.${collection}.dropIndex("${existing.name}"), and start again: it is made anew.`,
      );
    }
    for (const index of leftover) {
      remarks.push(
        `${collection}.${index.name} is declared nowhere. If nothing else needs it, it only costs: db.${collection}.dropIndex("${index.name}").`,
      );
    }
  }
  if (created.length > 0) logger.info({ created }, 'indexes created');
  for (const remark of remarks) logger.warn(remark);
  return { created, remarks };
}

function listDeclared(model: Model<unknown>): IndexShape[] {
  return model.schema
    .indexes()
    .map(([key, { background: _, ...options }]) =>
      toIndexShape({ ...(options as Record<string, unknown>), key }),
    );
}

async function listExisting(model: Model<unknown>): Promise<IndexShape[]> {
  try {
    const found = await model.collection.listIndexes().toArray();
    return found.map((index) => toIndexShape(index as Parameters<typeof toIndexShape>[0]));
  } catch (error) {
    if ((error as { code?: unknown }).code === NAMESPACE_NOT_FOUND) return [];
    throw error;
  }
}

async function createIndex(model: Model<unknown>, { name, key, options }: IndexShape): Promise<void> {
  try {
    await model.collection.createIndex(key as Record<string, 1 | -1>, { ...options, name });
  } catch (cause) {
    if (!isDuplicateKey(cause)) throw cause;
    const where = `${model.collection.collectionName}.${name}`;
    throw new AppError({
      code: 'bad_index',
      message: `The unique index ${where} cannot be made: ${(cause as Error).message}. Remove or correct the documents that are there twice, then start again.`,
      cause,
    });
  }
}

function describe({ name, key, options }: IndexShape): string {
  return JSON.stringify({ name, key, ...options });
}
