/** The chat of somebody who is put off: says so, keeps what was written, and sends it by itself. */
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FLOOD_LIMITS } from '../../src/kernel/limits.ts';
import { VI } from '../../web-widget/copy.vi.ts';
import { writeSmallCorpus } from '../chaos/small-corpus.ts';
import { type ChatDesk, openChatDesk, PHONE, START_WITHIN_MS } from '../support/chat-page.ts';
import { ROOT } from '../support/corpus.ts';

let root: string;
let desk: ChatDesk;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'busy-chat-'));
  await writeSmallCorpus(root);
  await symlink(path.join(ROOT, 'dist'), path.join(root, 'dist'), 'dir');
  const floodLimits = { ...FLOOD_LIMITS, messages: { points: 1, windowMs: 8_000 } };
  desk = await openChatDesk({ root, floodLimits });
}, START_WITHIN_MS);
afterAll(async () => {
  await desk?.close();
  await rm(root, { recursive: true, force: true });
});

it('says that many are asking, and sends again until it is taken', async () => {
  const chat = await desk.visit({ browser: PHONE });
  await chat.ask('quên mật khẩu');
  await chat.send('xem thẻ bảo hiểm ở đâu');
  const banner = chat.page.locator('.banner.busy');
  await banner.waitFor();
  expect(await banner.textContent()).toContain(VI.banner.busy);
  await banner.waitFor({ state: 'detached' });
  await chat.page.locator('.row.bot[data-seq]').nth(1).waitFor();
  expect(await chat.own()).toEqual(['quên mật khẩu', 'xem thẻ bảo hiểm ở đâu']);
  expect(chat.complaints).toEqual([]);
});
