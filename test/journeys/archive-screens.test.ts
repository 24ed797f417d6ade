/** The archive in the browser: looked through, read, and a conversation brought back. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ObjectId } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { archiveCopy as words } from '../../web-console/features/archive/copy.ts';
import { connectChat } from '../support/chat-client.ts';
import { findFaults, PHONE, START_WITHIN_MS } from '../support/chat-page.ts';
import { visitConsole } from '../support/console-page.ts';
import { ROOT } from '../support/corpus.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { type LiveDesk, openLiveDesk } from '../support/live-desk.ts';
import { connectStaff, FIRST_ADMIN, signIn } from '../support/staff-client.ts';

const DAY_MS = 86_400_000;
let archiveDir: string;
let database: TestDatabase;
let live: LiveDesk;
beforeAll(async () => {
  archiveDir = await mkdtemp(path.join(tmpdir(), 'archive-screens-'));
  database = await openDatabase();
  live = await openLiveDesk({ options: { mongodbUri: database.uri, archiveDir } });
}, START_WITHIN_MS);
afterAll(async () => {
  await live?.close();
  await database?.drop();
  await rm(archiveDir, { recursive: true, force: true });
});

/** A conversation that an agent closed long ago. @returns its id */
async function serveLongAgo(): Promise<string> {
  const contact = await connectChat(live.desk.url);
  const staff = await connectStaff(
    live.desk.url,
    await signIn(live.desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password),
  );
  const { id } = (await contact.open()).conversation;
  await contact.ask('Gặp nhân viên', { choice: 'agent' });
  await staff.claim(id);
  await contact.send('thẻ bảo hiểm của tôi bị sai ngày sinh');
  await staff.say(id, 'Em đã nhận thông tin ạ');
  await staff.finish(id);
  contact.close();
  staff.close();
  const earlier = (field: string) => ({ $subtract: [field, 200 * DAY_MS] });
  await database.client
    .db()
    .collection('conversations')
    .updateOne({ _id: new ObjectId(id) }, [
      { $set: { openedAt: earlier('$openedAt'), activeAt: earlier('$activeAt') } },
    ]);
  return id;
}

async function archive(): Promise<void> {
  const env = { ...process.env, MONGODB_URI: database.uri, ARCHIVE_DIR: archiveDir };
  const args = ['--import', 'tsx', 'src/app/archive.cli.ts'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT, env });
  expect(stdout).toContain('1 conversations went into');
}

test('is empty at first; then what was said long ago is found without accents, read, and brought back', async () => {
  const seat = await visitConsole(live.desk.browser, live.desk.url, '/archive', {
    viewport: { width: 1280, height: 800 },
  });
  await seat.signIn(FIRST_ADMIN);
  const { page } = seat;
  await page.getByText(words.empty).waitFor();

  const id = await serveLongAgo();
  await archive();
  await page.reload();
  await page.getByText(words.all(1)).waitFor();
  await page.getByLabel(words.words).fill('sai ngay sinh');
  await page.keyboard.press('Enter');
  await page.getByText('thẻ bảo hiểm của tôi bị sai ngày sinh').waitFor();
  // Whoever is sent the address sees the same.
  expect(new URL(page.url()).searchParams.get('q')).toBe('sai ngay sinh');
  expect(await findFaults(page)).toEqual([]);
  await page.getByLabel(words.words).fill('hoàn toàn khác');
  await page.keyboard.press('Enter');
  await page.getByText(words.none).waitFor();
  await page.getByRole('button', { name: words.clear }).click();
  await page.getByText(words.all(1)).waitFor();

  await page.getByRole('link', { name: /^Mở hội thoại của / }).click();
  await page.getByText('Em đã nhận thông tin ạ').waitFor();
  await page.getByRole('note').filter({ hasText: 'Chỉ đọc' }).waitFor();
  expect(await page.getByRole('textbox').count()).toBe(0);
  expect(await findFaults(page)).toEqual([]);

  await page.getByRole('button', { name: words.one.restore }).click();
  await page.getByRole('dialog').getByRole('button', { name: words.one.restore }).click();
  await page.getByText(words.one.restored).waitFor();
  await page.waitForURL(`**/console/inbox/${id}`);
  await page.getByText('Em đã nhận thông tin ạ').waitFor();
  expect(await database.client.db().collection('conversations').countDocuments()).toBe(1);
  expect(seat.complaints).toEqual([]);
  await seat.context.close();
});

test('fits a phone', async () => {
  const seat = await visitConsole(live.desk.browser, live.desk.url, '/archive', PHONE);
  await seat.signIn(FIRST_ADMIN);
  await seat.page.getByText(words.empty).waitFor();
  expect(await seat.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(
    true,
  );
  expect(await findFaults(seat.page)).toEqual([]);
  await seat.context.close();
});
