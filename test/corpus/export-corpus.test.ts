import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Connection, createConnection } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CorpusExchange, createCorpusExchange } from '../../src/app/corpus-exchange.ts';
import type { Corpus, FaqEntry } from '../../src/corpus/corpus.ts';
import { applyChanges, type CorpusChange, diffCorpora } from '../../src/corpus/corpus-changes.ts';
import { type UnitValue, unitsOf } from '../../src/corpus/corpus-units.ts';
import { exportCorpus } from '../../src/corpus/export-corpus.ts';
import { readCorpus } from '../../src/corpus/load-corpus.ts';
import { createReleaseStore } from '../../src/corpus/release-store.ts';
import { createReleases, fromFiles, type Releases } from '../../src/corpus/releases.ts';
import { createDraftStore } from '../../src/curation/draft-store.ts';
import { ROOT } from '../support/corpus.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';

let corpus: Corpus;
let files: Map<string, string>;
let card: FaqEntry;

async function readAll(root: string): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  for (const folder of ['intents', 'faq'])
    for (const name of await readdir(path.join(root, folder)))
      all.set(`${folder}/${name}`, await readFile(path.join(root, folder, name), 'utf8'));
  return all;
}

beforeAll(async () => {
  corpus = await readCorpus(ROOT);
  files = await readAll(ROOT);
  card = corpus.faq.find(({ id }) => id === 'card.view')!;
});

const put = (unit: string, after: UnitValue | null): CorpusChange => ({
  unit,
  before: unitsOf(corpus).get(unit) ?? null,
  after,
});
const entry = (id: string, change: Partial<FaqEntry> = {}): CorpusChange =>
  put(`faq:${id}`, { kind: 'faq', entry: { ...card, ...change, id } });

/** Lines that one text has and the other has not. */
function countLines(before: string, after: string): { added: number; removed: number } {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const without = (lines: string[], others: string[]) => {
    const left = [...others];
    return lines.filter((line) => {
      const at = left.indexOf(line);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    }).length;
  };
  return { added: without(now, old), removed: without(old, now) };
}

const CHANGES: readonly [
  name: string,
  change: () => CorpusChange[],
  expected: Record<string, [number, number]>,
][] = [
  ['a title', () => [entry('card.view', { title: 'Xem thẻ: ở đâu?' })], { 'faq/card.view.md': [1, 1] }],
  [
    'fields that were not there',
    () => [
      entry('card.view', {
        archived: true,
        reviewedAt: '2026-11-30',
        variants: { ios: 'Bước 1.\n\nBước 2.' },
      }),
    ],
    { 'faq/card.view.md': [7, 0] },
  ],
  [
    'the text of an answer',
    () => [entry('card.view', { markdown: 'Một câu.' })],
    { 'faq/card.view.md': [1, 9] },
  ],
  [
    'phrases',
    () => [
      {
        unit: 'phrases:card.view',
        add: ['xem: thẻ', '8079 là gì', 'yes'],
        remove: [corpus.intents[0]!.phrases[0]!],
      },
    ],
    { 'intents/card.yaml': [3, 1] },
  ],
  [
    'an abbreviation in the midst of the lexicon, and a new one',
    () => [
      put('abbreviation:mk', { kind: 'abbreviation', forms: ['mật khẩu'] }),
      put('abbreviation:xyzt', { kind: 'abbreviation', forms: ['xem thẻ', 'y: tế'] }),
    ],
    { 'intents/lexicon.yaml': [2, 1] },
  ],
  [
    'words that go',
    () => [put('misspelling:vssid', null), put('courtesy:cháu cảm ơn', null)],
    { 'intents/lexicon.yaml': [0, -1] },
  ],
  [
    'a group of synonyms',
    () => [put('synonyms:tài khoản', { kind: 'synonyms', words: ['tài khoản', 'nick'] })],
    { 'intents/lexicon.yaml': [1, 1] },
  ],
  [
    'a place, a topic and a document',
    () => [
      put('place:Huế', { kind: 'place', aliases: ['cố đô'], type: 'city' }),
      put('topic:zalo', { kind: 'topic', title: 'Zalo' }),
      put('document:Z', {
        kind: 'document',
        document: { title: 'Công văn 1', publisher: 'BHXH', date: '2026' },
      }),
    ],
    { 'intents/places.yaml': [1, 1], 'faq/topics.yaml': [1, 0], 'faq/sources.yaml': [4, 0] },
  ],
];

describe('writing a corpus to its files', () => {
  it('leaves the files of a corpus that is as they say alone', () => {
    expect([...exportCorpus(corpus, files, corpus).keys()]).toEqual([]);
  });

  it.each(CHANGES)(
    'changes for %s a few lines only, which say it, and nothing the second time',
    async (_name, change, expected) => {
      const wanted = applyChanges(corpus, change());
      const written = exportCorpus(wanted, files, corpus);
      expect([...written.keys()].sort()).toEqual(Object.keys(expected).sort());
      for (const [file, [added, removed]] of Object.entries(expected)) {
        const { added: more, removed: less } = countLines(files.get(file)!, written.get(file)!);
        expect(more, file).toBe(added);
        if (removed >= 0) expect(less, file).toBe(removed);
        else expect(less).toBeGreaterThan(0);
      }
      const after = new Map([...files, ...[...written].map(([file, text]) => [file, text!] as const)]);
      expect([...exportCorpus(wanted, after, corpus).keys()]).toEqual([]);
    },
  );

  it('keeps the comments of a lexicon that it changes', () => {
    const wanted = applyChanges(corpus, [put('abbreviation:mk', null), put('synonyms:tài khoản', null)]);
    const text = exportCorpus(wanted, files, corpus).get('intents/lexicon.yaml')!;
    const comments = (all: string) => all.split('\n').filter((line) => line.trim().startsWith('#'));
    expect(comments(text)).toEqual(comments(files.get('intents/lexicon.yaml')!));
  });
});

