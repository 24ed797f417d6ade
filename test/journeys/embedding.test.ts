/** The widget on a page of another site: real desk, real browser. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COPY } from '../../web-widget/loader-copy.ts';
import { type Embedding, openEmbedding, PHONE, pageWith, SCRIPT, type Visit } from '../support/embedding.ts';

const START_WITHIN_MS = 240_000;
const BUTTON = '<button id="mine">Nút của trang</button>';
const LONG = '<p>Một đoạn của trang.</p>'.repeat(80);

let embedding: Embedding;
beforeAll(async () => {
  embedding = await openEmbedding();
}, START_WITHIN_MS);
afterAll(() => embedding?.close());

/** Which element has the focus; inside the widget, which one there. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const inside = document.activeElement?.shadowRoot?.activeElement;
    const { tagName, id, className } = inside ?? document.activeElement ?? document.body;
    return [tagName.toLowerCase(), id && `#${id}`, className && `.${className}`].filter(Boolean).join('');
  });

/** Collects the public events of the page. */
async function listen({ page }: Visit): Promise<() => Promise<unknown[]>> {
  await page.evaluate(() => {
    const heard: unknown[] = [];
    Reflect.set(window, 'heard', heard);
    const names = [
      'ready',
      'open',
      'close',
      'unread',
      'message',
      'ticket',
      'identity-expired',
      'erased',
    ] as const;
    for (const name of names) window.VssidHelp?.on(name, (event) => heard.push(event));
  });
  return () => page.evaluate(() => Reflect.get(window, 'heard') as unknown[]);
}

test('shows the launcher, and loads nothing of the chat before it is opened', async () => {
  const { page, launcher, requests, complaints, close } = await embedding.visit(pageWith(SCRIPT));
  await launcher.waitFor();
  await page.waitForLoadState('networkidle');
  expect(requests).toEqual(['/widget.js']);
  expect(await launcher.getAttribute('aria-label')).toBe(COPY.vi.launcher);
  expect(await launcher.innerText()).toContain(COPY.vi.launcher);
  const box = await launcher.boundingBox();
  expect(box?.height).toBe(60);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBe(1260);
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBe(780);
  expect(complaints).toEqual([]);
  await close();
});

test('opens in a panel, takes the focus there, and gives it back when Esc closes it', async () => {
  const visit = await embedding.visit(pageWith(SCRIPT));
  const { page, launcher, close, complaints } = visit;
  await launcher.click();
  const chat = await visit.chat();
  expect(new URL(chat.url()).search).toBe(`?host=${encodeURIComponent(embedding.hostOrigin)}&locale=vi`);
  const panel = page.getByRole('dialog', { name: COPY.vi.launcher });
  await panel.waitFor();
  expect(await panel.boundingBox()).toMatchObject({ x: 860, y: 140, width: 400, height: 640 });
  expect(await panel.locator('iframe').getAttribute('title')).toBe(COPY.vi.launcher);
  expect(await panel.locator('iframe').getAttribute('allow')).toBe(
    'clipboard-write; microphone; geolocation',
  );
  await expect.poll(() => focused(page)).toBe('iframe');
  await expect.poll(() => chat.evaluate(() => document.hasFocus())).toBe(true);
  expect(await launcher.isVisible()).toBe(false);
  // The page behind stays usable.
  expect(await page.evaluate(() => document.body.inert)).toBe(false);

  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });
  expect(await focused(page)).toBe('button.launcher');
  expect(complaints).toEqual([]);

  await page.keyboard.press('Enter');
  await panel.waitFor();
  expect(await visit.chat(), 'the same chat').toBe(chat);
  await close();
});

test('gives the focus back to the button of the page that opened it, and takes it from nobody else', async () => {
  const visit = await embedding.visit(pageWith(SCRIPT, BUTTON));
  const { page, launcher, close } = visit;
  await launcher.waitFor();
  await page.evaluate(() => {
    document.querySelector('#mine')?.addEventListener('click', () => window.VssidHelp?.open());
  });
  await page.locator('#mine').focus();
  await page.keyboard.press('Enter');
  await visit.chat();
  await expect.poll(() => focused(page)).toBe('iframe');
  await visit.sayAsChat({ type: 'vssid:close' });
  await expect.poll(() => focused(page)).toBe('button#mine');

  await page.evaluate(() => window.VssidHelp?.open());
  await launcher.evaluate((button) => button.blur());
  await page.locator('#mine').focus();
  await page.evaluate(() => window.VssidHelp?.close());
  expect(await focused(page)).toBe('button#mine');
  await close();
});

