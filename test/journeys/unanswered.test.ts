/** A question that nobody could answer: seen by an editor, taught with two clicks, taken back; and staff's marks. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DraftList, EntryView } from '../../src/contracts/curation.ts';
import type { UnansweredCount } from '../../src/contracts/unanswered.ts';
import { copy } from '../../web-console/copy.ts';
import { words } from '../../web-console/features/unanswered/copy.ts';
import { connectChat } from '../support/chat-client.ts';
import { findFaults } from '../support/chat-page.ts';
import { type LiveDesk, openLiveDesk } from '../support/live-desk.ts';
import { callStaff, type StaffAccount, signIn } from '../support/staff-client.ts';

const QUESTION = 'lương hưu tháng này khi nào có';
let live: LiveDesk;
let editor: StaffAccount;
let agent: StaffAccount;

beforeAll(async () => {
  live = await openLiveDesk();
  editor = await live.makeStaff('Lê Biên Tập', 'editor');
  agent = await live.makeStaff('Trần Trực Ban');
});
afterAll(() => live?.close());

it('a question without an answer becomes a phrase of the draft with two clicks, and not when it is undone', async () => {
  for (const text of [QUESTION, 'luong huu thang nay khi nao co']) {
    const contact = await connectChat(live.desk.url);
    await contact.open();
    await contact.ask(text);
    contact.close();
  }
  const cookie = await signIn(live.desk.url, editor.email, editor.password);
  const read = async <Body>(path: string): Promise<Body> =>
    (await callStaff<Body>(live.desk.url, cookie, 'GET', `/curation/${path}`)).body;
  // Gathered every few seconds.
  await expect
    .poll(() => read<UnansweredCount>('unanswered-count'), { timeout: 30_000 })
    .toEqual({ open: 1 });
  const { page, complaints, open } = await live.sitDown(editor);
  await open('/curation/unanswered');
  const row = page.locator('.unanswered-item').filter({ hasText: QUESTION });
  await row.getByText(words.people(2)).waitFor();

  await row.click();
  await page.getByText(words.chosen(1, 1)).waitFor();
  await page.getByRole('button', { name: words.outOfScope, exact: true }).click();
  await page.getByText(words.acts.outOfScope(''), { exact: true }).last().waitFor();
  const phrases = async (): Promise<string[]> => {
    const { drafts } = await read<DraftList>('drafts');
    const { phrases: all } = await read<EntryView>(`entries/none?draft=${drafts[0]?.id}`);
    return all.filter(({ draft }) => draft === 'added').map(({ text }) => text);
  };
  expect(await phrases()).toEqual([QUESTION]);
  expect(await findFaults(page)).toEqual([]);

  await page.keyboard.press('u');
  await page.getByText(words.teachTitle, { exact: true }).waitFor();
  expect(await phrases()).toEqual([]);
  expect(complaints).toEqual([]);
});

it('an answer that an agent marks as right is a question that releases are judged by', async () => {
  const contact = await connectChat(live.desk.url);
  await contact.open();
  await contact.ask('quên mật khẩu');
  const seat = await live.sitDown(agent);
  await seat.open('/inbox?view=all');
  await seat.rows.first().click();
  const right = seat.page.getByRole('button', { name: copy.conversations.marking.right, exact: true });
  await right.click();
  await seat.page.getByText(copy.conversations.marking.by(agent.name)).waitFor();
  expect(await right.getAttribute('aria-pressed')).toBe('true');
  contact.close();

  const { page, open } = await live.sitDown(editor);
  await open('/curation/unanswered?tab=confirmed');
  await page.getByText('quên mật khẩu', { exact: true }).waitFor();
  expect(await findFaults(page)).toEqual([]);
});
