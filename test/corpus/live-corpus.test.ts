import { type Connection, createConnection } from 'mongoose';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Corpus } from '../../src/corpus/corpus.ts';
import { createEngineImageStore } from '../../src/corpus/engine-image-store.ts';
import { type LiveCorpus, type LiveCorpusDeps, openLiveCorpus } from '../../src/corpus/live-corpus.ts';
import { checksumOf } from '../../src/corpus/release.ts';
import { createReleaseStore } from '../../src/corpus/release-store.ts';
import { createReleases, fromFiles, type Releases } from '../../src/corpus/releases.ts';
import { createWorkshop } from '../../src/corpus/workshop.ts';
import { AppError } from '../../src/kernel/app-error.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { createReadableLog } from '../support/log.ts';
import { readTinyCorpus, withAnswer } from '../support/tiny-corpus.ts';

const LOOK_EVERY_MS = 20;
const WAIT = { timeout: 20_000 };

let database: TestDatabase;
let connection: Connection;
let releases: Releases;
let corpus: Corpus;
let log = createReadableLog();
let opened: LiveCorpus[] = [];

beforeAll(async () => {
  database = await openDatabase();
  corpus = await readTinyCorpus();
});
afterAll(() => database?.drop());
beforeEach(async () => {
  log = createReadableLog();
  connection = await createConnection(database.uri).asPromise();
  releases = createReleases({ store: createReleaseStore(connection) });
});
afterEach(async () => {
  for (const one of opened) await one.stop();
  opened = [];
  await database.client.db().dropDatabase();
  await connection.destroy();
});

async function open(options: Partial<LiveCorpusDeps> = {}): Promise<LiveCorpus> {
  const { readFiles = async () => corpus } = options;
  const live = await openLiveCorpus({
    releases,
    images: createEngineImageStore(connection),
    workshop: createWorkshop(),
    readFiles,
    readChecksum: () =>
      readFiles().then(
        (files) => ({ checksum: checksumOf(files) }),
        ({ message: fault }: Error) => ({ fault }),
      ),
    compareFilesAfterMs: 0,
    isStoreUp: () => true,
    logger: log.logger,
    lookEveryMs: LOOK_EVERY_MS,
    ...options,
  });
  opened.push(live);
  return live;
}

const shown = (live: LiveCorpus): string | undefined => live.book().find('card.view')?.markdown;
const changed = (text: string): Corpus => withAnswer(corpus, 'card.view', text);
const broken = async (): Promise<Corpus> => {
  throw new AppError({ code: 'bad_corpus', message: 'intents/card.yaml:3 is wrong' });
};

it('seeds an empty store from the files and answers from the release', async () => {
  const live = await open();
  expect(live.release()).toBe(1);
  expect(live.book().ask({ text: 'quên mật khẩu' }).shown?.entry.id).toBe('password.forgot');
  expect(log.lines().filter(({ level }) => level >= 40)).toEqual([]);
});

it('answers from the live release, not from the files, and says how to publish the files', async () => {
  await releases.seed(changed('Từ kho'));
  const live = await open();
  expect(shown(live)).toBe('Từ kho');
  await expect
    .poll(() => log.text())
    .toMatch(
      /differ from the live release 1, which answers\. To bring them in as a draft: npm run corpus:import/,
    );
});

it('goes over to another release within a look, without a restart', async () => {
  const live = await open();
  await releases.publish(changed('Mới'), fromFiles('test'));
  await expect.poll(() => shown(live), WAIT).toBe('Mới');
  expect(live.release()).toBe(2);
  await database.client
    .db()
    .collection('corpus_live')
    .updateOne({}, { $set: { release: 1 } });
  await expect.poll(() => live.release(), WAIT).toBe(1);
  expect(shown(live)).not.toBe('Mới');
});

it('answers from the files while the store is away, and goes over to the live release when it comes', async () => {
  await releases.seed(changed('Từ kho'));
  let up = false;
  const live = await open({ isStoreUp: () => up });
  expect([live.release(), shown(live)]).toEqual([
    null,
    corpus.faq.find(({ id }) => id === 'card.view')?.markdown,
  ]);
  expect(log.text()).toContain('answer until the live release can be read');
  up = true;
  await expect.poll(() => [live.release(), shown(live)], WAIT).toEqual([1, 'Từ kho']);
});

