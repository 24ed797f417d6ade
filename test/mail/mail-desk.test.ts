import { createConnection } from 'mongoose';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { DEFAULT_MAIL_SETTINGS } from '../../src/contracts/mail-defaults.ts';
import { createIntakeStore } from '../../src/mail/intake-store.ts';
import { createMailRoutes } from '../../src/mail/mail.routes.ts';
import { createMailDesk, type MailDesk, type MailDeskDeps } from '../../src/mail/mail-desk.ts';
import { createOutboxStore } from '../../src/mail/outbox-store.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { createReadableLog } from '../support/log.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { type StaffApi, startStaffApi } from '../support/staff-api.ts';

const SOON = { timeout: 15_000 };

let database: TestDatabase;
let connection: Awaited<ReturnType<ReturnType<typeof createConnection>['asPromise']>>;
let server: MailServer;
let stores: Pick<MailDeskDeps, 'outboxStore' | 'intakeStore'>;
beforeAll(async () => {
  database = await openDatabase();
  connection = await createConnection(database.uri).asPromise();
  stores = { outboxStore: createOutboxStore(connection), intakeStore: createIntakeStore(connection) };
  await connection.model('OutboxMail').createIndexes();
  server = await startMailServer();
});
afterAll(async () => {
  await server?.close();
  await connection?.destroy();
  await database?.drop();
});
let at: Date;
beforeEach(() => {
  at = new Date('2026-11-30T02:00:00Z');
});

const open = (deps: Partial<MailDeskDeps> = {}): MailDesk =>
  createMailDesk({
    ...stores,
    smtpUrl: server.url,
    imapUrl: undefined,
    from: 'Hỗ trợ VssID <Hotro@bhxh.example>',
    settings: () => DEFAULT_MAIL_SETTINGS,
    onMail: async () => undefined,
    isStoreUp: () => true,
    isStoreAway: () => false,
    logger: createReadableLog().logger,
    now: () => at,
    ...deps,
  });

const startApi = (mailDesk: MailDesk): Promise<StaffApi> =>
  startStaffApi({ staff: createMailRoutes({ mailDesk, findEmail: async () => 'lan@bhxh.example' }) });

const RECEIPT = {
  key: 'receipt:PA-7K3F9Q',
  kind: 'receipt',
  to: 'an@example.com',
  values: { ma_phieu: 'PA-7K3F9Q', loai: 'phản ánh', duong_dan: 'https://hotro.example.vn/ticket' },
} as const;

it('writes a mail by its template and sends it once', async () => {
  const desk = open();
  desk.start();
  const thread = { inReplyTo: '<a@example.com>', references: ['<a@example.com>'] };
  const posted = await desk.notify({ ...RECEIPT, ...thread });
  expect(await desk.notify(RECEIPT)).toEqual(posted);
  const reply = { ...RECEIPT, key: 'reply:1', kind: 'reply', messageId: '<reply-1@bhxh.example>' } as const;
  expect(await desk.notify(reply)).toEqual({ messageId: '<reply-1@bhxh.example>' });
  await expect.poll(() => server.received.length, SOON).toBe(2);
  await desk.stop();
  expect(server.received.map(({ mail }) => mail)).toMatchObject([
    {
      subject: '[PA-7K3F9Q] Đã tiếp nhận phản ánh của Anh/Chị',
      messageId: posted?.messageId,
      ...thread,
      references: thread.references[0],
    },
    { subject: '[PA-7K3F9Q] Trả lời phản ánh của Anh/Chị', messageId: '<reply-1@bhxh.example>' },
  ]);
  // A person wrote the reply; whoever is away may say so.
  expect(server.received.map(({ mail }) => mail.headers.get('auto-submitted'))).toEqual([
    'auto-generated',
    undefined,
  ]);
  expect(server.received[0]!.mail.text).toContain('vui lòng không trả lời email này');
});

it('keeps nothing without a mail server, and nothing of what is switched off', async () => {
  const before = await database.client.db().collection('outbox_mails').countDocuments();
  const desk = open({ smtpUrl: undefined });
  desk.start();
  expect([desk.isConfigured, await desk.notify({ ...RECEIPT, key: 'none' })]).toEqual([false, null]);
  const mail = { key: 'none', to: 'an@example.com', subject: 'x', text: 'x', isAutomatic: true };
  expect(await desk.post(mail)).toBeNull();
  await desk.stop();
  const off = { ...DEFAULT_MAIL_SETTINGS, enabled: { ...DEFAULT_MAIL_SETTINGS.enabled, receipt: false } };
  expect(await open({ settings: () => off }).notify({ ...RECEIPT, key: 'off' })).toBeNull();
  expect(await database.client.db().collection('outbox_mails').countDocuments()).toBe(before);
});

it('answers a sender by itself a few times a day, and never itself', async () => {
  const desk = open({ imapUrl: 'imap://tra-loi%40bhxh.example:secret@127.0.0.1:1/INBOX' });
  const ask = (address: string) => desk.mayAnswer(address);
  const answers: boolean[] = [];
  for (let count = 0; count < 8; count++) answers.push(await ask(count % 2 === 0 ? 'an@e.vn' : 'AN@e.vn'));
  expect(answers).toEqual([true, true, true, true, true, true, false, false]);
  expect(await ask('lan@e.vn')).toBe(true);
  for (const own of ['hotro@bhxh.example', 'Tra-Loi@bhxh.example', '']) expect(await ask(own)).toBe(false);
  // Midnight in Việt Nam.
  at = new Date('2026-11-30T17:00:00Z');
  expect(await ask('an@e.vn')).toBe(true);
});

it('says over REST how mail stands, and what cannot be done without a server', async () => {
  const desk = open({ smtpUrl: undefined });
  const api = await startApi(desk);
  const draft = { kind: 'receipt', subject: '{ma_phieu} {x}', body: '{tra_loi}', signature: '' };
  expect((await api.call('GET', '/mail')).body).toMatchObject({
    outgoing: { isConfigured: false, waiting: 0, failed: [] },
    incoming: { isConfigured: false, lookedAt: null },
  });
  expect((await api.call('GET', '/mail/templates')).body).toMatchObject({ isConfigured: false });
  expect((await api.call('POST', '/mail/preview', draft)).body).toMatchObject({
    subject: 'PA-7K3F9Q',
    unknown: ['{x}', '{tra_loi}'],
  });
  for (const [path, body, code] of [
    ['/mail/test', draft, 'mail_not_configured'],
    ['/mail/preview', { ...draft, kind: 'spam' }, 'invalid_request'],
    [`/mail/${'f'.repeat(24)}/retry`, {}, 'mail_not_found'],
  ] as const)
    expect((await api.call('POST', path, body)).body).toMatchObject({ error: { code } });
  await api.stop();
});

it('shows whom a mail did not reach in part only, and sends it again when asked', async () => {
  server.received.length = 0;
  server.be('refusing');
  const desk = open();
  desk.start();
  const api = await startApi(desk);
  await desk.notify({ ...RECEIPT, key: 'refused' });
  const readFailed = async () =>
    (await api.call('GET', '/mail')).body['outgoing'] as { failed: { id: string; to: string }[] };
  await expect.poll(async () => (await readFailed()).failed.length, SOON).toBe(1);
  const [{ id, to }] = (await readFailed()).failed as [{ id: string; to: string }];
  expect(to).toBe('a***@example.com');
  server.be('fine');
  expect((await api.call('POST', `/mail/${id}/retry`, {})).status).toBe(200);
  await expect.poll(() => server.received.length, SOON).toBe(1);
  await api.stop();
  await desk.stop();
});
