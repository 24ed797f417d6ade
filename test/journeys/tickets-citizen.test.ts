/** A citizen's ticket from chat to its end, on a cheap phone: the page at /ticket against the real desk. */
import { readFile } from 'node:fs/promises';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TicketFound } from '../../src/contracts/citizen-tickets.ts';
import { isTicketCode } from '../../src/contracts/ticket-code.ts';
import { makeTicketCode } from '../../src/tickets/ticket-code.ts';
import { VI } from '../../web-widget/copy.vi.ts';
import { copy } from '../../web-widget/ticket/copy.ts';
import { findFaults, PHONE, START_WITHIN_MS } from '../support/chat-page.ts';
import { type LiveDesk, openLiveDesk } from '../support/live-desk.ts';
import { callStaff, type StaffAccount, signIn } from '../support/staff-client.ts';

const NUMBER = '0912345678';
const ADDRESS = 'lan.pham@example.vn';
/** Nobody has it: those that are made have other characters in most places. */
const NEVER = makeTicketCode('complaint', () => 30);
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let live: LiveDesk;
let url: string;
let agent: StaffAccount;
let cookie: string;
beforeAll(async () => {
  live = await openLiveDesk({ intents: ['support.agent', 'support.complaint', 'support.ticket-status'] });
  url = live.desk.url;
  agent = await live.makeStaff('Trần Văn Hòa');
  cookie = await signIn(url, agent.email, agent.password);
}, START_WITHIN_MS);
afterAll(() => live?.close());

const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();
const status = (page: Page): Locator => page.locator('.status').filter({ hasText: /./ });

/** The page in a browser of its own. */
async function visit(at = '', given?: BrowserContext): Promise<Page> {
  const context = given ?? (await live.desk.browser.newContext(PHONE));
  const page = await context.newPage();
  await page.goto(`${url}/ticket${at}`);
  await page.locator('h2').waitFor();
  return page;
}

async function lookUp(page: Page, code: string, contact: string): Promise<void> {
  await page.getByLabel(copy.lookup.code).fill(code);
  await page.getByLabel(copy.lookup.contact).fill(contact);
  await press(page, copy.lookup.submit);
}

const heading = (page: Page, text: string): Promise<void> =>
  page.getByRole('heading', { level: 2, name: text, exact: true }).waitFor();

/** What axe-core finds, and whether the page is wider than the phone. */
async function expectNoFault(page: Page): Promise<void> {
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect([...(await findFaults(page)), isWide]).toEqual([false]);
}

async function act(code: string, path: string, body: object): Promise<void> {
  const { status: answered, body: said } = await callStaff(
    url,
    cookie,
    'POST',
    `/tickets/${code}/${path}`,
    body,
  );
  expect([answered, said.error]).toEqual([200, undefined]);
}

