/** BSON read and joined without decoding more than is needed. */
import { deserialize, onDemand, serialize } from 'bson';

export type Document = Record<string, unknown>;

// JavaScript's own patterns would lose the options s and x.
const DECODE = { promoteBuffers: false, bsonRegExp: true, validation: { utf8: false } } as const;
/** Its length, and the byte that ends it. */
const SMALLEST = 5;
const DOCUMENT = 0x03;
const ARRAY = 0x04;

/** Decodes for reading; of 64-bit integers only those a number cannot hold stay Long. */
export const decode = (raw: Uint8Array): Document => deserialize(raw, DECODE);

/** Decodes for writing back: numbers stay Int32, Long or Double as they were. */
export const decodeExact = (raw: Uint8Array): Document =>
  deserialize(raw, { ...DECODE, promoteValues: false });

/** Encodes; fields that are undefined are left out. */
export function encode(document: Document): Buffer {
  const bytes = serialize(document, { ignoreUndefined: true });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export interface RawField {
  readonly name: string;
  /** BSON type byte. */
  readonly type: number;
  /** Where the field (type byte included) starts and ends. */
  readonly start: number;
  readonly end: number;
  /** Where its value starts. */
  readonly valueAt: number;
}

/** The fields of one document, in order. */
export function rawFields(raw: Buffer): RawField[] {
  return [...onDemand.parseToElements(raw)].map(([type, nameAt, nameLength, valueAt, length]) => ({
    name: raw.toString('utf8', nameAt, nameAt + nameLength),
    type,
    start: nameAt - 1,
    end: valueAt + length,
    valueAt,
  }));
}

/** The value of a field that holds a document or an array, as bytes. */
export const rawValue = (raw: Buffer, field: RawField): Buffer => raw.subarray(field.valueAt, field.end);

export const isDocument = (field: RawField): boolean => field.type === DOCUMENT;
export const isArray = (field: RawField): boolean => field.type === ARRAY;

/** A document made of these parts, each the bytes of whole fields. */
export function joinFields(parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 5);
  const header = Buffer.allocUnsafe(4);
  header.writeInt32LE(length);
  return Buffer.concat([header, ...parts, Buffer.of(0)], length);
}

/** The bytes between a document's length and its end. */
export const fieldsOf = (raw: Uint8Array): Uint8Array => raw.subarray(4, raw.length - 1);

function rawField(type: number, name: string, raw: Uint8Array): Uint8Array[] {
  return [Buffer.of(type), Buffer.from(`${name}\0`), raw];
}

/** `document` with one more field that holds the raw document. */
export const withDocument = (document: Document, name: string, raw: Uint8Array): Buffer =>
  joinFields([fieldsOf(encode(document)), ...rawField(DOCUMENT, name, raw)]);

/** `document` with one more field that holds an array of raw documents. */
export function withArray(document: Document, name: string, raws: readonly Uint8Array[]): Buffer {
  const array = joinFields(raws.flatMap((raw, index) => rawField(DOCUMENT, String(index), raw)));
  return joinFields([fieldsOf(encode(document)), ...rawField(ARRAY, name, array)]);
}

/** The documents that stand one behind the other in `bytes`. */
export function splitDocuments(bytes: Buffer): Buffer[] {
  const documents: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readInt32LE(at);
    if (length < SMALLEST || at + length > bytes.length)
      throw new RangeError(`a document of ${length} bytes`);
    documents.push(bytes.subarray(at, at + length));
    at += length;
  }
  return documents;
}
