/** A person at the ask page, from question to answer, in a real browser on the real server. */
import type { Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AnswerRequest } from '../../src/contracts/answers.ts';
import { ERROR_CODES } from '../../src/contracts/error-codes.ts';
import { COPY } from '../../web-widget/copy.vi.ts';
import { DESKTOP, type Desk, openDesk, PHONE, type Visit } from '../support/ask-page.ts';

const ANSWERS = '**/api/v1/answers';
/** Training the corpus takes most of it. */
const START_WITHIN_MS = 240_000;

let desk: Desk;
let visits: Visit[] = [];

beforeAll(async () => {
  desk = await openDesk();
}, START_WITHIN_MS);
afterAll(() => desk?.close());
afterEach(async () => {
  await Promise.all(visits.map(({ page }) => page.context().close()));
  visits = [];
});

async function visit(options = DESKTOP): Promise<Page> {
  const opened = await desk.visit(options);
  visits.push(opened);
  return opened.page;
}

async function ask(page: Page, text: string): Promise<void> {
  await page.locator('#question').fill(text);
  await page.locator('#question').press('Enter');
}

/** The newest card of the conversation. */
function lastCard(page: Page) {
  return page.locator('.turn').last().locator('.card').last();
}

const failWith = (code: keyof typeof ERROR_CODES) => (route: Route) =>
  route.fulfill({
    status: ERROR_CODES[code].status,
    json: { error: { code, message: ERROR_CODES[code].message } },
  });

/** Answers the requests only when told to, so that a test sees the time between. */
function hold(): { readonly wait: (route: Route) => Promise<void>; readonly release: () => void } {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { wait: (route) => released.then(() => route.continue()), release: () => release() };
}

describe('an answer', () => {
  test('shows the numbered steps and the source for a question in chat spelling', async () => {
    const page = await visit();
    await ask(page, 'quen mk vssid lm sao lay lai qua mail');
    const card = lastCard(page);
    await card.waitFor();
    expect(await card.locator('h2').textContent()).toBe('Lấy lại mật khẩu qua email trên ứng dụng');
    expect(await card.locator('ol > li').count()).toBeGreaterThanOrEqual(4);
    expect(await card.locator('ol > li').nth(1).textContent()).toContain('Quên mật khẩu');
    expect(await card.locator('.sources').textContent()).toMatch(/^Nguồn:BHXH .+\(.*2021\)/);
    expect(await page.locator('.understood').textContent()).toContain('quên mật khẩu vssid');
    expect(visits[0]?.complaints).toEqual([]);
  });

  test('leads to a related question, which becomes the next turn', async () => {
    const page = await visit();
    await page.locator('.most-asked .choice').first().click();
    const related = lastCard(page).locator('.choice').first();
    const title = await related.textContent();
    await related.click();
    await page.locator('.turn').nth(1).locator('.card').waitFor();
    expect(await page.locator('.turn').nth(1).locator('.bubble').textContent()).toBe(COPY.youAsked + title);
    expect(await lastCard(page).locator('h2').textContent()).toBe(title);
    expect(visits[0]?.complaints).toEqual([]);
  });

  test('says what this page cannot do yet, where a dialogue would begin', async () => {
    const page = await visit(PHONE);
    await ask(page, 'cho tôi gặp nhân viên');
    const card = lastCard(page);
    await card.waitFor();
    expect(await card.locator('.warning').textContent()).toBe(COPY.notYet);
  });

  test('opens links in a new page and keeps this one', async () => {
    const page = await visit();
    await page.locator('.most-asked .choice').first().click();
    const link = lastCard(page).locator('a').first();
    expect(await link.getAttribute('href')).toMatch(/^https:\/\//);
    expect([await link.getAttribute('target'), await link.getAttribute('rel')]).toEqual([
      '_blank',
      'noopener',
    ]);
  });

  test('is for the phone that was chosen, also at the next visit', async () => {
    const page = await visit();
    const sent: AnswerRequest[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/answers')) sent.push(request.postDataJSON() as AnswerRequest);
    });
    expect(await page.locator('input[value=none]').isChecked()).toBe(true);
    await ask(page, 'quên mật khẩu');
    await lastCard(page).waitFor();
    await page.getByText('iPhone', { exact: true }).click();
    await page.reload();
    expect(await page.locator('input[value=ios]').isChecked()).toBe(true);
    await ask(page, 'quên mật khẩu');
    await lastCard(page).waitFor();
    expect(sent.map(({ platform }) => platform)).toEqual([undefined, 'ios']);
  });

  test('comes when the browser forbids storage', async () => {
    const page = await visit(PHONE);
    await page.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('forbidden', 'SecurityError');
        },
      });
    });
    await page.reload();
    expect(await page.locator('input[value=android]').isChecked()).toBe(true);
    await page.getByText('iPhone', { exact: true }).click();
    await ask(page, 'quên mật khẩu');
    await lastCard(page).waitFor();
    expect(visits[0]?.complaints).toEqual([]);
  });

  test('begins where the eye is, on a phone', async () => {
    const page = await visit(PHONE);
    await page.locator('.most-asked .choice').nth(1).click();
    const card = lastCard(page);
    await card.locator('.choice').last().waitFor();
    await expect.poll(async () => (await card.boundingBox())?.y).toBeLessThan(200);
    expect((await card.boundingBox())?.y).toBeGreaterThanOrEqual(0);
  });
});

