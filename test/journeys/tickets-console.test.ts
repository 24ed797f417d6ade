/** Tickets as the staff work on them, in real browsers on the real desk. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { ERROR_CODES } from '../../src/contracts/error-codes.ts';
import type { NewTicket, TicketChangeRequest, TicketDetail } from '../../src/contracts/tickets.ts';
import { copy as shell } from '../../web-console/copy.ts';
import { copy } from '../../web-console/features/tickets/copy.ts';
import { findFaults, PHONE, START_WITHIN_MS } from '../support/chat-page.ts';
import { type Console, visitConsole } from '../support/console-page.ts';
import { type LiveDesk, openLiveDesk } from '../support/live-desk.ts';
import { callStaff, type StaffAccount, signIn } from '../support/staff-client.ts';

const DAY_MS = 86_400_000;

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

async function visit(
  who: StaffAccount,
  at: string,
  options: Parameters<typeof visitConsole>[3] = { viewport: { width: 1280, height: 800 } },
): Promise<Page> {
  const opened = await visitConsole(live.desk.browser, live.desk.url, at, options);
  consoles.push(opened);
  await opened.signIn(who);
  return opened.page;
}

const row = (page: Page, code: string) =>
  page.locator('tr, li').filter({ has: page.locator(`a[data-ticket="${code}"]`) });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const history = (page: Page) => page.locator('.ticket-timeline');
const column = (page: Page, status: string) => page.locator(`.ticket-column[data-status=${status}]`);

test('a ticket is found, opened, answered and resolved, by the keyboard where that is quicker', async () => {
  const code = await make({ content: 'Sao kê bị lệch số tháng đóng', priority: 'high' });
  await make({ content: 'Góp ý về chữ quá nhỏ', kind: 'feedback' });
  const page = await visit(lan, '/tickets');
  await row(page, code).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('sao ke');
  await page.waitForURL(/q=sao/);
  await page.keyboard.press('Escape');
  await press(page, copy.filters);
  await page.getByRole('dialog', { name: copy.filters }).getByText(copy.priorities.high).click();
  await page.waitForURL(/priority=high/);
  await page.keyboard.press('Escape');
  await page.getByText(`${copy.filterNames.priority}: ${copy.priorities.high}`).waitFor();
  await expect.poll(() => page.locator('a[data-ticket]').count()).toBe(1);
  expect(await findFaults(page)).toEqual([]);

  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: code, level: 1 }).waitFor();
  await history(page).waitFor();
  expect(await findFaults(page)).toEqual([]);
  await page.getByLabel(copy.composer.placeholder.reply).fill('Chị gửi giúp em ảnh sổ nhé');
  await page.reload();
  expect(await page.getByLabel(copy.composer.placeholder.reply).inputValue()).toBe(
    'Chị gửi giúp em ảnh sổ nhé',
  );
  await press(page, copy.composer.sendResolved);
  await history(page).locator('[data-kind=reply]', { hasText: 'Chị gửi giúp em ảnh sổ nhé' }).waitFor();
  await page.locator('.ticket-header').getByText(copy.statuses.resolved).waitFor();
  expect(await page.getByLabel(copy.composer.placeholder.reply).inputValue()).toBe('');

  // Back to where it was looked for.
  await page.getByRole('link', { name: copy.detail.back }).click();
  await page.waitForURL(/q=sao.*priority=high|priority=high.*q=sao/);
});

test('a code that is over is found from the list of what is open', async () => {
  const code = await make({ content: 'Đã xong từ lâu' });
  await change(code, { kind: 'close' });
  const page = await visit(lan, `/tickets?q=${code}`);
  await page.getByRole('link', { name: copy.elsewhere.ticket(code, copy.statuses.closed) }).waitFor();
  await page.getByRole('link', { name: copy.elsewhere.all }).click();
  await row(page, code).waitFor();
});

test('two people at one ticket: the second sees at once what the first did', async () => {
  const code = await make({ content: 'Không nhận được mã OTP' });
  const [first, second] = [await visit(lan, `/tickets/${code}`), await visit(hoa, `/tickets/${code}`)];
  await history(second).waitFor();
  await first.getByLabel(copy.fields.priority).selectOption('urgent');
  await history(second)
    .getByText(copy.entry.field('Lan', 'mức ưu tiên', 'Thường', 'Khẩn'))
    .waitFor();
  await press(first, copy.act.take);
  await expect.poll(() => second.getByLabel(copy.fields.assignee).inputValue()).toBe(lan.id);
  await first.getByText(copy.composer.modes.note).click();
  await first.getByLabel(copy.composer.placeholder.note).fill('Đã hỏi nhà mạng');
  await press(first, copy.composer.saveNote);
  await history(second).locator('[data-kind=note]', { hasText: 'Đã hỏi nhà mạng' }).waitFor();

  // Whoever looks is named in the log; only then the number is there to be dialled.
  await press(second, copy.contact.reveal);
  await second.getByRole('link', { name: copy.contact.call('0912345678') }).waitFor();
});

test('what was done to many is counted, and what was refused is named with its reason', async () => {
  const codes = [
    await make({ content: 'Hàng loạt một', tags: ['loat'] }),
    await make({ content: 'Hàng loạt hai', tags: ['loat'] }),
    await make({ content: 'Hàng loạt ba', tags: ['loat'] }),
  ];
  await change(codes[0]!, { kind: 'close' });
  const page = await visit(lan, '/tickets?view=all&tag=loat');
  for (const code of codes) await row(page, code).waitFor();
  // With x along the rows, and with the mouse.
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByText(copy.bulk.selected(1)).waitFor();
  await page.getByLabel(copy.selectAll).click();
  await page.getByText(copy.bulk.selected(3)).waitFor();
  await press(page, copy.bulk.resolve);
  await page.getByText(copy.bulk.confirmTitle(3)).waitFor();
  await press(page, copy.bulk.confirmAct(3));
  const result = page.getByRole('dialog', { name: copy.bulk.resultTitle });
  await result.getByText(copy.bulk.resultDone(2)).waitFor();
  await result
    .getByRole('listitem')
    .filter({ hasText: codes[0]! })
    .getByText(ERROR_CODES.ticket_not_possible.message)
    .waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => row(page, codes[1]!).getByText(copy.statuses.resolved).count()).toBe(1);
});

test('cards are moved by the mouse and by the menu, only to where they may go', async () => {
  const [moved, stays] = [
    await make({ content: 'Thẻ kéo', tags: ['bang'] }),
    await make({ content: 'Thẻ đã đóng', tags: ['bang'] }),
  ];
  await change(stays, { kind: 'close' });
  const page = await visit(lan, '/tickets/board?tag=bang');
  const card = (code: string) => page.locator(`.ticket-card[data-code="${code}"]`);
  await column(page, 'new').locator(card(moved)).waitFor();
  expect(await findFaults(page)).toEqual([]);
  await card(moved).dragTo(column(page, 'in_progress'));
  await column(page, 'in_progress').locator(card(moved)).waitFor();
  await card(stays).dragTo(column(page, 'resolved'));
  await column(page, 'closed').locator(card(stays)).waitFor();

  await page.getByRole('button', { name: copy.board.moveOf(moved) }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: copy.statuses.waiting }).press('Enter');
  await column(page, 'waiting').locator(card(moved)).waitFor();
  // It is closed still, and may go to one place only.
  await page.getByRole('button', { name: copy.board.moveOf(stays) }).click();
  expect(await page.getByRole('menuitem').allTextContents()).toEqual([copy.statuses.in_progress]);
});

test('a deadline that is over is said in words, on the list and on the ticket', async () => {
  // Longer than any holidays last, during which nothing is due.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 21 * DAY_MS });
  const code = await make({ content: 'Chờ đã ba tuần', kind: 'callback', priority: 'urgent' }).finally(() =>
    vi.useRealTimers(),
  );
  const { body } = await callStaff<TicketDetail>(live.desk.url, cookie, 'GET', `/tickets/${code}`);
  const days = Math.floor((Date.now() - Date.parse(body.firstResponse.dueAt ?? '')) / DAY_MS);
  const page = await visit(lan, '/tickets?view=all');
  await row(page, code).getByText(`quá hạn ${days} ngày`).waitFor();
  await row(page, code).getByRole('link').first().click();
  await page
    .locator('.ticket-bar', { hasText: copy.deadline.names.firstResponse })
    .getByText(/quá hạn/)
    .waitFor();
});

test('a call is noted straight from the list of calls back, and ends what it was asked for', async () => {
  const code = await make({ content: 'Gọi giúp về thai sản', kind: 'callback', callAt: 'sáng mai' });
  const page = await visit(lan, '/tickets?view=callbacks');
  const note = async (outcome: string, text: string): Promise<void> => {
    await page.getByRole('button', { name: copy.callbacks.actOf(code) }).click();
    await press(page, copy.callbacks.save);
    await page.getByText(copy.callbacks.outcomeMissing).waitFor();
    await page.getByLabel(outcome).check();
    await page.getByLabel(copy.callbacks.note).fill(text);
    await press(page, copy.callbacks.save);
  };
  await note(copy.callOutcomes['no-answer'], 'Đổ chuông hết');
  await row(page, code).getByText(copy.callbacks.attemptsOf(1)).waitFor();
  await note(copy.callOutcomes.reached, 'Đã hướng dẫn hồ sơ');
  await row(page, code).getByText(copy.statuses.resolved).waitFor();
});

test('a filter is saved under a name, used again and deleted', async () => {
  const code = await make({ content: 'Của bộ lọc', tags: ['rieng'] });
  const page = await visit(lan, '/tickets?view=all&tag=rieng&sort=created');
  await row(page, code).waitFor();
  await press(page, copy.saved.menu);
  await press(page, copy.saved.save);
  const dialog = page.getByRole('dialog', { name: copy.saved.saveTitle });
  await dialog.getByLabel(copy.saved.name).fill('Phiếu riêng');
  await dialog.getByRole('button', { name: shell.actions.save }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('link', { name: copy.views.mine }).click();
  await page.waitForURL(/view=mine$/);
  await press(page, copy.saved.menu);
  await press(page, 'Phiếu riêng');
  await page.waitForURL(/tag=rieng/);
  expect(new URL(page.url()).search).toBe('?view=all&sort=created&tag=rieng');
  await row(page, code).waitFor();
  await press(page, copy.saved.menu);
  await press(page, copy.saved.remove('Phiếu riêng'));
  await page
    .getByRole('dialog', { name: copy.saved.removeTitle })
    .getByRole('button', { name: shell.actions.remove })
    .click();
  await page.getByText(copy.saved.removed).waitFor();
});

describe('the table', () => {
  test('holds the filtered rows, for those who may have it', async () => {
    const wanted = await make({ content: 'Cần xuất ra', tags: ['xuat'] });
    const other = await make({ content: 'Không xuất' });
    const page = await visit(hoa, '/tickets?tag=xuat');
    await row(page, wanted).waitFor();
    const downloading = page.waitForEvent('download');
    await press(page, copy.export.menu);
    await page.getByRole('menuitem', { name: copy.export.csv }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('phieu.csv');
    const text = await readFile(await download.path(), 'utf8');
    expect(text).toContain(wanted);
    expect(text).not.toContain(other);
    expect(text).not.toContain('0912345678');
    const agent = await visit(lan, '/tickets?tag=xuat');
    await row(agent, wanted).waitFor();
    expect(await agent.getByRole('button', { name: copy.export.menu }).count()).toBe(0);
  });

  test('that fails is said to have failed', async () => {
    const page = await visit(hoa, '/tickets');
    await page.route('**/tickets/export*', (route) => route.abort());
    await press(page, copy.export.menu);
    await page.getByRole('menuitem', { name: copy.export.xlsx }).click();
    await page.getByText(shell.failures.offline).waitFor();
  });
});

