/** Writes a store to a file, as store-lines.ts lays it out. */
import { access, rename, rm, stat } from 'node:fs/promises';
import type { mongo } from 'mongoose';
import { AppError } from '../kernel/app-error.ts';
import { createLineWriter, type LineWriter, readLines } from './line-file.ts';
import type { Progress } from './progress-line.ts';
import {
  type CollectionHead,
  EXACT,
  formatDocument,
  formatFooter,
  formatHeader,
  parseLine,
  type StoreHeader,
  type StoreLine,
} from './store-lines.ts';
import { walkCollection } from './walk-collection.ts';

export interface ExportReport {
  readonly documents: number;
  readonly collections: number;
  /** Of the finished file. */
  readonly bytes: number;
  /** Documents that an interrupted export had already written; undefined when this one began anew. */
  readonly resumedAfter: number | undefined;
  /** Collections that came into being after an interrupted export had begun: they are not in the file. */
  readonly leftOut: readonly string[];
}

interface Position {
  readonly collection: string;
  readonly id: unknown;
}

/**
 * Exports all collections and views, with their options, indexes and documents. It is no point in time: what is
 * written to the store meanwhile may or may not be in the file, but each document is whole, as it was when read.
 *
 * The file is written as FILE.part and gets its name when it is complete and on the disk. With `resume` an
 * interrupted FILE.part is gone on with behind its last whole line; without, it is started anew.
 * @param options.file gzipped when its name ends with .gz; replaced when it exists
 * @param options.signal stops between two documents and leaves what can be resumed
 * @throws AppError `file_not_writable`, `other_store` (resuming another database's export), `unsupported_collection`
 */
export async function exportStore(options: {
  readonly db: mongo.Db;
  readonly file: string;
  readonly resume?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}): Promise<ExportReport> {
  const { db, file, signal, onProgress } = options;
  const part = `${file}.part`;
  const found = await readHeads(db);
  const earlier = await setAside(part, options.resume ? db.databaseName : undefined);
  const writer = await createLineWriter(part, { gzip: file.endsWith('.gz') });
  try {
    const counts = new Map<string, number>();
    const copied = earlier ? await copyWholeLines(earlier, writer, counts) : undefined;
    if (earlier) await rm(earlier);
    const header = copied?.header ?? {
      database: db.databaseName,
      createdAt: new Date().toISOString(),
      collections: found,
    };
    if (!copied) await writer.write(formatHeader(header));

    const resumedAfter = copied && sum(counts);
    const total = header.collections.reduce((all, { count }) => all + count, 0);
    let documents = resumedAfter ?? 0;
    for (const { name, after } of remaining(header, copied?.last)) {
      for await (const bytes of walkCollection(db.collection(name), after)) {
        signal?.throwIfAborted();
        await writer.write(formatDocument(name, bytes));
        counts.set(name, (counts.get(name) ?? 0) + 1);
        documents += 1;
        onProgress?.({ phase: 'exporting', done: documents, total, unit: 'documents' });
      }
    }
    await writer.write(
      formatFooter({ documents, counts: Object.fromEntries(counts), sha256: writer.sha256() }),
    );
    await writer.finish(file);
    const known = new Set(header.collections.map(({ name }) => name));
    return {
      documents,
      collections: header.collections.length,
      bytes: (await stat(file)).size,
      resumedAfter,
      leftOut: found.map(({ name }) => name).filter((name) => !known.has(name)),
    };
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

/** What belongs to the engine and is no part of an index's definition. */
const ENGINE_FIELDS = new Set(['v', 'ns', 'background', 'storageEngine']);

/**
 * @returns all collections and views by name, views last because they read the others
 * @throws AppError `unsupported_collection` for a time series, whose documents cannot be written one by one
 */
export async function readHeads(db: mongo.Db): Promise<CollectionHead[]> {
  const heads: CollectionHead[] = [];
  for (const { name, type = 'collection', options = {} } of await db
    .listCollections({}, { ...EXACT, nameOnly: false })
    .toArray()) {
    if (name.startsWith('system.')) continue;
    if (type !== 'collection' && type !== 'view') {
      throw new AppError({
        code: 'unsupported_collection',
        message: `${name} is a ${type}: only collections and views can be exported`,
      });
    }
    const collection = db.collection(name);
    const indexes = type === 'view' ? [] : await collection.listIndexes(EXACT).toArray();
    heads.push({
      name,
      type,
      count: type === 'view' ? 0 : await collection.estimatedDocumentCount(),
      options,
      indexes: indexes.filter((index) => index['name'] !== '_id_').map(withoutEngineFields),
    });
  }
  return heads.sort((a, b) => compare(a.type, b.type) || compare(a.name, b.name));
}

function withoutEngineFields(index: mongo.Document): mongo.Document {
  return Object.fromEntries(Object.entries(index).filter(([field]) => !ENGINE_FIELDS.has(field)));
}

/**
 * Makes room for a new FILE.part.
 * @param database whose export is to be gone on with; undefined: begin anew
 * @returns where the interrupted export is now. One that is aside already was being copied when that was interrupted
 */
async function setAside(part: string, database: string | undefined): Promise<string | undefined> {
  const aside = `${part}.old`;
  if (database === undefined) {
    await rm(aside, { force: true });
    return undefined;
  }
  const earlier = (await exists(aside)) ? aside : part;
  if (!(await exists(earlier))) return undefined;
  const header = await findHeader(earlier);
  if (header && header.database !== database) {
    throw new AppError({
      code: 'other_store',
      message: `${earlier} is of database ${header.database}, not of ${database}: export without --resume, or to another file`,
    });
  }
  if (earlier === part) await rename(part, aside);
  return aside;
}

async function findHeader(file: string): Promise<StoreHeader | undefined> {
  for await (const { number, bytes } of readLines(file, { partial: true })) {
    const line = parseOrStop(bytes.toString('utf8'), number);
    return line?.kind === 'header' ? line.header : undefined;
  }
  return undefined;
}

/** Copies up to the first line that is not whole; the last document's place is where to go on. */
async function copyWholeLines(
  from: string,
  writer: LineWriter,
  counts: Map<string, number>,
): Promise<{ header: StoreHeader; last: Position | undefined } | undefined> {
  let header: StoreHeader | undefined;
  let last: Position | undefined;
  for await (const { number, bytes } of readLines(from, { partial: true })) {
    const text = bytes.toString('utf8', 0, bytes.length - 1);
    const line = parseOrStop(text, number);
    if (!line || line.kind === 'footer') break;
    if (line.kind === 'header') {
      header = line.header;
    } else {
      last = { collection: line.collection, id: line.document['_id'] };
      counts.set(line.collection, (counts.get(line.collection) ?? 0) + 1);
    }
    await writer.write(text);
  }
  return header && { header, last };
}

function parseOrStop(text: string, number: number): StoreLine | undefined {
  try {
    return parseLine(text, number);
  } catch (error) {
    if (error instanceof AppError && error.code === 'damaged_file') return undefined;
    throw error;
  }
}

function remaining(
  header: StoreHeader,
  last: Position | undefined,
): { readonly name: string; readonly after?: { readonly id: unknown } }[] {
  const withDocuments = header.collections.filter(({ type }) => type === 'collection');
  if (!last) return withDocuments;
  const at = withDocuments.findIndex(({ name }) => name === last.collection);
  return withDocuments
    .slice(at)
    .map(({ name }, index) => (index === 0 ? { name, after: { id: last.id } } : { name }));
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((all, count) => all + count, 0);
}
