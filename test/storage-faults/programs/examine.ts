/**
 * Opens the store in a folder and reads all of it: `examine.mjs FOLDER`. Prints one line, {"failed"} when the store is
 * refused, or what `validate` and a whole read say of every collection.
 */
import { writeSync } from 'node:fs';
import { MongoClient } from 'mongodb';
import { EmbeddedMongoError, startEmbeddedMongo } from '../../../src/embedded-mongo/embedded-mongo.ts';
import { examineDatabase, type Findings } from '../examine-database.ts';
import type { Started } from './started.ts';

export type Examined = Exclude<Started, { uri: string }> | { readonly collections: Findings };

const [folder = '', database = ''] = process.argv.slice(2);
const print = (line: Examined): void => void writeSync(1, `${JSON.stringify(line)}\n`);

try {
  const server = await startEmbeddedMongo({ folder });
  const client = await new MongoClient(server.uri).connect();
  print({ collections: await examineDatabase(client.db(database)) });
  await client.close();
  await server.close();
} catch (error) {
  if (!(error instanceof EmbeddedMongoError)) throw error;
  print({ failed: { code: error.code, message: error.message, uri: error.uri } });
}
process.exit();