test('a new ticket is objected to at its fields, then made; the list of a colleague waits to show it', async () => {
  const watching = await visit(hoa, '/tickets');
  await watching.locator('.ticket-table').waitFor();
  const page = await visit(lan, '/tickets');
  await page.locator('.ticket-table').waitFor();
  await page.keyboard.press('n');
  const drawer = page.getByRole('dialog', { name: copy.form.title });
  await drawer.getByLabel(copy.form.kind).selectOption('callback');
  await drawer.getByRole('button', { name: copy.form.act }).click();
  await drawer.getByText(copy.form.contentMissing).waitFor();
  await drawer.getByText(copy.form.phoneMissing).waitFor();
  await drawer.getByLabel(copy.form.content).fill('dài '.repeat(1_500));
  await drawer.getByText(copy.tooLong(6_000, 2_000)).waitFor();
  await drawer.getByRole('button', { name: copy.form.act }).click();
  expect(await drawer.getByLabel(copy.form.content).inputValue()).toHaveLength(6_000);
  await drawer.getByLabel(copy.form.content).fill('Nhờ gọi lại về mất sổ');
  await drawer.getByLabel(copy.contact.phone).fill('0912 345 678');
  await drawer.getByRole('button', { name: copy.form.act }).click();
  const title = page.locator('.ticket-title');
  await title.waitFor();
  await watching.getByRole('button', { name: copy.fresh(1) }).click();
  await row(watching, await title.innerText()).waitFor();
});

