/**
 * npm run bench:widget: how soon the chat is painted on a mid-range phone (4 times slower processor, from the cache),
 * next to a page of the same desk that holds nothing but a heading; and what the browser's programs weigh.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../test/support/chromium.ts';
import { startDesk } from '../test/support/desk.ts';
import { tellHeadline } from './headlines.ts';
import { quantile } from './measure.ts';
import { figure, formatTable } from './table.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const ROUNDS = 15;
const SLOWER = 4;
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

interface Times {
  readonly paintMs: number;
  /** Until a question can be typed. */
  readonly readyMs: number | undefined;
}

execFileSync('npm', ['run', '--silent', 'build:web'], { cwd: ROOT, stdio: 'inherit' });
const desk = await startDesk();
const browser = await launchChromium();

async function measure(open: Browser, address: string, input: string | null): Promise<Times[]> {
  const context = await open.newContext(PHONE);
  const page = await context.newPage();
  const phone = await context.newCDPSession(page);
  await phone.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const times: Times[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    await page.goto(address);
    if (input !== null) await page.locator(input).waitFor();
    const readyMs = input === null ? undefined : await page.evaluate(() => performance.now());
    const paintMs = await firstPaint(page);
    // The first visit fills the cache.
    if (round > 0) times.push({ paintMs, readyMs });
    await page.goto('about:blank');
  }
  await context.close();
  return times;
}

function firstPaint(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const [paint] = list.getEntriesByName('first-contentful-paint');
          if (paint !== undefined) resolve(paint.startTime);
        }).observe({ type: 'paint', buffered: true });
      }),
  );
}

const chat = await measure(browser, `${desk.url}/widget`, 'textarea');
const bare = await measure(browser, `${desk.url}/icon.svg`, null);
await browser.close();
await desk.stop();

const row = (name: string, times: readonly Times[]): string[] => {
  const paints = times.map(({ paintMs }) => paintMs);
  const ready = times.flatMap(({ readyMs }) => readyMs ?? []);
  const at = (list: readonly number[], share: number): string =>
    list.length === 0 ? '–' : figure(quantile([...list], share));
  return [name, at(paints, 0.5), at(paints, 0.9), at(ready, 0.5), at(ready, 0.9)];
};
const medianPaint = (times: readonly Times[]): number =>
  quantile(
    times.map(({ paintMs }) => paintMs),
    0.5,
  );
tellHeadline({
  what: 'chat painted on a slow phone, ms',
  value: medianPaint(chat),
  baseline: { what: 'one picture', value: medianPaint(bare) },
  aim: null,
});
const gzipped = (...files: readonly string[]): string =>
  figure(
    files.reduce((sum, file) => sum + gzipSync(readFileSync(path.join(ROOT, file)), { level: 9 }).length, 0) /
      1024,
  );
process.stdout.write(
  `${formatTable({
    title: 'Widget: first paint of the open chat',
    head: ['page', 'first paint ms', 'p90', 'can be typed into ms', 'p90'],
    rows: [row('**the chat**', chat), row('one picture of the same desk', bare)],
    notes: [
      `${ROUNDS} visits from the cache, phone of ${PHONE.viewport.width} px, processor ${SLOWER} times slower (Chromium’s throttling), the server on the same machine.`,
      `Weight, gzip: loader ${gzipped('dist/web/widget.js')} KB; chat with socket client and styles ${gzipped('dist/web/chat.js', 'web-widget/public/chat.css')} KB.`,
    ],
  })}\n`,
);
