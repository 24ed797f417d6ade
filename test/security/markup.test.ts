/** Markup in whatever a contact, an agent or a ticket says, shown by real browsers on both sides. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { copy } from '../../web-console/copy.ts';
import { newClientId } from '../support/chat-client.ts';
import { START_WITHIN_MS } from '../support/chat-page.ts';
import { type LiveDesk, openLiveDesk } from '../support/live-desk.ts';

const PAYLOADS: readonly string[] = [
  '<script>window.hit=1</script>',
  '<img src=x onerror="window.hit=1">',
  '"><svg/onload=window.hit=1>',
  '[bấm vào đây](javascript:window.hit=1)',
  '![ảnh](javascript:window.hit=1)',
  '[a](data:text/html,<script>window.hit=1</script>)',
  '**<iframe srcdoc="<script>parent.hit=1</script>">**',
  'https://a.vn/"onmouseover="window.hit=1',
  '</title></textarea></style><script>window.hit=1</script>',
  '<a href="java\tscript:window.hit=1">x</a>',
  '{{constructor.constructor("window.hit=1")()}}',
];

let live: LiveDesk;
beforeAll(async () => {
  live = await openLiveDesk();
}, START_WITHIN_MS);
afterAll(() => live?.close());

/** Nothing ran, and nothing was made that could. */
async function expectHarmless(page: Page): Promise<void> {
  const found = await page.evaluate(() => ({
    hit: (window as { hit?: number }).hit ?? null,
    frames: document.querySelectorAll('iframe, object, embed, base').length,
    handlers: [...document.querySelectorAll('*')].filter((one) =>
      one.getAttributeNames().some((name) => name.startsWith('on')),
    ).length,
    inline: [...document.querySelectorAll('script')].filter(({ src }) => src === '').length,
    targets: [...document.querySelectorAll('[href], [src]')]
      .map((one) => one.getAttribute('href') ?? one.getAttribute('src') ?? '')
      .filter((target) => /^\s*(?:java\s*script|data:text|vbscript)/i.test(target)),
  }));
  expect(found).toEqual({ hit: null, frames: 0, handlers: 0, inline: 0, targets: [] });
}

it('is shown as the text that it is, and runs nowhere', async () => {
  const lan = await live.makeStaff('Lan <img src=x onerror=window.hit=1>');
  const chat = await live.arrive();
  const dialogs: string[] = [];
  chat.page.on('dialog', (dialog) => dialogs.push(dialog.message()));
  for (const payload of PAYLOADS) await chat.ask(payload);
  await expectHarmless(chat.page);
  expect(await chat.own()).toContain(PAYLOADS[0]);
  await chat.ask('cho tôi gặp nhân viên');

  const seat = await live.sitDown(lan);
  seat.page.on('dialog', (dialog) => dialogs.push(dialog.message()));
  await seat.openWaiting();
  await seat.press(copy.conversations.act.claim);
  await seat.field.waitFor();
  for (const payload of PAYLOADS) {
    await seat.say(payload);
    await chat.page.locator('.log').getByText(payload.slice(0, 12)).last().waitFor();
  }
  await expectHarmless(seat.page);
  await expectHarmless(chat.page);

  const form = { kind: 'feedback', content: PAYLOADS.join('\n'), name: PAYLOADS[1], phone: '0912345678' };
  const made = await fetch(`${live.desk.url}/api/v1/tickets`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...form, key: newClientId() }),
  });
  const { ticket } = (await made.json()) as { ticket: { code: string } };
  await seat.open(`/tickets/${ticket.code}`);
  await seat.page.getByText('bấm vào đây').first().waitFor();
  await expectHarmless(seat.page);
  expect(dialogs).toEqual([]);
  await Promise.all([chat, seat].map(({ context }) => context.close()));
});