test('a ticket is refused with a reason, taken up again, put together with another, and erased by an admin', async () => {
  const [code, main] = [await make({ content: 'Trùng nội dung' }), await make({ content: 'Phiếu chính' })];
  const page = await visit(lan, `/tickets/${code}`);
  const choose = async (name: string): Promise<void> => {
    await press(page, copy.detail.more);
    await page.getByRole('menuitem', { name }).click();
  };
  await history(page).waitFor();
  await choose(copy.act.reject);
  await press(page, copy.reject.act);
  await page.getByText(copy.reject.missing).waitFor();
  await page.getByLabel(copy.reject.reason).fill('Không thuộc phạm vi');
  await press(page, copy.reject.act);
  await page.getByText(copy.detail.rejectedFor('Không thuộc phạm vi')).waitFor();
  await press(page, copy.act.reopen);
  await page.getByRole('dialog').getByRole('button', { name: copy.reopen.act }).click();
  await page.locator('.ticket-header').getByText(copy.statuses.in_progress).waitFor();

  await choose(copy.act.merge);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(copy.merge.into).fill('nhầm');
  await press(page, copy.merge.act);
  await dialog.getByText(copy.merge.malformed).waitFor();
  await dialog.getByLabel(copy.merge.into).fill('PA-222222');
  await press(page, copy.merge.act);
  await dialog.getByText(copy.merge.unknown).waitFor();
  await dialog.getByLabel(copy.merge.into).fill(main.toLowerCase().replace('-', ' '));
  await press(page, copy.merge.act);
  await page.getByRole('heading', { name: main, level: 1 }).waitFor();
  await history(page).getByText(copy.entry.absorb(copy.entry.you, code)).waitFor();
  const merged = await visit(lan, `/tickets/${code}`);
  await merged.getByRole('link', { name: copy.detail.openMerged }).click();
  await merged.getByRole('heading', { name: main, level: 1 }).waitFor();
  await press(page, copy.detail.more);
  expect(await page.getByRole('menuitem', { name: copy.act.erase }).count()).toBe(0);

  const admin = await live.makeStaff('Quân', 'admin');
  const erasing = await visit(admin, `/tickets/${main}`);
  await press(erasing, copy.detail.more);
  await erasing.getByRole('menuitem', { name: copy.act.erase }).click();
  await erasing.getByText(copy.erase.text).waitFor();
  await press(erasing, copy.erase.act);
  await erasing.getByText(copy.detail.erased).waitFor();
  expect(await erasing.locator('.ticket-composer').count()).toBe(0);
});

