/** The chat of somebody who is put off, or has something to solve first: says so, keeps what was written, and goes on by itself. */
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CHALLENGE_RULES, FLOOD_LIMITS } from '../../src/kernel/limits.ts';
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
  // The first contact is asked for nothing.
  const floodChallenge = { ...CHALLENGE_RULES, contacts: { points: 1, windowMs: 3_600_000 } };
  desk = await openChatDesk({ root, floodLimits, floodChallenge });
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
  expect(await solverLoads(chat.page)).toBe(0);
});

const solverLoads = (page: Page): Promise<number> =>
  page.evaluate(
    () => performance.getEntriesByType('resource').filter(({ name }) => name.includes('challenge.js')).length,
  );

it('says that it checks the connection, solves what is asked for, and is served like everybody else', async () => {
  const chat = await desk.visit({
    browser: PHONE,
    prepare: (page) =>
      page.addInitScript(() => {
        const seen: string[] = [];
        Object.assign(window, { seen });
        new MutationObserver(() => {
          const text = document.querySelector('.banner.checking')?.textContent;
          if (text && seen.at(-1) !== text) seen.push(text);
        }).observe(document, { childList: true, subtree: true, characterData: true });
      }),
  });
  // Written while the device is at work.
  await chat.ask('quên mật khẩu');
  await chat.isOnline();
  expect(await chat.page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([
    VI.banner.checking,
  ]);
  expect(await chat.own()).toEqual(['quên mật khẩu']);
  expect(await chat.page.locator('.banner').count()).toBe(0);
  expect(await solverLoads(chat.page)).toBe(1);
  expect(chat.complaints).toEqual([]);
  // Known from now on.
  await chat.page.reload();
  await chat.isOnline();
  expect(await solverLoads(chat.page)).toBe(0);
});