it('does not train again when the live release is what the files are', async () => {
  await releases.seed(corpus);
  let up = false;
  const live = await open({ isStoreUp: () => up });
  up = true;
  const before = live.book();
  await expect.poll(() => live.release(), WAIT).toBe(1);
  expect(live.book()).toBe(before);
});

it('seeds an empty store that comes late', async () => {
  let up = false;
  const live = await open({ isStoreUp: () => up });
  up = true;
  await expect.poll(() => live.release(), WAIT).toBe(1);
});

const damage = (number: number) =>
  database.client
    .db()
    .collection<{ _id: number }>('corpus_releases')
    .updateOne({ _id: number }, { $set: { content: {} } });

it('falls back to the files when the live release is damaged, and says so loudly, once', async () => {
  await releases.seed(changed('Hỏng'));
  await damage(1);
  const live = await open();
  expect(live.release()).toBeNull();
  expect(live.book().ask({ text: 'quên mật khẩu' }).shown?.entry.id).toBe('password.forgot');
  await releases.publish(changed('Lành'), fromFiles('repair'));
  await expect.poll(() => shown(live), WAIT).toBe('Lành');
  expect(log.lines().filter(({ level }) => level === 50)).toEqual([
    expect.objectContaining({
      msg: expect.stringMatching(/^Release 1 cannot be used: .*npm run corpus:import -- --publish$/),
    }),
  ]);
});

it('goes on answering from the release before when the next one is damaged', async () => {
  const live = await open();
  await releases.publish(changed('Mới'), fromFiles('test'));
  await expect.poll(() => live.release(), WAIT).toBe(2);
  await database.client
    .db()
    .collection('corpus_live')
    .updateOne({}, { $set: { release: 9 } });
  await expect.poll(() => log.text(), WAIT).toContain('Release 9 is not in the store');
  expect([live.release(), shown(live)]).toEqual([2, 'Mới']);
});

it('answers from the live release when the files are wrong, and names what is wrong with them', async () => {
  await releases.seed(changed('Từ kho'));
  const live = await open({ readFiles: broken });
  expect(shown(live)).toBe('Từ kho');
  await expect.poll(() => log.text()).toContain('intents/card.yaml:3 is wrong');
});

it('does not start with wrong files and no release', async () => {
  await expect(open({ readFiles: broken })).rejects.toMatchObject({ code: 'bad_corpus' });
});

it('keeps the trained engine: the next start takes it over, and answers the same', async () => {
  const before = await open();
  const said = before.book().ask({ text: 'quen mk vssid' }).decision;
  await before.stop();
  const next = await open();
  expect(log.lines().flatMap(({ how }) => how ?? [])).toEqual(['trained', 'kept']);
  expect(next.book().ask({ text: 'quen mk vssid' }).decision).toEqual(said);
});

it('trains again when the kept engine is damaged', async () => {
  await (await open()).stop();
  await database.client
    .db()
    .collection('corpus_engine_parts')
    .updateMany({}, { $set: { data: Buffer.from('hỏng') } });
  const next = await open();
  expect(next.book().ask({ text: 'quên mật khẩu' }).shown?.entry.id).toBe('password.forgot');
  expect(log.lines().flatMap(({ how }) => how ?? [])).toEqual(['trained', 'trained']);
  expect(log.text()).toContain('a kept engine cannot be used');
});

it('has the next release ready on every node before any of them answers with it, and goes back without training', async () => {
  const nodes = [await open(), await open()];
  const atSwitch: Promise<unknown>[] = [];
  const said = database.client.db().collection('corpus_nodes');
  const readyOf = async () => (await said.find().toArray()).map(({ ready }) => ready.includes(2));
  for (const { events } of nodes) events.once('released', () => atSwitch.push(readyOf()));
  await releases.publish(changed('Mới'), fromFiles('test'));
  await expect.poll(() => nodes.map((one) => one.release()), WAIT).toEqual([2, 2]);
  expect(await Promise.all(atSwitch)).toEqual([
    [true, true],
    [true, true],
  ]);
  const trainings = (): number => log.lines().filter(({ msg }) => msg === 'corpus ready').length;
  const before = trainings();
  await releases.goLive(2, 1);
  await expect.poll(() => nodes.map((one) => one.release()), WAIT).toEqual([1, 1]);
  expect(trainings()).toBe(before);
});
