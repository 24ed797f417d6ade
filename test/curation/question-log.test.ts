import fc from 'fast-check';
import { type Connection, createConnection, mongo } from 'mongoose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AnsweredQuestion, maskSuspects, maskText } from '../../src/curation/question.ts';
import {
  createQuestionLog,
  type QuestionLog,
  type QuestionLogDeps,
} from '../../src/curation/question-log.ts';
import { createQuestionLogStore, type QuestionLogStore } from '../../src/curation/question-log-store.ts';
import { ensureIndexes } from '../../src/storage/ensure-indexes.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { createReadableLog } from '../support/log.ts';

const WAIT = { timeout: 20_000 };
const AT = new Date('2026-11-21T08:00:00Z');
const limits = { most: 100, batch: 10, writeEveryMs: 10 };

let database: TestDatabase;
let connection: Connection;
let store: QuestionLogStore;
let log = createReadableLog();
let opened: QuestionLog[] = [];

beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database?.drop());
beforeEach(async () => {
  log = createReadableLog();
  connection = await createConnection(database.uri).asPromise();
  store = createQuestionLogStore(connection);
});
afterEach(async () => {
  for (const one of opened) await one.close();
  opened = [];
  await database.client.db().dropDatabase();
  await connection.destroy();
});

function open(options: Partial<QuestionLogDeps> = {}): QuestionLog {
  const one = createQuestionLog({
    store,
    isStoreUp: () => true,
    logger: log.logger,
    now: () => AT,
    limits,
    ...options,
  });
  opened.push(one);
  return one;
}

const asked = (text: string, rest: Partial<AnsweredQuestion> = {}): AnsweredQuestion => ({
  text,
  redactions: [],
  platform: null,
  decision: 'answer',
  intent: 'card.view',
  confidence: 0.9,
  candidates: [{ intent: 'card.view', confidence: 0.9 }],
  release: 1,
  place: null,
  ...rest,
});

const questions = () => database.client.db().collection('questions');
const texts = async (): Promise<unknown[]> =>
  (await questions().find().sort({ _id: 1 }).toArray()).map(({ text }) => text);

describe('a question', () => {
  it('is kept with what was decided', async () => {
    const one = open();
    const candidates = [
      { intent: 'card.view', confidence: 0.5 },
      { intent: 'card.use', confidence: 0.4 },
    ];
    one.note(
      asked('xem thẻ', {
        platform: 'ios',
        decision: 'clarify',
        intent: null,
        confidence: 0.5,
        candidates,
        release: 3,
      }),
    );
    await one.close();
    expect(await questions().find().toArray()).toEqual([
      {
        _id: expect.any(mongo.ObjectId),
        at: AT,
        text: 'xem thẻ',
        platform: 'ios',
        decision: 'clarify',
        intent: null,
        confidence: 0.5,
        candidates,
        release: 3,
      },
    ]);
  });

  it('is written in the background, without anybody asking for it', async () => {
    const one = open();
    for (let at = 0; at < 25; at++) one.note(asked(`câu ${at}`));
    await expect.poll(() => one.counts(), WAIT).toEqual({ waiting: 0, written: 25, dropped: 0 });
    expect(await texts()).toEqual(Array.from({ length: 25 }, (_, at) => `câu ${at}`));
  });

  it('that comes after the close is passed over', async () => {
    const one = open();
    await one.close();
    one.note(asked('muộn'));
    expect(one.counts().waiting).toBe(0);
  });
});

describe('while the database is away', () => {
  it('questions wait, and are written when it comes', async () => {
    let up = false;
    const one = open({ isStoreUp: () => up });
    one.note(asked('chờ'));
    up = true;
    await expect.poll(texts, WAIT).toEqual(['chờ']);
  });

  it('the oldest make room when too many wait, and are counted in the log', async () => {
    let up = false;
    const one = open({ isStoreUp: () => up });
    for (let at = 0; at < 130; at++) one.note(asked(`câu ${at}`));
    expect(one.counts()).toEqual({ waiting: 100, written: 0, dropped: 30 });
    await expect
      .poll(() => log.lines(), WAIT)
      .toEqual([
        expect.objectContaining({ msg: 'questions not kept for curation', dropped: 30, waiting: 100 }),
      ]);
    up = true;
    await expect.poll(() => one.counts().waiting, WAIT).toBe(0);
    expect((await texts())[0]).toBe('câu 30');
  });

  it('what still waits at the end is counted as lost', async () => {
    const one = open({ isStoreUp: () => false });
    one.note(asked('mất'));
    await one.close();
    expect(one.counts()).toEqual({ waiting: 0, written: 0, dropped: 1 });
    expect(log.text()).toContain('questions not kept for curation');
  });
});