describe('the files and the console', () => {
  let database: TestDatabase;
  let connection: Connection;
  let root: string;
  let exchange: CorpusExchange;
  let releases: Releases;
  const now = () => new Date('2026-11-30T01:02:00Z');

  beforeAll(async () => {
    database = await openDatabase();
    connection = await createConnection(database.uri).asPromise();
  });
  afterAll(async () => {
    await connection?.destroy();
    await database?.drop();
    await rm(root, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await database.client.db().dropDatabase();
    if (root) await rm(root, { recursive: true });
    root = await mkdtemp(path.join(tmpdir(), 'exchange-'));
    for (const folder of ['intents', 'faq'])
      await cp(path.join(ROOT, folder), path.join(root, folder), { recursive: true });
    await symlink(path.join(ROOT, 'web-widget'), path.join(root, 'web-widget'), 'dir');
    exchange = createCorpusExchange({ root, connection, now });
    releases = createReleases({ store: createReleaseStore(connection), now });
    await releases.seed(corpus);
  });
  const file = (name: string) => path.join(root, name);
  const edit = async (name: string, from: string, to: string) =>
    writeFile(file(name), (await readFile(file(name), 'utf8')).replace(from, to));

  it('agree after an export: a new entry with a new topic, one that goes, an import that finds nothing', async () => {
    const live = applyChanges(corpus, [
      entry('zalo.link', { related: ['login.how'], platform: 'ios', handover: true, variants: {} }),
      { unit: 'phrases:zalo.link', add: ['liên kết zalo'], remove: [] },
      put('topic:zalo', { kind: 'topic', title: 'Zalo' }),
      entry('card.lost', { related: [] }),
      { unit: 'phrases:card.lost', add: ['mất thẻ: làm sao'], remove: [] },
      put('faq:smalltalk.bot', null),
    ]);
    await releases.publish(live, fromFiles('from the console'));
    expect((await exchange.exportFiles({ overwrite: false })).files).toEqual([
      'faq/card.lost.md',
      'faq/smalltalk.bot.md',
      'faq/topics.yaml',
      'faq/zalo.link.md',
      'intents/card.yaml',
      'intents/smalltalk.yaml',
      'intents/zalo.yaml',
    ]);
    expect(diffCorpora(await readCorpus(root), live)).toEqual([]);
    expect(await readFile(file('faq/zalo.link.md'), 'utf8')).toMatch(
      /^---\nid: zalo\.link\nkind: answer\ntitle: ".*"\nsources:\n {2}- \{doc: [A-Z], date: ".*"\}\n[\s\S]*asOf: ".*"\nrelated: \[login\.how\]\nplatform: ios\nhandover: true\n---\n/,
    );
    expect(await exchange.importDraft()).toEqual({ kind: 'same', live: 2 });
    expect(await exchange.exportFiles({ overwrite: false })).toEqual({ live: 2, files: [] });
  });

  it('that lag behind do not take back what the console has published; what both changed is in conflict', async () => {
    const live = applyChanges(corpus, [
      entry('card.view', { title: 'Của bàn' }),
      entry('login.how', { title: 'Chỉ bàn', related: [] }),
      { unit: 'phrases:card.view', add: ['câu của bàn'], remove: [] },
    ]);
    await releases.publish(live, fromFiles('from the console'));
    expect(await exchange.importDraft()).toEqual({ kind: 'same', live: 2 });

    await edit('faq/card.view.md', card.title, 'Của tệp');
    await edit('intents/card.yaml', '  phrases:\n', '  phrases:\n    - câu của tệp\n');
    const first = corpus.intents[0]!.intent;
    await expect(exchange.exportFiles({ overwrite: false })).rejects.toMatchObject({
      code: 'unpublished_files',
    });
    const imported = await exchange.importDraft();
    expect(imported).toMatchObject({ kind: 'draft', live: 2, conflicts: ['faq:card.view'] });
    if (imported.kind !== 'draft') return;
    expect(imported.draft.name).toBe('Tệp 2026-11-30 08:02');
    expect(imported.changes.map(({ unit }) => unit)).toEqual(['faq:card.view', `phrases:${first}`]);
    const draft = await createDraftStore(connection).find(imported.draft.id);
    const outcome = applyChanges(
      live,
      draft!.changes.map(({ change }) => change),
    );
    expect(outcome.faq.find(({ id }) => id === 'login.how')?.title).toBe('Chỉ bàn');
    await releases.publish(outcome, fromFiles('the draft'));
    expect(await exchange.importDraft()).toEqual({ kind: 'same', live: 3 });
    await exchange.exportFiles({ overwrite: false });
    expect(diffCorpora(await readCorpus(root), outcome)).toEqual([]);
  });

  it('can be made live at once', async () => {
    await edit('faq/card.view.md', card.title, 'Của tệp');
    expect(await exchange.publish()).toMatchObject({ number: 2, published: true });
    expect(await exchange.importDraft()).toEqual({ kind: 'same', live: 2 });
    expect(await releases.findFilesNumber()).toBe(2);
  });
});
