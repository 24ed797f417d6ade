/** Holds the indexes of a store against its documents. */
import type { mongo } from 'mongoose';
import { AppError } from '../kernel/app-error.ts';

export interface CollectionCheck {
  readonly name: string;
  readonly documents: number;
  readonly indexes: number;
  /** Empty when all is well. */
  readonly problems: readonly string[];
}

/**
 * Runs MongoDB's `validate` on each collection, by name, and compares how many documents and index keys it counts.
 * Also while the server runs; a collection is read as a whole, so it takes time and reading.
 * @throws AppError `validate_refused` when the store does not let the caller validate
 */
export async function checkStore(
  db: mongo.Db,
  onCollection: (name: string, done: number, total: number) => void = () => {},
): Promise<readonly CollectionCheck[]> {
  const all = await db.listCollections().toArray();
  const names = all
    .filter(({ name, type = 'collection' }) => type === 'collection' && !name.startsWith('system.'))
    .map(({ name }) => name)
    .sort();
  const checks: CollectionCheck[] = [];
  for (const [done, name] of names.entries()) {
    onCollection(name, done, names.length);
    checks.push(await checkCollection(db, name));
  }
  return checks;
}

async function checkCollection(db: mongo.Db, name: string): Promise<CollectionCheck> {
  const answer = await db.command({ validate: name, full: true }).catch((cause: Error) => {
    throw new AppError({
      code: 'validate_refused',
      message: `${name} cannot be checked: ${cause.message}`,
      cause,
    });
  });
  const indexes = await db.collection(name).indexes();
  const documents: number = answer['nrecords'] ?? (await db.collection(name).countDocuments({}));
  const faults = [answer['errors'] ?? [], ...Object.values(indexErrors(answer))].flat().map(String);
  const invalid = answer['valid'] === true ? [] : ['the server says that the collection is not valid'];
  const problems = [...faults, ...countProblems(answer, documents, indexes)];
  return {
    name,
    documents,
    indexes: indexes.length,
    problems: [...new Set(problems.length > 0 ? problems : invalid)],
  };
}

function indexErrors(answer: mongo.Document): Record<string, unknown[]> {
  const details: Record<string, { valid?: boolean; errors?: unknown[] }> = answer['indexDetails'] ?? {};
  return Object.fromEntries(
    Object.entries(details).map(([name, { valid, errors = [] }]) => [
      name,
      valid === false && errors.length === 0
        ? [`index ${name} does not agree with the documents`]
        : errors.map((error) => `index ${name}: ${String(error)}`),
    ]),
  );
}

/**
 * An index over all documents has at least a key for each; the one on `_id` exactly one. `documents` and the keys
 * are counted by the same command, so writes meanwhile do not make a difference.
 */
function countProblems(
  answer: mongo.Document,
  documents: number,
  indexes: readonly mongo.IndexDescriptionInfo[],
): string[] {
  const keys: Record<string, number> = answer['keysPerIndex'] ?? {};
  return indexes.flatMap((index) => {
    const { name = '' } = index;
    const count = keys[name];
    if (count === undefined || answer['nrecords'] === undefined) return [];
    const exact = name === '_id_';
    if (exact ? count === documents : count >= documents || !coversAll(index)) return [];
    return [`index ${name} has ${count} keys for ${documents} documents`];
  });
}

function coversAll(index: mongo.IndexDescriptionInfo): boolean {
  const ordered = Object.entries(index.key).every(
    ([field, kind]) => typeof kind === 'number' && !field.includes('$**'),
  );
  return ordered && !index.sparse && !index.partialFilterExpression;
}

/** @returns a table for people, and below it what is wrong */
export function formatChecks(checks: readonly CollectionCheck[]): string {
  const rows = [
    ['collection', 'documents', 'indexes', 'verdict'],
    ...checks.map(({ name, documents, indexes, problems }) => [
      name,
      documents.toLocaleString('en-US'),
      String(indexes),
      problems.length === 0 ? 'right' : `${problems.length} wrong`,
    ]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const table = rows.map(([name = '', documents = '', indexes = '', verdict = '']) =>
    [
      name.padEnd(widths[0] ?? 0),
      documents.padStart(widths[1] ?? 0),
      indexes.padStart(widths[2] ?? 0),
      verdict,
    ].join('  '),
  );
  const problems = checks.flatMap(({ name, problems }) => problems.map((problem) => `${name}: ${problem}`));
  return [...table, ...(problems.length > 0 ? ['', ...problems] : [])].join('\n');
}
