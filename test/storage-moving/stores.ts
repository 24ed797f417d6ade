/** Stores to move between: embedded ones in folders of their own, or new databases of the server at MONGODB_URI. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mongo } from 'mongoose';
import { onTestFinished } from 'vitest';
import { databaseOf } from '../../src/storage/mongodb-uri.ts';

export interface TestStore {
  readonly db: mongo.Db;
  /** The settings with which a command finds this store, while this process has it open. */
  readonly settings: Readonly<Record<string, string>>;
}

type After = (clean: () => Promise<void>) => void;

/**
 * A new, empty store for one test; gone after it.
 * @param options.uri '' for an embedded one also where MONGODB_URI is set
 * @param options.after when to clear it away: `afterAll` for a store that a whole file shares
 */
export async function openTestStore(
  options: { readonly uri?: string; readonly after?: After } = {},
): Promise<TestStore> {
  const { uri = process.env['MONGODB_URI'], after = onTestFinished } = options;
  return uri ? openDatabase(uri, after) : openEmbedded(after);
}

async function openDatabase(given: string, after: After): Promise<TestStore> {
  const uri = new URL(given);
  uri.pathname = `/moving_${randomBytes(5).toString('hex')}`;
  const client = await mongo.MongoClient.connect(uri.href);
  const db = client.db(databaseOf(uri.href));
  after(async () => {
    await db.dropDatabase();
    await client.close();
  });
  return { db, settings: { MONGODB_URI: uri.href } };
}

async function openEmbedded(after: After): Promise<TestStore> {
  const { startEmbeddedMongo } = await import('../../src/embedded-mongo/embedded-mongo.ts');
  const folder = await mkdtemp(path.join(tmpdir(), 'moving-store-'));
  const server = await startEmbeddedMongo({ folder });
  const client = await mongo.MongoClient.connect(server.uri);
  after(async () => {
    await client.close();
    await server.close();
    await rm(folder, { recursive: true });
  });
  return { db: client.db(databaseOf(server.uri)), settings: { MONGODB_URI: '', DATA_DIR: folder } };
}

/** A folder for files, gone after the test. */
export async function openTestFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'moving-files-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** What a collection holds, byte for byte, in the order of `_id`. */
export async function rawDocuments(collection: mongo.Collection): Promise<string[]> {
  const found = collection.find({}, { raw: true, sort: { _id: 1 } });
  const documents = (await found.toArray()) as unknown as Uint8Array[];
  return documents.map((bytes) => Buffer.from(bytes).toString('hex'));
}

const ROOT = path.resolve(import.meta.dirname, '../..');

export interface CommandRun {
  readonly child: ChildProcess;
  readonly ended: Promise<{
    readonly code: number | null;
    readonly signal: string | null;
    readonly output: string;
  }>;
}

/** Starts a command of the storage room as `npm run store:…` does. */
export function startCommand(
  name: 'export' | 'import' | 'check',
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
): CommandRun {
  const script = path.join(ROOT, 'src', 'storage', `${name}-store.cli.ts`);
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const ended = new Promise<Awaited<CommandRun['ended']>>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, output }));
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, ended };
}
