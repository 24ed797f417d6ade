/** The ask page as a person meets it: the real server, the real browser, a page that counts its complaints. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { createApp } from '../../src/app.ts';
import type { AnswerResponse } from '../../src/contracts/answers.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { launchChromium } from './chromium.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** A cheap phone: small, touched, Android. */
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  userAgent:
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36',
};
export const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };

export interface Visit {
  readonly page: Page;
  /** Errors that the browser's console or the page's own code reported. */
  readonly complaints: string[];
}

export interface Desk {
  readonly visit: (options?: BrowserContextOptions) => Promise<Visit>;
  /** What the API says of a text, without the page. */
  readonly askApi: (text: string) => Promise<AnswerResponse>;
  readonly close: () => Promise<void>;
}

export async function openDesk(): Promise<Desk> {
  execFileSync('npm', ['run', '--silent', 'build:web'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] });
  const [server, browser] = await Promise.all([startServer(), launchChromium()]);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    visit: (options = DESKTOP) => visit(browser, url, options),
    async askApi(text) {
      const response = await fetch(`${url}/api/v1/answers`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text }),
      });
      return (await response.json()) as AnswerResponse;
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

async function startServer(): Promise<Server> {
  const server = await createApp({ root: ROOT, logger: createLogger('silent') });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function visit(browser: Browser, url: string, options: BrowserContextOptions): Promise<Visit> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(url);
  await page.locator('#question').waitFor();
  return { page, complaints };
}
