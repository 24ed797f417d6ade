import { type Connection, createConnection, mongo } from 'mongoose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Corpus } from '../../src/corpus/corpus.ts';
import { readCorpus } from '../../src/corpus/load-corpus.ts';
import { checksumOf, parseRelease, toRecord } from '../../src/corpus/release.ts';
import { createReleaseStore } from '../../src/corpus/release-store.ts';
import { createReleases, fromFiles, type Releases } from '../../src/corpus/releases.ts';
import { ROOT } from '../support/corpus.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { readTinyCorpus, withAnswer } from '../support/tiny-corpus.ts';

const NODES = 4;

let database: TestDatabase;
let connections: Connection[];
/** One for each node, on a connection of its own. */
let nodes: Releases[];
let corpus: Corpus;

beforeAll(async () => {
  database = await openDatabase();
  corpus = await readTinyCorpus();
});
afterAll(() => database?.drop());
beforeEach(async () => {
  connections = await Promise.all(
    Array.from({ length: NODES }, () => createConnection(database.uri).asPromise()),
  );
  nodes = connections.map((connection) => createReleases({ store: createReleaseStore(connection) }));
});
afterEach(async () => {
  await database.client.db().dropDatabase();
  await Promise.all(connections.map((connection) => connection.destroy()));
});

const stored = () => database.client.db().collection<{ _id: number }>('corpus_releases');
const live = () => database.client.db().collection<{ _id: string }>('corpus_live');
const node = (at = 0): Releases => nodes[at] ?? expect.fail('no such node');

describe('a release', () => {
  it('gives back the whole corpus exactly as it was in the files', async () => {
    const whole = await readCorpus(ROOT);
    await node().seed(whole);
    const release = await node().get(1);
    expect(release.corpus).toEqual(whole);
    expect(release.checksum).toBe(checksumOf(whole));
    expect([...release.corpus.topics.keys()]).toEqual([...whole.topics.keys()]);
  });

  it('stays far below the size that a document may have', async () => {
    const bytes = mongo.BSON.calculateObjectSize(toRecord(await readCorpus(ROOT), 1, new Date(), 'size'));
    expect(bytes).toBeGreaterThan(500_000);
    expect(bytes).toBeLessThan(4_000_000);
  });

  it('of more than a document may hold is refused with what to do', async () => {
    const phrases = [`${'a'.repeat(13_000_000)}`];
    const huge = { ...corpus, intents: [{ intent: 'none', phrases }] };
    await expect(node().seed(huge)).rejects.toMatchObject({ code: 'release_too_large' });
  });

  it.each<[string, object, RegExp]>([
    [
      'a newer format',
      { format: 2 },
      /Release 1 cannot be used: it is written in format 2, this program reads 1/,
    ],
    ['a part missing', { content: {} }, /Release 1 cannot be used: content\.intents does not fit/],
    ['a word changed', { 'content.faq.0.title': 'Khác' }, /Release 1 cannot be used: it was changed after/],
  ])('with %s is refused by name', async (_name, change, said) => {
    await node().seed(corpus);
    await stored().updateOne({ _id: 1 }, { $set: change });
    await expect(node().get(1)).rejects.toMatchObject({
      code: 'bad_release',
      message: expect.stringMatching(said),
    });
  });

  it('that is not there is said not to be', async () => {
    await expect(node().get(7)).rejects.toMatchObject({ code: 'bad_release' });
  });

  it('has the same checksum whatever the order in which its words’ maps were built', () => {
    const turned = JSON.parse(JSON.stringify(corpus.calibration.weights)) as Record<string, number>;
    const weights = Object.fromEntries(Object.entries(turned).reverse()) as typeof corpus.calibration.weights;
    expect(checksumOf({ ...corpus, calibration: { ...corpus.calibration, weights } })).toBe(
      checksumOf(corpus),
    );
    expect(checksumOf(withAnswer(corpus, 'card.view', 'Khác'))).not.toBe(checksumOf(corpus));
  });

  it('reads words with dots and dollars, and dangerous ones, as any others', () => {
    const abbreviations = { 'v.v': ['vân vân'], $: ['đô la'], 'a.$b': ['á'], constructor: ['b'] };
    const odd = { ...corpus, lexicon: { ...corpus.lexicon, abbreviations } };
    const record = mongo.BSON.deserialize(mongo.BSON.serialize(toRecord(odd, 1, new Date(), 'odd')));
    expect(parseRelease(record).corpus.lexicon.abbreviations).toEqual(abbreviations);
  });
});

