/** Whether all that a database holds can be read, and agrees with its indexes. */
import type { Db, Document } from 'mongodb';

export type Findings = Readonly<Record<string, Finding>>;

export interface Finding {
  readonly valid: boolean;
  /** What `validate` or a read said is wrong. */
  readonly errors: readonly string[];
  /** Documents that a read of the whole collection gives. */
  readonly documents: number;
  /** What the collection's counter says. */
  readonly counted: number;
  /** Index name → documents that a read along it gives, for indexes that hold every document. */
  readonly alongIndex: Readonly<Record<string, number>>;
}

/** Reads every collection of `db` once in its natural order and once along each index, and validates it. */
export async function examineDatabase(db: Db): Promise<Findings> {
  const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
  return Object.fromEntries(
    await Promise.all(names.sort().map(async (name) => [name, await examineCollection(db, name)] as const)),
  );
}

async function examineCollection(db: Db, name: string): Promise<Finding> {
  const errors: string[] = [];
  const told = async <T>(asked: Promise<T>, otherwise: T): Promise<T> =>
    asked.catch((error: Error) => {
      errors.push(error.message);
      return otherwise;
    });
  const rows = db.collection(name);
  const read = async (index: Document | string): Promise<number> =>
    (await told(rows.find({}, { hint: index }).toArray(), [])).length;

  const verdict = await told(db.command({ validate: name }), { valid: false, errors: [] } as Document);
  const alongIndex: Record<string, number> = {};
  for (const index of await told(rows.indexes(), [])) {
    if (index.sparse || index.partialFilterExpression !== undefined) continue;
    alongIndex[`${index.name}`] = await read(`${index.name}`);
  }
  return {
    documents: await read({ $natural: 1 }),
    counted: await told(rows.estimatedDocumentCount(), -1),
    alongIndex,
    valid: verdict['valid'] === true && errors.length === 0,
    errors: [...(verdict['errors'] as string[]), ...errors],
  };
}