describe('a batch', () => {
  it('whose acknowledgement was lost is written again without doubling anything', async () => {
    let lost = 1;
    const write: QuestionLogStore['write'] = async (batch) => {
      const refused = await store.write(batch);
      if (lost-- > 0) throw new Error('connection reset');
      return refused;
    };
    const one = open({ store: { ...store, write } });
    for (let at = 0; at < 25; at++) one.note(asked(`câu ${at}`));
    await expect.poll(() => one.counts(), WAIT).toEqual({ waiting: 0, written: 25, dropped: 0 });
    expect(await texts()).toHaveLength(25);
    expect(log.text()).toContain('connection reset');
  });

  it('is kept when the database refuses it as a whole', async () => {
    await connection.destroy();
    await expect(store.write([{ id: store.newId(), at: AT, ...asked('giữ') }])).rejects.toThrow();
  });
});

it('questions are found by decision and time with an index, and end after two years whatever the settings say', async () => {
  await ensureIndexes(connection, log.logger);
  const found = await questions().listIndexes().toArray();
  expect(found.map(({ key, expireAfterSeconds }) => ({ key, expireAfterSeconds }))).toEqual([
    { key: { _id: 1 }, expireAfterSeconds: undefined },
    { key: { at: 1 }, expireAfterSeconds: 63_072_000 },
    { key: { decision: 1, at: -1 }, expireAfterSeconds: undefined },
    { key: { conversation: 1 }, expireAfterSeconds: undefined },
    { key: { toGather: 1, at: 1 }, expireAfterSeconds: undefined },
  ]);
});

describe('masking', () => {
  it.each([
    ['em nhập Thuy@1988 báo sai mật khẩu', 'em nhập [secret] báo sai mật khẩu'],
    ['mkcu: Hanoi2020 mkmoi: Saigon2021', 'mkcu: [secret] mkmoi: [secret]'],
    ['tài khoản vssid [bhxhNumber]/Matkhau1', 'tài khoản vssid [bhxhNumber][secret]'],
    ['otp482913', '[secret]'],
    ['mã otp gửi về 482 913', 'mã otp gửi về [number]'],
    ['o912345678 la sdt', '[secret] la sdt'],
    ['gửi về lan.nguyen@example.vn giúp em', 'gửi về [email] giúp em'],
    ['stk 0123-4567-8901 ngân hàng', 'stk [number] ngân hàng'],
    [
      'iphone15 với android14 cài VssID 2.0.1 năm 2024 được không',
      'iphone15 với android14 cài VssID 2.0.1 năm 2024 được không',
    ],
    ['lỗi 404, bấm 2 lần, từ 01/6/2021', 'lỗi 404, bấm 2 lần, từ 01/6/2021'],
  ])('leaves nothing that may be a secret: %s', (text, kept) => {
    expect(maskSuspects(text)).toBe(kept);
  });

  it('puts the kind in place of the secret', () => {
    const text = 'mk la Abc@123, sdt 0987654321';
    const redactions = [
      { type: 'phone', start: 19, end: 29 },
      { type: 'password', start: 6, end: 13 },
    ];
    expect(maskText(text, redactions)).toBe('mk la [password], sdt [phone]');
  });

  it('leaves not one character of any redaction, also where they overlap', () => {
    const redaction = fc.record({ start: fc.nat(40), length: fc.integer({ min: 1, max: 20 }) });
    fc.assert(
      fc.property(fc.array(redaction, { maxLength: 5 }), (spans) => {
        // Each place has a character of its own, so that one that is left can be told.
        const text = Array.from({ length: 60 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join('');
        const redactions = spans.map(({ start, length }) => ({ type: 'otp', start, end: start + length }));
        const masked = maskText(text, redactions);
        for (let at = 0; at < text.length; at++) {
          const hidden = redactions.some(({ start, end }) => at >= start && at < end);
          expect(masked.includes(text.charAt(at))).toBe(!hidden);
        }
      }),
    );
  });
});
