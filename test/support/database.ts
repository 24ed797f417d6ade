/** An empty database for one test: at MONGODB_URI where that is set, else on an embedded server of its own. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MongoClient } from 'mongodb';

export interface TestDatabase {
  /** Names the database; to be given to the part under test. */
  readonly uri: string;
  /** For looking at what was stored, beside the part under test. */
  readonly client: MongoClient;
  readonly drop: () => Promise<void>;
}

export async function openDatabase(): Promise<TestDatabase> {
  const server = await openServer();
  const uri = withDatabase(server.uri, `desk_${randomBytes(6).toString('hex')}`);
  const client = await new MongoClient(uri).connect();
  return {
    uri,
    client,
    async drop() {
      await client.db().dropDatabase();
      await client.close();
      await server.close();
    },
  };
}

/** The address of another database on the same server. */
export function withDatabase(uri: string, name: string): string {
  const [, server, query = ''] = /^([^/]*\/\/[^/?]*)[^?]*(\?.*)?$/.exec(uri) ?? [];
  return `${server}/${name}${query}`;
}

async function openServer(): Promise<{ uri: string; close: () => Promise<void> }> {
  const given = process.env['MONGODB_URI'];
  if (given) return { uri: given, close: async () => undefined };
  const { startEmbeddedMongo } = await import('../../src/embedded-mongo/embedded-mongo.ts');
  const folder = await mkdtemp(path.join(tmpdir(), 'database-'));
  const server = await startEmbeddedMongo({ folder });
  return {
    uri: server.uri,
    async close() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
