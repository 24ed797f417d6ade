/** The bot's content as its editors keep it: real browsers on the real desk. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { DraftList, DraftRow, EntryView } from '../../src/contracts/curation.ts';
import { readCorpus } from '../../src/corpus/load-corpus.ts';
import { copy } from '../../web-console/copy.ts';
import { words } from '../../web-console/features/curation/copy.ts';
import { words as releases } from '../../web-console/features/curation/release-copy.ts';
import { writeSmallCorpus } from '../chaos/small-corpus.ts';
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

const ENTRY = 'card.view';
const DRAFT = 'Rà soát tháng này';

let folder: string;
let desk: ChatDesk;
let admin: string;
let hoa: StaffAccount;
let minh: StaffAccount;
/** How people ask for the entry, as the corpus has it. */
let taught: readonly string[] = [];
/** One that is not taught, and by which releases are judged. */
let held = '';
let complaints: string[][] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'curation-'));
  const phrases = await writeSmallCorpus(folder, ['support.agent']);
  taught = phrases.get(ENTRY) ?? [];
  await writeQuestions();
  await symlink(path.join(ROOT, 'dist'), path.join(folder, 'dist'), 'dir');
  desk = await openChatDesk({ root: folder, dataDir: path.join(folder, 'data'), firstAdmin: FIRST_ADMIN });
  admin = await signIn(desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
  hoa = await makeAccount(desk.url, admin, { name: 'Chị Hoa', role: 'editor' });
  minh = await makeAccount(desk.url, admin, { name: 'Anh Minh', role: 'editor' });
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

/** What a small corpus is judged by: some of the phrases that it was not taught. */
async function writeQuestions(): Promise<void> {
  const { intents } = await readCorpus(ROOT);
  const all = intents.find(({ intent }) => intent === ENTRY)?.phrases ?? [];
  const questions = all.filter((phrase) => !taught.includes(phrase)).slice(0, 12);
  held = questions[0] ?? '';
  await mkdir(path.join(folder, 'test/eval'), { recursive: true });
  await writeFile(
    path.join(folder, 'test/eval/questions.jsonl'),
    questions.map((text) => JSON.stringify({ text, intent: ENTRY })).join('\n'),
  );
}

async function sitDown(
  who: StaffAccount,
  at: string,
  options: BrowserContextOptions = DESKTOP,
): Promise<Console> {
  const seat = await visitConsole(desk.browser, desk.url, at, options);
  complaints.push(seat.complaints);
  await seat.signIn(who);
  await seat.page.getByRole('heading', { level: 1 }).waitFor();
  return seat;
}
const chooseDraft = async ({ page }: Console): Promise<void> => {
  await page.getByLabel(words.draft.label).first().click();
  await page.getByRole('option', { name: DRAFT }).click();
};
const text = ({ page }: Console) => page.getByRole('textbox', { name: words.entry.text });
const title = ({ page }: Console) => page.getByRole('textbox', { name: words.fields.title });
const save = ({ page }: Console): Promise<void> =>
  page.getByRole('button', { name: copy.actions.save, exact: true }).click();

test('an editor begins a draft with the first edit, and reads in it what has changed', async () => {
  const seat = await sitDown(hoa, `/curation/entries/${ENTRY}`);
  const { page } = seat;
  await page.getByRole('button', { name: words.draft.edit }).click();
  const question = page.getByRole('dialog', { name: words.draft.chooseTitle });
  await question.getByLabel(words.draft.name).fill(DRAFT);
  await question.getByRole('button', { name: words.draft.createAct }).click();

  await text(seat).fill(`${await text(seat).inputValue()}\n\nGọi **1900 9068** nếu cần.`);
  const preview = page.getByRole('region', { name: words.entry.preview });
  await preview.locator('.phone-link', { hasText: '1900 9068' }).waitFor();
  // What is typed outlives a reload.
  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await page.getByText(words.entry.restored).waitFor();
  expect(await text(seat).inputValue()).toContain('1900 9068');
  expect(await findFaults(page)).toEqual([]);
  await save(seat);
  await page.getByText(words.entry.saved).waitFor();

  await page.getByRole('tab', { name: words.entry.tabs.phrases }).click();
  await page
    .getByLabel(words.phrases.add, { exact: true })
    .fill('- thẻ bảo hiểm để đâu nhỉ\n- tui coi thẻ chỗ nào');
  await page.locator('.curation-feedback .mantine-Badge-root').nth(1).waitFor();
  expect(await findFaults(page)).toEqual([]);
  await page.getByRole('button', { name: words.phrases.addAct(2) }).click();
  await page.getByText(words.phrases.added(2)).waitFor();
  await page.getByRole('button', { name: words.phrases.removeOf('tui coi thẻ chỗ nào') }).waitFor();

  await page.getByRole('link', { name: words.draft.changes(2) }).click();
  await page.locator('ins', { hasText: 'Gọi **1900 9068** nếu cần.' }).waitFor();
  expect(await page.locator('.curation-chip[data-act=added]').allTextContents()).toEqual([
    'thẻ bảo hiểm để đâu nhỉ',
    'tui coi thẻ chỗ nào',
  ]);
  expect(await findFaults(page)).toEqual([]);
  await page.getByRole('tab', { name: releases.draft.tabs.talk }).click();
  await page.getByLabel(releases.draft.commentOnAll).fill('Nhờ anh Minh xem giúp.');
  await page.getByRole('button', { name: releases.draft.send }).click();
  await page.getByRole('listitem').filter({ hasText: 'Nhờ anh Minh xem giúp.' }).waitFor();
});

test('of two editors on one entry nobody writes over the other unseen', async () => {
  const [first, second] = await Promise.all([
    sitDown(hoa, `/curation/entries/${ENTRY}`),
    sitDown(minh, `/curation/entries/${ENTRY}`),
  ]);
  await Promise.all([chooseDraft(first), chooseDraft(second)]);
  await title(second).fill('Xem thẻ BHYT trên điện thoại');
  await text(second).fill('Bản của Minh.');

  await title(first).fill('Thẻ BHYT xem ở đâu?');
  await first.page.getByRole('tab', { name: words.entry.tabs.facts }).click();
  await first.page.getByLabel(words.fields.asOf).fill('2026-11');
  await save(first);
  await first.page.getByText(words.entry.saved).waitFor();

  await save(second);
  const dialog = second.page.getByRole('dialog', { name: words.meanwhile.title });
  await dialog.getByText(hoa.name).waitFor();
  const both = dialog.getByRole('region', { name: words.fields.title, exact: true });
  expect(await both.textContent()).toContain(words.meanwhile.bothChanged);
  expect(await both.textContent()).toContain('Thẻ BHYT xem ở đâu?');
  expect(await findFaults(second.page)).toEqual([]);
  await dialog.getByRole('button', { name: words.meanwhile.cancel }).click();
  expect(await text(second).inputValue()).toBe('Bản của Minh.');
  expect((await readEntry()).entry?.title).toBe('Thẻ BHYT xem ở đâu?');

  await save(second);
  await dialog.getByRole('button', { name: words.meanwhile.keepMine }).click();
  await second.page.getByText(words.entry.saved).waitFor();
  expect((await readEntry()).entry).toMatchObject({
    title: 'Xem thẻ BHYT trên điện thoại',
    markdown: 'Bản của Minh.',
    asOf: '2026-11',
  });
});

async function readEntry(): Promise<EntryView> {
  const { body } = await callStaff<DraftList>(desk.url, admin, 'GET', '/curation/drafts');
  const draft = body.drafts.find(({ name }) => name === DRAFT)?.id;
  return (await callStaff<EntryView>(desk.url, admin, 'GET', `/curation/entries/${ENTRY}?draft=${draft}`))
    .body;
}

test('on a phone a word is added after a look at what it changes, and every screen fits', async () => {
  const seat = await sitDown(minh, '/curation/lexicon', PHONE);
  const { page } = seat;
  await chooseDraft(seat);
  await page.getByRole('button', { name: words.lexicon.create }).click();
  const dialog = page.getByRole('dialog', { name: words.lexicon.createTitle });
  await dialog.getByLabel(words.lexicon.word.abbreviation, { exact: true }).fill('tbh');
  await dialog.getByLabel(words.lexicon.forms.abbreviation, { exact: true }).fill('thẻ bảo hiểm');
  await page.keyboard.press('Enter');
  await dialog.getByText(/^Đã đọc lại|được đọc khác đi:$/).waitFor();
  expect(await findFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: copy.actions.save }).click();
  await page.getByRole('row').filter({ hasText: 'tbh' }).getByText(words.inDraft.added).waitFor();
  for (const place of ['entries', 'drafts', `entries/${ENTRY}?tab=facts`]) {
    await seat.open(`/curation/${place}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('[role=status] .mantine-Skeleton-root').first().waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), place).toBeLessThanOrEqual(390);
    expect(await findFaults(page), place).toEqual([]);
  }
});

test('a draft that makes the bot worse is held; mended it goes live, and the release before is put back', async () => {
  const { body: draft } = await callStaff<DraftRow>(desk.url, admin, 'POST', '/curation/drafts', {
    name: 'Chuyển nhầm',
  });
  const move = (from: string, to: string) =>
    callStaff(desk.url, admin, 'POST', '/curation/phrases/move', {
      draft: draft.id,
      phrases: taught,
      from,
      to,
    });
  await move(ENTRY, 'password.email');
  await callStaff(desk.url, admin, 'POST', `/curation/intents/${ENTRY}/phrases`, {
    draft: draft.id,
    add: ['cái thẻ giấy màu hồng hồi xưa'],
  });
  const { page } = await sitDown(hoa, `/curation/drafts/${draft.id}?tab=check`);
  const { check, publish } = releases;
  const go = page.getByRole('button', { name: publish.act, exact: true });
  await page.getByRole('button', { name: check.run }).click();
  await page.getByRole('alert').getByText(check.blocks).waitFor({ timeout: 60_000 });
  await page.getByRole('cell', { name: held }).waitFor();
  expect(await findFaults(page)).toEqual([]);
  await go.click();
  const dialog = page.getByRole('dialog', { name: publish.title });
  await dialog.getByText(publish.adminOnly).waitFor();
  expect(await dialog.getByRole('button', { name: publish.act, exact: true }).count()).toBe(0);
  await page.keyboard.press('Escape');

  await move('password.email', ENTRY);
  await page.reload();
  await page.getByText(check.outdated).waitFor();
  expect(await go.isDisabled()).toBe(true);
  await page.getByRole('button', { name: check.again }).click();
  await page.getByText(check.fine).waitFor({ timeout: 60_000 });
  await go.click();
  await dialog.getByLabel(publish.notes).fill('Thêm một cách hỏi.');
  await dialog.getByRole('button', { name: publish.act, exact: true }).click();
  await page.getByRole('status').getByRole('link', { name: publish.toRelease }).click();

  const release = (number: number) =>
    page.getByRole('listitem').filter({
      has: page.getByRole('heading', { name: releases.releases.number(number), exact: true }),
    });
  await release(2).getByText(releases.releases.live, { exact: true }).waitFor();
  await release(2).getByText('Thêm một cách hỏi.').waitFor();
  expect(await findFaults(page)).toEqual([]);
  await release(1).getByRole('button', { name: releases.releases.putBack }).click();
  await page.getByRole('button', { name: releases.releases.putBackAct, exact: true }).click();
  await release(1).getByText(releases.releases.live, { exact: true }).waitFor();
});
