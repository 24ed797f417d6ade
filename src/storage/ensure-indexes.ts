/** Makes the declared indexes, and says where the store has others. */
import { type Connection, createConnection, type Model, type mongo } from 'mongoose';
import { AppError } from '../kernel/app-error.ts';
import type { Logger } from '../kernel/logger.ts';
import { compareIndexes, type IndexComparison, type IndexShape, toIndexShape } from './compare-indexes.ts';
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
  const models = Object.values(connection.models);
  // At once: a database that has just come back has much else to do, and everybody waits for this.
  const listed = await Promise.all(models.map(({ collection }) => listExisting(collection)));
  for (const [at, model] of models.entries()) {
    const comparison = compareIndexes(listDeclared(model), listed[at] ?? []);
    for (const index of comparison.missing) {
      await createIndex(model, index);
      created.push(`${model.collection.collectionName}.${index.name}`);
    }
    remarks.push(...remarkOn(model, comparison));
  }
  if (created.length > 0) logger.info({ created }, 'indexes created');
  for (const remark of remarks) logger.warn(remark);
  return { created, remarks };
}

export interface IndexDifferences {
  /** Declared collections, whether they are there or not. */
  readonly collections: readonly string[];
  /** "collection.index" of each that the next start of a desk makes. */
  readonly missing: readonly string[];
  readonly remarks: IndexReport['remarks'];
}

/**
 * The same comparison without making anything.
 * @param declare declares the models on a connection that is never opened
 */
export async function findIndexDifferences(
  db: mongo.Db,
  declare: (connection: Connection) => void,
): Promise<IndexDifferences> {
  const connection = createConnection();
  try {
    declare(connection);
    const models = Object.values(connection.models);
    const missing: string[] = [];
    const remarks: string[] = [];
    for (const model of models) {
      const name = model.collection.collectionName;
      const existing = await listExisting(db.collection(name));
      const comparison = compareIndexes(listDeclared(model), existing);
      missing.push(...comparison.missing.map((index) => `${name}.${index.name}`));
      remarks.push(...remarkOn(model, comparison));
    }
    return { collections: models.map(({ collection }) => collection.collectionName), missing, remarks };
  } finally {
    await connection.destroy();
  }
}

function remarkOn(model: Model<unknown>, { differing, leftover }: IndexComparison): string[] {
  const collection = model.collection.collectionName;
  return [
    ...differing.map(
      ({ declared, existing }) =>
        `${collection}.${existing.name} is ${describe(existing)} and should be ${describe(declared)}. ` +
        `Drop it in a quiet hour, db.${collection}.dropIndex("${existing.name}"), and start again: it is made anew.`,
    ),
    ...leftover.map(
      ({ name }) =>
        `${collection}.${name} is declared nowhere. If nothing else needs it, it only costs: db.${collection}.dropIndex("${name}").`,
    ),
  ];
}

function listDeclared(model: Model<unknown>): IndexShape[] {
  return model.schema
    .indexes()
    .map(([key, { background: _, ...options }]) =>
      toIndexShape({ ...(options as Record<string, unknown>), key }),
    );
}

async function listExisting(collection: {
  readonly listIndexes: () => { readonly toArray: () => Promise<object[]> };
}): Promise<IndexShape[]> {
  try {
    const found = await collection.listIndexes().toArray();
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
