/** What is asked before something goes to the citizen, in real browsers on the real desk. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { NewTicket, TicketChangeRequest, TicketDetail } from '../../src/contracts/tickets.ts';
import { copy as shell } from '../../web-console/copy.ts';
import { copy } from '../../web-console/features/tickets/copy.ts';
import { findFaults, START_WITHIN_MS } from '../support/chat-page.ts';
import { type Console, visitConsole } from '../support/console-page.ts';
import { type LiveDesk, openLiveDesk } from '../support/live-desk.ts';
import { callStaff, type StaffAccount, signIn } from '../support/staff-client.ts';

let live: LiveDesk;
let lan: StaffAccount;
let hoa: StaffAccount;
/** Lan's, over REST. */
let cookie: string;
let keys = 0;
const consoles: Console[] = [];

beforeAll(async () => {
  live = await openLiveDesk();
  lan = await live.makeStaff('Lan');
  hoa = await live.makeStaff('Hoa', 'supervisor');
  cookie = await signIn(live.desk.url, lan.email, lan.password);
}, START_WITHIN_MS);
afterAll(() => live?.close());
afterEach(async () => {
  const complaints = consoles.flatMap((one) => one.complaints);
  await Promise.all(consoles.splice(0).map(({ context }) => context.close()));
  expect(complaints).toEqual([]);
});

async function make(ticket: Partial<NewTicket> & { readonly content: string }): Promise<string> {
  keys += 1;
  const body = { key: `journey-${keys}`, kind: 'complaint', phone: '0912345678', ...ticket };
  const answer = await callStaff<TicketDetail>(live.desk.url, cookie, 'POST', '/tickets', body);
  expect(answer.status).toBe(201);
  return answer.body.code;
}

async function change(code: string, request: TicketChangeRequest): Promise<void> {
  const answer = await callStaff(live.desk.url, cookie, 'POST', `/tickets/${code}/changes`, request);
  expect(answer.status).toBe(200);
}

async function visit(who: StaffAccount, at: string): Promise<Page> {
  const opened = await visitConsole(live.desk.browser, live.desk.url, at, {
    viewport: { width: 1280, height: 800 },
  });
  consoles.push(opened);
  await opened.signIn(who);
  return opened.page;
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const history = (page: Page) => page.locator('.ticket-timeline');

test('whoever resolves a ticket is asked for the result, and may say that there is nothing to read', async () => {
  const [told, silent] = [
    await make({ content: 'Chờ kết quả để đọc' }),
    await make({ content: 'Đã trả lời qua điện thoại' }),
  ];
  await change(told, { kind: 'assign', to: lan.id });
  await change(told, { kind: 'start' });
  await change(silent, { kind: 'assign', to: lan.id });
  await change(silent, { kind: 'start' });
  const page = await visit(lan, `/tickets/${told}`);
  const dialog = page.getByRole('dialog', { name: copy.resolve.title });
  await page.getByLabel(copy.composer.placeholder.reply).fill('Đã cấp lại sổ');
  await press(page, copy.act.resolve);
  // What was being written goes on here.
  const field = dialog.getByLabel(copy.resolve.reply);
  expect(await field.inputValue()).toBe('Đã cấp lại sổ');
  expect(await findFaults(page)).toEqual([]);
  await field.fill('');
  await dialog.getByRole('button', { name: copy.resolve.act }).click();
  await dialog.getByText(copy.resolve.missing).waitFor();
  await field.fill('Đã cấp lại sổ cho chị');
  await dialog.getByRole('button', { name: copy.resolve.act }).click();
  await history(page).locator('[data-kind=reply]', { hasText: 'Đã cấp lại sổ cho chị' }).waitFor();
  await page.locator('.ticket-header').getByText(copy.statuses.resolved, { exact: true }).waitFor();
  expect(await page.getByLabel(copy.composer.placeholder.reply).inputValue()).toBe('');

  const other = await visit(lan, `/tickets/${silent}`);
  await press(other, copy.act.resolve);
  await press(other, copy.resolve.silently);
  await other.locator('.ticket-header').getByText(copy.statuses.resolved, { exact: true }).waitFor();
  expect(await history(other).locator('[data-kind=reply]').count()).toBe(0);
});

test('a colleague who was quicker is shown before another reply goes out', async () => {
  const code = await make({ content: 'Hai người cùng trả lời' });
  const [slow, quick] = [await visit(lan, `/tickets/${code}`), await visit(hoa, `/tickets/${code}`)];
  await slow.getByLabel(copy.composer.placeholder.reply).fill('Lời của Lan');
  await quick.getByLabel(copy.composer.placeholder.reply).fill('Lời của Hoa');
  await press(quick, copy.composer.send);
  await history(slow).locator('[data-kind=reply]', { hasText: 'Lời của Hoa' }).waitFor();
  await press(slow, copy.composer.send);
  const question = slow.getByRole('dialog', { name: copy.laterReply.title('Hoa') });
  await question.getByText('Lời của Hoa').waitFor();
  await question.getByRole('button', { name: copy.laterReply.act }).click();
  await history(slow).locator('[data-kind=reply]', { hasText: 'Lời của Lan' }).waitFor();
});

test('a ticket is not left to wait for somebody who cannot be reached without a word', async () => {
  const code = await make({ content: 'Không để lại số', phone: '' });
  const page = await visit(lan, `/tickets/${code}`);
  await page.getByLabel(copy.composer.placeholder.reply).fill('Cho biết thêm nhé');
  await press(page, copy.composer.sendWaiting);
  await page.getByRole('dialog', { name: copy.unreachable.title }).waitFor();
  await press(page, copy.unreachable.act);
  await page.locator('.ticket-header').getByText(copy.statuses.waiting, { exact: true }).waitFor();
});

test('without a connection every screen says so, and nobody is said to be on duty', async () => {
  const code = await make({ content: 'Mất mạng giữa chừng' });
  const page = await visit(lan, `/tickets/${code}`);
  await history(page).waitFor();
  const presence = (word: string) => page.getByRole('button', { name: word });
  await page.context().setOffline(true);
  await page.getByText(shell.conversations.link.elsewhere.offline).waitFor();
  await presence(shell.conversations.presenceLost).waitFor();
  expect(await findFaults(page)).toEqual([]);
  await page.context().setOffline(false);
  await page.locator('.link-banner[data-shown=false]').waitFor({ state: 'attached' });
  expect(await presence(shell.conversations.presenceLost).count()).toBe(0);
  // The browser, too, says that it has no network.
  const own = consoles[0]!.complaints;
  expect(own.filter((complaint) => !complaint.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
  own.length = 0;
});
