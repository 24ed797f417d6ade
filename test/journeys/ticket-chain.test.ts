/** One complaint on its whole way: chat, console, mail, the citizen's page, and back. */
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { copy } from '../../web-console/features/tickets/copy.ts';
import { copy as page } from '../../web-widget/ticket/copy.ts';
import { PHONE, START_WITHIN_MS } from '../support/chat-page.ts';
import { type Console, visitConsole } from '../support/console-page.ts';
import { type LiveDesk, openLiveDesk } from '../support/live-desk.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import type { StaffAccount } from '../support/staff-client.ts';

const ADDRESS = 'mai.tran@example.vn';
const SITE = 'https://hotro.bhxh.example';
let server: MailServer;
let live: LiveDesk;
let lan: StaffAccount;
let seat: Console;

beforeAll(async () => {
  server = await startMailServer();
  live = await openLiveDesk({
    intents: ['support.agent', 'support.complaint', 'support.ticket-status'],
    options: { smtpUrl: server.url, mailFrom: 'Hỗ trợ VssID <hotro@bhxh.example>', publicUrl: SITE },
  });
  lan = await live.makeStaff('Lan');
}, START_WITHIN_MS);
afterEach(async () => {
  await seat?.context.close();
});
afterAll(async () => {
  await live?.close();
  await server?.close();
});

const mails = (to: string) => server.received.filter((one) => one.to.includes(to)).map(({ mail }) => mail);
const waitForMail = (to: string, words: string) =>
  vi.waitFor(
    () => {
      const found = mails(to).find(({ subject, text }) => `${subject}\n${text}`.includes(words));
      expect(found, `a mail that says “${words}”`).toBeDefined();
      return found!;
    },
    { timeout: 30_000, interval: 200 },
  );

test('chat → receipt → answer in the console → mail → more information → resolved → rated', async () => {
  const chat = await live.arrive();
  await chat.ask('tôi muốn gửi phản ánh');
  await chat.ask('Bệnh viện không nhận thẻ BHYT trên ứng dụng');
  await chat.ask('bỏ qua');
  await chat.ask('0912345678');
  await chat.ask(ADDRESS);
  await chat.choices.filter({ hasText: 'Gửi' }).click();
  const receipt = chat.page.locator('.ticket').last();
  await receipt.waitFor();
  const code = (await receipt.locator('.code strong').textContent()) ?? '';
  await chat.context.close();
  expect((await waitForMail(ADDRESS, code)).text).toContain(`${SITE}/ticket?code=${code}`);

  seat = await visitConsole(live.desk.browser, live.desk.url, '/tickets', {
    viewport: { width: 1280, height: 800 },
  });
  await seat.signIn(lan);
  const console = seat.page;
  await console.locator(`a[data-ticket="${code}"]`).first().click();
  await console.getByRole('heading', { name: code, level: 1 }).waitFor();
  await console.getByRole('button', { name: copy.act.take, exact: true }).click();
  const answer = 'Chị vui lòng cho biết tên bệnh viện.';
  await console.getByLabel(copy.composer.placeholder.reply).fill(answer);
  await console.getByRole('button', { name: copy.composer.sendWaiting, exact: true }).click();
  const history = console.locator('.ticket-timeline');
  await history.locator('[data-kind=reply]', { hasText: answer }).waitFor();
  await console.locator('.ticket-header').getByText(copy.statuses.waiting, { exact: true }).waitFor();

  const reply = await waitForMail(ADDRESS, answer);
  const [, path] = new RegExp(`${SITE}(/ticket\\S+)`).exec(reply.text ?? '') ?? [];
  const phone = await live.desk.browser.newContext(PHONE);
  const citizen = await phone.newPage();
  await citizen.goto(`${live.desk.url}${path}`);
  await citizen.getByLabel(page.lookup.contact).fill(ADDRESS);
  await citizen.getByRole('button', { name: page.lookup.submit, exact: true }).click();
  await citizen.getByText(answer).waitFor();
  await citizen.getByLabel(page.information.text).fill('Bệnh viện huyện, khoa khám bệnh.');
  await citizen.getByRole('button', { name: page.information.submit, exact: true }).click();
  await citizen.locator('.entry-information').waitFor();

  // The agent sees it at once, and is told by mail too.
  await history.locator('[data-kind=information]', { hasText: 'Bệnh viện huyện' }).waitFor();
  await console.locator('.ticket-header').getByText(copy.statuses.in_progress, { exact: true }).waitFor();
  await waitForMail(lan.email, 'Bệnh viện huyện');
  await console
    .getByLabel(copy.composer.placeholder.reply)
    .fill('Bệnh viện đã được nhắc, chị dùng được rồi.');
  await console.getByRole('button', { name: copy.composer.sendResolved, exact: true }).click();
  await console.locator('.ticket-header').getByText(copy.statuses.resolved, { exact: true }).waitFor();
  await waitForMail(ADDRESS, 'Bệnh viện đã được nhắc');

  await citizen.getByRole('button', { name: page.ticket.refresh, exact: true }).click();
  await citizen.getByText('Bệnh viện đã được nhắc').waitFor();
  await citizen.getByRole('radio', { name: page.rating.scores[5], exact: true }).check();
  await citizen.getByRole('button', { name: page.rating.submit, exact: true }).click();
  await citizen.getByText(page.rating.given(page.rating.scores[5])).waitFor();
  await history.getByText(copy.entry.rating('5')).waitFor();
  await phone.close();

  // Receipt, that it is being worked on, two answers; a state that moves with an answer is no mail of its own.
  expect(mails(ADDRESS).length).toBe(4);
  expect(new Set(mails(ADDRESS).map(({ messageId }) => messageId)).size).toBe(4);
  expect(seat.complaints).toEqual([]);
});
