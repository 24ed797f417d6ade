/**
 * The file a store is moved in: a line for the header, one for each document, one for the footer.
 *
 *   {"format":"vssid-support-desk-store","version":1,"database":…,"createdAt":…,"collections":[…]}
 *   {"c":"offices","d":{…canonical Extended JSON…}}
 *   {"c":"offices","b":"…BSON as base64…"}
 *   {"end":true,"documents":…,"counts":{…},"sha256":…}
 *
 * A backup (backup-store.ts) says more in its first and last line: `backup` and `checksums`.
 *
 * The form "b" is for the few documents that Extended JSON cannot carry, such as one that holds a field named
 * `$numberLong` of its own: each document is read back before it is written and compared byte by byte.
 */
import { mongo } from 'mongoose';
import { AppError } from '../kernel/app-error.ts';

const { BSON } = mongo;
const { EJSON } = BSON;

const FORMAT = 'vssid-support-desk-store';
const VERSION = 1;

/** Reading that keeps every BSON type apart: Int32, Long and Double, Binary subtypes, regular expressions. */
export const EXACT = {
  promoteValues: false,
  promoteLongs: false,
  promoteBuffers: false,
  bsonRegExp: true,
} as const;
const CANONICAL = { relaxed: false } as const;

export interface CollectionHead {
  readonly name: string;
  readonly type: 'collection' | 'view';
  /** Documents when the export began. */
  readonly count: number;
  /** As listCollections gives them. */
  readonly options: mongo.Document;
  /** As listIndexes gives them, without the one on `_id` and without what belongs to the engine. */
  readonly indexes: readonly mongo.Document[];
}

/** What a backup says of itself. */
export interface BackupNote {
  /** ISO 8601. Of a file of one moment that moment, else when reading began. */
  readonly moment: string;
  /** `while_written`: each document is whole, but one read later may be newer than one read before. */
  readonly consistency: 'one_moment' | 'while_written';
  /** Of the desk, as in package.json. */
  readonly program: string;
  readonly node: string;
  /** Such as "MongoDB 8.0.4". */
  readonly engine: string;
  /** The newest migration that the store had; 0: none. */
  readonly migration: number;
  /**
   * What numbers of persons in it are sealed with: SESSION_SECRET, told again by its fingerprint, without which they
   * cannot be read; or a key that is in the file, which makes the file itself a secret.
   */
  readonly sealedWith:
    | { readonly kind: 'session_secret'; readonly fingerprint: string }
    | { readonly kind: 'key_in_file' };
}

export interface StoreHeader {
  readonly database: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly collections: readonly CollectionHead[];
  readonly backup?: BackupNote;
}

export interface StoreFooter {
  readonly documents: number;
  readonly counts: Readonly<Record<string, number>>;
  /** Of a backup: SHA-256 of each collection's lines, with their line breaks, hexadecimal. */
  readonly checksums?: Readonly<Record<string, string>>;
  /** Of all bytes before the footer's line, hexadecimal. */
  readonly sha256: string;
}

export interface DocumentLine {
  readonly kind: 'document';
  readonly collection: string;
  readonly document: mongo.Document;
  /** The document as BSON. */
  readonly bytes: Uint8Array;
  /** False when the driver would write something else than `bytes` (a date beyond what JavaScript can hold). */
  readonly writable: boolean;
}

export type StoreLine =
  | { readonly kind: 'header'; readonly header: StoreHeader }
  | DocumentLine
  | { readonly kind: 'footer'; readonly footer: StoreFooter };

/** @returns the header's line, without its line break */
export function formatHeader(header: StoreHeader): string {
  const collections = header.collections.map(({ name, type, count, options, indexes }) => ({
    name,
    type,
    count,
    options: EJSON.serialize(options, CANONICAL),
    indexes: indexes.map((index) => EJSON.serialize(index, CANONICAL)),
  }));
  const { database, createdAt, backup } = header;
  return JSON.stringify({ format: FORMAT, version: VERSION, database, createdAt, backup, collections });
}

/**
 * @param bytes one document as BSON
 * @returns its line, without the line break; reading it gives the same bytes again
 */
