/** The desk as a whole: what it keeps, what it never keeps, and how it lives without its database. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerResponse } from '../src/contracts/answers.ts';
import { openDatabase, type TestDatabase } from './support/database.ts';
import { postQuestion, type RunningDesk, startDesk } from './support/desk.ts';
import { createReadableLog } from './support/log.ts';
import { type DatabaseProxy, openProxy } from './support/proxy.ts';

const WAIT = { timeout: 30_000 };

async function ask(desk: RunningDesk, text: string) {
  const response = await postQuestion(desk.url, { text });
  expect(response.status).toBe(200);
  return answerResponse.parse(await response.json());
}

async function readiness(desk: RunningDesk): Promise<{ status: number; reasons: string[] }> {
  const response = await fetch(`${desk.url}/readyz`);
  const { reasons } = (await response.json()) as { reasons: { code: string; message: string }[] };
  return { status: response.status, reasons: reasons.map(({ code, message }) => `${code}: ${message}`) };
}

describe('one of two desks with their database', () => {
  const log = createReadableLog();
  let database: TestDatabase;
  let desk: RunningDesk;
  let other: RunningDesk;
  beforeAll(async () => {
    database = await openDatabase();
    [desk, other] = await Promise.all([
      startDesk({ mongodbUri: database.uri, logger: log.logger }),
      startDesk({ mongodbUri: database.uri }),
    ]);
  });
  afterAll(async () => {
    await other?.stop();
    await database?.drop();
  });
  const questions = () => database.client.db().collection('questions');

  it('answers from release 1, seeded from its files', async () => {
    await expect.poll(() => readiness(desk), WAIT).toEqual({ status: 200, reasons: [] });
    expect((await ask(desk, 'quên mật khẩu')).intent).toBe('password.forgot');
    expect(await database.client.db().collection('corpus_live').findOne()).toMatchObject({ release: 1 });
  });

  it('agrees on one release with another that started at the same moment', async () => {
    await expect.poll(() => readiness(other), WAIT).toEqual({ status: 200, reasons: [] });
    expect(await database.client.db().collection('corpus_releases').countDocuments()).toBe(1);
  });

  it('keeps each question with what was decided', async () => {
    const { decision, intent, candidates } = await ask(desk, 'xem the bhyt o dau tren iphone');
    await expect
      .poll(() => questions().findOne({ text: 'xem the bhyt o dau tren iphone' }), WAIT)
      .toMatchObject({
        platform: 'ios',
        decision,
        intent,
        release: 1,
        candidates: candidates.map((candidate) => ({
          intent: candidate.intent,
          confidence: expect.any(Number),
        })),
      });
  });

  it('never stores nor logs a secret or a personal number', async () => {
    const secrets = {
      'mật khẩu của tôi là Hanoi@2024 mà vẫn không vào được': 'Hanoi@2024',
      'mã otp 483920 nhập vào báo sai': '483920',
      'cccd của em là 079185001234 có đăng ký được không': '079185001234',
      'sđt 0912345678 không nhận được tin nhắn': '0912345678',
      'mã số bhxh 7912345678 bị sai': '7912345678',
      'thẻ bhyt GD4797912345678 hết hạn': 'GD4797912345678',
      'hộ chiếu B1234567 đăng ký thế nào': 'B1234567',
    };
    for (const text of Object.keys(secrets)) await ask(desk, text);
    await expect
      .poll(() => questions().countDocuments({ text: /\[[a-zA-Z]+\]/ }), WAIT)
      .toBe(Object.keys(secrets).length);
    const kept = JSON.stringify(await questions().find().toArray());
    for (const secret of Object.values(secrets)) {
      expect(kept).not.toContain(secret);
      expect(log.text()).not.toContain(secret);
    }
    expect(kept).toContain('mật khẩu của tôi là [password] mà vẫn không vào được');
  });

  it('never stores a secret, whatever it is', async () => {
    const digits = (length: number) =>
      fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });
    const letters = fc.string({
      unit: fc.constantFrom(...'abcdefghkmnpqrstuvwxyz'),
      minLength: 4,
      maxLength: 8,
    });
    const messages = fc.oneof(
      fc
        .tuple(letters, digits(3))
        .map(([word, number]) => ['mật khẩu của tôi là', `${word}@${number}`] as const),
      digits(6).map((code) => ['mã otp nhận được là', code] as const),
      fc
        .tuple(fc.integer({ min: 0, max: 3 }), digits(8))
        .map(([sex, rest]) => ['số cccd', `079${sex}${rest}`] as const),
      digits(8).map((rest) => ['gọi lại cho em số', `09${rest}`] as const),
      digits(8).map((rest) => ['mã số bhxh của tôi', `79${rest}`] as const),
    );
    // The same ones at every run: how well secrets are found is tested in test/answering/entities.
    const sample = fc.sample(messages, { numRuns: 60, seed: 3 });
    for (const [before, secret] of sample) await ask(desk, `${before} ${secret} ạ`);
    await expect.poll(() => questions().countDocuments({ text: / ạ$/ }), WAIT).toBe(sample.length);
    const kept = await questions().distinct('text', { text: / ạ$/ });
    for (const [, secret] of sample) expect(kept.filter((text) => text.includes(secret))).toEqual([]);
  });

  it('keeps nothing of a question that was refused', async () => {
    const before = await questions().countDocuments();
    expect((await postQuestion(desk.url, { text: '???' })).status).toBe(400);
    await ask(desk, 'câu cuối cùng của bài này');
    await expect.poll(() => questions().findOne({ text: /cuối cùng/ }), WAIT).not.toBeNull();
    expect(await questions().countDocuments()).toBe(before + 1);
  });

  it('writes the questions that are still waiting before it stops', async () => {
    for (let at = 0; at < 20; at++) await ask(desk, `câu hỏi phút chót ${at}`);
    await desk.stop();
    expect(await questions().countDocuments({ text: /phút chót/ })).toBe(20);
  });
});

describe('a desk whose database comes late, is lost and comes back', () => {
  let database: TestDatabase;
  let proxy: DatabaseProxy;
  let desk: RunningDesk;
  beforeAll(async () => {
    database = await openDatabase();
    proxy = await openProxy(database.uri, { cut: true });
    desk = await startDesk({ mongodbUri: `${proxy.uri}&serverSelectionTimeoutMS=500` });
  });
  afterAll(async () => {
    await desk?.stop();
    await proxy?.cut();
    await database?.drop();
  });
  const kept = (text: string) => database.client.db().collection('questions').findOne({ text });

  it('starts, answers from memory and says that it is not ready', async () => {
    expect(await readiness(desk)).toEqual({
      status: 503,
      reasons: [expect.stringMatching(/^store_away: the database is away since .*answered from memory$/)],
    });
    expect((await fetch(`${desk.url}/healthz`)).status).toBe(200);
    expect((await ask(desk, 'quên mật khẩu')).intent).toBe('password.forgot');
  });

  it('becomes ready when the database comes, and keeps what was asked before', async () => {
    await proxy.mend();
    await expect.poll(() => readiness(desk), WAIT).toEqual({ status: 200, reasons: [] });
    await expect.poll(() => kept('quên mật khẩu'), WAIT).toMatchObject({ release: null });
    await expect
      .poll(async () => {
        await ask(desk, 'hỏi khi đã có kho');
        return (await kept('hỏi khi đã có kho'))?.['release'] !== undefined;
      }, WAIT)
      .toBe(true);
  });

  it('answers every question while the database goes and comes, and keeps each once', async () => {
    const texts = Array.from({ length: 60 }, (_, at) => `đổi số điện thoại lần ${at}`);
    for (const [at, text] of texts.entries()) {
      if (at === 20) {
        await proxy.cut();
        await expect.poll(() => readiness(desk), WAIT).toMatchObject({ status: 503 });
      }
      if (at === 40) await proxy.mend();
      await ask(desk, text);
    }
    await expect.poll(() => readiness(desk), WAIT).toEqual({ status: 200, reasons: [] });
    const collection = database.client.db().collection('questions');
    await expect.poll(() => collection.countDocuments({ text: /lần \d+$/ }), WAIT).toBe(60);
    expect((await collection.distinct('text', { text: /lần \d+$/ })).sort()).toEqual([...texts].sort());
  });
});
