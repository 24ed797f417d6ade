/** The ask page as a person meets it: the real server, the real browser, a page that counts its complaints. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { AnswerResponse } from '../../src/contracts/answers.ts';
import { launchChromium } from './chromium.ts';
import { postQuestion, startDesk } from './desk.ts';

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
  const [{ url, stop }, browser] = await Promise.all([startDesk(), launchChromium()]);
  return {
    visit: (options = DESKTOP) => visit(browser, url, options),
    async askApi(text) {
      const response = await postQuestion(url, { text });
      return (await response.json()) as AnswerResponse;
    },
    async close() {
      await browser.close();
      await stop();
    },
  };
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
