import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MongoClient, MongoServerError } from 'mongodb';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { seededRandom } from '../../src/kernel/random.ts';
import { bundlePrograms, type Program } from '../support/bundled-programs.ts';
import { examineDatabase, type Finding } from './examine-database.ts';
import type { Examined } from './programs/examine.ts';
import { type Announce, prepare, writeWithoutEnd } from './programs/writes.ts';
import { createPromises } from './promises.ts';

/** util-linux; it takes room from a running process and gives it back, and needs no root. */
const canLimit = spawnSync('prlimit', ['--version']).status === 0;
const OUT_OF_DISK_SPACE = 14_031;
const LANES = 8;

const programs = await bundlePrograms('server', 'examine');
afterAll(() => programs.close());

/** A server in a process of its own, its folder, and a client; gone after the test. */
async function startServer() {
  const folder = await mkdtemp(path.join(tmpdir(), 'full-'));
  const program = programs.start('server', folder);
  const { uri } = JSON.parse(await program.nextLine()) as { uri: string };
  const client = await new MongoClient(uri).connect();
  onTestFinished(async () => {
    await client.close();
    program.kill();
    await program.ended;
    await rm(folder, { recursive: true });
  });
  return { folder, program, client, db: client.db('full') };
}

/** From now on no file of the process can grow beyond its store's size and `room` more bytes. */
async function limit(program: Program, folder: string, room: number): Promise<void> {
  const { size } = await stat(path.join(folder, 'store.mdb'));
  execFileSync('prlimit', ['--pid', `${program.pid}`, `--fsize=${size + room}:`]);
}
const unlimit = (program: Program): unknown =>
  execFileSync('prlimit', ['--pid', `${program.pid}`, '--fsize=unlimited:']);

/** Ends the server in good order and looks at its folder with another. */
async function examineAfter(program: Program, folder: string): Promise<Record<string, Finding>> {
  program.say('close');
  expect(await program.ended).toMatchObject({ code: 0, signal: null });
  const examined = JSON.parse(await programs.start('examine', folder, 'full').nextLine()) as Examined;
  if ('failed' in examined) throw new Error(examined.failed.message);
  return examined.collections;
}

it.skipIf(!canLimit)('says that the disk is full, keeps what it has, and goes on', async () => {
  const { folder, program, db } = await startServer();
  const rows = db.collection<{ _id: number; text: string; code: string }>('rows');
  await rows.createIndex({ code: 1 }, { unique: true });
  const insert = (n: number): Promise<unknown> =>
    rows.insertOne({ _id: n, code: `PA-${n}`, text: 'x'.repeat(2000) });

  for (let n = 0; n < 50; n++) await insert(n);
  await limit(program, folder, 64 * 1024);
  let stored = 50;
  const failure = await (async (): Promise<unknown> => {
    for (; stored < 1000; stored++) {
      try {
        await insert(stored);
      } catch (error) {
        return error;
      }
    }
    return undefined;
  })();
  expect(failure).toBeInstanceOf(MongoServerError);
  expect(failure).toMatchObject({ code: OUT_OF_DISK_SPACE, codeName: 'OutOfDiskSpace' });
  expect((failure as MongoServerError).message).toMatch(/disk/i);

  expect(await rows.countDocuments()).toBe(stored);
  expect(await rows.findOne({ code: `PA-${stored - 1}` })).toMatchObject({ _id: stored - 1 });
  expect(await rows.findOne({ code: `PA-${stored}` })).toBeNull();
  const many = Array.from({ length: 200 }, (_, n) => ({
    _id: 5000 + n,
    code: `M-${n}`,
    text: 'x'.repeat(2000),
  }));
  await expect(rows.insertMany(many)).rejects.toMatchObject({ code: OUT_OF_DISK_SPACE });
  expect(await rows.countDocuments({ _id: { $gte: 5000 } })).toBe(0);

  unlimit(program);
  await insert(stored);
  expect(await rows.countDocuments()).toBe(stored + 1);
  expect(await examineAfter(program, folder)).toMatchObject({
    rows: {
      valid: true,
      errors: [],
      documents: stored + 1,
      counted: stored + 1,
      alongIndex: { code_1: stored + 1 },
    },
  });
});

it.skipIf(!canLimit)('keeps every acknowledged write of many writers whose disk fills up', async () => {
  const { folder, program, db } = await startServer();
  const promises = createPromises();
  const random = seededRandom(11);
  let last = 0;

  /** Writes with all lanes until each has failed or `most` writes are acknowledged. @returns the failures */
  async function write(run: string, most: number): Promise<unknown[]> {
    const lines: string[] = [];
    let acknowledged = 0;
    const enough = Symbol('enough');
    const announce: Announce = (changesOf) => {
      if (acknowledged >= most) throw enough;
      const number = ++last;
      lines.push(JSON.stringify({ begin: number, changes: changesOf(number) }));
      return {
        number,
        done: () => {
          acknowledged++;
          lines.push(JSON.stringify({ done: number }));
        },
      };
    };
    const lanes = Array.from({ length: LANES }, (_, lane) =>
      writeWithoutEnd(db, { run, name: `${lane}` }, seededRandom(random() * 2 ** 32), announce),
    );
    const ends = await Promise.allSettled(lanes);
    promises.read(lines);
    return ends
      .map((end) => (end as PromiseRejectedResult).reason as unknown)
      .filter((reason) => reason !== enough);
  }

  await prepare(db);
  expect(await write('room', 100)).toEqual([]);
  await limit(program, folder, 64 * 1024);
  const failures: unknown[] = [];
  for (let run = 0; run < 5; run++) failures.push(...(await write(`full-${run}`, 2000)));
  expect(failures.length).toBeGreaterThan(LANES);
  for (const failure of failures) expect(failure).toMatchObject({ code: OUT_OF_DISK_SPACE });
  expect(await promises.brokenIn(db)).toEqual([]);
  unlimit(program);
  expect(await write('room again', 200)).toEqual([]);

  expect(await promises.brokenIn(db)).toEqual([]);
  for (const finding of Object.values(await examineDatabase(db)))
    expect(finding).toMatchObject({ valid: true, errors: [], counted: finding.documents });
  for (const finding of Object.values(await examineAfter(program, folder)))
    expect(finding).toMatchObject({ valid: true, errors: [], counted: finding.documents });
});
