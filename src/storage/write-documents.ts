/** Brings documents into a collection by `_id`: what is there byte for byte is skipped. */
import { mongo } from 'mongoose';
import { type DocumentLine, describeId, EXACT, sameBytes, serialize } from './store-lines.ts';

/** A document that stayed in the file. */
export interface Refusal {
  readonly collection: string;
  /** As relaxed Extended JSON, shortened. */
  readonly id: string;
  /** The unique index in the way, if that is the reason. */
  readonly index: string | undefined;
  readonly reason: string;
}

export interface SortedOut {
  readonly fresh: readonly DocumentLine[];
  readonly different: readonly DocumentLine[];
}

/** @returns the documents that the collection lacks, and those that it has with other content */
export async function sortOut(
  collection: mongo.Collection,
  lines: readonly DocumentLine[],
): Promise<SortedOut> {
  const ids = lines.map(({ document }) => document['_id']);
  const found = collection.find({ _id: { $in: ids } } as mongo.Filter<mongo.Document>, { raw: true });
  const there = new Map<string, Uint8Array>();
  for await (const bytes of found as unknown as AsyncIterable<Uint8Array>) {
    there.set(keyOf(mongo.BSON.deserialize(bytes, EXACT)['_id']), bytes);
  }
  const fresh: DocumentLine[] = [];
  const different: DocumentLine[] = [];
  for (const line of lines) {
    const bytes = there.get(keyOf(line.document['_id']));
    if (!bytes) fresh.push(line);
    else if (!sameBytes(bytes, line.bytes)) different.push(line);
  }
  return { fresh, different };
}

/**
 * Can be repeated without harm. A document that another process changes at the same moment is not overwritten
 * unless `overwrite` says so.
 * @throws what the driver throws when the store goes away; then some of the documents may be written
 */
export async function writeDocuments(
  collection: mongo.Collection,
  lines: readonly DocumentLine[],
  overwrite: boolean,
): Promise<{ readonly added: number; readonly replaced: number; readonly refused: readonly Refusal[] }> {
  const { fresh, different } = await sortOut(collection, lines);
  const refused: Refusal[] = [];
  const wanted: { readonly line: DocumentLine; readonly replace: boolean }[] = [];
  for (const line of [...fresh, ...different]) {
    const replace = wanted.length + refused.length >= fresh.length;
    if (!line.writable) refused.push(refuse(line, 'it holds a value that the driver cannot write unchanged'));
    else if (replace && !overwrite) refused.push(refuse(line, 'it was changed in the store since the check'));
    else wanted.push({ line, replace });
  }
  const failed = await runBulk(collection, wanted);
  for (const { index, code, errmsg = '' } of failed) {
    const { line } = wanted[index]!;
    // The driver keeps of the server's answer the sentence alone.
    const [, unique] = code === DUPLICATE_KEY ? (/ index: (\S+)/.exec(errmsg) ?? []) : [];
    refused.push(refuse(line, errmsg, unique));
  }
  const failures = new Set(failed.map(({ index }) => index));
  const written = wanted.filter((_, index) => !failures.has(index));
  const replaced = written.filter(({ replace }) => replace).length;
  return { added: written.length - replaced, replaced, refused };
}

const DUPLICATE_KEY = 11_000;

async function runBulk(
  collection: mongo.Collection,
  wanted: readonly { readonly line: DocumentLine; readonly replace: boolean }[],
): Promise<
  readonly { readonly index: number; readonly code: number; readonly errmsg?: string | undefined }[]
> {
  if (wanted.length === 0) return [];
  const operations = wanted.map(({ line: { document }, replace }): mongo.AnyBulkWriteOperation => {
    if (!replace) return { insertOne: { document } };
    const filter = { _id: document['_id'] };
    return { replaceOne: { filter, replacement: document, upsert: true } };
  });
  try {
    await collection.bulkWrite(operations, { ordered: false, ignoreUndefined: false });
    return [];
  } catch (error) {
    if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
    return [error.writeErrors].flat();
  }
}

function refuse(line: DocumentLine, reason: string, index?: string): Refusal {
  return { collection: line.collection, id: describeId(line.document['_id']), index, reason };
}

/** Two numbers are the same `_id` whatever their type: 1 as Int32, as Long and as Double. */
function keyOf(id: unknown): string {
  const type = (id as { _bsontype?: string } | null)?._bsontype;
  if (type === 'Int32' || type === 'Long' || type === 'Double') {
    const text = String(id);
    return /^-?\d+$/.test(text) ? `n${BigInt(text)}` : `n${text}`;
  }
  return Buffer.from(serialize({ id })).toString('base64');
}