describe('a choice', () => {
  test('is offered when unsure, and the chosen question is answered', async () => {
    const text = await findText(['cài vssid thế nào', 'mật khẩu', 'thẻ', 'đăng ký', 'tra cứu'], 'clarify');
    const page = await visit();
    await ask(page, text);
    const card = lastCard(page);
    await card.locator('.choice').first().waitFor();
    const title = await card.locator('.choice').first().textContent();
    await card.locator('.choice').first().click();
    await page.locator('.turn').nth(1).locator('.card').waitFor();
    expect(await lastCard(page).locator('h2').textContent()).toBe(title);
    expect(visits[0]?.complaints).toEqual([]);
  });

  test('can be turned down, and then says how to ask', async () => {
    const text = await findText(['cài vssid thế nào', 'mật khẩu', 'thẻ', 'đăng ký', 'tra cứu'], 'clarify');
    const page = await visit();
    await ask(page, text);
    await page.getByRole('button', { name: COPY.noneOfThese }).click();
    await page.getByRole('heading', { name: COPY.rephraseTitle }).waitFor();
    expect(await lastCard(page).locator('summary').count()).toBeGreaterThan(4);
  });
});

describe('a question out of scope', () => {
  test('gets a plain word, the topics, and through them an answer', async () => {
    const page = await visit();
    await ask(page, await findText(['giá vàng hôm nay bao nhiêu', 'thời tiết Hà Nội ngày mai'], 'unknown'));
    await page.getByRole('heading', { name: COPY.unknownTitle }).waitFor();
    const card = lastCard(page);
    const topic = card.locator('details').first();
    await topic.locator('summary').click();
    const title = await topic.locator('.choice').first().textContent();
    await topic.locator('.choice').first().click();
    await page.locator('.turn').nth(1).locator('.card').waitFor();
    expect(await lastCard(page).locator('h2').textContent()).toBe(title);
    expect(visits[0]?.complaints).toEqual([]);
  });
});

describe('a secret', () => {
  test('is covered in the bubble, with a friendly warning above the answer', async () => {
    const page = await visit();
    await ask(page, 'mật khẩu VssID của tôi là Hanoi@1975 mà không đăng nhập được');
    await page.locator('.warning').waitFor();
    const shown = await page.locator('.conversation').textContent();
    expect(shown).toContain('là •••• mà không đăng nhập được');
    expect(shown).not.toMatch(/hanoi|1975/i);
    expect(await page.locator('.warning').textContent()).toContain(COPY.password);
    await lastCard(page).waitFor();
  });
});

