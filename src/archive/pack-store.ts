/**
 * The files of the archive: FOLDER/YYYY-MM/PACK.jsonl.gz. Each conversation is a gzip member of its own, holding its
 * documents as lines of canonical Extended JSON (storage/store-lines.ts): `zcat` reads a whole pack, and one
 * conversation is read by its offset and length.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { constants, gunzipSync, gzip } from 'node:zlib';
import { AppError } from '../kernel/app-error.ts';
import { formatDocument, parseLine } from '../storage/store-lines.ts';
import type { ColdDocument, Place } from './archived.ts';

const pack = promisify(gzip);

/** One read. */
const MOST_AT_ONCE = 1024 * 1024;
const ENDING = '.jsonl.gz';
const MARK = 'archive.json';
/** Line 1 would be taken for the header of an exported store. */
const NOT_THE_FIRST = 2;

export interface Packed {
  readonly bytes: Buffer;
  readonly sha256: string;
}

export interface PackReader {
  /** @throws AppError `archive_unreadable` when it is not there, or not as it was written */
  readonly readBytes: (place: Place) => Promise<Buffer>;
  /** Many at once, in their order; neighbours in a pack are read together. @throws as `readBytes` */
  readonly readMany: (places: readonly Place[]) => Promise<Buffer[]>;
  readonly close: () => Promise<void>;
}

export interface PackStore {
  readonly folder: string;
  /** @returns whether the folder is there and bears this mark; where there is none yet, it gets it */
  readonly claimFolder: (mark: string, isFirst: boolean) => Promise<boolean>;
  readonly pack: (documents: readonly ColdDocument[]) => Promise<Packed>;
  /** Appends, on the disk when it resolves. @returns where each lies */
  readonly append: (name: string, all: readonly Packed[]) => Promise<Place[]>;
  /** Keeps files open until it is closed. */
  readonly openReader: () => PackReader;
  /** @throws AppError `archive_unreadable`, `damaged_file` */
  readonly read: (place: Place) => Promise<ColdDocument[]>;
  /** 0: there is none. */
  readonly sizeOf: (name: string) => Promise<number>;
  readonly remove: (name: string) => Promise<void>;
  readonly list: () => Promise<string[]>;
}

