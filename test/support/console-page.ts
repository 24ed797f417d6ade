/** The console as the staff meet it: the real desk, the real browser, pages that count their complaints. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { copy } from '../../web-console/copy.ts';
import { DESKTOP } from './chat-page.ts';
import { launchChromium } from './chromium.ts';
import { type DeskOptions, startDesk } from './desk.ts';

const PATIENCE_MS = 15_000;

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

export interface ConsoleDesk {
  readonly browser: Browser;
  readonly url: string;
  /** Of the first start: as given, else as printed on the terminal. */
  readonly firstAdmin: Credentials;
  /** A browser of its own at this address below /console. */
  readonly visit: (at?: string, options?: BrowserContextOptions) => Promise<Console>;
  readonly close: () => Promise<void>;
}

export interface Console {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of the page's own code, and of the browser but for refused requests. */
  readonly complaints: string[];
  readonly open: (at: string) => Promise<void>;
  readonly signIn: (credentials: Credentials) => Promise<void>;
  readonly signOut: () => Promise<void>;
  /** What the rail offers. */
  readonly destinations: () => Promise<string[]>;
}

export async function openConsoleDesk(options: DeskOptions = {}): Promise<ConsoleDesk> {
  const printed: string[] = [];
  const [desk, browser] = await Promise.all([
    startDesk({ ...options, printOnce: (line) => printed.push(line) }),
    launchChromium(),
  ]);
  const [, printedEmail, printedPassword] =
    /as (\S+) with this one-time password: (\S+)/.exec(printed.join('')) ?? [];
  const { email = printedEmail, password = printedPassword } = options.firstAdmin ?? {};
  if (email === undefined || password === undefined) throw new Error('no first admin was announced');
  return {
    browser,
    url: desk.url,
    firstAdmin: { email, password },
    visit: (at = '', options = DESKTOP) => visitConsole(browser, desk.url, at, options),
    async close() {
      await browser.close();
      await desk.stop();
    },
  };
}

/** A browser of its own at an address below /console. */
export async function visitConsole(
  browser: Browser,
  url: string,
  at: string,
  options: BrowserContextOptions,
): Promise<Console> {
  const context = await browser.newContext({ locale: 'vi-VN', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  const open = async (place: string): Promise<void> => {
    await page.goto(`${url}/console${place}`);
  };
  await open(at);
  return {
    page,
    context,
    complaints,
    open,
    async signIn({ email, password }) {
      await page.getByLabel(copy.signIn.email).fill(email);
      await page.getByLabel(copy.signIn.password, { exact: true }).fill(password);
      await page.getByRole('button', { name: copy.signIn.act }).click();
    },
    async signOut() {
      await page.locator('.console-own').click();
      await page.getByRole('menuitem', { name: copy.ownMenu.signOut }).click();
      await page.getByRole('heading', { name: copy.signIn.title }).waitFor();
    },
    async destinations() {
      await page.locator('.console-rail').waitFor();
      return page.locator('.console-rail a').allTextContents();
    },
  };
}
