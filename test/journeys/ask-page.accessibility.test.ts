/** What axe-core finds wrong with the ask page, in each of its states, in light and dark. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COPY } from '../../web-widget/copy.vi.ts';
import { DESKTOP, type Desk, openDesk, PHONE } from '../support/ask-page.ts';

const START_WITHIN_MS = 240_000;
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
}, START_WITHIN_MS);
afterAll(() => desk?.close());

async function findFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

async function send(page: Page, text: string): Promise<void> {
  await page.locator('#question').fill(text);
  await page.getByRole('button', { name: COPY.send }).click();
}

const LOOKS = [PHONE, DESKTOP].flatMap((device) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ ...device, colorScheme })),
);

test.each(LOOKS)('has no fault with $viewport.width px, $colorScheme', async (look) => {
  const { page } = await desk.visit(look);
  await page.locator('.most-asked .choice').first().waitFor();
  expect(await findFaults(page), 'empty').toEqual([]);

  await page.locator('.most-asked .choice').first().click();
  await page.locator('.card .choice').first().waitFor();
  expect(await findFaults(page), 'answer').toEqual([]);

  await send(page, 'giá vàng hôm nay bao nhiêu');
  await page.getByRole('heading', { name: COPY.unknownTitle }).waitFor();
  await page.locator('summary').first().click();
  expect(await findFaults(page), 'out of scope').toEqual([]);

  await send(page, 'mật khẩu của tôi là Hanoi@1975, sao không vào được');
  await page.locator('.warning').waitFor();
  expect(await findFaults(page), 'secret').toEqual([]);

  await send(page, '?!');
  await page.locator('.failed').waitFor();
  expect(await findFaults(page), 'failure').toEqual([]);
  await page.context().close();
});
