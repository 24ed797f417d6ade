/** Makes the collections, views and indexes that an exported file declares. */
import { mongo } from 'mongoose';
import { AppError } from '../kernel/app-error.ts';
import { type CollectionHead, EXACT } from './store-lines.ts';

const { EJSON } = mongo.BSON;

/**
 * What is there already is left as it is.
 * @returns a sentence for each collection whose options differ from the file's
 * @throws AppError `index_conflict` when an index is there with other options, cannot be made over the documents
 *   there, or is of a kind that the store does not know
 */
export async function prepareCollections(
  db: mongo.Db,
  heads: readonly CollectionHead[],
): Promise<readonly string[]> {
  const existing = await db.listCollections({}, { ...EXACT, nameOnly: false }).toArray();
  const optionsOf = new Map(existing.map(({ name, options = {} }) => [name, options]));
  const notes: string[] = [];
  for (const { name, options } of heads) {
    const there = optionsOf.get(name);
    if (!there) await db.command({ create: name, ...options });
    else if (spell(there) !== spell(options)) {
      notes.push(
        `${name} is there with other options (${spell(there)}, in the file ${spell(options)}): left as it is`,
      );
    }
  }
  for (const { name, indexes } of heads) {
    for (const index of indexes) {
      await db.command({ createIndexes: name, indexes: [index] }).catch((error: Error) => {
        throw new AppError({
          code: 'index_conflict',
          message: `index ${String(index['name'])} of ${name} cannot be made: ${error.message}. No document was written; drop or repair what is in the way and run it again.`,
          cause: error,
        });
      });
    }
  }
  return notes;
}

function spell(options: mongo.Document): string {
  return EJSON.stringify(options, { relaxed: true });
}
