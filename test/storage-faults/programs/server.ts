/**
 * A server on a folder, and nothing else: `server.mjs FOLDER`. Prints one line, {"uri"} or {"failed"}, and ends in
 * good order when told `close`.
 */
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { EmbeddedMongoError, startEmbeddedMongo } from '../../../src/embedded-mongo/embedded-mongo.ts';
import type { Started } from './started.ts';

const [folder = ''] = process.argv.slice(2);
const print = (line: Started): void => void writeSync(1, `${JSON.stringify(line)}\n`);

try {
  const server = await startEmbeddedMongo({ folder });
  print({ uri: server.uri });
  for await (const line of createInterface({ input: process.stdin })) if (line === 'close') break;
  await server.close();
} catch (error) {
  if (!(error instanceof EmbeddedMongoError)) throw error;
  print({ failed: { code: error.code, message: error.message, uri: error.uri } });
}
process.exit();
