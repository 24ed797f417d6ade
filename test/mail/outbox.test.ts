import { createConnection } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOutbox, type OutboxDeps } from '../../src/mail/outbox.ts';
import { isGivenUp, maskAddress, retryDelayMs, withoutAddresses } from '../../src/mail/outbox-mail.ts';
import { createOutboxStore } from '../../src/mail/outbox-store.ts';
import { createSendMail } from '../../src/mail/send-mail.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { createReadableLog } from '../support/log.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOWHERE = 'smtp://127.0.0.1:1';

const SOON = { timeout: 15_000 };

let database: TestDatabase;
let connection: Awaited<ReturnType<ReturnType<typeof createConnection>['asPromise']>>;
let store: OutboxDeps['store'];
let server: MailServer;
beforeAll(async () => {
  database = await openDatabase();
  connection = await createConnection(database.uri).asPromise();
  store = createOutboxStore(connection);
  await connection.model('OutboxMail').createIndexes();
  server = await startMailServer();
});
afterAll(async () => {
  await server?.close();
  await connection?.destroy();
  await database?.drop();
});
const documents = () => database.client.db().collection('outbox_mails');
let at: number;
beforeEach(async () => {
  at = new Date('2026-11-30T02:00:00Z').getTime();
  await documents().deleteMany({});
  server.received.length = 0;
  server.be('fine');
});
const pass = (ms: number): void => {
  at += ms;
};

/** A node of the desk; all have one clock. */
function openOutbox(smtpUrl = server.url, deps: Partial<OutboxDeps> = {}) {
  const log = createReadableLog();
  const from = 'Hỗ trợ VssID <hotro@bhxh.example>';
  const outbox = createOutbox({
    store,
    send: createSendMail({ smtpUrl, from, replyTo: 'tra-loi@bhxh.example' }),
    domain: 'bhxh.example',
    isStoreUp: () => true,
    logger: log.logger,
    now: () => new Date(at),
    random: () => 1,
    ...deps,
  });
  return { ...outbox, log };
}

const draft = (key: string, more = {}) => ({
  key,
  to: 'lan@example.vn',
  subject: `[${key}] Đã tiếp nhận phản ánh`,
  text: 'Kính gửi Anh/Chị',
  isAutomatic: true,
  ...more,
});
/** How often each Message-ID arrived. */
const arrivals = (): Map<string | undefined, number> => {
  const count = new Map<string | undefined, number>();
  for (const { mail } of server.received) count.set(mail.messageId, (count.get(mail.messageId) ?? 0) + 1);
  return count;
};