describe('an empty store', () => {
  it('has no live release', async () => {
    expect(await node().findLive()).toBeNull();
  });

  it('gets exactly one release 1, also when several nodes seed it with different files at once', async () => {
    const numbers = await Promise.all(
      nodes.map((releases, at) => releases.seed(withAnswer(corpus, 'card.view', `Bản của nút ${at}`))),
    );
    expect(numbers).toEqual(nodes.map(() => 1));
    expect(await stored().countDocuments()).toBe(1);
    expect(await live().find().toArray()).toMatchObject([{ _id: 'live', release: 1 }]);
  });

  it('is seeded to the end after a node died between its steps', async () => {
    await node().seed(corpus);
    await live().deleteMany({});
    expect(await node(1).seed(withAnswer(corpus, 'card.view', 'Khác'))).toBe(1);
    expect((await node(1).findLive())?.number).toBe(1);
    expect((await node(1).get(1)).checksum).toBe(checksumOf(corpus));
  });
});

describe('publishing', () => {
  const changed = (text: string): Corpus => withAnswer(corpus, 'card.view', text);

  it('stores the next release and makes it live', async () => {
    await node().seed(corpus);
    expect(await node().publish(changed('Mới'), fromFiles('by hand'))).toEqual({
      number: 2,
      published: true,
    });
    expect((await node(1).findLive())?.number).toBe(2);
    expect(await node(1).get(2)).toMatchObject({
      number: 2,
      note: 'by hand',
      checksum: checksumOf(changed('Mới')),
    });
    expect((await node(1).get(1)).checksum).toBe(checksumOf(corpus));
  });

  it('makes no release of what is live already', async () => {
    await node().seed(corpus);
    expect(await node().publish(corpus, fromFiles('again'))).toEqual({ number: 1, published: false });
    expect(await stored().countDocuments()).toBe(1);
  });

  it('seeds an empty store', async () => {
    expect(await node().publish(corpus, fromFiles('first'))).toEqual({ number: 1, published: true });
  });

  it('goes on where it broke off, without a second release of the same', async () => {
    await node().seed(corpus);
    await node().publish(changed('Mới'), fromFiles('first try'));
    await live().updateOne({ _id: 'live' }, { $set: { release: 1 } });
    expect(await node().publish(changed('Mới'), fromFiles('second try'))).toEqual({
      number: 2,
      published: true,
    });
    expect(await stored().countDocuments()).toBe(2);
  });

  it('replaces a live release that is damaged, also by the same files', async () => {
    await node().seed(corpus);
    await stored().updateOne({ _id: 1 }, { $set: { content: {} } });
    expect(await node().publish(corpus, fromFiles('repair'))).toEqual({ number: 2, published: true });
    expect((await node().get(2)).checksum).toBe(checksumOf(corpus));
  });

  it('of several at once leaves one live, numbers none twice and tells the others', async () => {
    await node().seed(corpus);
    const outcomes = await Promise.allSettled(
      nodes.map((one, at) => one.publish(changed(`Bản ${at}`), fromFiles('race'))),
    );
    const won = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value.number] : []));
    const lost = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    // A slow one may begin when another is live already; then both go live, one after the other.
    expect(won.length).toBeGreaterThan(0);
    expect(new Set(lost)).toEqual(new Set(lost.length > 0 ? ['release_conflict'] : []));
    expect(won).toContain((await node().findLive())?.number);
    const numbers = (await stored().find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id);
    expect(numbers).toEqual(numbers.map((_, at) => at + 1));
    expect(numbers).toHaveLength(NODES + 1);
  });

  it('of the same by several at once makes one release', async () => {
    await node().seed(corpus);
    const outcomes = await Promise.all(nodes.map((one) => one.publish(changed('Mới'), fromFiles('race'))));
    expect(outcomes.map(({ number }) => number)).toEqual(nodes.map(() => 2));
    expect(await stored().countDocuments()).toBe(2);
  });
});
