/** A desk, and pages on other origins that embed it. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, BrowserContextOptions, Frame, Locator, Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { startDesk } from './desk.ts';

export const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
};

/** As docs/embedding.md says; the address becomes that of the desk under test. */
export const SCRIPT = '<script async src="https://desk.example/widget.js"></script>';

export const pageWith = (head: string, body = ''): string =>
  `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Cổng thông tin</title>
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">${head}</head>
  <body><main><h1>Cổng thông tin</h1>${body}</main></body></html>`;

export interface VisitOptions {
  readonly browser?: BrowserContextOptions;
  /** Content security policy of the host page. */
  readonly policy?: string;
  /** From an origin that may not embed the desk. */
  readonly stranger?: boolean;
  /** Before the page is opened. */
  readonly prepare?: (context: BrowserContext) => Promise<unknown>;
  /** Another address than the host page's. */
  readonly at?: string;
  /** When the page counts as open; left out: when all of it has come. */
  readonly until?: 'commit';
}

export interface Visit {
  readonly page: Page;
  readonly launcher: Locator;
  /** What was asked of the desk, by path. */
  readonly requests: string[];
  /** Errors that the browser's console or the page's own code reported. */
  readonly complaints: string[];
  /** The chat, when it is there. */
  readonly chat: () => Promise<Frame>;
  /** What the chat was told, type by type, since it was loaded. */
  readonly told: () => Promise<Record<string, unknown>[]>;
  /** Says something to the host page as the chat does. */
  readonly sayAsChat: (message: object) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface Embedding {
  readonly deskUrl: string;
  readonly hostOrigin: string;
  readonly visit: (html: string, options?: VisitOptions) => Promise<Visit>;
  readonly close: () => Promise<void>;
}

export async function openEmbedding(): Promise<Embedding> {
  let served = '';
  let policy: string | undefined;
  const host = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    if (policy !== undefined) response.setHeader('content-security-policy', policy);
    response.end(served);
  });
  host.listen(0, '127.0.0.1');
  await once(host, 'listening');
  const { port } = host.address() as AddressInfo;
  // The desk is at 127.0.0.1, so that this is another site, not only another origin.
  const hostOrigin = `http://localhost:${port}`;
  const [desk, browser] = await Promise.all([startDesk({ allowedOrigins: [hostOrigin] }), launchChromium()]);
  return {
    deskUrl: desk.url,
    hostOrigin,
    async visit(html, options = {}) {
      served = html.replaceAll('https://desk.example', desk.url);
      policy = options.policy?.replaceAll('https://desk.example', desk.url);
      const origin = options.stranger ? `http://127.0.0.1:${port}` : hostOrigin;
      return visit(browser, desk.url, options.at ?? `${origin}/`, options);
    },
    async close() {
      await browser.close();
      host.close();
      host.closeAllConnections();
      await desk.stop();
    },
  };
}

async function visit(browser: Browser, deskUrl: string, url: string, options: VisitOptions): Promise<Visit> {
  const context = await browser.newContext(options.browser ?? DESKTOP);
  await context.addInitScript(noteMessages);
  await options.prepare?.(context);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (asked.origin === deskUrl) requests.push(asked.pathname);
  });
  await page.goto(url, { waitUntil: options.until ?? 'load' });
  const chat = async (): Promise<Frame> => {
    await page.locator('vssid-help section.ready').waitFor({ state: 'attached' });
    const frame = page
      .frames()
      .find((one) => one.url().startsWith(deskUrl) && one.url().includes('&locale='));
    if (frame === undefined) throw new Error('the chat says that it is ready, but there is no frame');
    return frame;
  };
  return {
    page,
    launcher: page.locator('vssid-help .launcher'),
    requests,
    complaints,
    chat,
    told: async () =>
      (await chat()).evaluate(() => Reflect.get(window, 'noted') as Record<string, unknown>[]),
    async sayAsChat(message) {
      // Once it is connected the chat says this of its own accord; after that it has nothing to say.
      await page.waitForFunction(() =>
        (Reflect.get(window, 'noted') as { type?: string }[]).some((noted) => noted?.type === 'vssid:unread'),
      );
      await (await chat()).evaluate((said) => {
        window.parent.postMessage(said, new URLSearchParams(location.search).get('host') ?? '');
      }, message);
    },
    close: () => context.close(),
  };
}

/** Runs in every frame before its own code. */
function noteMessages(): void {
  const noted: unknown[] = [];
  Reflect.set(window, 'noted', noted);
  addEventListener('message', ({ data }) => noted.push(data));
}
