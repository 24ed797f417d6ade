/**
 * A table of LMDB whose values carry a checksum of themselves and their key: LMDB has none, and a flipped bit on the
 * disk must not become an answer. check-file.mjs checks all of them at start.
 */
import { crc32 } from 'node:zlib';
import type { Database, RangeOptions, RootDatabase } from 'lmdb';
import { MongoFault } from '../fault.ts';

export interface Entry {
  readonly key: Buffer;
  readonly value: Buffer;
}
export type SealedTable = ReturnType<typeof openTable>;

const SEAL_BYTES = 4;

export function openTable(root: RootDatabase, name: string) {
  const table: Database<Buffer, Buffer> = root.openDB(name, { encoding: 'binary', keyEncoding: 'binary' });

  const opened = (key: Buffer, stored: Buffer): Buffer => {
    const value = stored.subarray(SEAL_BYTES);
    if (stored.readUInt32BE(0) === crc32(value, crc32(key))) return value;
    throw new MongoFault(
      'DataCorruptionDetected',
      `The store is damaged: a value in ${name} is not what was written. Stop, and put back a backup.`,
    );
  };

  return {
    get(key: Buffer): Buffer | undefined {
      const stored = table.get(key);
      return stored && opened(key, stored);
    },
    has: (key: Buffer): boolean => table.doesExist(key),
    put(key: Buffer, value: Buffer): void {
      const stored = Buffer.allocUnsafe(SEAL_BYTES + value.length);
      stored.writeUInt32BE(crc32(value, crc32(key)));
      stored.set(value, SEAL_BYTES);
      table.put(key, stored);
    },
    remove(key: Buffer): void {
      table.remove(key);
    },
    *range(options: RangeOptions): Generator<Entry> {
      for (const { key, value } of table.getRange(options)) {
        yield { key: key as Buffer, value: opened(key as Buffer, value) };
      }
    },
    keys: (options: RangeOptions): Iterable<Buffer> => table.getKeys(options) as Iterable<Buffer>,
    count: (options: RangeOptions): number => table.getKeysCount(options),
  };
}
