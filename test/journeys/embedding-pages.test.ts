/** Pages that make it hard for the widget, and windows that pretend to be one end of it. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COPY } from '../../web-widget/loader-copy.ts';
import { DESKTOP, type Embedding, openEmbedding, PHONE, pageWith, SCRIPT } from '../support/embedding.ts';

const START_WITHIN_MS = 240_000;
const GIVE_UP_AFTER_MS = 15_000;
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let embedding: Embedding;
beforeAll(async () => {
  embedding = await openEmbedding();
}, START_WITHIN_MS);
afterAll(() => embedding?.close());

const panelOf = (page: Page) => page.getByRole('dialog', { name: COPY.vi.launcher });

test.each([
  ['resets everything', '* { all: unset }'],
  [
    'hides everything',
    `*, button { display: none !important; visibility: hidden !important; opacity: 0 !important; }
     html, body, main, h1 { display: block !important; visibility: visible !important; }`,
  ],
  [
    'distorts everything',
    `* { position: static !important; transform: scale(3) !important; filter: invert(1) !important;
       font-size: 60px !important; z-index: 0 !important; pointer-events: none !important; direction: rtl; }
     html, body { transform: none !important; filter: none !important; }`,
  ],
])('stands on a page that %s', async (_does, css) => {
  const visit = await embedding.visit(pageWith(`${SCRIPT}<style>${css}</style>`));
  const { page, launcher, close } = visit;
  await launcher.waitFor();
  const box = await launcher.boundingBox();
  expect(box?.height).toBe(60);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBe(1260);
  expect(await launcher.evaluate((button) => getComputedStyle(button).fontSize)).toBe('16px');
  await launcher.click();
  await visit.chat();
  expect(await panelOf(page).boundingBox()).toMatchObject({ x: 860, y: 140, width: 400, height: 640 });
  await close();
});

test('needs no more of a content security policy than script-src and frame-src of the desk', async () => {
  const visit = await embedding.visit(pageWith(SCRIPT), {
    policy: `default-src 'none'; script-src https://desk.example; frame-src https://desk.example;
      style-src 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`.replace(
      /\s+/g,
      ' ',
    ),
  });
  const { page, launcher, complaints, close } = visit;
  await launcher.click();
  await visit.chat();
  expect(await panelOf(page).boundingBox()).toMatchObject({ width: 400, height: 640 });
  expect(complaints).toEqual([]);
  await close();
});

test('makes one launcher of two scripts', async () => {
  const { page, launcher, close } = await embedding.visit(
    pageWith(SCRIPT.replace('async ', '') + SCRIPT, SCRIPT),
  );
  await launcher.waitFor();
  await page.waitForLoadState('networkidle');
  expect(await page.locator('vssid-help').count()).toBe(1);
  await close();
});

test('takes its attributes, also from a script that runs before there is a body', async () => {
  const visit = await embedding.visit(
    pageWith(
      `<script src="https://desk.example/widget.js" data-position="left" data-label="Cần giúp?" data-open></script>`,
      '<input id="mine" aria-label="Ô của trang" autofocus>',
    ),
  );
  const { page, launcher, close } = visit;
  await visit.chat();
  expect(await panelOf(page).boundingBox()).toMatchObject({ x: 20, width: 400 });
  expect(await page.evaluate(() => document.activeElement?.id), 'nobody asked for the focus').toBe('mine');
  await visit.sayAsChat({ type: 'vssid:close' });
  await launcher.getByText('Cần giúp?').waitFor();
  expect((await launcher.boundingBox())?.x).toBe(20);
  expect(await launcher.getAttribute('aria-label')).toBe('Cần giúp?');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('mine');
  await close();
});

test('outlives a router that swaps the body, and can be hidden by the page', async () => {
  const visit = await embedding.visit(pageWith(SCRIPT));
  const { page, launcher, close } = visit;
  await launcher.click();
  const chat = await visit.chat();
  await chat.evaluate(() => Reflect.set(window, 'mark', 1));
  await page.evaluate(() => {
    history.pushState({}, '', '/khac');
    document.body.replaceWith(document.createElement('body'));
  });
  expect(await chat.evaluate(() => Reflect.get(window, 'mark'))).toBe(1);
  expect(await panelOf(page).isVisible()).toBe(true);

  await page.evaluate(() => document.querySelector('vssid-help')?.setAttribute('hidden', ''));
  expect(await panelOf(page).isVisible()).toBe(false);
  await page.evaluate(() => document.querySelector('vssid-help')?.remove());
  await page.evaluate(() => {
    window.VssidHelp?.close();
    window.VssidHelp?.open();
    document.querySelector('vssid-help')?.removeAttribute('hidden');
  });
  await panelOf(page).waitFor();
  await close();
});

test('is deaf to every window but the chat, as the chat is to every window but the page', async () => {
  const visit = await embedding.visit(pageWith(SCRIPT, '<iframe id="other" title="Khung khác"></iframe>'));
  const { page, launcher, close } = visit;
  await launcher.click();
  const chat = await visit.chat();
  await page.evaluate(async (desk) => {
    const other = document.querySelector<HTMLIFrameElement>('#other');
    const forged = [
      { type: 'vssid:close' },
      { type: 'vssid:unread', count: 7 },
      { type: 'vssid:event', event: { name: 'erased' } },
      null,
      'vssid:close',
    ];
    window.VssidHelp?.on('erased', () => document.body.setAttribute('data-fooled', ''));
    for (const message of forged) window.postMessage(message, '*');
    // As a frame of the page's own origin …
    const script = other?.contentDocument?.createElement('script');
    if (script)
      script.textContent = `for (const m of ${JSON.stringify(forged)}) parent.postMessage(m, '*');
      const chat = parent.document.querySelector('vssid-help').shadowRoot.querySelector('iframe').contentWindow;
      chat.postMessage({ type: 'vssid:set-locale', locale: 'en' }, '*');`;
    other?.contentDocument?.body.append(script ?? '');
    await new Promise((resolve) => setTimeout(resolve, 200));
    // … and as a window of the desk that is not the chat of this page.
    if (other) other.src = `${desk}/widget?host=${encodeURIComponent(location.origin)}`;
    await new Promise((resolve) => other?.addEventListener('load', resolve));
  }, embedding.deskUrl);
  const twin = page.frames().find((frame) => frame !== chat && frame.url().startsWith(embedding.deskUrl));
  await twin?.evaluate(() => {
    window.parent.postMessage({ type: 'vssid:close' }, '*');
    window.parent.postMessage({ type: 'vssid:unread', count: 7 }, '*');
  });
  // Whatever was posted before this has arrived.
  await visit.sayAsChat({ type: 'vssid:unread', count: 1 });
  await page.locator('vssid-help b', { hasText: '1' }).waitFor({ state: 'attached' });
  expect(twin).toBeDefined();
  expect(await panelOf(page).isVisible()).toBe(true);
  expect(await page.evaluate(() => document.body.hasAttribute('data-fooled'))).toBe(false);
  expect(await chat.evaluate(() => document.documentElement.lang)).toBe('vi');
  await page.evaluate(() => window.VssidHelp?.setLocale('en'));
  await expect.poll(() => chat.evaluate(() => document.documentElement.lang)).toBe('en');
  await close();
});

test('neither hears nor tells another origin that has taken the place of the chat', async () => {
  const visit = await embedding.visit(pageWith(SCRIPT));
  const { page, launcher, close } = visit;
  await launcher.click();
  const chat = await visit.chat();
  await chat.evaluate((origin) => location.replace(`${origin}/taken`), embedding.hostOrigin);
  await expect.poll(() => page.frames().some((one) => one.url().endsWith('/taken'))).toBe(true);
  const taken = page.frames().find((one) => one.url().endsWith('/taken'));
  await taken?.waitForLoadState();
  await taken?.evaluate(() => {
    window.parent.postMessage({ type: 'vssid:ready' }, '*');
    window.parent.postMessage({ type: 'vssid:unread', count: 7 }, '*');
    window.parent.postMessage({ type: 'vssid:close' }, '*');
  });
  await page.waitForFunction(() =>
    (Reflect.get(window, 'noted') as { type?: string }[]).some(({ type }) => type === 'vssid:close'),
  );
  await page.evaluate(() => window.VssidHelp?.identify('secret'));
  expect(await panelOf(page).isVisible()).toBe(true);
  expect(await page.locator('vssid-help b').textContent()).toBe('');
  expect(await taken?.evaluate(() => Reflect.get(window, 'noted'))).toEqual([]);
  await close();
});

test('says so, and offers to try again, on a page of an origin that is not allowed', async () => {
  const { page, launcher, requests, complaints, close } = await embedding.visit(pageWith(SCRIPT), {
    stranger: true,
  });
  await launcher.waitFor();
  const entries = await page.evaluate(() => history.length);
  await page.clock.install();
  await launcher.click();
  await page.getByText(COPY.vi.loading).waitFor();
  await page.clock.fastForward(GIVE_UP_AFTER_MS);
  await page.getByText(COPY.vi.failed).waitFor();
  expect(complaints.join()).toContain('frame-ancestors');
  await page.getByRole('button', { name: COPY.vi.retry }).click();
  await page.getByText(COPY.vi.loading).waitFor();
  expect(requests.filter((path) => path === '/widget')).toHaveLength(2);
  await page.clock.fastForward(GIVE_UP_AFTER_MS);
  await page.getByText(COPY.vi.failed).waitFor();
  await page.keyboard.press('Escape');
  await launcher.waitFor();
  expect(await page.evaluate(() => history.length)).toBe(entries);
  await close();
});

test('comes up when the network is back: by its button, or when it is opened again', async () => {
  const visit = await embedding.visit(pageWith(SCRIPT), { browser: PHONE });
  const { page, launcher, close } = visit;
  await launcher.waitFor();
  await page.clock.install();
  await page.route('**/widget?*', (route) => route.abort());
  await launcher.tap();
  await page.clock.fastForward(GIVE_UP_AFTER_MS);
  await page.getByRole('button', { name: COPY.vi.close }).tap();
  await launcher.tap();
  await page.getByText(COPY.vi.loading).waitFor();
  await page.clock.fastForward(GIVE_UP_AFTER_MS);
  await page.unroute('**/widget?*');
  await page.getByRole('button', { name: COPY.vi.retry }).tap();
  await visit.chat();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.tagName))
    .toBe('IFRAME');
  await close();
});

const LOOKS = [PHONE, DESKTOP].flatMap((device) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ ...device, colorScheme })),
);

test.each(LOOKS)('has no fault for axe at $viewport.width px, $colorScheme', async (browser) => {
  const visit = await embedding.visit(pageWith(SCRIPT), { browser });
  const { page, launcher, close } = visit;
  const faults = async (): Promise<string[]> => {
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  };
  await launcher.waitFor();
  expect(await faults(), 'closed').toEqual([]);
  await page.clock.install();
  await page.route('**/widget?*', (route) => route.abort());
  await launcher.click();
  expect(await faults(), 'loading').toEqual([]);
  await page.clock.fastForward(GIVE_UP_AFTER_MS);
  expect(await faults(), 'failed').toEqual([]);
  await page.unroute('**/widget?*');
  await page.getByRole('button', { name: COPY.vi.retry }).click();
  await visit.sayAsChat({ type: 'vssid:unread', count: 3 });
  await visit.sayAsChat({ type: 'vssid:close' });
  await launcher.waitFor();
  expect(await faults(), 'unread').toEqual([]);
  await close();
});