export function formatDocument(collection: string, bytes: Uint8Array): string {
  const name = JSON.stringify(collection);
  const extended = EJSON.stringify(BSON.deserialize(bytes, EXACT), CANONICAL);
  return readsBackAs(bytes, extended)
    ? `{"c":${name},"d":${extended}}`
    : `{"c":${name},"b":"${Buffer.from(bytes).toString('base64')}"}`;
}

function readsBackAs(bytes: Uint8Array, extended: string): boolean {
  try {
    return sameBytes(serialize(parseExtended(extended)), bytes);
  } catch {
    return false;
  }
}

/** @returns the footer's line, without its line break */
export function formatFooter(footer: StoreFooter): string {
  return JSON.stringify({ end: true, ...footer });
}

/**
 * @param number of the line in its file, from 1; the first must be the header
 * @throws AppError `damaged_file` that names the line, `unknown_format` when it is another program's or a newer file
 */
export function parseLine(text: string, number: number): StoreLine {
  const fields = parseFields(text, number);
  if (number === 1) return { kind: 'header', header: parseHeader(fields) };
  if (fields['end'] === true) return { kind: 'footer', footer: fields as unknown as StoreFooter };
  const { c: collection, b: base64 } = fields;
  if (typeof collection !== 'string') {
    throw damaged(`line ${number} is neither a document nor the footer: ${excerpt(text)}`);
  }
  try {
    const given = typeof base64 === 'string' ? Buffer.from(base64, 'base64') : undefined;
    const document = given
      ? BSON.deserialize(given, EXACT)
      : (parseExtended(text) as { d: mongo.Document }).d;
    if (document === null || typeof document !== 'object' || !('_id' in document)) {
      throw new Error('it has no _id');
    }
    const written = serialize(document);
    const bytes = given ?? written;
    return { kind: 'document', collection, document, bytes, writable: sameBytes(written, bytes) };
  } catch (error) {
    throw damaged(
      `line ${number} is not Extended JSON: ${(error as Error).message}: ${excerpt(text)}`,
      error,
    );
  }
}

function parseFields(text: string, number: number): Record<string, unknown> {
  try {
    const fields: unknown = JSON.parse(text);
    if (fields === null || typeof fields !== 'object') throw new Error('it is not an object');
    return fields as Record<string, unknown>;
  } catch (error) {
    throw damaged(
      `line ${number} is not Extended JSON: ${(error as Error).message}: ${excerpt(text)}`,
      error,
    );
  }
}

function parseHeader(fields: Record<string, unknown>): StoreHeader {
  const { format, version, database, createdAt, collections, backup } = fields;
  if (format !== FORMAT || !Array.isArray(collections)) {
    throw new AppError({
      code: 'unknown_format',
      message: 'line 1 is not the header of an exported store (npm run store:export writes such files)',
    });
  }
  if (version !== VERSION) {
    throw new AppError({
      code: 'unknown_format',
      message: `the file has format version ${version}, this program knows ${VERSION}: use the program that wrote it, or a newer one`,
    });
  }
  return {
    database: String(database),
    createdAt: String(createdAt),
    ...(backup === undefined ? {} : { backup: backup as BackupNote }),
    collections: collections.map((head) => ({
      ...head,
      options: EJSON.deserialize(head.options, CANONICAL),
      indexes: head.indexes.map((index: mongo.Document) => EJSON.deserialize(index, CANONICAL)),
    })),
  };
}

/** @returns BSON exactly as the driver sends it */
export function serialize(document: mongo.Document): Uint8Array {
  return BSON.serialize(document, { ignoreUndefined: false });
}

/** @returns true when both hold the same bytes */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

/** @returns an `_id` as it reads in a message */
export function describeId(id: unknown): string {
  return excerpt(EJSON.stringify({ id }, { relaxed: true }).slice('{"id":'.length, -1));
}

/** @returns the error for a file that is not as it was written */
export function damaged(message: string, cause?: unknown): AppError {
  return new AppError({ code: 'damaged_file', message, cause });
}

function parseExtended(text: string): mongo.Document {
  return EJSON.parse(text, CANONICAL);
}

/** Enough of a line to find it by eye. */
function excerpt(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