describe('when sending fails', () => {
  test('the text comes back, with the sentence of the server and a way to send it again', async () => {
    const page = await visit();
    await page.route(ANSWERS, failWith('internal'));
    await ask(page, 'Quên mật khẩu thì lấy lại thế nào?');
    await page.getByText(ERROR_CODES.internal.message).waitFor();
    expect(await page.locator('#question').inputValue()).toBe('Quên mật khẩu thì lấy lại thế nào?');
    await page.unroute(ANSWERS);
    await page.getByRole('button', { name: COPY.sendAgain }).click();
    await lastCard(page).locator('h2').waitFor();
    await expect.poll(() => page.locator('.failed').count()).toBe(0);
    expect(await page.locator('.turn').count()).toBe(1);
    expect(await page.locator('#question').inputValue()).toBe('');
  });

  test('a repaired text takes the place of the one that was refused', async () => {
    const page = await visit();
    await ask(page, '???');
    await page.getByText(ERROR_CODES.text_without_words.message).waitFor();
    expect(await page.locator('#question').inputValue()).toBe('???');
    await ask(page, 'quên mật khẩu???');
    await lastCard(page).locator('h2').waitFor();
    await expect.poll(() => page.locator('.failed').count()).toBe(0);
    expect(await page.locator('.turn').count()).toBe(1);
  });

  test('what is being typed meanwhile stays, and the failed text stays in its bubble', async () => {
    const page = await visit();
    const held = hold();
    await page.route(ANSWERS, async (route) => {
      await held.wait(route).catch(() => undefined);
    });
    await ask(page, 'quên mật khẩu');
    await page.locator('#question').fill('câu thứ hai');
    await page.context().setOffline(true);
    held.release();
    await page.locator('.failed').waitFor();
    expect(await page.locator('#question').inputValue()).toBe('câu thứ hai');
    expect(await page.locator('.bubble').textContent()).toContain('quên mật khẩu');
    await page.context().setOffline(false);
    await page.unroute(ANSWERS);
    await page.getByRole('button', { name: COPY.sendAgain }).click();
    await page.locator('.card:not(.failed)').waitFor();
    expect(await page.locator('#question').inputValue()).toBe('câu thứ hai');
  });

  test('says that the network is away', async () => {
    const page = await visit(PHONE);
    await page.context().setOffline(true);
    await ask(page, 'quên mật khẩu');
    await page.getByText(COPY.offline).waitFor();
    expect(await page.locator('#question').inputValue()).toBe('quên mật khẩu');
  });

  test('an answer that is not understood does not stop the next question', async () => {
    const page = await visit();
    await page.route(ANSWERS, (route) => route.fulfill({ json: {} }), { times: 1 });
    await ask(page, 'câu thứ nhất');
    await page.getByText(COPY.broken).waitFor();
    await ask(page, 'quên mật khẩu');
    await page.locator('.card:not(.failed)').waitFor();
  });

  test('gives up after ten seconds', async () => {
    const page = await visit();
    await page.clock.install();
    await page.route(ANSWERS, () => undefined);
    await ask(page, 'quên mật khẩu');
    await page.clock.runFor(9_000);
    expect(await page.locator('.failed').count()).toBe(0);
    await page.clock.runFor(1_500);
    await page.getByText(COPY.tooSlow).waitFor();
  });

  test('the page works without the list of questions', async () => {
    const page = await visit();
    await page.route('**/api/v1/faq', failWith('internal'));
    await page.reload();
    await ask(page, await findText(['giá vàng hôm nay bao nhiêu', 'thời tiết Hà Nội ngày mai'], 'unknown'));
    await page.getByRole('heading', { name: COPY.unknownTitle }).waitFor();
    await ask(page, 'quên mật khẩu');
    await page.locator('.turn').nth(1).locator('.card h2').waitFor();
  });
});

describe('while a question is under way', () => {
  test('a sign of work appears, and further questions are answered in order', async () => {
    const page = await visit();
    const held = hold();
    await page.route(ANSWERS, held.wait);
    await ask(page, 'quên mật khẩu');
    await page.locator('.thinking').waitFor();
    await ask(page, 'đăng ký cho con');
    expect(await page.locator('.bubble').count()).toBe(2);
    held.release();
    await page.locator('.turn').nth(1).locator('.card').waitFor();
    expect(await page.locator('.turn').nth(0).locator('.card').count()).toBe(1);
    expect(await page.locator('.thinking').count()).toBe(0);
  });

  test('a double tap opens a question once', async () => {
    const page = await visit(PHONE);
    await page.locator('.most-asked .choice').first().dblclick();
    await lastCard(page).waitFor();
    expect(await page.locator('.turn').count()).toBe(1);
  });
});

