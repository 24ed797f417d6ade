/** The server that the storage conformance suite asks: the embedded one, or the one at MONGODB_URI. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type Collection,
  type Db,
  type Document,
  MongoClient,
  MongoServerError,
  type ObjectId,
} from 'mongodb';
import { afterAll, beforeAll, expect, type TestContext, it as vitestIt } from 'vitest';
import { deviations, type EngineName } from '../storage/deviations.ts';

/** A document of any shape; the usual kinds of `_id` are spelled out so that filters by it are typed. */
export interface Row extends Document {
  _id?: string | number | ObjectId;
}

/** Where a case makes sense; elsewhere it is skipped and the reason is shown. */
export type Needs =
  | { readonly standalone: true }
  | { readonly engines: readonly EngineName[]; readonly because: string };

/** Only a server that is not part of a replica set or a cluster answers so. */
export const STANDALONE: Needs = { standalone: true };

export type ConformanceIt = (name: string, body: () => unknown, needs?: Needs) => void;

export interface StorageUnderTest {
  readonly uri: string;
  readonly engine: EngineName;
  readonly standalone: boolean;
  readonly client: MongoClient;
  /** This file's own database; dropped when the file is done. */
  readonly db: Db;
  /** vitest's `it`, knowing deviations.ts and what a case needs. */
  readonly it: ConformanceIt;
  /** Makes a collection of its own, with the documents if any. */
  collection(documents?: readonly Row[]): Promise<Collection<Row>>;
}

/**
 * Opens the server under test for one test file and closes it after the file's last case.
 * @param theme the file's name in deviations.ts; also part of the database's name
 * @param options.ttlIntervalMs how often the embedded server looks for expired documents, in ms
 */
export async function openStorage(
  theme: string,
  options: { readonly ttlIntervalMs?: number } = {},
): Promise<StorageUnderTest> {
  const server = await openServer(options);
  const client = await new MongoClient(server.uri).connect();
  const admin = client.db('admin');
  const hello = await admin.command({ hello: 1 });
  const engine = engineOf(await admin.command({ buildInfo: 1 }), server.embedded);
  const standalone = hello['setName'] === undefined && hello['msg'] !== 'isdbgrid';
  const db = client.db(`conformance_${theme}_${randomBytes(4).toString('hex')}`);

  afterAll(async () => {
    await db.dropDatabase();
    await client.close();
    await server.close();
  });

  let made = 0;
  return {
    uri: server.uri,
    engine,
    standalone,
    client,
    db,
    it: createConformanceIt(theme, engine, standalone),
    async collection(documents = []) {
      made += 1;
      const collection = db.collection<Row>(`c${made}`);
      if (documents.length > 0) await collection.insertMany([...documents]);
      return collection;
    },
  };
}

interface RunningServer {
  readonly uri: string;
  readonly embedded: boolean;
  close(): Promise<void>;
}

async function openServer(options: { readonly ttlIntervalMs?: number }): Promise<RunningServer> {
  const given = process.env['MONGODB_URI'];
  if (given) return { uri: given, embedded: false, close: async () => {} };
  // Loaded only here: a run against another server must not depend on the embedded one.
  const { startEmbeddedMongo } = await import('../../src/embedded-mongo/embedded-mongo.ts');
  const folder = await mkdtemp(path.join(tmpdir(), 'storage-'));
  const server = await startEmbeddedMongo({ folder, ...options });
  return {
    uri: server.uri,
    embedded: true,
    async close() {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}

function engineOf(buildInfo: Document, startedHere: boolean): EngineName {
  const engines: readonly string[] = buildInfo['storageEngines'] ?? [];
  if (startedHere || engines.includes('lmdb')) return 'embedded';
  return engines.includes('documentdb') ? 'documentdb' : 'mongodb';
}

function createConformanceIt(theme: string, engine: EngineName, standalone: boolean): ConformanceIt {
  const listed = deviations[engine]?.[theme] ?? {};
  const names = new Set<string>();
  beforeAll(() => {
    // A renamed or deleted case must not leave its excuse behind.
    expect(Object.keys(listed).filter((name) => !names.has(name))).toEqual([]);
  });
  return (name, body, needs) => {
    expect(names).not.toContain(name);
    names.add(name);
    vitestIt(name, async (context) => {
      const unmet = needs && unmetNeed(needs, engine, standalone);
      if (unmet) context.skip(unmet);
      const reason = listed[name];
      if (reason === undefined) await body();
      else await runDeviating(`${theme}: ${name}`, body, reason, context);
    });
  };
}

function unmetNeed(needs: Needs, engine: EngineName, standalone: boolean): string | undefined {
  if ('standalone' in needs) return standalone ? undefined : 'asks a standalone server; this one is not';
  return needs.engines.includes(engine) ? undefined : needs.because;
}

/** Runs a listed case all the same: an excuse that is no longer needed is said aloud. */
async function runDeviating(
  title: string,
  body: () => unknown,
  reason: string,
  context: TestContext,
): Promise<void> {
  try {
    await body();
  } catch {
    context.skip(reason);
  }
  console.warn(`${title}: passes now, although deviations.ts says: ${reason}`);
}

/**
 * Waits for a request that the server has to refuse and compares the error's code.
 * @param code what MongoDB 7.0 answers; several where its own versions or code paths differ
 * @returns the error, for a look at its other fields
 */
export async function expectFailure(
  code: number | readonly number[],
  request: Promise<unknown>,
): Promise<MongoServerError> {
  const error = await request.then(
    () => expect.fail(`the server accepted what has to fail with ${code}`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof MongoServerError)) throw error;
  // DocumentDB's gateway names codes by a short table; what is not in it comes as UnknownError with the
  // engine's own state in the text. That is a refusal, but no evidence about the code.
  if (error.code === 8 && error.message.includes('[SQLSTATE')) return error;
  expect([code].flat(), error.message).toContain(error.code);
  return error;
}

/** Every value of a field called `key`, at any depth: what explain hides in nested plans. */
export function valuesOf(value: unknown, key: string): unknown[] {
  if (Array.isArray(value)) return value.flatMap((one) => valuesOf(one, key));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(name === key ? [inner] : []),
    ...valuesOf(inner, key),
  ]);
}
