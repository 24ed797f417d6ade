import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MongoClient } from 'mongodb';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { type EmbeddedMongo, startEmbeddedMongo } from '../../src/embedded-mongo/embedded-mongo.ts';
import { bundlePrograms, type Program } from '../support/bundled-programs.ts';
import type { Started } from './programs/started.ts';

const ROUNDS = 20;
/** `nobody`, for root may write everywhere. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

const programs = await bundlePrograms('server');
afterAll(() => programs.close());

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'folder-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function startHere(folder: string): Promise<EmbeddedMongo> {
  const server = await startEmbeddedMongo({ folder });
  onTestFinished(() => server.close());
  return server;
}

async function startOutside(folder: string): Promise<{ program: Program; started: Started }> {
  const program = programs.start('server', folder);
  return { program, started: JSON.parse(await program.nextLine()) as Started };
}

/** Writes and reads through a client of its own. */
async function callServer(uri: string, name: string): Promise<string[]> {
  const client = await new MongoClient(uri).connect();
  try {
    const rows = client.db('folder').collection<{ _id: string }>('rows');
    await rows.insertOne({ _id: name });
    return (await rows.find().toArray()).map(({ _id }) => _id);
  } finally {
    await client.close();
  }
}

describe('a folder that a server has', () => {
  it('is refused to another process, which is told where the server is', async () => {
    const folder = await newFolder();
    const server = await startHere(folder);
    await callServer(server.uri, 'first');
    const { started, program } = await startOutside(folder);
    expect(started).toMatchObject({ failed: { code: 'folder_in_use', uri: server.uri } });
    expect((started as { failed: { message: string } }).failed.message).toContain(folder);
    expect(await program.ended).toMatchObject({ code: 0, complaint: '' });
    expect(await callServer((started as { failed: { uri: string } }).failed.uri, 'second')).toEqual([
      'first',
      'second',
    ]);
    expect(await callServer(server.uri, 'third')).toHaveLength(3);
  });

  it('is refused to the same process too', async () => {
    const folder = await newFolder();
    const server = await startHere(folder);
    await expect(startEmbeddedMongo({ folder })).rejects.toMatchObject({
      code: 'folder_in_use',
      uri: server.uri,
    });
  });

  it('is refused under another name of the same folder', async () => {
    const folder = await newFolder();
    const server = await startHere(folder);
    const other = path.join(folder, '..', path.basename(folder));
    await expect(startEmbeddedMongo({ folder: other })).rejects.toMatchObject({
      code: 'folder_in_use',
      uri: server.uri,
    });
  });

  it('is free after the server closes, and holds nothing that says otherwise', async () => {
    const folder = await newFolder();
    const server = await startEmbeddedMongo({ folder });
    await callServer(server.uri, 'before');
    await server.close();
    expect((await readdir(folder)).filter((name) => /ADDRESS|CLAIM|sock$/.test(name))).toEqual([]);
    expect(await callServer((await startHere(folder)).uri, 'after')).toEqual(['after', 'before']);
  });

  it('is free after the process is killed, with all that was acknowledged', async () => {
    const folder = await newFolder();
    const { program, started } = await startOutside(folder);
    await callServer((started as { uri: string }).uri, 'before');
    program.kill();
    expect(await program.ended).toMatchObject({ signal: 'SIGKILL' });
    expect(await callServer((await startHere(folder)).uri, 'after')).toEqual(['after', 'before']);
  });

  it('goes to exactly one of two processes that start at the same instant', async () => {
    const folder = await newFolder();
    for (let round = 0; round < ROUNDS; round++) {
      const both = await Promise.all([startOutside(folder), startOutside(folder)]);
      const winners = both.filter(({ started }) => 'uri' in started);
      const losers = both.filter(({ started }) => 'failed' in started);
      expect({ round, winners: winners.length, losers: losers.length }).toEqual({
        round,
        winners: 1,
        losers: 1,
      });
      const [winner] = winners as [{ program: Program; started: { uri: string } }];
      const { uri } = winner.started;
      expect(losers[0]?.started).toMatchObject({ failed: { code: 'folder_in_use', uri } });
      expect(await callServer(uri, `round ${round}`)).toHaveLength(round + 1);
      // Every other winner is killed, so that the next two also race for what a dead process left.
      if (round % 2 === 0) winner.program.kill();
      else winner.program.say('close');
      await Promise.all(both.map(({ program }) => program.ended));
    }
    // Each round starts two programs.
  }, 180_000);
});

describe('a folder that cannot be used', () => {
  it('because a file has its name is refused, with a word on what to do', async () => {
    const file = path.join(await newFolder(), 'file');
    await writeFile(file, '');
    await expect(startEmbeddedMongo({ folder: file })).rejects.toMatchObject({ code: 'unusable_folder' });
    await expect(startEmbeddedMongo({ folder: path.join(file, 'data') })).rejects.toThrow(/writable|another/);
  });

  it.skipIf(!isRoot)('because another user owns it is refused, with a word on what to do', async () => {
    const folder = await newFolder();
    await chmod(folder, 0o755);
    const program = programs.startAs(NOBODY, 'server', folder);
    const started = JSON.parse(await program.nextLine()) as Started;
    expect(started).toMatchObject({ failed: { code: 'unusable_folder' } });
    expect((started as { failed: { message: string } }).failed.message).toMatch(/writable/);
    expect(await readdir(folder)).toEqual([]);
  });

  it.skipIf(isRoot)('because it is read-only is refused, with a word on what to do', async () => {
    const folder = await newFolder();
    await chmod(folder, 0o555);
    await expect(startEmbeddedMongo({ folder })).rejects.toThrow(/writable/);
  });
});

describe('the socket', () => {
  it.skipIf(process.platform === 'win32')('is for this user only', async () => {
    const folder = await newFolder();
    const { uri } = await startHere(folder);
    const file = decodeURIComponent(uri.slice('mongodb://'.length));
    const { mode } = await stat(file);
    expect((mode & 0o777).toString(8)).toBe('600');
    for (const name of ['store.mdb', 'store.mdb-lock'])
      expect(((await stat(path.join(folder, name))).mode & 0o777).toString(8)).toBe('600');
  });

  it('of a folder whose path is too long for one is elsewhere, and for this user only', async () => {
    const folder = path.join(await newFolder(), 'x'.repeat(60), 'y'.repeat(60), 'dữ liệu');
    await mkdir(folder, { recursive: true });
    const server = await startEmbeddedMongo({ folder });
    const file = decodeURIComponent(server.uri.slice('mongodb://'.length));
    expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600');
    expect(((await stat(path.dirname(file))).mode & 0o777).toString(8)).toBe('700');
    expect(await callServer(server.uri, 'there')).toEqual(['there']);
    await expect(startEmbeddedMongo({ folder })).rejects.toMatchObject({
      code: 'folder_in_use',
      uri: server.uri,
    });
    await server.close();
    // A folder made for the socket goes with it.
    await expect(stat(path.dirname(file))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await callServer((await startHere(folder)).uri, 'still')).toEqual(['still', 'there']);
  });

  it('works in a folder with spaces and Vietnamese letters', async () => {
    const folder = path.join(await newFolder(), 'hỗ trợ VssID', 'a%2Fb@c:d?e#f');
    expect(await callServer((await startHere(folder)).uri, 'there')).toEqual(['there']);
  });
});
