/** Mail as those who set it up meet it: templates in the console, a real mail server, a real mailbox. */
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { DeskSettingsView } from '../../src/contracts/desk-settings.ts';
import type { MailState } from '../../src/contracts/mail.ts';
import { copy } from '../../web-console/copy.ts';
import { mailCopy } from '../../web-console/features/settings/mail-copy.ts';
import { writeSmallCorpus } from '../chaos/small-corpus.ts';
import { DESKTOP, findFaults, PHONE } from '../support/chat-page.ts';
import { type Console, type ConsoleDesk, openConsoleDesk } from '../support/console-page.ts';
import { ROOT } from '../support/corpus.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { callStaff, FIRST_ADMIN, signIn } from '../support/staff-client.ts';

let root: string;
let server: MailServer;
let dovecot: Dovecot;
let desk: ConsoleDesk;
let cookie: string;
let consoles: Console[] = [];

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'mail-settings-'));
  await writeSmallCorpus(root);
  await symlink(path.join(ROOT, 'dist'), path.join(root, 'dist'), 'dir');
  [server, dovecot] = await Promise.all([startMailServer(), startDovecot()]);
  desk = await openConsoleDesk({ root, smtpUrl: server.url, imapUrl: dovecot.url, firstAdmin: FIRST_ADMIN });
  cookie = await signIn(desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
});
afterAll(async () => {
  await desk?.close();
  await dovecot?.close();
  await server?.close();
  await rm(root, { recursive: true, force: true });
});
afterEach(async () => {
  const complaints = consoles.flatMap((opened) => opened.complaints);
  await Promise.all(consoles.map(({ context }) => context.close()));
  consoles = [];
  expect(complaints).toEqual([]);
});

async function openTab(options = DESKTOP): Promise<Page> {
  const opened = await desk.visit('/settings?tab=mail', options);
  consoles.push(opened);
  await opened.signIn(FIRST_ADMIN);
  await opened.page.getByRole('heading', { name: mailCopy.templates }).waitFor();
  return opened.page;
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const previewIn = (page: Page) => page.frameLocator(`iframe[title="${mailCopy.previewFrame}"]`);
const readSettings = async () =>
  (await callStaff<DeskSettingsView>(desk.url, cookie, 'GET', '/settings')).body;

test('a template is changed with its preview beside it, saved, and put back', async () => {
  const page = await openTab();
  const preview = previewIn(page);
  await preview.getByText('Kính gửi Anh/Chị Nguyễn Thị Mẫu,').waitFor();
  await preview.getByRole('link', { name: 'Xem phiếu' }).waitFor();
  const body = page.getByLabel(mailCopy.body, { exact: true });
  await body.fill('Chào Anh/Chị, mã là ');
  await press(page, mailCopy.variables.ma_phieu);
  await preview.getByText('Chào Anh/Chị, mã là PA-7K3F9Q', { exact: true }).waitFor();
  await press(page, copy.actions.save);
  await page.getByText(copy.settings.saved).waitFor();
  const { settings } = await readSettings();
  expect(settings.mail.templates.receipt.body).toBe('Chào Anh/Chị, mã là {ma_phieu}');
  await press(page, mailCopy.reset);
  await preview.getByText('Kính gửi Anh/Chị Nguyễn Thị Mẫu,').waitFor();
});

test('a variable that does not exist is named, and not saved', async () => {
  const page = await openTab();
  const before = await readSettings();
  await page.getByLabel(mailCopy.subject).fill('[{ma_phieuu}] Đã nhận');
  await page.getByText(mailCopy.unknown(['{ma_phieuu}']), { exact: true }).waitFor();
  await press(page, copy.actions.save);
  await page.getByText(mailCopy.faultIn(mailCopy.kinds.receipt, mailCopy.unknown(['{ma_phieuu}']))).waitFor();
  expect(await readSettings()).toEqual(before);
  const { mail } = before.settings;
  const receipt = { subject: 'x', body: '{tra_loi} {khac}' };
  const settings = { ...before.settings, mail: { ...mail, templates: { ...mail.templates, receipt } } };
  const { status, body } = await callStaff(desk.url, cookie, 'PUT', '/settings', { ...before, settings });
  expect([status, body.error?.code, body.error?.details]).toEqual([
    400,
    'mail_variable_unknown',
    ['{tra_loi}', '{khac}'],
  ]);
});

test('a test mail reaches whoever asks for it, as it looks in the preview', async () => {
  const page = await openTab();
  await page.getByRole('combobox', { name: mailCopy.kind }).click();
  await page.getByRole('option', { name: mailCopy.kinds.reply }).click();
  await previewIn(page).getByText('Chúng tôi đã cập nhật số điện thoại').waitFor();
  await press(page, mailCopy.test);
  await page.getByText(mailCopy.tested).waitFor();
  const [{ to, mail }] = server.received.slice(-1) as [MailServer['received'][number]];
  expect(to).toEqual([FIRST_ADMIN.email]);
  expect(mail.subject).toBe('[Gửi thử] [PA-7K3F9Q] Trả lời phản ánh của Anh/Chị');
  expect(mail.text).toContain('Anh/Chị có thể trả lời ngay email này');
  expect(mail.replyTo?.value).toEqual([{ name: '', address: 'hotro@bhxh.example' }]);
  server.be('refusing');
  await press(page, mailCopy.test);
  await page.getByText('550 no such person').waitFor();
  server.be('fine');
});

test('the admin sees whether mails arrive', async () => {
  await dovecot.deliver('From: an@example.com\r\nSubject: x\r\nMessage-ID: <x@example.com>\r\n\r\nChào\r\n');
  const readState = async () => (await callStaff<MailState>(desk.url, cookie, 'GET', '/mail')).body;
  await expect.poll(async () => (await readState()).incoming.receivedAt, { timeout: 30_000 }).not.toBeNull();
  // The mail has become a ticket, whose receipt is on its way.
  await expect.poll(async () => (await readState()).outgoing.waiting, { timeout: 30_000 }).toBe(0);
  expect(await readState()).toMatchObject({
    outgoing: { isConfigured: true, waiting: 0, lastFailure: null, failed: [] },
    incoming: { isConfigured: true, lastFailure: null },
  });
  const page = await openTab();
  await page.getByText(/^Nhận email gần nhất: \d\d:\d\d/).waitFor();
});

test.each([
  ['a desk, light', { ...DESKTOP, colorScheme: 'light' }],
  ['a phone, dark', { ...PHONE, colorScheme: 'dark' }],
] as const)('no fault on the screen: %s', async (_name, options) => {
  const page = await openTab(options);
  await page.getByRole('combobox', { name: mailCopy.kind }).click();
  await page.getByRole('option', { name: mailCopy.kinds.status }).click();
  await previewIn(page).getByRole('link', { name: 'Xem phiếu' }).waitFor();
  await page.waitForLoadState('networkidle');
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect([...(await findFaults(page)), wider]).toEqual([0]);
});