describe('a mail', () => {
  it('arrives once for a key, with what it was posted with, and is not kept', async () => {
    const outbox = openOutbox();
    const html = '<p>Kính gửi</p>';
    const thread = { inReplyTo: '<b@example.com>', references: ['<a@example.com>', '<b@example.com>'] };
    const posted = await Promise.all([1, 2, 3].map(() => outbox.post(draft('one', { html, ...thread }))));
    const [{ messageId }] = posted as [{ messageId: string }];
    expect(posted).toEqual([{ messageId }, { messageId }, { messageId }]);
    await outbox.run();
    await outbox.run();
    expect(await outbox.post(draft('one'))).toEqual({ messageId });
    await outbox.run();
    const [{ to, mail }, ...others] = server.received as [MailServer['received'][number]];
    expect(others).toEqual([]);
    expect(to).toEqual(['lan@example.vn']);
    expect(mail).toMatchObject({
      messageId,
      subject: '[one] Đã tiếp nhận phản ánh',
      inReplyTo: thread.inReplyTo,
      references: thread.references,
      html: expect.stringContaining(html),
      text: expect.stringContaining('Kính gửi Anh/Chị'),
      from: { value: [{ name: 'Hỗ trợ VssID', address: 'hotro@bhxh.example' }] },
      replyTo: { value: [{ address: 'tra-loi@bhxh.example' }] },
    });
    expect(messageId).toMatch(/^<[\w-]+@bhxh\.example>$/);
    const [kept] = await documents().find({}).toArray();
    expect(kept).toMatchObject({ status: 'sent', to: 'l***@example.vn', forgetAt: new Date(at + 30 * DAY) });
    expect(Object.keys(kept!)).not.toEqual(expect.arrayContaining(['text']));
    expect(JSON.stringify(kept)).not.toMatch(/Kính gửi|lan@|tiếp nhận/);
  });

  it('says that a program wrote it, where one did', async () => {
    const outbox = openOutbox();
    await outbox.post(draft('program'));
    await outbox.post(draft('person', { isAutomatic: false, messageId: '<own@bhxh.example>' }));
    await outbox.run();
    const headers = server.received.map(({ mail }) => mail.headers);
    expect(headers.map((one) => one.get('auto-submitted'))).toEqual(['auto-generated', undefined]);
    expect(headers.map((one) => one.get('x-vssid-desk'))).toEqual(['desk', 'desk']);
    expect(headers.map((one) => one.get('message-id'))[1]).toBe('<own@bhxh.example>');
  });

  it('that is refused for good is given up at once, and tried again when somebody asks for it', async () => {
    const outbox = openOutbox();
    await outbox.post(draft('refused'));
    server.be('refusing');
    await outbox.run();
    pass(DAY);
    const before = server.tries();
    await outbox.run();
    expect(server.tries()).toBe(before);
    const { waiting, failed } = await outbox.survey();
    expect({ waiting, failed }).toMatchObject({ waiting: 0, failed: [{ attempts: 1 }] });
    expect(failed[0]!.reason).toContain('550 no such person: …');
    expect(outbox.log.text()).not.toContain('@');
    server.be('fine');
    expect(await outbox.retry('f'.repeat(24))).toBe(false);
    expect(await outbox.retry('none')).toBe(false);
    expect(await outbox.retry(failed[0]!.id)).toBe(true);
    await outbox.run();
    expect(server.received).toHaveLength(1);
  });

  it('that nobody takes for days is given up, with the reason', async () => {
    const outbox = openOutbox(NOWHERE);
    await outbox.post(draft('late'));
    await outbox.run();
    expect(await outbox.survey()).toMatchObject({
      waiting: 1,
      lastFailure: expect.stringContaining('ECONNREFUSED'),
    });
    pass(5 * DAY);
    await outbox.run();
    expect(await outbox.survey()).toMatchObject({
      waiting: 0,
      lastFailure: null,
      failed: [{ reason: expect.stringContaining('ECONNREFUSED') }],
    });
  });

  it.each(['lan', 'lan@', 'lan@example.vn, an@example.vn', ''])(
    'to "%s" goes to nobody, and does not hold the others up',
    async (to) => {
      const outbox = openOutbox();
      await outbox.post(draft('nobody', { to }));
      await outbox.post(draft('somebody'));
      await outbox.run();
      expect(server.received.map(({ to: recipients }) => recipients)).toEqual([['lan@example.vn']]);
    },
  );
});

