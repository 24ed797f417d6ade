/** The numbers as supervisors and editors meet them: from a chat to the tile, its meaning, and the way back to the chat. */
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Overview } from '../../src/contracts/analytics.ts';
import { DEFINITIONS } from '../../src/contracts/analytics-definitions.ts';
import type { DeskSettingsView } from '../../src/contracts/desk-settings.ts';
import { copy } from '../../web-console/copy.ts';
import { words } from '../../web-console/features/analytics/copy.ts';
import { writeSmallCorpus } from '../chaos/small-corpus.ts';
import { connectChat } from '../support/chat-client.ts';
import {
  type ChatDesk,
  DESKTOP,
  findFaults,
  openChatDesk,
  PHONE,
  START_WITHIN_MS,
} from '../support/chat-page.ts';
import { type Console, visitConsole } from '../support/console-page.ts';
import { ROOT } from '../support/corpus.ts';
import { callStaff, FIRST_ADMIN, makeAccount, type StaffAccount, signIn } from '../support/staff-client.ts';

let folder: string;
let desk: ChatDesk;
let admin: string;
let supervisor: StaffAccount;
let editor: StaffAccount;
let consoles: Console[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'analytics-'));
  await writeSmallCorpus(folder, ['support.agent']);
  await symlink(path.join(ROOT, 'dist'), path.join(folder, 'dist'), 'dir');
  desk = await openChatDesk({ root: folder, dataDir: path.join(folder, 'data'), firstAdmin: FIRST_ADMIN });
  admin = await signIn(desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
  supervisor = await makeAccount(desk.url, admin, { name: 'Trưởng ca Bình', role: 'supervisor' });
  editor = await makeAccount(desk.url, admin, { name: 'Người biên tập', role: 'editor' });
}, START_WITHIN_MS);
afterAll(async () => {
  await desk?.close();
  await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  const complaints = consoles.flatMap((one) => one.complaints);
  await Promise.all(consoles.map(({ context }) => context.close()));
  consoles = [];
  expect(complaints).toEqual([]);
});

async function sitDown(who: StaffAccount, at = '/analytics', options = DESKTOP): Promise<Page> {
  const seat = await visitConsole(desk.browser, desk.url, at, options);
  consoles.push(seat);
  await seat.signIn(who);
  await seat.page.getByRole('heading', { name: words.title, level: 1 }).waitFor();
  return seat.page;
}
const tile = (page: Page, label: string) =>
  page.locator('.analytics-tile').filter({ has: page.getByText(label, { exact: true }) });
const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);

/** What was asked is there once the desk has counted. */
async function untilAsked(count: number): Promise<void> {
  await expect
    .poll(
      async () => {
        const at = `/analytics/overview?from=${today}&to=${today}`;
        const { body } = await callStaff<Overview>(desk.url, admin, 'GET', at);
        return body.counts.asked.now;
      },
      { timeout: 60_000, interval: 500 },
    )
    .toBe(count);
}

test('what is asked becomes a number, which says what it means and leads back to the conversation', async () => {
  const contact = await connectChat(desk.url);
  await contact.open();
  const { seq } = await contact.ask('Quên mật khẩu', { choice: 'intent:password.forgot', platform: 'ios' });
  await contact.command('message:rate', { seq, helpful: true });
  await contact.ask('zzkq wwrt ppmn', { platform: 'ios' });
  await contact.ask('Gặp nhân viên', { choice: 'agent', platform: 'ios' });
  contact.close();
  await untilAsked(2);

  const page = await sitDown(supervisor);
  const { asked, helpful, requested } = DEFINITIONS;
  expect(await tile(page, asked.label).locator('strong').textContent()).toBe('2');
  expect(await tile(page, helpful.label).locator('strong').textContent()).toBe('1');
  await page
    .getByRole('button', { name: words.meaning(asked.label), exact: true })
    .first()
    .click();
  await page.getByText(asked.meaning).waitFor();
  await page.keyboard.press('Escape');
  expect(await findFaults(page)).toEqual([]);

  await page.getByRole('button', { name: words.showBehind(requested.label), exact: true }).click();
  const dialog = page.getByRole('dialog', { name: words.behind.title(requested.label) });
  await dialog.getByText(copy.conversations.statuses.queued).waitFor();
  // What was asked first, and not what was said last.
  await dialog.getByText('Quên mật khẩu', { exact: true }).waitFor();
  expect(await dialog.getByRole('link').first().getAttribute('href')).toMatch(
    /^\/console\/inbox\/[0-9a-f]{24}$/,
  );
  expect(await findFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');

  const chart = page.getByRole('slider');
  await chart.focus();
  expect(await chart.getAttribute('aria-valuetext')).toContain(`${DEFINITIONS.visits.label} 1`);
  await chart.press('ArrowLeft');
  expect(await chart.getAttribute('aria-valuetext')).toContain(`${DEFINITIONS.visits.label} 0`);
});

test('filters stand in the address, and a table can be taken along', async () => {
  const page = await sitDown(supervisor, `/analytics?from=${today}&to=${today}&platform=android`);
  await page.getByText(words.empty).waitFor();
  await page.getByRole('button', { name: words.filters.clear }).click();
  await tile(page, DEFINITIONS.asked.label).waitFor();
  expect(new URL(page.url()).search).toBe(`?from=${today}&to=${today}`);
  await page.getByRole('tab', { name: words.tabs.content }).click();
  await page.getByRole('heading', { name: words.intents }).waitFor();
  expect(new URL(page.url()).searchParams.get('tab')).toBe('content');
  expect(await findFaults(page)).toEqual([]);
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: words.download(words.intents) }).click();
  const text = await readFile(await (await downloading).path(), 'utf8');
  expect(text).toContain('password.');
  for (const tab of ['staff', 'tickets'] as const) {
    await page.getByRole('tab', { name: words.tabs[tab] }).click();
    await page.getByText(words.empty).first().waitFor();
    expect(await findFaults(page)).toEqual([]);
  }
});

test('an editor sees what is asked, on a phone too, but neither colleagues nor conversations', async () => {
  const page = await sitDown(editor, '/analytics', PHONE);
  await tile(page, DEFINITIONS.asked.label).waitFor();
  expect(await page.getByRole('tab').allTextContents()).toEqual([words.tabs.overview, words.tabs.content]);
  expect(await page.locator('.analytics-open').count()).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  expect(await findFaults(page)).toEqual([]);
});

test('a supervisor says who is mailed the summary', async () => {
  const seat = await visitConsole(desk.browser, desk.url, '/settings?tab=analytics', DESKTOP);
  consoles.push(seat);
  await seat.signIn(supervisor);
  const { page } = seat;
  await page.getByRole('radio', { name: words.settings.summaries.weekly }).check();
  await page.getByRole('button', { name: copy.actions.save }).click();
  await page.getByText(words.settings.recipientsMissing).waitFor();
  const field = page.getByLabel(words.settings.recipients).first();
  await field.fill('an@example.vn');
  await field.press('Enter');
  await field.press('Tab');
  expect(await findFaults(page)).toEqual([]);
  await page.getByRole('button', { name: copy.actions.save }).click();
  await page.getByText(copy.settings.saved).waitFor();
  const { body } = await callStaff<DeskSettingsView>(desk.url, admin, 'GET', '/settings');
  expect(body.settings.analytics).toMatchObject({ summary: 'weekly', recipients: ['an@example.vn'] });
});
