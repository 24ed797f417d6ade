/** What the doctor finds in a corpus, and how an examination goes. */
import { type Connection, createConnection } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Corpus, FaqEntry } from '../../src/corpus/corpus.ts';
import { type CheckupStore, createCheckupStore } from '../../src/corpus/doctor/checkup-store.ts';
import { findContradictions } from '../../src/corpus/doctor/contradictions.ts';
import { createDoctor, type DoctorDeps } from '../../src/corpus/doctor/doctor.ts';
import { examine } from '../../src/corpus/doctor/examine.ts';
import { checkPages, findMissing, findPages } from '../../src/corpus/doctor/links.ts';
import { findConfusable, findThin, type Misread } from '../../src/corpus/doctor/phrase-faults.ts';
import { readCorpus } from '../../src/corpus/load-corpus.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { ROOT } from '../support/corpus.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { readTinyCorpus } from '../support/tiny-corpus.ts';

let tiny: Corpus;
let whole: Corpus;
beforeAll(async () => {
  [tiny, whole] = await Promise.all([readTinyCorpus(), readCorpus(ROOT)]);
});

const entry = (id: string, markdown: string, rest: Partial<FaqEntry> = {}): FaqEntry => ({
  id,
  kind: 'answer',
  title: id,
  sources: [],
  asOf: '2025',
  related: [],
  markdown,
  variants: {},
  ...rest,
});
const conflicts = (entries: readonly FaqEntry[]): string[] =>
  findContradictions(entries).map(({ unit, places }) =>
    [unit, ...places.map((place) => `${place.entry.id}: ${place.value}`)].join(' | '),
  );

describe('contradictions', () => {
  it.each<[string, string, string, string[]]>([
    [
      'another price of the same message',
      'Soạn tin gửi **8079**. Phí là 1.000 đồng/tin nhắn, trả cho nhà mạng.',
      'Lấy lại bằng tin nhắn thì trả nhà mạng 1.500 đồng/tin nhắn.',
      ['đồng | a: 1.000 đồng | b: 1.500 đồng'],
    ],
    [
      'another deadline',
      'Nộp hồ sơ giấy cho cơ quan BHXH trong 10 ngày.',
      'Anh/Chị nộp hồ sơ giấy cho cơ quan BHXH trong **30 ngày**.',
      ['ngày | a: 10 ngày | b: 30 ngày'],
    ],
    [
      'another number to send a message to',
      'Soạn BH MK [mã số BHXH] gửi **8079**.',
      'Soạn **BH MK [mã số BHXH]** gửi 8179 là có mật khẩu.',
      ['đầu số | a: 8079 | b: 8179'],
    ],
    [
      'the same, written otherwise',
      'Phí tin nhắn nhà mạng thu 1.000 đồng.',
      'Phí tin nhắn nhà mạng thu 1 nghìn đồng.',
      [],
    ],
    ['numbers of different things', 'Mã OTP có giá trị 3 phút.', 'Hồ sơ được duyệt trong 10 ngày.', []],
    [
      'the same unit of different things',
      'Mã OTP có giá trị trong 3 phút.',
      'Tổng đài gọi lại sau 15 phút.',
      [],
    ],
  ])('%s', (_, one, other, expected) => {
    expect(conflicts([entry('a', one), entry('b', other)])).toEqual(expected);
  });

  it("finds none in the product's own answers, and the number that is changed in one of them", () => {
    expect(conflicts(whole.faq)).toEqual([]);
    const changed = whole.faq.map((one) =>
      one.id === 'login.otp' ? { ...one, markdown: one.markdown.replaceAll('3 phút', '5 phút') } : one,
    );
    expect(conflicts(changed)).toEqual(['phút | login.otp: 5 phút | register.steps: 3 phút']);
  });
});

describe('links', () => {
  const entries = [
    entry('a', 'Xem:\n\n![Nút](/media/there.svg)\n\n![Nút](/media/gone.svg)', { related: ['b', 'c'] }),
    entry('b', '[Cổng](https://example.vn/a), [Khác](https://example.vn/gone)', {
      variants: { ios: '[Cổng](https://example.vn/a)' },
    }),
  ];
  it('finds images and entries that are not there', () => {
    const found = findMissing(entries, new Set(['there.svg']));
    expect(found.map(({ entry: { id }, kind, target }) => `${id} ${kind} ${target}`)).toEqual([
      'a image /media/gone.svg',
      'a related c',
    ]);
  });
  it('asks every page once', async () => {
    const asked: string[] = [];
    const answers: Record<string, number | null> = {
      'https://example.vn/a': 403,
      'https://example.vn/gone': 404,
    };
    const broken = await checkPages(findPages(entries), async (address) => {
      asked.push(address);
      return answers[address] ?? null;
    });
    expect(asked).toEqual(['https://example.vn/a', 'https://example.vn/gone']);
    expect(broken).toMatchObject([{ target: 'https://example.vn/gone', problem: 'refused', status: 404 }]);
  });
  it('says when nothing answers', async () => {
    const broken = await checkPages(findPages(entries), async () => null);
    expect(broken.map(({ problem }) => problem)).toEqual(['unreachable', 'unreachable']);
  });
});

