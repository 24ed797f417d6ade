/** A call over the telephone, noted by hand: who it is, what the FAQ says, and the ticket that it becomes. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { CallLogPage } from '../../src/contracts/calls.ts';
import { copy as shell } from '../../web-console/copy.ts';
import { callCopy } from '../../web-console/features/calls/copy.ts';
import { copy as tickets } from '../../web-console/features/tickets/copy.ts';
import { findFaults, START_WITHIN_MS } from '../support/chat-page.ts';
import { type Console, visitConsole } from '../support/console-page.ts';
import { type LiveDesk, openLiveDesk } from '../support/live-desk.ts';
import { callStaff, type StaffAccount, signIn } from '../support/staff-client.ts';

const NUMBER = '0987 654 321';
const NOTE = 'Quên mật khẩu, số điện thoại cũ đã mất';
let live: LiveDesk;
let lan: StaffAccount;
let seat: Console;
beforeAll(async () => {
  live = await openLiveDesk({ intents: ['support.agent', 'password.forgot'] });
  lan = await live.makeStaff('Lan');
}, START_WITHIN_MS);
afterEach(() => seat?.context.close());
afterAll(() => live?.close());

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

test('is looked up, noted, answered from the FAQ, and made a ticket in one form', async () => {
  seat = await visitConsole(live.desk.browser, live.desk.url, '/hotline', {
    viewport: { width: 1280, height: 800 },
  });
  await seat.signIn(lan);
  const { page } = seat;
  await press(page, callCopy.record.act);
  await page.getByLabel(callCopy.number).fill('09');
  await press(page, callCopy.record.start);
  await page.getByText('Số điện thoại chưa đúng').waitFor();
  await page.getByLabel(callCopy.number).fill(NUMBER);
  await page.getByText(callCopy.record.unknown).waitFor();
  await press(page, callCopy.record.start);

  // What is known of the number stays in view.
  const sheet = page.getByRole('dialog', { name: callCopy.sheet.title(callCopy.directions.inbound) });
  await sheet.getByText(callCopy.record.unknown).waitFor();
  await page.getByLabel(callCopy.sheet.name).fill('Bà Tư');
  await page.getByLabel(callCopy.sheet.note).fill(NOTE);
  await page.getByText(callCopy.sheet.saved, { exact: true }).waitFor();
  // What was noted is there after a reload.
  await page.reload();
  await expect.poll(() => page.getByLabel(callCopy.sheet.note).inputValue()).toBe(NOTE);
  await page.getByLabel(callCopy.faq.search).fill('quen mat khau');
  await page.locator('.call-answer').first().getByText(callCopy.faq.read).click();
  expect(await findFaults(page)).toEqual([]);

  await press(page, callCopy.sheet.makeTicket);
  const form = page.getByRole('dialog', { name: tickets.form.title });
  await form.waitFor();
  expect(await form.getByLabel(tickets.contact.phone).inputValue()).toBe(NUMBER.replaceAll(' ', ''));
  await form.getByRole('button', { name: tickets.form.act, exact: true }).click();
  const link = page.getByRole('link', { name: /CH-\w{6}/ });
  await link.waitFor();
  await press(page, callCopy.sheet.finish);
  await page.getByText(callCopy.statuses.ended).first().waitFor();
  const cookie = await signIn(live.desk.url, lan.email, lan.password);
  const { calls } = (await callStaff<CallLogPage>(live.desk.url, cookie, 'GET', '/calls')).body;
  expect(calls[0]).toMatchObject({
    contactName: 'Bà Tư',
    note: NOTE,
    outcome: 'ticket',
    number: '0987•••321',
  });
  expect(await link.textContent()).toContain(calls[0]?.ticket);
  await link.click();
  await page.getByText(NOTE).first().waitFor();

  // Who calls again is known.
  await page.goto(`${live.desk.url}/console/hotline`);
  await press(page, callCopy.record.act);
  await page.getByLabel(callCopy.number).fill('+84 987 654 321');
  await page.getByRole('link', { name: calls[0]?.ticket ?? '' }).waitFor();
  await press(page, shell.actions.cancel);
  await page.getByRole('link', { name: callCopy.callbacks }).click();
  await page.waitForURL(/view=callbacks/);
  expect(seat.complaints).toEqual([]);
});