describe('a mail server that', () => {
  it('is busy is asked again, later and later, without holding the others up', async () => {
    const outbox = openOutbox();
    server.be('busy');
    await outbox.post(draft('a'));
    await outbox.post(draft('b'));
    const before = server.tries();
    await outbox.run();
    await outbox.run();
    expect(server.tries() - before).toBe(2);
    pass(5_000);
    await outbox.run();
    pass(5_000);
    await outbox.run();
    expect(server.tries() - before).toBe(4);
    server.be('fine');
    pass(5_000);
    await outbox.run();
    expect(arrivals().size).toBe(2);
    expect(await outbox.survey()).toMatchObject({ waiting: 0, failed: [] });
  });

  it('is away costs one try at a time; what waited for it leaves at once when it is back', async () => {
    const away = openOutbox(NOWHERE);
    for (const key of ['a', 'b', 'c']) await away.post(draft(key));
    for (let round = 0; round < 12; round++) {
      await away.run();
      pass(HOUR);
    }
    const tried = await documents().find({}).project({ attempts: 1 }).toArray();
    expect(tried.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(12);
    const back = openOutbox();
    await back.post(draft('d'));
    await back.run();
    expect(arrivals().size).toBe(4);
  });

  it.each(['dying', 'forgetful'] as const)('is %s loses nothing, and doubles nothing', async (mood) => {
    server.be(mood);
    const first = openOutbox();
    const posted = [];
    for (const key of ['a', 'b', 'c']) posted.push((await first.post(draft(key))).messageId);
    await first.run();
    await first.stop();
    server.be('fine');
    pass(MINUTE);
    // The desk was started again meanwhile.
    const second = openOutbox();
    await second.run();
    await second.run();
    expect([...arrivals().keys()].sort()).toEqual(posted.sort());
    // One was taken before the break and not acknowledged: it is the same mail for whoever gets it.
    expect(server.received).toHaveLength(mood === 'dying' ? 3 : 4);
  });
});

describe('several nodes', () => {
  it('send each mail once between them', async () => {
    const nodes = [openOutbox(), openOutbox(), openOutbox()];
    await Promise.all(Array.from({ length: 30 }, (_, index) => nodes[index % 3]!.post(draft(`m${index}`))));
    await Promise.all(nodes.map((node) => node.run()));
    expect(server.received).toHaveLength(30);
    expect(arrivals().size).toBe(30);
  });

  it('take over what one had in its hands when it died', async () => {
    const dead = openOutbox(server.url, { send: () => new Promise(() => undefined) });
    const { messageId } = await dead.post(draft('orphan'));
    void dead.run();
    await expect.poll(() => documents().countDocuments({ attempts: 1 }), SOON).toBe(1);
    const other = openOutbox();
    await other.run();
    expect(server.received).toEqual([]);
    pass(5 * MINUTE);
    await other.run();
    expect([...arrivals()]).toEqual([[messageId, 1]]);
  });
});

it('a mail that was taken while the store was away is not sent again', async () => {
  let isAway = true;
  const outbox = openOutbox(server.url, {
    store: {
      ...store,
      async markSent(...marked) {
        if (isAway) throw new Error('the store is away');
        return store.markSent(...marked);
      },
    },
  });
  await outbox.post(draft('taken'));
  await outbox.run();
  isAway = false;
  pass(HOUR);
  await outbox.run();
  expect(server.received).toHaveLength(1);
  expect(await outbox.survey()).toMatchObject({ waiting: 0 });
});

it('leaves soon after it is posted, once the outbox is started', async () => {
  const outbox = openOutbox();
  outbox.start();
  await outbox.post(draft('soon'));
  await expect.poll(() => server.received.length, SOON).toBe(1);
  await outbox.stop();
});

it.each([
  [1, 0, 2_500],
  [1, 1, 5_000],
  [2, 1, 10_000],
  [6, 0.5, 120_000],
  [30, 1, HOUR],
])('after %i failures it waits (chance %f) %i ms', (attempts, random, ms) => {
  expect(retryDelayMs(attempts, random)).toBe(ms);
});

it('is given up after four days', () => {
  const since = new Date(0);
  expect([4 * DAY - 1, 4 * DAY].map((ms) => isGivenUp(since, new Date(ms)))).toEqual([false, true]);
});

it.each([
  ['lan@example.vn', 'l***@example.vn'],
  ['@example.vn', '***'],
  ['lan', '***'],
])('masks %s', (address, masked) => {
  expect(maskAddress(address)).toBe(masked);
});

it('takes addresses out of what servers say', () => {
  expect(withoutAddresses('550 <lan@example.vn>:\r\n no such user lan@example.vn')).toBe(
    '550 <…>: no such user …',
  );
});
