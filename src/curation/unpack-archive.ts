/** What is in a ZIP archive, looked at before a library unpacks it: a small archive may hold gigabytes. */
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';

const inflate = promisify(inflateRaw);

const END = 0x06054b50;
const END_BYTES = 22;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;

/**
 * Unpacks up to a size: what the archive itself says of its sizes need not be true. It reads the archive as JSZip does,
 * which is what unpacks it afterwards, and takes nothing that could be read in two ways.
 * @returns the files by their names; null: more than `most` bytes together, or no plain archive
 */
export async function unpackArchive(file: Uint8Array, most: number): Promise<Map<string, Buffer> | null> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const signature = Buffer.alloc(4);
  signature.writeUInt32LE(END);
  const end = bytes.lastIndexOf(signature);
  if (end < 0 || end + END_BYTES > bytes.length) return null;
  let at = bytes.readUInt32LE(end + 16);
  if (at + bytes.readUInt32LE(end + 12) !== end) return null;
  let left = most;
  const files = new Map<string, Buffer>();
  while (at + ENTRY_BYTES <= end && bytes.readUInt32LE(at) === ENTRY) {
    const method = bytes.readUInt16LE(at + 10);
    const packedSize = bytes.readUInt32LE(at + 20);
    const nameLength = bytes.readUInt16LE(at + 28);
    const local = bytes.readUInt32LE(at + 42);
    if (local + LOCAL_BYTES > bytes.length) return null;
    const from = local + LOCAL_BYTES + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    // Also what is longer than four bytes can say.
    if (from + packedSize > bytes.length || (method !== STORED && method !== DEFLATED)) return null;
    const packed = bytes.subarray(from, from + packedSize);
    const content = method === STORED ? packed : await inflateUpTo(packed, left);
    if (content === null || content.length > left) return null;
    left -= content.length;
    files.set(bytes.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength), content);
    at += ENTRY_BYTES + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return at === end ? files : null;
}

/** @returns null: it is more than `most`, or damaged */
async function inflateUpTo(packed: Uint8Array, most: number): Promise<Buffer | null> {
  try {
    return await inflate(packed, { maxOutputLength: Math.max(1, most) });
  } catch {
    return null;
  }
}
