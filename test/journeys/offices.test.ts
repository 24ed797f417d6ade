/** The directory of offices from the editor's table to the contact's phone, in real browsers on the real desk. */
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { OfficeList } from '../../src/contracts/offices.ts';
import { copy } from '../../web-console/copy.ts';
import { words } from '../../web-console/features/offices/copy.ts';
import { VI } from '../../web-widget/copy.vi.ts';
import { writeSmallCorpus } from '../chaos/small-corpus.ts';
import {
  type Chat,
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
let editor: StaffAccount;
let complaints: string[][] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'offices-'));
  await writeSmallCorpus(folder, ['lookup.office', 'support.agent']);
  await symlink(path.join(ROOT, 'dist'), path.join(folder, 'dist'), 'dir');
  desk = await openChatDesk({ root: folder, dataDir: path.join(folder, 'data'), firstAdmin: FIRST_ADMIN });
  admin = await signIn(desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
  editor = await makeAccount(desk.url, admin, { name: 'Người biên tập', role: 'editor' });
}, START_WITHIN_MS);
afterAll(async () => {
  await desk?.close();
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => {
  const all = complaints.flat();
  complaints = [];
  expect(all).toEqual([]);
});

async function sitDown(who: StaffAccount, options: BrowserContextOptions = DESKTOP): Promise<Console> {
  const seat = await visitConsole(desk.browser, desk.url, '/offices', options);
  complaints.push(seat.complaints);
  await seat.signIn(who);
  await seat.page.getByRole('heading', { name: words.title, level: 1 }).waitFor();
  return seat;
}
async function arrive(browser: BrowserContextOptions): Promise<Chat> {
  const chat = await desk.visit({ browser: { ...PHONE, ...browser } });
  complaints.push(chat.complaints);
  return chat;
}

const ROWS = 130;
const HEAD = 'Mã;Tên;Cấp;Tỉnh/Thành phố;Địa chỉ;Điện thoại;Giờ làm việc;Vĩ độ;Kinh độ\n';
const rowOf = (at: number): string =>
  `VD${at};BHXH Quận ${20 + at};Huyện;Tỉnh Ví Dụ;Số ${at} đường Ví Dụ;000 0000 ${100 + at} nội bộ 1${at};7:30–16:30;${(10 + at / 100).toFixed(2)};106.60\n`;
const TABLE = HEAD + Array.from({ length: ROWS }, (_, at) => rowOf(at + 1)).join('');
const tableFile = (text: string) => ({
  name: 'danh-ba.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(text),
});

test('an editor imports a table after having seen what it does, and is told of the faulty line', async () => {
  const { page } = await sitDown(editor);
  await page.getByRole('button', { name: words.import, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog
    .locator('input[type=file]')
    .setInputFiles(tableFile(`${TABLE}VD999;BHXH Lỗi;Huyện;Tỉnh Ví Dụ;;gọi sau giờ;;;\n`));
  await dialog.getByText(words.toAdd(ROWS), { exact: true }).waitFor();
  await dialog.getByText(words.toChange(0), { exact: true }).waitFor();
  const fault = dialog.getByRole('listitem').filter({ hasText: words.faultAt(ROWS + 2, 'VD999') });
  expect(await fault.textContent()).toContain('Số điện thoại chưa đúng');
  expect(await findFaults(page)).toEqual([]);
  // Nothing is changed so far.
  expect(await findCodes('quận 21')).toEqual([]);
  await dialog.getByRole('button', { name: words.run(ROWS), exact: true }).click();
  await dialog.getByText(words.done(ROWS, 0)).waitFor();
  const bar = dialog.getByRole('progressbar', { name: words.progress });
  expect(await bar.getAttribute('aria-valuenow')).toBe('100');
  await dialog.getByRole('button', { name: copy.actions.close, exact: true }).last().click();
  await page.getByText(words.count(ROWS + 3, ROWS + 3)).waitFor();
  expect(await findCodes('quận 21')).toEqual(['VD1']);
});

async function findCodes(q: string): Promise<string[]> {
  const response = await fetch(`${desk.url}/api/v1/offices?q=${encodeURIComponent(q)}`);
  return ((await response.json()) as OfficeList).offices.map(({ code }) => code);
}

test('the same table again changes nothing, and the log knows who imported it', async () => {
  const { page } = await sitDown(editor);
  await page.getByRole('button', { name: words.import, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[type=file]').setInputFiles(tableFile(TABLE));
  await dialog.getByText(words.unchanged(ROWS), { exact: true }).waitFor();
  await dialog.getByText(words.nothingToDo).waitFor();
  const { body } = await callStaff<{ entries: { actor: { name: string }; details: { table: string } }[] }>(
    desk.url,
    admin,
    'GET',
    '/audit?action=offices.imported',
  );
  expect(body.entries).toHaveLength(3);
  expect(body.entries[0]).toMatchObject({ actor: { name: editor.name }, details: { table: 'danh-ba.csv' } });
});

test('an import that breaks off goes on where it stopped', async () => {
  const { page } = await sitDown(editor);
  await page.getByRole('button', { name: words.import, exact: true }).click();
  const dialog = page.getByRole('dialog');
  const changed = TABLE.replaceAll('7:30–16:30', '8:00–17:00');
  await dialog.locator('input[type=file]').setInputFiles(tableFile(changed));
  await dialog.getByText(words.toChange(ROWS), { exact: true }).waitFor();
  // The second lot arrives, its answer does not.
  let lots = 0;
  await page.route('**/office-table/lots', async (route) => {
    lots++;
    if (lots !== 2) return route.continue();
    await route.fetch();
    return route.abort();
  });
  await dialog.getByRole('button', { name: words.run(ROWS), exact: true }).click();
  await dialog.getByText(words.brokenOff).waitFor();
  await dialog.getByRole('button', { name: words.resume }).click();
  await dialog.getByText(/^Đã thêm 0/).waitFor();
  const response = await fetch(`${desk.url}/api/v1/offices?q=VD${ROWS}`);
  expect(await response.json()).toMatchObject({ offices: [{ hours: '8:00–17:00' }] });
  await dialog.getByRole('button', { name: copy.actions.close, exact: true }).last().click();
  await page.getByRole('searchbox').fill('duong vi du');
  await page.getByText(words.count(ROWS, ROWS + 3)).waitFor();
});

test('an office is changed, refused to whoever saw an older state, and removed after a question', async () => {
  const { page } = await sitDown(editor);
  const other = await sitDown(editor);
  for (const one of [page, other.page]) {
    await one.getByRole('searchbox').fill('VD7');
    await one.getByRole('button', { name: words.open('BHXH Quận 27'), exact: true }).click();
  }
  expect(await findFaults(page)).toEqual([]);
  const drawer = page.getByRole('dialog');
  await drawer.getByLabel(words.phone(1), { exact: true }).fill('gọi');
  await drawer.getByRole('button', { name: copy.actions.save }).click();
  await drawer.getByText(words.phoneMalformed).waitFor();
  await drawer.getByLabel(words.phone(1), { exact: true }).fill('000 0000 777');
  await drawer.getByLabel(words.latitude).fill('10.5, 106.25');
  await drawer.getByRole('button', { name: copy.actions.save }).click();
  await page.getByText(words.saved).waitFor();
  await page.getByRole('row').filter({ hasText: '000 0000 777' }).waitFor();

  const late = other.page.getByRole('dialog');
  await late.getByLabel(words.fields.hours).fill('9:00–15:00');
  await late.getByRole('button', { name: copy.actions.save }).click();
  await late.getByRole('button', { name: words.reload }).click();
  await expect.poll(() => late.getByLabel(words.longitude).inputValue()).toBe('106.25');
  await late.getByRole('button', { name: words.remove }).click();
  const question = other.page.getByRole('dialog', { name: words.removeTitle });
  await question.getByRole('button', { name: copy.actions.remove }).click();
  await other.page.getByText(words.removed).waitFor();
  expect(await findCodes('quận 27')).toEqual([]);
});

test('an agent looks offices up and changes none', async () => {
  const agent = await makeAccount(desk.url, admin, { name: 'Nhân viên trực', role: 'agent' });
  const { page } = await sitDown(agent, PHONE);
  expect(await page.getByRole('button', { name: words.create }).count()).toBe(0);
  await page.getByRole('searchbox').fill('cu chi');
  await page.getByRole('button', { name: words.open('BHXH huyện Củ Chi') }).click();
  const call = page.getByRole('dialog').getByRole('link', { name: '028.38920913' });
  expect(await call.getAttribute('href')).toBe('tel:02838920913');
  expect(await page.getByRole('dialog').getByRole('button', { name: copy.actions.save }).count()).toBe(0);
  expect(await findFaults(page)).toEqual([]);
});

test('a contact asks for the imported office and can call it and see it on the map', async () => {
  const chat = await arrive({});
  await chat.ask('bhxh cà mau ở đâu');
  await chat.choices.filter({ hasText: 'Tìm nơi khác' }).click();
  await chat.page.locator('.row.bot', { hasText: 'quận, huyện hay tỉnh nào' }).waitFor();
  await chat.ask('q21 ạ');
  const office = chat.reply.locator('.office');
  const call = office.locator('a[href^="tel:"]');
  expect(await call.getAttribute('href')).toBe('tel:0000000101');
  expect(await call.textContent()).toContain('nội bộ 11');
  const map = office.getByRole('link', { name: VI.map });
  expect(new URL((await map.getAttribute('href')) ?? '').searchParams.get('query')).toBe('10.01,106.6');
  expect(await office.textContent()).toContain(VI.hours(''));
  const { width = 0 } = (await office.boundingBox()) ?? {};
  expect(width).toBeGreaterThan(0);
  expect(await chat.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(await findFaults(chat.page)).toEqual([]);
});

test('a contact who shares the position gets the nearest offices first', async () => {
  const chat = await arrive({
    geolocation: { latitude: 10.0512, longitude: 106.6 },
    permissions: ['geolocation'],
  });
  await chat.ask('bhxh cà mau ở đâu');
  await chat.choices.filter({ hasText: 'Chia sẻ vị trí' }).click();
  await chat.page.locator('.row.contact', { hasText: VI.location.mine }).waitFor();
  const offices = chat.reply.locator('.office h3');
  await offices.first().waitFor();
  expect(await offices.allTextContents()).toEqual(['BHXH Quận 25', 'BHXH Quận 26', 'BHXH Quận 24']);
  expect(await chat.reply.locator('.office').first().textContent()).toContain('Cách Anh/Chị khoảng 110 m');
  expect(await findFaults(chat.page)).toEqual([]);
});

test('a contact who refuses it is told so, and finds the office by name', async () => {
  const chat = await arrive({ permissions: [] });
  await chat.ask('bhxh cà mau ở đâu');
  await chat.choices.filter({ hasText: 'Chia sẻ vị trí' }).click();
  await chat.page.locator('.toast', { hasText: VI.location.unknown }).waitFor();
  await chat.page.locator('.row.bot', { hasText: 'chưa nhận được vị trí' }).waitFor();
  await chat.ask('quận 22');
  expect(await chat.reply.locator('.office h3').allTextContents()).toEqual(['BHXH Quận 22']);
});
