/**
 * Server and client in one process, as in the product: `writer.mjs FOLDER RUN SEED`. Checks what it finds, then writes
 * until it is killed, and prints what programs/writes.ts says.
 */
import { writeSync } from 'node:fs';
import { MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../../../src/embedded-mongo/embedded-mongo.ts';
import { seededRandom } from '../../../src/kernel/random.ts';
import { examineDatabase } from '../examine-database.ts';
import { type Announce, type Line, prepare, writeWithoutEnd } from './writes.ts';

const LANES = 8;
/** Expired documents are deleted all the time here, so that kills strike that too. */
const TTL_INTERVAL_MS = 20;

const [folder = '', run = '', seed = '0'] = process.argv.slice(2);
const print = (line: Line): void => void writeSync(1, `${JSON.stringify(line)}\n`);

const server = await startEmbeddedMongo({ folder, ttlIntervalMs: TTL_INTERVAL_MS });
const client = await new MongoClient(server.uri).connect();
const db = client.db('faults');

for (const [name, { valid, errors }] of Object.entries(await examineDatabase(db))) {
  if (!valid) print({ invalid: `${name}: ${errors.join('; ')}` });
}
await prepare(db);
print({ ready: true });

let last = 0;
const announce: Announce = (changesOf) => {
  const number = ++last;
  print({ begin: number, changes: changesOf(number) });
  return { number, done: () => print({ done: number }) };
};
const random = seededRandom(Number(seed));
await Promise.all(
  Array.from({ length: LANES }, (_, lane) =>
    writeWithoutEnd(db, { run, name: `${lane}` }, seededRandom(random() * 2 ** 32), announce),
  ),
);