test('says to the chat what the page said before, in order, the last of each kind', async () => {
  const visit = await embedding.visit(
    pageWith(
      `<script async src="https://desk.example/widget.js" data-identity="one" data-platform="ios"></script>`,
    ),
  );
  await visit.launcher.waitFor();
  await visit.page.evaluate(() => {
    window.VssidHelp?.identify('two');
    window.VssidHelp?.setPlatform('android');
    window.VssidHelp?.open();
    window.VssidHelp?.identify(null);
  });
  await expect
    .poll(async () => (await visit.told()).filter(({ type }) => String(type).startsWith('vssid:')))
    .toEqual([
      { type: 'vssid:set-locale', locale: 'vi' },
      { type: 'vssid:set-platform', platform: 'android' },
      { type: 'vssid:identify', identity: null },
      { type: 'vssid:shown', shown: true },
    ]);
  await visit.page.evaluate(() => window.VssidHelp?.setPlatform('ios'));
  await expect
    .poll(async () => (await visit.told()).at(-1))
    .toEqual({ type: 'vssid:set-platform', platform: 'ios' });

  await (await visit.chat()).evaluate(() => location.reload());
  await expect.poll(async () => (await visit.told()).length, { message: 'a chat that loaded anew' }).toBe(4);
  await visit.close();
});

test('speaks English when asked to, at the start or later', async () => {
  const visit = await embedding.visit(
    pageWith('<script async src="https://desk.example/widget.js" data-locale="en"></script>'),
  );
  await visit.launcher.getByText(COPY.en.launcher).waitFor();
  await visit.page.evaluate(() => window.VssidHelp?.setLocale('vi'));
  await visit.launcher.getByText(COPY.vi.launcher).waitFor();
  await visit.page.evaluate(() => window.VssidHelp?.setLocale('en'));
  await visit.launcher.click();
  expect((await visit.chat()).url()).toMatch(/locale=en$/);
  await visit.close();
});

test('counts on the launcher what was not read, for eyes and ears', async () => {
  const visit = await embedding.visit(pageWith(SCRIPT));
  const { page, launcher, close } = visit;
  await launcher.click();
  await visit.chat();
  const heard = await listen(visit);
  await visit.sayAsChat({ type: 'vssid:close' });
  await launcher.waitFor();
  const badge = page.locator('vssid-help b');
  expect(await badge.isVisible()).toBe(false);

  await visit.sayAsChat({ type: 'vssid:unread', count: 2 });
  await badge.getByText('2', { exact: true }).waitFor();
  expect(await launcher.getAttribute('aria-label')).toBe(`${COPY.vi.launcher}, 2 ${COPY.vi.unread}`);
  await visit.sayAsChat({ type: 'vssid:unread', count: 12 });
  await badge.getByText('9+').waitFor();
  await visit.sayAsChat({ type: 'vssid:unread', count: 0 });
  await badge.waitFor({ state: 'hidden' });
  expect(await launcher.getAttribute('aria-label')).toBe(COPY.vi.launcher);
  // The chat itself begins with none.
  expect((await heard()).slice(-3)).toEqual([
    { name: 'unread', count: 2 },
    { name: 'unread', count: 12 },
    { name: 'unread', count: 0 },
  ]);
  await close();
});