async function post<Body>(
  path: string,
  body: object,
): Promise<{ status: number; body: Body; raw: string; headers: Headers }> {
  const response = await fetch(`${url}/api/v1/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const raw = await response.text();
  return { status: response.status, body: JSON.parse(raw) as Body, raw, headers: response.headers };
}

const FORM = { kind: 'complaint', complaintType: 'petition', content: 'Xin đặt thêm ghế ở phòng chờ' };
let serial = 0;
async function makeTicket(
  contact: { phone?: string; email?: string } = { phone: NUMBER },
): Promise<TicketFound> {
  const made = await post<TicketFound>('tickets', { ...FORM, ...contact, key: `journey-${++serial}` });
  expect(made.status).toBe(201);
  return made.body;
}

test('from chat to the receipt, more information, the reply, a rating, the data and its end', async () => {
  const chat = await live.arrive();
  await chat.ask('tôi muốn gửi phản ánh');
  await chat.ask('Công ty tôi trừ tiền bảo hiểm nửa năm mà không đóng');
  await chat.ask('bỏ qua');
  await chat.ask(NUMBER);
  await chat.ask(ADDRESS);
  await chat.choices.filter({ hasText: 'Gửi' }).click();
  const ticket = chat.page.locator('.ticket').last();
  await ticket.waitFor();
  expect(await ticket.textContent()).not.toContain('lan.pham');
  const code = (await ticket.locator('.code strong').textContent()) ?? '';
  expect(isTicketCode(code)).toBe(true);

  const [page] = await Promise.all([
    chat.context.waitForEvent('page'),
    ticket.getByRole('link', { name: VI.openTicket }).click(),
  ]);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.addInitScript(() => {
    Reflect.set(window, 'print', () => Reflect.set(window, 'printed', true));
  });
  await page.getByLabel(copy.lookup.code).waitFor();
  expect(await page.getByLabel(copy.lookup.code).inputValue()).toBe(code);
  await expectNoFault(page);
  await lookUp(page, ` ${code.toLowerCase().replace('-', ' ')} `, '+84 912 345 678');
  await heading(page, copy.ticket.heading(code));
  expect(await page.locator('article').textContent()).not.toContain(NUMBER);
  await expectNoFault(page);

  await press(page, copy.information.open);
  await page.getByLabel(copy.information.text).fill('Tôi gửi ảnh bảng lương tháng 3');
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'bang-luong.png', mimeType: 'image/png', buffer: PICTURE });
  await page.locator('.tray .ready').waitFor();
  // A dead network, then a reload: nothing is lost, and nothing arrives twice.
  await page.route('**/information', (route) => route.abort());
  await press(page, copy.information.submit);
  await status(page).filter({ hasText: copy.notSent }).waitFor();
  await page.unroute('**/information');
  await page.reload();
  await page.locator('.tray .ready').waitFor();
  expect(await page.getByLabel(copy.information.text).inputValue()).toBe('Tôi gửi ảnh bảng lương tháng 3');
  complaints.length = 0;
  await press(page, copy.information.submit);
  await status(page).filter({ hasText: copy.information.sent }).waitFor();
  const added = page.locator('.entry-information');
  expect(await added.count()).toBe(1);
  expect(
    await added.locator('img').evaluate((picture: HTMLImageElement) => picture.decode().then(() => true)),
  ).toBe(true);

  await act(code, 'replies', {
    key: 'reply-key-1',
    text: 'Đề nghị gửi thêm số sổ.',
    attachments: [],
    next: 'waiting',
  });
  await chat.page.getByText(`Phiếu ${code} có trả lời mới`).first().waitFor();
  await press(page, copy.ticket.refresh);
  await page.getByText(copy.ticket.statuses.waiting).waitFor();
  expect(await page.locator('.entry-reply').textContent()).toContain('Nhân viên Trần Văn Hòa trả lời');
  await expectNoFault(page);
  await act(code, 'replies', {
    key: 'reply-key-2',
    text: 'Công ty đã đóng đủ.',
    attachments: [],
    next: 'resolved',
  });
  await press(page, copy.ticket.refresh);
  await page.getByText('Công ty đã đóng đủ.').waitFor();
  await expectNoFault(page);
  await page.getByRole('radio', { name: copy.rating.scores[4], exact: true }).check();
  await press(page, copy.rating.submit);
  await page.getByText(copy.rating.given(copy.rating.scores[4])).waitFor();

  await press(page, copy.ticket.print);
  expect(await page.evaluate(() => Reflect.get(window, 'printed'))).toBe(true);
  await page.emulateMedia({ media: 'print' });
  const printed = page.locator('.receipt');
  expect(await printed.locator('.printed-code').textContent()).toBe(code);
  expect(await printed.textContent()).toContain(`${url}/ticket`);
  expect((await printed.locator('.qr').boundingBox())?.width).toBeGreaterThan(100);
  for (const name of ['header', '#data', '#timeline', 'footer', 'button'])
    expect([name, await page.locator(name).first().isVisible()]).toEqual([name, false]);
  await page.emulateMedia({ media: 'screen' });

  const [download] = await Promise.all([page.waitForEvent('download'), press(page, copy.ticket.download)]);
  expect(download.suggestedFilename()).toBe(copy.exportName(code));
  const kept = await readFile(await download.path(), 'utf8');
  expect(JSON.parse(kept)).toMatchObject({
    code,
    contact: { phone: NUMBER, email: ADDRESS },
    satisfaction: 4,
  });

  await press(page, copy.ticket.erase);
  await page.getByText(copy.erase.complaint.stays).waitFor();
  await expectNoFault(page);
  await press(page, copy.erase.cancel);
  await heading(page, copy.ticket.heading(code));
  await press(page, copy.ticket.erase);
  await press(page, copy.erase.confirm);
  await status(page).filter({ hasText: copy.erase.done }).waitFor();
  expect(complaints).toEqual([]);
  await lookUp(page, code, NUMBER);
  await status(page).filter({ hasText: 'Không tìm thấy phiếu' }).waitFor();
  await page.reload();
  await heading(page, copy.lookup.heading);
  await chat.context.close();
});

test('a form becomes a ticket with a receipt, also when it was written before a reload', async () => {
  const page = await visit();
  await press(page, copy.lookup.toForm);
  await press(page, copy.form.submit);
  await page.getByText(copy.form.kindMissing).waitFor();
  await expectNoFault(page);
  await page.getByText('Kiến nghị', { exact: true }).click();
  await page.getByLabel(copy.form.content).fill('Xin đặt thêm ghế ở phòng chờ');
  await page.getByLabel(copy.form.office).fill('BHXH Quận 6');
  await press(page, copy.form.submit);
  await page.getByText(copy.form.reachMissing).waitFor();
  await page.reload();
  await page.getByLabel(copy.form.email).fill(ADDRESS);
  await press(page, copy.form.submit);
  await heading(page, copy.ticket.created);
  await expectNoFault(page);
  const code = (await page.locator('.new-code strong').textContent()) ?? '';
  expect(isTicketCode(code)).toBe(true);
  expect(await page.locator('article').textContent()).toContain('Kiến nghị');
  await press(page, copy.ticket.done);
  await page.goBack();
  await heading(page, copy.lookup.heading);
  await lookUp(page, code, ADDRESS.toUpperCase());
  await heading(page, copy.ticket.heading(code));
  expect(await page.locator('article').textContent()).toContain('BHXH Quận 6');
  await page.context().close();
});

describe('whoever does not know both', () => {
  test('gets the same answer, byte for byte, whether or not there is such a ticket', async () => {
    const { ticket } = await makeTicket();
    const answers = [];
    for (const wrong of [
      { code: ticket.code, contact: '0987654321' },
      { code: ticket.code, contact: ADDRESS },
      { code: ticket.code, contact: '' },
      { code: NEVER, contact: NUMBER },
      { code: 'không nhớ', contact: NUMBER },
    ])
      answers.push(await post('tickets/lookup', wrong));
    const seen = answers.map(({ status: answered, raw, headers }) => [
      answered,
      raw,
      // Each request has a name of its own.
      ...[...headers].filter(([name]) => name !== 'date' && name !== 'x-request-id'),
    ]);
    expect(answers[0]?.status).toBe(404);
    expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(JSON.stringify(seen)).not.toContain('Xin đặt thêm ghế');
  });

  test('may not try for long', async () => {
    const { ticket } = await makeTicket();
    const page = await visit(`?code=${ticket.code}`);
    for (let tries = 0; tries < 10; tries++)
      await post('tickets/lookup', { code: ticket.code, contact: `09${10_000_000 + tries}` });
    await lookUp(page, ticket.code, '0987654321');
    await status(page).filter({ hasText: 'Đã tra cứu nhiều lần' }).waitFor();
    await page.context().close();
  });

  test('finds a slip before anything is sent', async () => {
    const { ticket } = await makeTicket();
    const page = await visit();
    let asked = 0;
    page.on('request', (request) => request.url().includes('/lookup') && asked++);
    const { code } = ticket;
    for (const typed of [code.slice(0, -1), `${code.slice(0, -1)}${code.endsWith('2') ? 3 : 2}`, '']) {
      await lookUp(page, typed, NUMBER);
      await page.locator('#code-problem').filter({ hasText: /./ }).waitFor();
    }
    await lookUp(page, code, '0912');
    await page.getByText(copy.lookup.contactMalformed).waitFor();
    expect(asked).toBe(0);
    await page.context().close();
  });
});

test('an outcome that does not do is taken up again; an old token opens nothing', async () => {
  const { ticket } = await makeTicket();
  await act(ticket.code, 'replies', {
    key: 'reply-key-3',
    text: 'Đã xem xét.',
    attachments: [],
    next: 'resolved',
  });
  const page = await visit();
  await lookUp(page, ticket.code, NUMBER);
  await press(page, copy.reopen.open);
  await page.getByLabel(copy.reopen.reason).fill('Vẫn chưa có ghế');
  await press(page, copy.reopen.submit);
  await status(page).filter({ hasText: copy.reopen.done }).waitFor();
  await page.route('**/tickets/mine', (route) =>
    route.continue({ headers: { ...route.request().headers(), authorization: 'Bearer nothing' } }),
  );
  await press(page, copy.ticket.refresh);
  await status(page).filter({ hasText: copy.lookup.expired }).waitFor();
  expect(await page.getByLabel(copy.lookup.code).inputValue()).toBe(ticket.code);
  await page.context().close();
});

test.each([320, 1280])('the page fits a window of %i px, in the dark too', async (width) => {
  const { ticket } = await makeTicket({ email: ADDRESS });
  const context = await live.desk.browser.newContext({
    viewport: { width, height: 700 },
    colorScheme: 'dark',
  });
  const page = await visit('#gui-phan-anh', context);
  await expectNoFault(page);
  await press(page, copy.form.toLookup);
  await expectNoFault(page);
  await lookUp(page, ticket.code, ADDRESS);
  await heading(page, copy.ticket.heading(ticket.code));
  await expectNoFault(page);
  await context.close();
});
