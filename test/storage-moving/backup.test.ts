/** What a backup is held against, and where it may go. The rehearsal with a whole desk: test/app/backup.test.ts. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type BackupReport, backupStore, type ReadingOrder } from '../../src/storage/backup-store.ts';
import { exportStore } from '../../src/storage/export-store.ts';
import { restoreStore } from '../../src/storage/restore-store.ts';
import { describeBackup, verifyBackup } from '../../src/storage/verify-backup.ts';
import { openTestStore, rawDocuments, type TestStore } from './stores.ts';

const ORDER = { first: ['messages'], last: ['conversations'] };
const ABOUT = { program: '1.2.3', sealedWith: { kind: 'key_in_file' } } as const;

/** A store with a little of everything, and its backup. */
let source: TestStore;
let backup: Buffer;
let report: BackupReport;
/** A copy of the backup for each test. */
let file: string;
beforeAll(async () => {
  source = await openTestStore({ after: afterAll });
  const { db } = source;
  await db.collection('conversations').insertMany([{ n: 1 }, { n: 2 }]);
  await db.collection('conversations').createIndex({ n: 1 }, { unique: true });
  await db
    .collection('messages')
    .insertMany(Array.from({ length: 300 }, (_, n) => ({ n, text: 'xin chào' })));
  await db.collection<{ _id: number }>('migrations').insertOne({ _id: 3, state: 'done' } as never);
  await db.createCollection('empty');
  const folder = await mkdtemp(path.join(tmpdir(), 'backup-'));
  file = path.join(folder, 'desk.jsonl.gz');
  afterAll(() => rm(folder, { recursive: true }));
  report = await backUp(file, ORDER);
  backup = await readFile(file);
});
beforeEach(() => writeFile(file, backup));

const backUp = (to: string, order: ReadingOrder): Promise<BackupReport> =>
  backupStore({ store: { ...source, name: 'it' }, file: to, about: ABOUT, order });

const restore = ({ db }: TestStore, file: string, replace = false) =>
  restoreStore({ db, file, replace, newestMigration: 3 });

it('says what it is of, and in which order it was read', async () => {
  expect(report.note).toMatchObject({ ...ABOUT, migration: 3, node: process.version });
  const verified = await verifyBackup(file);
  expect(verified).toMatchObject({ note: report.note, footer: report.footer, bytes: report.bytes });
  expect(Object.keys(verified.footer.counts)).toEqual(['messages', 'migrations', 'conversations']);
  expect(describeBackup(verified, '1 kB')).toContain('whoever has the file can read them');
});

it.skipIf(Boolean(process.env['MONGODB_URI']))(
  'is of one moment, also while the store is written to',
  async () => {
    const pairs = ['left', 'right'].map((name) => source.db.collection<{ n: number }>(name));
    let isOver = false;
    // The right one never has what the left one lacks; read one after the other they would differ.
    const writing = (async () => {
      for (let n = 0; !isOver; n++) for (const one of pairs) await one.insertOne({ n });
    })();
    const { note, footer } = await backUp(file, { first: ['left'], last: ['right'] });
    isOver = true;
    await writing;
    expect(note.consistency).toBe('one_moment');
    const { left = 0, right = 0 } = footer.counts;
    expect([left, left - 1]).toContain(right);
    const rest = await source.db.collection('left').countDocuments();
    expect(rest).toBeGreaterThan(left);
  },
);

it('comes into an empty store, byte for byte, with its indexes', async () => {
  const target = await openTestStore();
  await target.db.createCollection('messages');
  // Not by a desk that is older than it.
  await expect(restoreStore({ db: target.db, file, newestMigration: 2 })).rejects.toMatchObject({
    code: 'store_too_new',
    message: expect.stringContaining('1.2.3'),
  });
  await restore(target, file);
  for (const name of ['messages', 'conversations', 'migrations'])
    expect(await rawDocuments(target.db.collection(name))).toEqual(
      await rawDocuments(source.db.collection(name)),
    );
  expect(await target.db.collection('conversations').indexes()).toEqual(
    await source.db.collection('conversations').indexes(),
  );
});

it('comes into a store that has something only where that is to be replaced', async () => {
  const target = await openTestStore();
  await target.db.collection('conversations').insertOne({ n: 7 });
  await target.db.collection('of_another_time').insertOne({});
  await expect(restore(target, file)).rejects.toMatchObject({ code: 'store_not_empty' });
  expect(await target.db.collection('conversations').countDocuments()).toBe(1);
  await restore(target, file, true);
  expect(await target.db.collection('conversations').distinct('n')).toEqual([1, 2]);
  expect(await target.db.listCollections({ name: 'of_another_time' }).toArray()).toEqual([]);
});

/** What a file must not be taken for, made from a whole one. */
const DAMAGES: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  'one bit in the middle is another': (bytes) => flip(bytes, bytes.length / 2),
  'one bit near its end is another': (bytes) => flip(bytes, bytes.length - 12),
  'its end is missing': (bytes) => bytes.subarray(0, bytes.length - 100),
  'a text in it is another': (bytes) =>
    gzipSync(gunzipSync(bytes).toString().replace('xin chào', 'xin chèo')),
  'a line of it is missing': (bytes) => {
    const lines = gunzipSync(bytes).toString().split('\n');
    return gzipSync(lines.toSpliced(5, 1).join('\n'));
  },
  'it says of itself what is not true': (bytes) =>
    gzipSync(gunzipSync(bytes).toString().replace('"migration":3', '"migration":1')),
};

function flip(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[Math.floor(at)]! ^= 4;
  return copy;
}

it('is refused when it is not what was written, and the store is left as it was', async () => {
  const target = await openTestStore();
  await target.db.collection('conversations').insertOne({ n: 7 });
  for (const [name, damage] of Object.entries(DAMAGES)) {
    await writeFile(file, damage(backup));
    await expect(verifyBackup(file), name).rejects.toMatchObject({ code: 'damaged_file' });
    await expect(restore(target, file, true), name).rejects.toMatchObject({ code: 'damaged_file' });
  }
  expect(await target.db.collection('conversations').distinct('n')).toEqual([7]);
});

it('is told from an export, which says less', async () => {
  await exportStore({ db: source.db, file });
  await expect(verifyBackup(file)).rejects.toMatchObject({ code: 'not_a_backup' });
});

it('that cannot be written leaves nothing behind', async () => {
  const missing = path.join(path.dirname(file), 'missing', 'desk.jsonl.gz');
  await expect(backUp(missing, ORDER)).rejects.toMatchObject({ code: 'file_not_writable' });
  expect(await readdir(path.dirname(file))).toEqual(['desk.jsonl.gz']);
});
