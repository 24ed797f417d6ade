/** What axe-core finds wrong with the chat on each of its screens, and whether all of it can be seen and hit. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VI } from '../../web-widget/copy.vi.ts';
import {
  type Chat,
  type ChatDesk,
  DESKTOP,
  findFaults,
  openChatDesk,
  PHONE,
  START_WITHIN_MS,
  signIdentity,
} from '../support/chat-page.ts';

let desk: ChatDesk;
beforeAll(async () => {
  desk = await openChatDesk();
}, START_WITHIN_MS);
afterAll(() => desk?.close());

const LOOKS = [
  { name: 'phone, light', browser: { ...PHONE, colorScheme: 'light' }, large: false },
  { name: 'phone, dark, large letters', browser: { ...PHONE, colorScheme: 'dark' }, large: true },
  { name: 'desktop, dark', browser: { ...DESKTOP, colorScheme: 'dark' }, large: false },
] as const;

async function openMenu(page: Page): Promise<void> {
  await page.getByRole('button', { name: VI.menu }).click();
  await page.getByRole('dialog').waitFor();
}

/** What is too small for a finger, or sticks out at the side. */
async function findMisfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : [];
    const low = Array.from(document.querySelectorAll('button, summary, textarea, label, a.action'))
      .filter((target) => target.getClientRects().length > 0)
      .filter((target) => Math.min(target.getBoundingClientRect().height, target.clientWidth) < 44)
      .map((target) => `too small: ${target.className} ${target.textContent}`);
    const out = Array.from(document.querySelectorAll('.app *, dialog *'))
      .filter((node) => !node.closest('.unseen, svg'))
      .filter((node) => node.getBoundingClientRect().right > innerWidth + 1)
      .map((node) => `sticks out: ${node.className} ${node.textContent}`);
    return [...wide, ...low, ...out];
  });
}

/** Every kind of bubble and of state that a conversation can show. */
async function talk(chat: Chat): Promise<void> {
  await chat.ask('mật khẩu của tôi là Hanoi@1975 mà không vào được');
  await chat.ask('BHXH quận 6 ở đâu');
  await chat.page.locator('.office').first().waitFor();
  await chat.ask('tôi muốn khiếu nại');
  await chat.ask('Nhân viên trả lời quá chậm, tôi chờ hai tuần rồi');
  await chat.choices.filter({ hasText: 'Bỏ qua' }).click();
  await chat.page.locator('.rows').getByText('số điện thoại để liên hệ').waitFor();
  await chat.ask('0912345678');
  await chat.choices.filter({ hasText: 'Bỏ qua' }).click();
  await chat.choices.filter({ hasText: 'Gửi' }).click();
  await chat.page.locator('.ticket').waitFor();
  await chat.ask(`xem https://${'vssid'.repeat(30)}`);
  await chat.send('hỏng\u0007');
  await chat.page.locator('.refused').waitFor();
  await chat.ask('lấy lại mật khẩu qua email');
  await chat.reply.locator('summary').click();
  await chat.page.getByRole('button', { name: VI.rating.no, exact: true }).last().click();
  await chat.page.getByText(VI.rating.why).waitFor();
}

test.each(LOOKS)('no fault on any screen: $name', async ({ browser, large }) => {
  const chat = await desk.visit({ browser });
  const { page } = chat;
  const check = async (screen: string): Promise<void> => {
    expect([screen, ...(await findFaults(page)), ...(await findMisfits(page))]).toEqual([screen]);
  };
  await page.locator('.most-asked .choice').first().waitFor();
  await chat.isOnline();
  if (large) {
    await openMenu(page);
    await page.getByRole('switch', { name: VI.settings.largeText }).check();
    await page.keyboard.press('Escape');
  }
  await check('welcome');
  await talk(chat);
  await check('conversation');

  await openMenu(page);
  await check('options');
  await page.getByRole('button', { name: VI.settings.erase }).click();
  await check('deletion');
  await page.keyboard.press('Escape');
  await page.locator('.thumbnail').last().click();
  await check('picture');
  await page.keyboard.press('Escape');

  await chat.ask('cho tôi gặp nhân viên');
  await page.locator('.banner.queued').waitFor();
  await check('in the queue');
  await chat.context.setOffline(true);
  await page.locator('.banner.offline').waitFor();
  await chat.input.fill('a'.repeat(2_001));
  await check('offline, in the queue, too long');
  await chat.context.setOffline(false);
  await page.evaluate(
    (jwt) => window.VssidHelp?.identify(jwt),
    await signIdentity('công-dân-9', '-1 minute'),
  );
  await page.locator('.banner.refused').waitFor();
  await check('identity refused');
  await chat.context.close();
});

describe('the layout', () => {
  test.each([
    ['a very narrow phone', { ...PHONE, viewport: { width: 320, height: 568 } }],
    ['a desktop zoomed to 400 %', { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 }],
    ['a watch', { ...PHONE, viewport: { width: 240, height: 320 } }],
    ['a phone held sideways', { ...PHONE, viewport: { width: 844, height: 390 } }],
  ])('leaves room to read on %s', async (_name, browser) => {
    const chat = await desk.visit({ browser });
    await chat.ask('lấy lại mật khẩu qua email');
    expect(await findMisfits(chat.page)).toEqual([]);
    const log = (await chat.page.locator('.log').boundingBox())!;
    expect(log.height / browser.viewport.height).toBeGreaterThan(0.4);
    await chat.context.close();
  });

  test('loses nothing when letters are twice as large', async () => {
    const chat = await desk.visit({ browser: PHONE });
    await chat.ask('lấy lại mật khẩu qua email');
    await chat.page.evaluate(() => document.documentElement.style.setProperty('font-size', '36px'));
    expect(await findMisfits(chat.page)).toEqual([]);
    expect((await chat.page.locator('.log').boundingBox())!.height).toBeGreaterThan(400);
    await chat.context.close();
  });

  test('stands still for those who asked for less motion', async () => {
    const moving = (page: Page) =>
      page.evaluate(() => {
        const dot = document.createElement('i');
        document.querySelector('.rows')?.append(dot);
        dot.parentElement?.classList.add('dots');
        return getComputedStyle(dot).animationName;
      });
    const still = await desk.visit({ browser: { ...DESKTOP, reducedMotion: 'reduce' } });
    expect(await moving(still.page)).toBe('none');
    await still.context.close();
    const usual = await desk.visit();
    expect(await moving(usual.page)).toBe('blink');
    await usual.context.close();
  });
});
