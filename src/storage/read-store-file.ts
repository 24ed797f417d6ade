/** Reads an exported file and holds it against its own header, footer and checksum on the way. */
import { createHash, type Hash } from 'node:crypto';
import { readLines } from './line-file.ts';
import { type DocumentLine, damaged, parseLine, type StoreFooter, type StoreHeader } from './store-lines.ts';

/** Documents of one collection that are next to each other in the file. */
export interface DocumentBatch {
  readonly collection: string;
  readonly lines: readonly DocumentLine[];
  /** Bytes of the file read so far. */
  readonly position: number;
}

/** Several hundred documents a round trip; large ones fewer, so that memory stays flat. */
const BATCH_DOCUMENTS = 500;
const BATCH_BYTES = 4_000_000;

/**
 * @returns the file's header
 * @throws AppError `file_not_readable`, `damaged_file`, `unknown_format`
 */
export async function readStoreHeader(file: string): Promise<StoreHeader> {
  for await (const { number, bytes } of readLines(file)) {
    const line = parseLine(bytes.toString('utf8'), number);
    if (line.kind === 'header') return line.header;
  }
  throw damaged(`${file} is empty`);
}

/**
 * @yields the documents in batches, in the order of the file
 * @returns the footer
 * @throws AppError `damaged_file` that says what is wrong and where; what was yielded before is then not to be
 *   trusted either, so a reader that writes reads twice
 */
export async function* readStoreFile(file: string): AsyncGenerator<DocumentBatch, StoreFooter> {
  const hash = createHash('sha256');
  const counts = new Map<string, number>();
  const hashes = new Map<string, Hash>();
  let isBackup = false;
  let known = new Set<string>();
  let footer: StoreFooter | undefined;
  let batch: DocumentLine[] = [];
  let size = 0;
  let end = 0;
  for await (const { number, bytes, position } of readLines(file)) {
    end = position;
    if (footer) throw damaged(`${file}: line ${number} comes after the footer`);
    const line = parse(file, bytes, number);
    if (line.kind === 'footer') {
      footer = line.footer;
      continue;
    }
    hash.update(bytes);
    if (line.kind === 'header') {
      known = new Set(line.header.collections.map(({ name }) => name));
      isBackup = line.header.backup !== undefined;
      continue;
    }
    if (!known.has(line.collection)) {
      throw damaged(`${file}: line ${number} is of collection ${line.collection}, which the header lacks`);
    }
    counts.set(line.collection, (counts.get(line.collection) ?? 0) + 1);
    if (isBackup) hashOf(hashes, line.collection).update(bytes);
    const previous = batch[0]?.collection ?? line.collection;
    if (previous !== line.collection || batch.length >= BATCH_DOCUMENTS || size >= BATCH_BYTES) {
      yield { collection: previous, lines: batch, position };
      batch = [];
      size = 0;
    }
    batch.push(line);
    size += bytes.length;
  }
  if (batch[0]) yield { collection: batch[0].collection, lines: batch, position: end };
  const checked = checkFooter(file, footer, counts, hash.digest('hex'));
  if (isBackup) checkChecksums(file, checked, hashes);
  return checked;
}

/** The checksum that is being made of a collection. */
export function hashOf(hashes: Map<string, Hash>, collection: string): Hash {
  const found = hashes.get(collection);
  if (found !== undefined) return found;
  const made = createHash('sha256');
  hashes.set(collection, made);
  return made;
}

function parse(file: string, bytes: Buffer, number: number): ReturnType<typeof parseLine> {
  try {
    return parseLine(bytes.toString('utf8', 0, bytes.length - 1), number);
  } catch (error) {
    throw damaged(`${file}: ${(error as Error).message}`, error);
  }
}

function checkFooter(
  file: string,
  footer: StoreFooter | undefined,
  counts: ReadonlyMap<string, number>,
  sha256: string,
): StoreFooter {
  if (!footer) throw damaged(`${file} has no footer: the export was not finished, or the end was cut off`);
  const found = [...counts].find(([name, count]) => footer.counts[name] !== count);
  const missing = Object.keys(footer.counts).find((name) => !counts.has(name));
  const name = found?.[0] ?? missing;
  if (name !== undefined) {
    throw damaged(
      `${file} has ${counts.get(name) ?? 0} documents of ${name} where the footer says ${footer.counts[name] ?? 0}`,
    );
  }
  if (footer.sha256 !== sha256) {
    throw damaged(`${file} was changed after the export: its lines do not have the checksum in the footer`);
  }
  return footer;
}

function checkChecksums(
  file: string,
  { checksums = {} }: StoreFooter,
  hashes: ReadonlyMap<string, Hash>,
): void {
  for (const [name, hash] of hashes) {
    if (hash.digest('hex') !== checksums[name])
      throw damaged(`${file}: the lines of ${name} do not have the checksum in the footer`);
  }
}
