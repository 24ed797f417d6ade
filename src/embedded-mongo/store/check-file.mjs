// Reads all of a store and checks every checksum: `node check-file.mjs FILE`. In a process of its own, because a
// damaged page can end the process that reads it. Says what is wrong and exits with 1.
import { crc32 } from 'node:zlib';
import { open } from 'lmdb';

const BINARY = { encoding: 'binary', keyEncoding: 'binary' };
const SEAL_BYTES = 4;

function check(table, name) {
  let seen = 0;
  let last = Buffer.alloc(0);
  for (const { key, value } of table.getRange({})) {
    seen++;
    if (Buffer.compare(last, key) >= 0) throw new Error(`the keys of ${name} are out of order`);
    last = key;
    if (value.length < SEAL_BYTES || value.readUInt32BE(0) !== crc32(value.subarray(SEAL_BYTES), crc32(key)))
      throw new Error(`a value in ${name} is not what was written`);
  }
  const { entryCount } = table.getStats();
  if (seen !== entryCount) throw new Error(`${name} has ${seen} entries of ${entryCount}`);
}

try {
  const root = open({ path: process.argv[2], noSubdir: true, readOnly: true, maxDbs: 4, ...BINARY });
  const names = [...root.getKeys({})].map(String);
  for (const name of ['catalog', 'documents', 'entries']) {
    if (!names.some((found) => found.startsWith(name))) throw new Error(`it has no ${name}`);
    check(root.openDB(name, BINARY), name);
  }
} catch (error) {
  process.stdout.write(error.message);
  process.exitCode = 1;
}
