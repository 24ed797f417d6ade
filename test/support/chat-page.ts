/** The chat as a person meets it: the real desk, the real browser, pages that count their complaints. */
import { AxeBuilder } from '@axe-core/playwright';
import { SignJWT } from 'jose';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { type DeskOptions, type RunningDesk, startDesk } from './desk.ts';

/** A cheap phone: small, touched, Android. */
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  userAgent:
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36',
};
export const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
export const HOST_APP_SECRET = 'the host app and the desk know it, 32 bytes';

/** Training the corpus takes most of it. */
export const START_WITHIN_MS = 240_000;
const PATIENCE_MS = 15_000;

export interface ChatDesk {
  readonly browser: Browser;
  readonly url: string;
  readonly visit: (options?: VisitOptions) => Promise<Chat>;
  /** Stops the desk and starts it again at the same address, on the same data. */
  readonly restart: (meanwhile?: () => Promise<void>) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface VisitOptions {
  readonly browser?: BrowserContextOptions;
  /** Another page of a browser that is open already. */
  readonly context?: BrowserContext;
  /** What comes behind /widget. */
  readonly at?: string;
  /** Before the page is opened. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

export interface Chat {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly input: Locator;
  /** Errors that the browser's console or the page's own code reported. */
  readonly complaints: string[];
  readonly send: (text: string) => Promise<void>;
  /** Sends, and waits until the bot has replied. */
  readonly ask: (text: string) => Promise<void>;
  /** The texts of the person's bubbles, in order. */
  readonly own: () => Promise<string[]>;
  readonly choices: Locator;
  /** The newest row of the bot. */
  readonly reply: Locator;
  readonly isOnline: () => Promise<void>;
}

export async function openChatDesk(
  options: DeskOptions = {},
  browserFlags: readonly string[] = [],
): Promise<ChatDesk> {
  const [first, browser] = await Promise.all([
    startDesk({ hostAppSecret: HOST_APP_SECRET, ...options }),
    launchChromium(browserFlags),
  ]);
  let desk: RunningDesk = first;
  return {
    browser,
    url: desk.url,
    visit: (visited = {}) => visit(browser, desk.url, visited),
    async restart(meanwhile = async () => undefined) {
      const port = Number(new URL(desk.url).port);
      await desk.stop();
      await meanwhile();
      desk = await startDesk({ hostAppSecret: HOST_APP_SECRET, ...options, port });
    },
    async close() {
      await browser.close();
      await desk.stop();
    },
  };
}

async function visit(browser: Browser, url: string, options: VisitOptions): Promise<Chat> {
  const context = options.context ?? (await browser.newContext(options.browser ?? DESKTOP));
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await options.prepare?.(page);
  await page.goto(`${url}/widget${options.at ?? ''}`);
  const input = page.locator('#message');
  await input.waitFor();
  const replies = page.locator('.row.bot[data-seq]');
  const send = async (text: string): Promise<void> => {
    await input.fill(text);
    await input.press('Enter');
  };
  return {
    page,
    context,
    input,
    complaints,
    send,
    async ask(text) {
      const before = await replies.count();
      await send(text);
      await replies.nth(before).waitFor();
    },
    own: () => page.locator('.row.contact .bubble').allTextContents(),
    choices: page.locator('.rows .choice'),
    reply: replies.last(),
    isOnline: () => page.locator('.dot[data-state=online]').waitFor(),
  };
}

/** What the host app signs for the person who is signed in. */
export function signIdentity(subject: string, expiresIn = '5 minutes'): Promise<string> {
  return new SignJWT({ name: 'Nguyễn Văn A' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(subject)
    .setIssuedAt()
    .setExpirationTime(expiresIn)
    .sign(new TextEncoder().encode(HOST_APP_SECRET));
}

/** In a frame that runs no scripts axe-core waits for ever. */
const SCRIPTLESS_FRAMES = 'iframe[sandbox]:not([sandbox~=allow-scripts])';
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe-core finds wrong with the page as it is now; it does not look into frames that run no scripts. */
export async function findFaults(page: Page): Promise<string[]> {
  const axe = new AxeBuilder({ page }).withTags(RULES).exclude(SCRIPTLESS_FRAMES);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