test('a ticket made from a conversation knows it, and leads back there', async () => {
  const chat = await live.arrive();
  await chat.ask('cho tôi gặp nhân viên');
  const seat = await live.sitDown(lan);
  consoles.push(seat);
  await seat.openWaiting();
  const { page } = seat;
  await press(page, shell.conversations.side.createTicket);
  const drawer = page.getByRole('dialog', { name: copy.form.title });
  await drawer.getByText(copy.form.fromConversation).waitFor();
  expect(await drawer.getByLabel(copy.form.content).inputValue()).toBe('cho tôi gặp nhân viên');
  await drawer.getByRole('button', { name: copy.form.act }).click();
  await page.locator('a.side-item').click();
  await page.getByRole('link', { name: copy.fields.openConversation }).click();
  await page.locator('.conversation-name').waitFor();
  await chat.context.close();
});

test('deadlines are set in hours of work', async () => {
  const page = await visit(hoa, '/settings?tab=tickets');
  const field = page.getByLabel(
    copy.settings.cell(copy.settings.tables.firstResponseMinutes, copy.kinds.question, copy.priorities.high),
  );
  await field.fill('999');
  await press(page, shell.actions.save);
  await page.getByText(copy.settings.firstAfterLast(copy.kinds.question, copy.priorities.high)).waitFor();
  await field.fill('2,5');
  await press(page, shell.actions.save);
  await page.getByText(shell.settings.saved).waitFor();
  await page.reload();
  expect(await field.inputValue()).toBe('2,5');
  expect(await findFaults(page)).toEqual([]);
});

test('on a phone the list is cards and the board one column, nothing wider than the screen', async () => {
  const code = await make({ content: 'Xem trên điện thoại', tags: ['nho'] });
  const page = await visit(lan, '/tickets?tag=nho', PHONE);
  await row(page, code).waitFor();
  const isTooWide = (): Promise<boolean> =>
    page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  expect(await page.locator('.ticket-table').count()).toBe(0);
  expect(await isTooWide()).toBe(false);
  expect(await findFaults(page)).toEqual([]);
  await page.getByText(copy.asBoard, { exact: true }).click();
  await column(page, 'new').waitFor();
  expect(await page.locator('.ticket-column').count()).toBe(1);
  expect(await isTooWide()).toBe(false);
  await page.locator(`a[data-ticket="${code}"]`).click();
  await history(page).waitFor();
  expect(await isTooWide()).toBe(false);
  expect(await findFaults(page)).toEqual([]);
});
