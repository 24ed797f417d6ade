/**
 * A store in which the product's own corpus is live and trained, made by the first desk of a run that wants it: the others begin
 * as a desk that is started again does, and learn nothing anew. Nothing but the corpus is in it.
 */
import { access, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../../src/embedded-mongo/embedded-mongo.ts';
import { databaseOf } from '../../src/storage/mongodb-uri.ts';

/** Set for all journeys of one run; elsewhere every desk learns by itself. */
const FOLDER = process.env['TRAINED_STORE'];
const KEPT = /^corpus_(?!nodes)|^migrations/;

/** For the setup of a run. @returns removes it */
export async function offerTrainedStore(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'trained-store-'));
  process.env['TRAINED_STORE'] = folder;
  return () => rm(folder, { recursive: true, force: true });
}

/** @param learn starts a desk on this folder and stops it again */
export async function copyTrainedStore(to: string, learn: (folder: string) => Promise<void>): Promise<void> {
  if (FOLDER === undefined) return;
  const [store, done] = [path.join(FOLDER, 'store'), path.join(FOLDER, 'done')];
  if (!(await exists(done))) {
    // Another one is at it just now: it is quicker to learn than to wait.
    const isFirst = await mkdir(store).then(
      () => true,
      () => false,
    );
    if (!isFirst) return;
    await learn(store);
    await keepCorpusAlone(store);
    await writeFile(done, '');
  }
  await cp(store, to, { recursive: true });
}

async function keepCorpusAlone(folder: string): Promise<void> {
  const server = await startEmbeddedMongo({ folder });
  const client = await new MongoClient(server.uri).connect();
  const db = client.db(databaseOf(server.uri));
  for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray())
    if (!KEPT.test(name)) await db.dropCollection(name);
  await client.close();
  await server.close();
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