const misread = (intent: string, as: string): Misread => ({
  text: `${intent} ${as}`,
  intent,
  read: { intent: as, confidence: 0.9 },
  answered: true,
});

describe('phrases', () => {
  it('names intents that are taken for each other, in either direction', () => {
    const phrases = ['a', 'a', 'b', 'b', 'c'].map((intent) => ({ text: intent, intent }));
    const pairs = findConfusable([misread('a', 'b'), misread('b', 'a'), misread('c', 'a')], phrases);
    expect(pairs.map(({ one, other, share, phrases: some }) => [one, other, share, some.length])).toEqual([
      ['a', 'b', 0.5, 2],
    ]);
  });
  it('names intents with too few phrases, the thinnest first', () => {
    const intents = [30, 3, 7].map((count, at) => ({ intent: `i${at}`, phrases: Array(count).fill('x') }));
    expect(findThin(intents)).toEqual([
      { intent: 'i1', phrases: 3 },
      { intent: 'i2', phrases: 7 },
    ]);
  });
  it('finds a phrase that stands under another intent too, and what is misread when it is left out', () => {
    const [first, second] = tiny.intents;
    const stray = `${first!.phrases[0]!} ạ`;
    const intents = tiny.intents.map((one) =>
      one === second ? { ...one, phrases: [...one.phrases, stray] } : one,
    );
    const shares: number[] = [];
    const { near, misread: wrong } = examine({ ...tiny, intents }, (share) => shares.push(share));
    expect(near.map(({ one, other }) => [one.text, other.text])).toContainEqual([first!.phrases[0], stray]);
    expect(wrong.map(({ text }) => text)).toContain(stray);
    expect(shares.at(-1)).toBe(1);
  });
});

describe('an examination', () => {
  let database: TestDatabase;
  let connection: Connection;
  let store: CheckupStore;
  let clock: number;
  beforeAll(async () => {
    database = await openDatabase();
    connection = await createConnection(database.uri).asPromise();
    store = createCheckupStore(connection);
  });
  afterAll(async () => {
    await connection.destroy();
    await database.drop();
  });
  beforeEach(async () => {
    clock = Date.parse('2026-11-20T03:00:00Z');
    await database.client.db().collection('corpus_checkups').deleteMany({});
  });
  const open = (rest: Partial<DoctorDeps> = {}) =>
    createDoctor({
      store,
      readLive: async () => ({ release: 1, corpus: tiny }),
      release: () => 1,
      examine: async (corpus, onProgress) => examine(corpus, onProgress),
      listPictures: async () => new Set(),
      askPage: async () => null,
      logger: createLogger('silent'),
      now: () => new Date(clock),
      ...rest,
    });

  it('runs once at a time, over all nodes, and its report is kept', async () => {
    const doctor = open();
    expect(await doctor.view()).toMatchObject({ state: 'none', report: null });
    let finish = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const busy = open({ readLive: () => held.then(() => ({ release: 1, corpus: tiny })) });
    expect(await busy.begin({ pages: false })).toMatchObject({ state: 'running' });
    await expect(doctor.begin({ pages: false })).rejects.toMatchObject({ code: 'doctor_busy' });
    finish();
    await busy.finished();
    const view = await open({ release: () => 2 }).view();
    expect(view).toMatchObject({ state: 'done', progress: 1, outdated: true });
    expect(view.report).toMatchObject({ release: 1, entries: tiny.faq.length, pagesChecked: false });
  });

  it('may begin again when whoever examined is gone', async () => {
    const gone = open({ readLive: () => new Promise(() => undefined) });
    await gone.begin({ pages: false });
    clock += 61_000;
    const doctor = open();
    expect(await doctor.view()).toMatchObject({ state: 'failed' });
    await doctor.begin({ pages: false });
    await doctor.finished();
    expect(await doctor.view()).toMatchObject({ state: 'done' });
  });

  it('is broken off when the desk stops', async () => {
    const doctor = open({ examine: () => new Promise(() => undefined) });
    await doctor.begin({ pages: false });
    await doctor.stop();
    expect(await doctor.view()).toMatchObject({ state: 'failed', report: null });
  });

  it('says what went wrong', async () => {
    const doctor = open({ examine: () => Promise.reject(new Error('no memory')) });
    await doctor.begin({ pages: false });
    await doctor.finished();
    expect(await doctor.view()).toMatchObject({ state: 'failed', problem: 'no memory' });
  });
});
