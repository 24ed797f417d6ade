import { createConnection } from 'mongoose';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { AppError } from '../../src/kernel/app-error.ts';
import { openInbox, parseImapUrl } from '../../src/mail/inbox.ts';
import type { IncomingMail } from '../../src/mail/incoming-mail.ts';
import { createIntake, type Intake, type IntakeDeps } from '../../src/mail/intake.ts';
import { createIntakeStore } from '../../src/mail/intake-store.ts';
import { readMail } from '../../src/mail/read-mail.ts';
import { isStoreAway } from '../../src/storage/mongo-errors.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { createReadableLog } from '../support/log.ts';

const STORE_AWAY = new Error('the store is away');
const SOON = 15_000;

let database: TestDatabase;
let connection: Awaited<ReturnType<ReturnType<typeof createConnection>['asPromise']>>;
let store: ReturnType<typeof createIntakeStore>;
let dovecot: Dovecot;
beforeAll(async () => {
  database = await openDatabase();
  connection = await createConnection(database.uri).asPromise();
  store = createIntakeStore(connection);
  dovecot = await startDovecot();
});
afterAll(async () => {
  await dovecot?.close();
  await connection?.destroy();
  await database?.drop();
});
beforeEach(async () => {
  await database.client.db().collection('mail_intake').deleteMany({});
});
let intakes: Intake[] = [];
afterEach(async () => {
  await Promise.all(intakes.map((intake) => intake.stop()));
  intakes = [];
  await dovecot.empty();
});

/** A node of the desk, with a clock that is put forward by hand. */
function openIntake(deps: Partial<IntakeDeps> = {}) {
  const log = createReadableLog();
  const taken: IncomingMail[] = [];
  let at = new Date('2026-11-30T02:00:00Z').getTime();
  const intake = createIntake({
    store,
    openInbox: (onNews) => openInbox(parseImapUrl(dovecot.url), onNews),
    readMail: (source, receivedAt) => readMail(source, { receivedAt, ownAddresses: [] }),
    onMail: async (mail) => void taken.push(mail),
    isStoreUp: () => true,
    isStoreAway: (error) => error === STORE_AWAY || isStoreAway(error),
    logger: log.logger,
    now: () => new Date(at),
    everyMs: 3_600_000,
    ...deps,
  });
  intakes.push(intake);
  return {
    intake,
    log,
    subjects: () => taken.map(({ subject }) => subject),
    pass(ms: number) {
      at += ms;
    },
  };
}

const write = (subject: string, text = 'Xin chào') =>
  Buffer.from(
    `From: An <an@example.com>\r\nTo: hotro@bhxh.example\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@example.com>\r\n\r\n${text}\r\n`,
  );

it('takes in what is unread, once, and marks it as read', async () => {
  const { intake, subjects } = openIntake();
  for (const subject of ['one', 'two', 'three']) await dovecot.deliver(write(subject));
  await intake.run();
  await intake.run();
  expect(subjects()).toEqual(['one', 'two', 'three']);
  expect(await dovecot.listFlags()).toEqual([['\\Seen'], ['\\Seen'], ['\\Seen']]);
  expect(await store.survey()).toEqual({
    lookedAt: expect.any(Date),
    receivedAt: expect.any(Date),
    lastFailure: null,
  });
});

it('hears of a new mail without asking', async () => {
  const { intake, subjects } = openIntake();
  intake.start();
  await vi.waitFor(async () => expect((await store.survey()).lookedAt).not.toBeNull(), SOON);
  await dovecot.deliver(write('news'));
  await vi.waitFor(() => expect(subjects()).toEqual(['news']), SOON);
});

it('sets aside what cannot be read or is too large, and takes the others', async () => {
  const unreadable = (source: Buffer, receivedAt: Date) =>
    source.includes('broken')
      ? Promise.reject(new Error('no mail of an@example.com'))
      : readMail(source, { receivedAt, ownAddresses: [] });
  const { intake, subjects, log } = openIntake({ readMail: unreadable, mostBytes: 5_000 });
  await dovecot.deliver(write('broken'));
  await dovecot.deliver(write('large', 'x'.repeat(6_000)));
  await dovecot.deliver(write('fine'));
  await intake.run();
  expect(subjects()).toEqual(['fine']);
  expect(await dovecot.listFlags()).toEqual([['\\Flagged'], ['\\Flagged'], ['\\Seen']]);
  const reasons = log.lines().filter(({ level }) => level === 50);
  expect(reasons.map((line) => line['reason'])).toEqual(['unreadable: no mail of …', 'too large']);
});