describe('the input', () => {
  test('does not send while an input method is composing', async () => {
    const page = await visit();
    const input = page.locator('#question');
    await input.focus();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Input.imeSetComposition', { text: 'quên', selectionStart: 4, selectionEnd: 4 });
    await input.press('Enter');
    expect(await page.locator('.turn').count()).toBe(0);
    await devtools.send('Input.insertText', { text: 'quên mật khẩu' });
    await input.evaluate((target) => {
      target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true }));
    });
    expect(await page.locator('.turn').count()).toBe(0);
    expect(await input.inputValue()).toContain('quên mật khẩu');
    await input.press('Enter');
    await lastCard(page).waitFor();
  });

  test('grows with Shift+Enter, keeps the text on Escape, sends nothing empty', async () => {
    const page = await visit();
    const input = page.locator('#question');
    expect(await page.getByRole('button', { name: COPY.send }).isDisabled()).toBe(true);
    await input.fill('   ');
    await input.press('Enter');
    const low = (await input.boundingBox())?.height ?? 0;
    await input.fill('dòng một');
    await input.press('Shift+Enter');
    await input.pressSequentially('dòng hai');
    await input.press('Escape');
    expect(await input.inputValue()).toBe('dòng một\ndòng hai');
    expect((await input.boundingBox())?.height).toBeGreaterThan(low);
    expect(await page.locator('.turn').count()).toBe(0);
  });

  test('counts from 1,800 characters on and stops at 2,000', async () => {
    const page = await visit();
    const input = page.locator('#question');
    await input.fill('a'.repeat(1799));
    expect(await page.locator('#counter').isVisible()).toBe(false);
    await input.press('a');
    expect(await page.locator('#counter').textContent()).toBe('1.800/2.000 ký tự');
    await input.fill('a'.repeat(2000));
    await input.press('a');
    expect((await input.inputValue()).length).toBe(2000);
  });

  test('keeps the focus on a computer and gives the screen back on a phone', async () => {
    const focused = (page: Page) => page.evaluate(() => document.activeElement?.id);
    const computer = await visit();
    await ask(computer, 'quên mật khẩu');
    await lastCard(computer).waitFor();
    expect(await focused(computer)).toBe('question');
    const phone = await visit(PHONE);
    await ask(phone, 'quên mật khẩu');
    await lastCard(phone).waitFor();
    expect(await focused(phone)).not.toBe('question');
  });
});

describe('the keyboard alone', () => {
  test('reaches everything in reading order, with a ring that can be seen', async () => {
    const page = await visit();
    await page.locator('.most-asked .choice').last().waitFor();
    const focused = () =>
      page.evaluate(() => {
        const { activeElement } = document;
        return [activeElement?.textContent, activeElement && getComputedStyle(activeElement).outlineWidth];
      });
    await page.keyboard.press('Shift+Tab');
    expect(await focused()).toEqual([await page.locator('.most-asked .choice').last().textContent(), '3px']);
    await page.keyboard.press('Enter');
    await lastCard(page).locator('.choice').first().waitFor();
    await page.keyboard.press('Tab');
    expect(await focused()).toEqual([await lastCard(page).locator('.choice').first().textContent(), '3px']);
  });
});

describe('the layout', () => {
  test('stands still for those who asked for less motion', async () => {
    const moving = () => getComputedStyle(document.documentElement).scrollBehavior;
    const still = await visit({ ...DESKTOP, reducedMotion: 'reduce' });
    expect(await still.evaluate(moving)).toBe('auto');
    expect(await (await visit()).evaluate(moving)).toBe('smooth');
  });

  test.each([320, 390])('never scrolls sideways at %i px and has targets of 48 px', async (width) => {
    const page = await visit({ ...PHONE, viewport: { width, height: 844 } });
    await page.locator('.most-asked .choice').first().click();
    await lastCard(page).locator('.choice').last().waitFor();
    await ask(page, await findText(['giá vàng hôm nay bao nhiêu', 'thời tiết Hà Nội ngày mai'], 'unknown'));
    await lastCard(page).locator('summary').last().waitFor();
    await ask(page, `https://${'vssid'.repeat(60)}`);
    await page.locator('.turn').nth(2).locator('.card').waitFor();
    const [overflow, low] = await page.evaluate(() => [
      document.documentElement.scrollWidth - window.innerWidth,
      Array.from(document.querySelectorAll('button, summary, textarea, label > span'))
        .filter((target) => target.getClientRects().length > 0 && target.getBoundingClientRect().height < 48)
        .map((target) => target.textContent),
    ]);
    expect(overflow).toBeLessThanOrEqual(0);
    expect(low).toEqual([]);
  });

  test('leaves room to read at 200 % zoom', async () => {
    const page = await visit({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
    await page.locator('.most-asked .choice').first().click();
    await lastCard(page).waitFor();
    const [overflow, covered] = await page.evaluate(() => [
      document.documentElement.scrollWidth - window.innerWidth,
      (document.querySelector('.composer')?.getBoundingClientRect().height ?? 0) / window.innerHeight,
    ]);
    expect(overflow).toBeLessThanOrEqual(0);
    expect(covered).toBeLessThan(0.34);
  });
});

/** The first of the texts that the engine decides on in this way: which ones do changes with the corpus. */
async function findText(texts: readonly string[], decision: 'clarify' | 'unknown'): Promise<string> {
  for (const text of texts) if ((await desk.askApi(text)).decision === decision) return text;
  throw new Error(`The engine decides "${decision}" on none of: ${texts.join(' | ')}`);
}