/** @param folder absolute; made when it is first written to */
export function createPackStore(folder: string): PackStore {
  const fileOf = (name: string): string => path.join(folder, `${name}${ENDING}`);

  const openReader = (): PackReader => {
    const files = new Map<string, Promise<FileHandle>>();
    const openOnce = (name: string): Promise<FileHandle> => {
      const known = files.get(name) ?? open(fileOf(name), 'r');
      files.set(name, known);
      return known;
    };
    /** @param span which lie side by side, in their order */
    const readSpan = async (span: readonly Place[]): Promise<Buffer[]> => {
      const { pack: name, offset: start } = span[0]!;
      const length = span.reduce((sum, { bytes }) => sum + bytes, 0);
      try {
        const { buffer } = await (await openOnce(name)).read(Buffer.alloc(length), 0, length, start);
        return span.map(({ offset, bytes, sha256 }) => {
          const piece = buffer.subarray(offset - start, offset - start + bytes);
          if (hashOf(piece) !== sha256) throw new Error(`not as it was written at ${offset}`);
          return piece;
        });
      } catch (cause) {
        const message = `${fileOf(name)} cannot be read: ${(cause as Error).message}`;
        throw new AppError({ code: 'archive_unreadable', message, cause });
      }
    };
    return {
      readBytes: async (place) => (await readSpan([place]))[0]!,
      async readMany(places) {
        const read = new Map<Place, Buffer>();
        for (const span of spansOf(places))
          for (const [index, piece] of (await readSpan(span)).entries()) read.set(span[index]!, piece);
        return places.map((place) => read.get(place)!);
      },
      async close() {
        for (const file of files.values())
          await file.then(
            (handle) => handle.close(),
            () => undefined,
          );
      },
    };
  };

  return {
    folder,
    async claimFolder(mark, isFirst) {
      const file = path.join(folder, MARK);
      if (isFirst) await mkdir(folder, { recursive: true, mode: 0o700 });
      try {
        return (JSON.parse(await readFile(file, 'utf8')) as { id?: unknown }).id === mark;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || !isFirst) return false;
      }
      await writeFile(file, `${JSON.stringify({ id: mark })}\n`, { flag: 'wx' });
      return true;
    },
    async pack(documents) {
      const lines = documents.map(({ collection, bytes }) => `${formatDocument(collection, bytes)}\n`);
      const bytes = await pack(lines.join(''), { level: constants.Z_BEST_COMPRESSION });
      return { bytes, sha256: hashOf(bytes) };
    },
    async append(name, all) {
      const file = fileOf(name);
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      const handle = await open(file, 'a', 0o600).catch((cause: Error) => {
        const message = `${file} cannot be written: ${cause.message}`;
        throw new AppError({ code: 'file_not_writable', message, cause });
      });
      try {
        let offset = (await handle.stat()).size;
        const places: Place[] = [];
        for (const { bytes, sha256 } of all) {
          places.push({ pack: name, offset, bytes: bytes.length, sha256 });
          offset += bytes.length;
        }
        await handle.writeFile(Buffer.concat(all.map(({ bytes }) => bytes)));
        await handle.sync();
        if (places[0]?.offset === 0) await syncFolders(folder, path.dirname(file));
        return places;
      } finally {
        await handle.close();
      }
    },
    openReader,
    async read(place) {
      const reader = openReader();
      try {
        return linesOf(await reader.readBytes(place)).map(readDocument);
      } finally {
        await reader.close();
      }
    },
    async sizeOf(name) {
      return stat(fileOf(name)).then(
        ({ size }) => size,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return 0;
          throw error;
        },
      );
    },
    remove: (name) => rm(fileOf(name), { force: true }),
    async list() {
      const found = await readdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return [];
        throw error;
      });
      return found
        .filter((name) => name.endsWith(ENDING))
        .map((name) => name.slice(0, -ENDING.length).replaceAll(path.sep, '/'))
        .sort();
    },
  };
}

/** A few kilobytes: a thread of its own costs more than it saves. */
export function linesOf(bytes: Uint8Array): string[] {
  return gunzipSync(bytes)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
}

/** Side by side in one pack, as far as one read should go. */
function spansOf(places: readonly Place[]): Place[][] {
  const spans: Place[][] = [];
  const sorted = [...places].sort((a, b) =>
    a.pack < b.pack ? -1 : a.pack > b.pack ? 1 : a.offset - b.offset,
  );
  for (const place of sorted) {
    const span = spans.at(-1);
    const last = span?.at(-1);
    const isNext = last?.pack === place.pack && last.offset + last.bytes === place.offset;
    if (span !== undefined && isNext && place.offset - span[0]!.offset < MOST_AT_ONCE) span.push(place);
    else spans.push([place]);
  }
  return spans;
}

/** What was said in a line, when somebody said it: for searching, without making documents of all. */
export function readSaid(line: string): { readonly author: string; readonly text: string } | null {
  if (!line.startsWith('{"c":"messages"')) return null;
  const { c, d } = JSON.parse(line) as { c?: string; d?: { author?: unknown; text?: unknown } };
  if (c !== 'messages') return null;
  const { author, text } = d ?? readPlain(line);
  return typeof author === 'string' && typeof text === 'string' ? { author, text } : null;
}

function readPlain(line: string): Readonly<Record<string, unknown>> {
  const read = parseLine(line, NOT_THE_FIRST);
  return read.kind === 'document' ? read.document : {};
}

function readDocument(line: string): ColdDocument {
  const read = parseLine(line, NOT_THE_FIRST);
  if (read.kind !== 'document')
    throw new AppError({ code: 'archive_unreadable', message: 'a line of a pack is no document' });
  return { collection: read.collection, bytes: read.bytes };
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Makes new names durable; not every platform lets a folder be opened. */
async function syncFolders(...folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    const handle = await open(folder, 'r').catch(() => undefined);
    await handle?.sync().catch(() => undefined);
    await handle?.close();
  }
}