it('tries again what could not be taken in, and gives it to a person at last', async () => {
  let tries = 0;
  const seen: string[] = [];
  const { intake, log } = openIntake({
    async onMail({ subject }) {
      seen.push(subject);
      if (subject !== 'bad') return;
      tries += 1;
      throw new Error('a fault of the desk');
    },
  });
  await dovecot.deliver(write('bad'));
  await dovecot.deliver(write('good'));
  for (let round = 0; round < 7; round++) await intake.run();
  expect(tries).toBe(5);
  expect(seen.filter((subject) => subject === 'good')).toEqual(['good']);
  expect(await dovecot.listFlags()).toEqual([['\\Flagged'], ['\\Seen']]);
  expect(log.text()).toContain('a fault of the desk');
});

it('leaves a mail unread while the store is away, however long', async () => {
  let away: Error | null = STORE_AWAY;
  const taken: string[] = [];
  const { intake } = openIntake({
    async onMail({ subject }) {
      if (away !== null) throw away;
      taken.push(subject);
    },
  });
  await dovecot.deliver(write('patient'));
  for (let round = 0; round < 8; round++) await intake.run();
  away = new AppError({ code: 'store_unavailable', message: 'tickets' });
  for (let round = 0; round < 8; round++) await intake.run();
  expect(await dovecot.listFlags()).toEqual([[]]);
  away = null;
  await intake.run();
  expect(taken).toEqual(['patient']);
});

it('goes on where it was when the mail server comes back', async () => {
  const { intake, subjects, pass } = openIntake();
  await dovecot.deliver(write('before'));
  await intake.run();
  await dovecot.stop();
  await vi.waitFor(async () => {
    await intake.run();
    expect((await store.survey()).lastFailure).not.toBeNull();
  }, SOON);
  await dovecot.start();
  await dovecot.deliver(write('after'));
  // Not asked again before its time.
  await intake.run();
  expect(subjects()).toEqual(['before']);
  pass(3_600_000);
  await intake.run();
  expect(subjects()).toEqual(['before', 'after']);
  expect((await store.survey()).lastFailure).toBeNull();
});

it('asks a mailbox that is not there once at a time', async () => {
  const nowhere = { ...parseImapUrl(dovecot.url), port: 1 };
  let asked = 0;
  const { intake, pass } = openIntake({
    openInbox(onNews) {
      asked += 1;
      return openInbox(nowhere, onNews);
    },
  });
  intake.start();
  await vi.waitFor(async () => expect((await store.survey()).lastFailure).toContain('ECONNREFUSED'), SOON);
  for (let round = 0; round < 3; round++) await intake.run();
  expect(asked).toBe(1);
  pass(3_600_000);
  await intake.run();
  expect(asked).toBe(2);
});

it('says that the password is wrong, and neither password nor address', async () => {
  const wrong = { ...parseImapUrl(dovecot.url), password: 'không phải' };
  const { intake, log } = openIntake({ openInbox: (onNews) => openInbox(wrong, onNews) });
  await intake.run();
  expect(log.text()).toContain('refuses user name or password');
  expect(log.text()).not.toMatch(/không phải|hotro@/);
});

it('one node reads the mailbox, and another takes over when it is gone', async () => {
  const first = openIntake();
  const second = openIntake();
  await dovecot.deliver(write('one'));
  await first.intake.run();
  await dovecot.deliver(write('two'));
  await second.intake.run();
  expect(second.subjects()).toEqual([]);
  await first.intake.stop();
  await second.intake.run();
  expect([first.subjects(), second.subjects()]).toEqual([['one'], ['two']]);
  // The next one has vanished without a word: its lease runs out.
  const third = openIntake();
  await dovecot.deliver(write('three'));
  third.pass(600_000);
  await third.intake.run();
  expect(third.subjects()).toEqual(['three']);
});

it('counts answers by sender and day, also when two nodes begin at once', async () => {
  const forgetAt = new Date('2026-12-02T00:00:00Z');
  const counts = await Promise.all(
    [1, 2, 3].map(() => store.count('an@example.com', '2026-11-30', forgetAt)),
  );
  expect(counts.sort()).toEqual([1, 2, 3]);
  expect(await store.count('an@example.com', '2026-12-01', forgetAt)).toBe(1);
  const kept = await database.client.db().collection('mail_answers').find({}).toArray();
  expect(JSON.stringify(kept)).not.toContain('example.com');
});
