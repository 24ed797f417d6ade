/** An incident from its first sign to its end: noticed, pinned, shown, linked, over, told. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AnswerResponse } from '../../src/contracts/answers.ts';
import type { IncidentList } from '../../src/contracts/incidents.ts';
import { copy as shell } from '../../web-console/copy.ts';
import { words } from '../../web-console/features/incidents/copy.ts';
import { connectChat } from '../support/chat-client.ts';
import { findFaults, START_WITHIN_MS } from '../support/chat-page.ts';
import { visitConsole } from '../support/console-page.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { postQuestion } from '../support/desk.ts';
import { type LiveDesk, openLiveDesk } from '../support/live-desk.ts';
import { callStaff, FIRST_ADMIN, signIn } from '../support/staff-client.ts';

const PIN = 'Hệ thống cấp lại mật khẩu đang bảo trì đến 18:00.';
const BANNER = 'Cấp lại mật khẩu đang bảo trì. Anh/Chị thử lại sau 18:00 hoặc gọi 1900 9068.';
const OVER = 'Cấp lại mật khẩu đã hoạt động trở lại.';
const FIVE_MINUTES_MS = 300_000;
const FEW = 9;

let database: TestDatabase;
let live: LiveDesk;
beforeAll(async () => {
  database = await openDatabase();
  live = await openLiveDesk({ options: { mongodbUri: database.uri } });
}, START_WITHIN_MS);
afterAll(async () => {
  await live?.close();
  await database?.drop();
});

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();

const answerOverRest = async (): Promise<string | undefined> => {
  const response = await postQuestion(live.desk.url, { text: 'quên mật khẩu' });
  return ((await response.json()) as AnswerResponse).answer?.markdown;
};

test('is noticed, pinned and shown at once; whom it concerned is linked, and told when it is over', async () => {
  // The desk has been counting since yesterday.
  const yesterday = Date.now() - 24 * 60 * 60_000;
  await database.client
    .db()
    .collection<{ _id: string }>('incident_buckets')
    .insertOne({
      _id: `*|${Math.floor(yesterday / FIVE_MINUTES_MS)}`,
      subject: '*',
      at: new Date(yesterday),
      count: 1,
      tokens: [],
      sample: '',
    } as never);
  const contact = await live.arrive();
  await contact.isOnline();
  const ticketPage = await contact.context.newPage();
  await ticketPage.goto(`${live.desk.url}/ticket`);
  const seat = await visitConsole(live.desk.browser, live.desk.url, '/incidents', {
    viewport: { width: 1280, height: 800 },
  });
  const lan = await live.makeStaff('Lan', 'supervisor');
  await seat.signIn(lan);
  const { page } = seat;
  await page.getByText(words.suspicions.empty).waitFor();
  await page.getByText(words.history.empty).waitFor();
  expect(await findFaults(page)).toEqual([]);

  for (let one = 0; one < FEW; one += 1) {
    const client = await connectChat(live.desk.url);
    await client.open();
    await client.ask('quên mật khẩu');
    client.close();
  }
  await page.getByText(shell.incidents.notices.noticed, { exact: true }).waitFor({ timeout: 60_000 });
  await page.locator('.console-rail a[href$=incidents] .console-count').filter({ hasText: '1' }).waitFor();
  await page.getByText(words.suspicions.asked(FEW, 0.5)).waitFor();
  expect(await findFaults(page)).toEqual([]);

  await press(page, /^Mở sự cố: /);
  const form = page.getByRole('dialog', { name: words.form.createTitle });
  await form.getByLabel(words.form.markdown).fill(PIN);
  await form.getByLabel(words.form.banner).check();
  await form.getByLabel(words.form.bannerText).fill(BANNER);
  expect(await findFaults(page)).toEqual([]);
  await form.getByRole('button', { name: words.form.start }).click();

  // Everybody who is online sees it, and can call; the staff see what people are told.
  const notice = contact.page.locator('.announcement');
  await notice.getByText('Cấp lại mật khẩu đang bảo trì').waitFor();
  expect(await notice.getByRole('link').getAttribute('href')).toBe('tel:19009068');
  expect(await findFaults(contact.page)).toEqual([]);
  await page.locator('.incident-line').getByText(BANNER).waitFor();
  await page.getByText(words.suspicions.empty).waitFor();
  await ticketPage.reload();
  await ticketPage.locator('.announcement').getByText('Cấp lại mật khẩu đang bảo trì').waitFor();
  expect(await findFaults(ticketPage)).toEqual([]);
  await contact.ask('quên mật khẩu thì làm sao');
  await contact.reply.getByText(PIN).waitFor();
  expect(await answerOverRest()).toContain(PIN);

  // Closed, it stays closed.
  await notice.getByRole('button').click();
  await contact.page.reload();
  await contact.isOnline();
  await contact.reply.getByText(PIN).waitFor();
  expect(await notice.count()).toBe(0);

  await page.getByText(words.active.touched(FEW + 1)).waitFor({ timeout: 60_000 });
  await press(page, /^Kết thúc: /);
  await page
    .getByRole('dialog', { name: words.active.endTitle })
    .getByRole('button', { name: words.active.end, exact: true })
    .click();
  const tell = page.getByRole('dialog', { name: words.tell.title });
  await tell.getByText(words.tell.lead(FEW + 1)).waitFor();
  await tell.getByLabel(words.tell.text).fill(OVER);
  expect(await findFaults(page)).toEqual([]);
  await press(page, words.tell.act(FEW + 1));

  // A message like any other: beside it stands what is read out to those who listen.
  const told = contact.page.locator('.row.system .bubble').filter({ hasText: OVER });
  await told.waitFor();
  await page.getByText(words.history.told(FEW + 1, lan.name)).waitFor({ timeout: 60_000 });
  await page.locator('.incident-line[data-shown=false]').waitFor({ state: 'attached' });
  expect(await told.count()).toBe(1);
  expect(await answerOverRest()).not.toContain(PIN);
  const admin = await signIn(live.desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
  const { body } = await callStaff<IncidentList>(live.desk.url, admin, 'GET', '/incidents');
  expect(body).toMatchObject({
    active: [],
    ended: [{ touched: FEW + 1, told: { done: FEW + 1, isOver: true } }],
  });
  expect([contact.complaints, seat.complaints]).toEqual([[], []]);
}, 240_000);