test('tells the page of the events of the chat, once each, and not of what only looks like one', async () => {
  const visit = await embedding.visit(pageWith(SCRIPT));
  await visit.launcher.waitFor();
  const heard = await listen(visit);
  await visit.page.evaluate(() => {
    const off = window.VssidHelp?.on('ticket', () => {
      throw new Error('must not be called');
    });
    off?.();
    window.VssidHelp?.on('open', () => {
      throw new Error("the page's own mistake");
    });
  });
  await visit.launcher.click();
  await visit.chat();
  for (const event of [
    { name: 'message', author: 'bot' },
    { name: 'ticket', code: 'PA-7K3F9Q' },
    { name: 'identity-expired' },
    { name: 'erased' },
    { name: 'open' },
    { name: 'made-up' },
  ]) {
    await visit.sayAsChat({ type: 'vssid:event', event });
  }
  await visit.sayAsChat({ type: 'vssid:close' });
  await visit.launcher.waitFor();
  expect((await heard()).filter((event) => (event as { name: string }).name !== 'unread')).toEqual([
    { name: 'open' },
    { name: 'ready' },
    { name: 'message', author: 'bot' },
    { name: 'ticket', code: 'PA-7K3F9Q' },
    { name: 'identity-expired' },
    { name: 'erased' },
    { name: 'close' },
  ]);
  expect(visit.complaints).toEqual(["the page's own mistake"]);
  await visit.close();
});

test('covers a phone whole, holds the page behind it, and lets it go where it was', async () => {
  const visit = await embedding.visit(pageWith(SCRIPT, LONG), { browser: PHONE });
  const { page, launcher, close } = visit;
  const box = await launcher.boundingBox();
  expect([box?.width, box?.height], 'a circle').toEqual([60, 60]);
  await page.evaluate(() => scrollTo(0, 500));
  await launcher.tap();
  await visit.chat();
  expect(await page.locator('vssid-help iframe').boundingBox()).toEqual({
    x: 0,
    y: 0,
    width: 390,
    height: 844,
  });
  const pageNow = () =>
    page.evaluate(() => [getComputedStyle(document.documentElement).overflowY, document.body.inert, scrollY]);
  expect(await pageNow()).toEqual(['hidden', true, 500]);

  await page.setViewportSize({ width: 1024, height: 800 });
  await expect.poll(pageNow, { message: 'turned to a large screen' }).toEqual(['visible', false, 500]);
  await page.setViewportSize({ width: 800, height: 390 });
  await expect.poll(pageNow, { message: 'a phone on its side' }).toEqual(['hidden', true, 500]);

  await visit.sayAsChat({ type: 'vssid:close' });
  await launcher.waitFor();
  expect(await pageNow()).toEqual(['visible', false, 500]);
  expect(await page.evaluate(() => document.documentElement.getAttribute('style') ?? '')).toBe('');
  await close();
});

test('keeps clear of the on-screen keyboard', async () => {
  const visit = await embedding.visit(pageWith(SCRIPT), {
    browser: PHONE,
    prepare: (context) =>
      context.addInitScript(() => {
        if (window !== window.top) return;
        const fake = Object.assign(new EventTarget(), {
          height: 844,
          offsetTop: 0,
          scale: 1,
          onresize: null,
        });
        Object.defineProperty(window, 'visualViewport', { value: fake });
      }),
  });
  await visit.launcher.tap();
  await visit.chat();
  const resize = (now: { height: number; offsetTop: number; scale: number }) =>
    visit.page.evaluate((seen) => {
      Object.assign(window.visualViewport ?? {}, seen);
      window.visualViewport?.onresize?.(new Event('resize') as never);
    }, now);
  const panel = visit.page.locator('vssid-help .panel');
  await resize({ height: 500, offsetTop: 40, scale: 1 });
  expect(await panel.boundingBox()).toMatchObject({ y: 40, height: 500 });
  await resize({ height: 422, offsetTop: 100, scale: 2 });
  expect(await panel.boundingBox(), 'a pinch is no keyboard').toMatchObject({ y: 0, height: 844 });
  await visit.close();
});

test('closes by the back button of Android without an entry in the history', async () => {
  const visit = await embedding.visit(pageWith(SCRIPT), { browser: PHONE });
  const { page, launcher } = visit;
  const entries = await page.evaluate(() => history.length);
  await launcher.tap();
  await visit.chat();
  // What the browser makes of the back button is what it makes of Esc.
  await page.evaluate(() => {
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement) activeElement.blur();
  });
  await page.keyboard.press('Escape');
  await launcher.waitFor();
  expect(await page.evaluate(() => history.length)).toBe(entries);
  await visit.close();
});
