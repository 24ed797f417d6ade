/** A person in the chat, from the first question to the receipt, in a real browser on the real desk. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../../src/contracts/error-codes.ts';
import { EN } from '../../web-widget/copy.en.ts';
import { NO_ENGLISH, VI } from '../../web-widget/copy.vi.ts';
import { connectChat } from '../support/chat-client.ts';
import {
  type Chat,
  type ChatDesk,
  DESKTOP,
  openChatDesk,
  PHONE,
  START_WITHIN_MS,
  signIdentity,
  type VisitOptions,
} from '../support/chat-page.ts';

let desk: ChatDesk;
let chats: Chat[] = [];

beforeAll(async () => {
  desk = await openChatDesk();
}, START_WITHIN_MS);
afterAll(() => desk?.close());
afterEach(async () => {
  const complaints = chats.flatMap((chat) => chat.complaints);
  await Promise.all(chats.map(({ context }) => context.close()));
  chats = [];
  expect(complaints).toEqual([]);
});

async function visit(options: VisitOptions = {}): Promise<Chat> {
  const chat = await desk.visit(options);
  chats.push(chat);
  return chat;
}

/** A control character: the desk never takes it. */
const BROKEN = 'quên\u0007 mật khẩu';
/** The file that they come in. */
const ENGLISH_WORDS = /\/chat-assets\/copy\.en-\w+\.js/;
const openMenu = (page: Page) => page.getByRole('button', { name: VI.menu }).click();
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.id || document.activeElement?.className);

describe('a question', () => {
  test('is answered with steps, folded sources and the next steps to tap', async () => {
    const chat = await visit({ browser: PHONE });
    await chat.page.getByRole('heading', { name: VI.welcome.greeting }).waitFor();
    await chat.ask('lay lai mk vssid qua email');
    expect(await chat.reply.locator('h3').textContent()).toBe('Lấy lại mật khẩu qua email trên ứng dụng');
    expect(await chat.reply.locator('ol > li').count()).toBeGreaterThanOrEqual(4);
    expect(await chat.page.locator('.welcome').isVisible()).toBe(false);
    const sources = chat.reply.locator('details');
    expect(await sources.getAttribute('open')).toBeNull();
    await sources.locator('summary').click();
    expect(await sources.textContent()).toContain('BHXH');
    expect(await chat.reply.locator('a[href="sms:8079"]').count()).toBeGreaterThan(0);
    expect(await chat.reply.locator('a[href^="https:"]').count()).toBeGreaterThanOrEqual(0);
  });

  test('of the most asked ones is one tap, once, however often it is tapped', async () => {
    const chat = await visit({ browser: PHONE });
    const first = chat.page.locator('.most-asked .choice').first();
    const title = await first.textContent();
    await first.dblclick();
    await chat.reply.waitFor();
    expect(await chat.own()).toEqual([title]);
    expect(await chat.reply.locator('h3').textContent()).toBe(title);
  });

  test('that may mean several things is cleared up by a tap, and followed up', async () => {
    const chat = await visit();
    await chat.ask('mật khẩu');
    const label = await chat.choices.first().textContent();
    expect(await chat.choices.count()).toBeGreaterThan(2);
    await chat.choices.first().click();
    await chat.page.locator('.row.bot h3').waitFor();
    expect(await chat.own()).toEqual(['mật khẩu', label]);
    await chat.ask('còn cách nào khác không');
    await expect.poll(() => chat.page.locator('.row.bot[data-seq]').count()).toBe(3);
  });

  test('begins its answer where the eye is', async () => {
    const chat = await visit({ browser: PHONE });
    await chat.ask('xin chào');
    await chat.ask('quên mật khẩu thì làm thế nào');
    const log = (await chat.page.locator('.log').boundingBox())!;
    await expect.poll(async () => (await chat.reply.boundingBox())!.y - log.y).toBeLessThan(200);
    expect((await chat.reply.boundingBox())!.y).toBeGreaterThanOrEqual(log.y);
  });
});

test('a complaint ends in a receipt with a code that can be copied, and the host hears of it', async () => {
  const chat = await visit({
    browser: { ...PHONE, permissions: ['clipboard-read', 'clipboard-write'] },
    prepare: (page) =>
      page.addInitScript(() => {
        const heard: unknown[] = [];
        Reflect.set(window, 'heard', heard);
        Reflect.set(window, 'VssidHost', { postMessage: (json: string) => heard.push(JSON.parse(json)) });
      }),
  });
  await chat.ask('tôi muốn khiếu nại');
  await chat.ask('Nhân viên trả lời quá chậm, tôi chờ hai tuần rồi');
  await chat.choices.filter({ hasText: 'Bỏ qua' }).click();
  await chat.page.locator('.rows').getByText('số điện thoại để liên hệ').waitFor();
  await chat.ask('0912345678');
  await chat.ask('bỏ qua');
  await chat.reply.locator('dl').waitFor();
  expect(await chat.reply.locator('dl').textContent()).not.toContain('0912345678');
  await chat.choices.filter({ hasText: 'Gửi' }).click();
  const code = chat.page.locator('.ticket .code strong');
  await code.waitFor();
  expect(await code.textContent()).toMatch(/^PA-[A-Z0-9]{6}$/);
  await chat.page.getByRole('button', { name: VI.copyCode }).click();
  await chat.page.getByText(VI.copied).waitFor();
  expect(await chat.page.evaluate(() => navigator.clipboard.readText())).toBe(await code.textContent());
  const heard = await chat.page.evaluate(() => Reflect.get(window, 'heard') as { name: string }[]);
  expect(heard).toContainEqual({ name: 'ticket', code: await code.textContent() });
  expect(heard.map(({ name }) => name)).toContain('ready');
  expect(JSON.stringify(heard)).not.toContain('chờ hai tuần');
});

describe('a secret', () => {
  test('is hidden at once, with a friendly word', async () => {
    const chat = await visit();
    await chat.ask('mật khẩu VssID của tôi là Hanoi@1975 mà không đăng nhập được');
    const warning = chat.page.locator('.warning');
    expect(await warning.textContent()).toContain(VI.hidden.password);
    expect(await warning.textContent()).toContain(VI.neverTell);
    expect(await warning.textContent()).toContain(VI.changePassword);
    expect(await chat.page.locator('.log').textContent()).not.toMatch(/hanoi|1975/i);
    expect(await chat.page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toMatch(/hanoi/i);
  });
});

describe('an answer', () => {
  test('is rated with a tap; after a no, one more says why, and a person is offered', async () => {
    const chat = await visit();
    await chat.ask('lấy lại mật khẩu qua email');
    const rating = chat.page.getByRole('group', { name: VI.rating.question });
    await rating.getByRole('button', { name: VI.rating.no }).click();
    await rating.getByRole('button', { name: VI.rating.reasons['did-not-work'] }).click();
    expect(await rating.textContent()).toContain(VI.rating.thanks);
    await rating.getByRole('button', { name: VI.rating.human }).click();
    await chat.page.locator('.banner.queued').waitFor();
    expect(await chat.own()).toContain(VI.rating.human);
    await chat.page.reload();
    await chat.page.getByText(VI.rating.wasNot).waitFor();
  });

  test('shows its picture large, in a window that Escape closes', async () => {
    const chat = await visit();
    await chat.ask('lấy lại mật khẩu qua email');
    const thumbnail = chat.reply.locator('.thumbnail');
    await thumbnail.scrollIntoViewIfNeeded();
    await expect
      .poll(() => thumbnail.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0);
    await thumbnail.click();
    const dialog = chat.page.getByRole('dialog');
    await dialog.waitFor();
    expect((await dialog.locator('img').boundingBox())!.height).toBeGreaterThan(
      (await thumbnail.boundingBox())!.height,
    );
    await chat.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await focused(chat.page)).toBe('thumbnail');
  });

  test('with offices has numbers to tap and a map', async () => {
    const chat = await visit({ browser: PHONE });
    await chat.ask('BHXH quận 6 ở đâu');
    const office = chat.page.locator('.office').first();
    await office.waitFor();
    expect(await office.locator('a[href^="tel:028"]').first().textContent()).toContain('nội bộ');
    expect(await office.locator('a[target=_blank]').getAttribute('href')).toMatch(
      /^https:\/\/www\.google\.com\/maps\/search\/\?api=1&query=.+/,
    );
  });
});

describe('the queue', () => {
  test('has two ways out that stay in sight, whatever is typed', async () => {
    const chat = await visit({ browser: PHONE });
    await chat.ask('cho tôi gặp nhân viên');
    const banner = chat.page.locator('.banner.queued');
    await banner.waitFor();
    expect(await banner.locator('p').textContent()).toBe(VI.banner.queued);
    expect(await chat.choices.count()).toBe(0);
    await chat.send('alo có ai không');
    await chat.page.locator('.row.contact[data-seq]').nth(1).waitFor();
    await chat.page.reload();
    await banner.waitFor();
    expect(await chat.page.locator('.dot').getAttribute('data-status')).toBe('queued');
    await banner.getByRole('button', { name: VI.banner.callback }).dblclick();
    await chat.reply.getByText('gọi vào số nào').waitFor();
    // The place is kept until the ticket stands.
    expect(await chat.page.locator('.dot').getAttribute('data-status')).toBe('queued');
    expect(await chat.own()).toEqual(['cho tôi gặp nhân viên', 'alo có ai không', VI.banner.callback]);
    await banner.getByRole('button', { name: VI.banner.backToBot }).click();
    await banner.waitFor({ state: 'detached' });
    expect(await chat.page.locator('.dot').getAttribute('data-status')).toBe('bot');
    await expect.poll(async () => (await chat.own()).pop()).toBe(VI.banner.backToBot);
  });
});

describe('what the desk does not want', () => {
  test('stays with its reason, can be put right, and holds up nobody', async () => {
    const chat = await visit();
    await chat.isOnline();
    await chat.send(BROKEN);
    await chat.page.getByText(ERROR_CODES.text_malformed.message).waitFor();
    await chat.ask('quên mật khẩu');
    expect(await chat.own()).toEqual([BROKEN, 'quên mật khẩu']);
    expect(await chat.page.locator('.refused button').allTextContents()).toEqual([VI.edit, VI.remove]);
    await chat.input.fill('và nữa');
    await chat.page.getByRole('button', { name: VI.edit }).click();
    expect(await chat.input.inputValue()).toBe(`${BROKEN}\nvà nữa`);
    expect(await chat.page.locator('.refused').count()).toBe(0);
    await chat.send(BROKEN);
    await chat.page.locator('.refused').waitFor();
    await chat.page.reload();
    await chat.page.getByRole('button', { name: VI.remove, exact: true }).click();
    await expect.poll(() => chat.page.locator('.refused').count()).toBe(0);
  });

  test('is not cut off when it is too long', async () => {
    const chat = await visit();
    await chat.isOnline();
    await chat.input.fill('quên mật khẩu '.repeat(150));
    expect((await chat.input.inputValue()).length).toBe(2_100);
    expect(await chat.page.locator('#counter').textContent()).toContain('2.100/2.000');
    expect(await chat.page.getByRole('button', { name: VI.send, exact: true }).isDisabled()).toBe(true);
    await chat.input.press('Enter');
    expect((await chat.input.inputValue()).length).toBe(2_100);
  });
});

describe('the conversation', () => {
  test('is there after a reload, with what was half typed', async () => {
    const chat = await visit();
    await chat.ask('quên mật khẩu');
    const shown = await chat.page.locator('.row.bot[data-seq]').allTextContents();
    await chat.input.fill('còn một câu');
    await chat.page.reload();
    await chat.reply.waitFor();
    expect(await chat.own()).toEqual(['quên mật khẩu']);
    expect(await chat.page.locator('.row.bot[data-seq]').allTextContents()).toEqual(shown);
    expect(await chat.input.inputValue()).toBe('còn một câu');
  });

  test('goes on where it was on another device of the same person, and never mixes persons', async () => {
    const phone = await visit({ at: `#identity=${await signIdentity('công-dân-1')}`, browser: PHONE });
    await phone.ask('đăng ký cho con');
    expect(phone.page.url()).not.toContain('identity');
    const other = await visit({ at: `#identity=${await signIdentity('công-dân-1')}` });
    await other.reply.waitFor();
    expect(await other.own()).toEqual(['đăng ký cho con']);
    await other.ask('quên mật khẩu');
    await expect.poll(() => phone.own()).toEqual(['đăng ký cho con', 'quên mật khẩu']);

    await phone.page.reload();
    await phone.page.locator('.row.contact').nth(1).waitFor();
    await other.input.fill('của người thứ nhất');
    const second = await signIdentity('công-dân-2');
    await other.page.evaluate((jwt) => window.VssidHelp?.identify(jwt), second);
    await other.page.getByRole('heading', { name: VI.welcome.greeting }).waitFor();
    expect(await other.own()).toEqual([]);
    expect(await other.input.inputValue()).toBe('');
    await other.page.evaluate(() => window.VssidHelp?.identify(null));
    await other.isOnline();
    expect(await other.own()).toEqual([]);
  });

  test('waits for a new identity when the old one has run out, and keeps what is typed', async () => {
    const chat = await visit({
      at: `#identity=${await signIdentity('công-dân-3', '-1 minute')}`,
      prepare: (page) =>
        page.addInitScript(() => {
          addEventListener('DOMContentLoaded', () => {
            window.VssidHelp?.on('identity-expired', () => Reflect.set(window, 'expired', true));
          });
        }),
    });
    await chat.page.locator('.banner.refused').waitFor();
    expect(await chat.page.evaluate(() => Reflect.get(window, 'expired'))).toBe(true);
    await chat.send('xem quá trình đóng');
    expect(await chat.page.locator('.pending').textContent()).toContain(VI.waitingToSend);
    const renewed = await signIdentity('công-dân-3');
    await chat.page.evaluate((jwt) => window.VssidHelp?.identify(jwt), renewed);
    await chat.reply.waitFor();
    expect(await chat.own()).toEqual(['xem quá trình đóng']);
    expect(await chat.page.locator('.banner').count()).toBe(0);
  });

  test('shows what is older on the way up, and stays where one reads', async () => {
    const identity = await signIdentity('công-dân-5');
    const writer = await connectChat(desk.url, { identity });
    await writer.open();
    for (let at = 1; at <= 56; at++) await writer.send(`câu số ${at}`);
    writer.close();
    const chat = await visit({ at: `#identity=${identity}` });
    await chat.page.locator('[data-seq]').first().waitFor();
    expect(await chat.page.locator('[data-seq]').count()).toBe(50);
    const top = chat.page.locator('[data-seq]').first();
    const seq = await top.getAttribute('data-seq');
    const placeOf = async () => (await chat.page.locator(`[data-seq="${seq}"]`).boundingBox())!.y;
    await chat.page.locator('.log').evaluate((box) => box.scrollTo(0, 150));
    await chat.page
      .getByRole('button', { name: VI.earlier })
      .evaluate((more) => more.focus({ preventScroll: true }));
    const before = await placeOf();
    await chat.page.keyboard.press('Enter');
    await expect.poll(() => chat.page.locator('[data-seq]').first().getAttribute('data-seq')).toBe('1');
    expect(Math.abs((await placeOf()) - before)).toBeLessThan(3);
    const places = await chat.page
      .locator('[data-seq]')
      .evaluateAll((rows) => rows.map((row) => Number((row as HTMLElement).dataset['seq'])));
    expect(places).toEqual(places.map((_, index) => index + 1));
    expect(await focused(chat.page)).toBe('log');
  }, 60_000);

  test('says that something new is below when one reads above', async () => {
    const identity = await signIdentity('công-dân-4');
    const reader = await visit({ at: `#identity=${identity}`, browser: PHONE });
    await reader.ask('lấy lại mật khẩu qua email');
    await reader.ask('đăng ký tài khoản vssid');
    const log = reader.page.locator('.log');
    await log.evaluate((box) => box.scrollTo(0, box.scrollTop - 400));
    await reader.page.waitForTimeout(100);
    const place = await log.evaluate((box) => box.scrollTop);
    const writer = await visit({ at: `#identity=${await signIdentity('công-dân-4')}` });
    await writer.reply.waitFor();
    await writer.ask('xem thẻ bhyt ở đâu');
    const pill = reader.page.getByRole('button', { name: VI.newMessages });
    await pill.waitFor();
    expect(Math.abs((await log.evaluate((box) => box.scrollTop)) - place)).toBeLessThan(3);
    await pill.click();
    expect(await pill.isVisible()).toBe(false);
    expect((await reader.reply.boundingBox())!.y).toBeLessThan(500);
  });
});

describe('what is new', () => {
  test('is read out once, history is not', async () => {
    const chat = await visit();
    await chat.ask('quên mật khẩu');
    const announcer = chat.page.locator('.unseen[aria-live=polite]');
    expect(await announcer.textContent()).toContain(VI.authors.bot);
    expect(await announcer.textContent()).toContain('Quên mật khẩu');
    await chat.page.reload();
    await chat.reply.waitFor();
    expect(await announcer.textContent()).toBe('');
    expect(await chat.page.getByRole('log').count()).toBe(1);
  });
});

describe('the options', () => {
  test('make the letters large, and remember it', async () => {
    const chat = await visit({ browser: PHONE });
    const size = () =>
      chat.page.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize));
    const before = await size();
    await openMenu(chat.page);
    await chat.page.getByRole('switch', { name: VI.settings.largeText }).click();
    expect(await size()).toBeGreaterThan(before * 1.2);
    await chat.page.reload();
    expect(await size()).toBeGreaterThan(before * 1.2);
    expect(before).toBeGreaterThanOrEqual(17);
  });

  test('turn the chat to English, at once and for good', async () => {
    const chat = await visit();
    await chat.ask('quên mật khẩu');
    await openMenu(chat.page);
    await chat.page.getByRole('radio', { name: 'English' }).check();
    await chat.page.getByRole('heading', { name: EN.menu }).waitFor();
    await chat.page.keyboard.press('Escape');
    expect(await chat.page.getAttribute('html', 'lang')).toBe('en');
    expect(await chat.own()).toEqual(['quên mật khẩu']);
    await chat.page.getByText(EN.rating.question).waitFor();
    await chat.page.reload();
    await chat.page.getByRole('heading', { level: 1, name: EN.title }).waitFor();
  });

  test('show no Vietnamese screen to who reads English, however long the words take', async () => {
    const seen: (boolean | null)[] = [];
    const chat = await visit({
      at: '?locale=en',
      prepare: (page) =>
        page.route(ENGLISH_WORDS, async (route) => {
          seen.push(await page.evaluate(() => document.querySelector('#message') === null));
          await route.continue();
        }),
    });
    expect(seen).toEqual([true]);
    await chat.page.getByRole('heading', { name: EN.welcome.greeting }).waitFor();
    await chat.ask('quên mật khẩu');
    expect(await chat.page.getAttribute('html', 'lang')).toBe('en');
  });

  test('leave the chat in Vietnamese when the English words do not come, at the start or later', async () => {
    const chat = await visit({
      at: '?locale=en',
      prepare: (page) => page.route(ENGLISH_WORDS, (route) => route.abort()),
    });
    await chat.page.getByText(NO_ENGLISH).waitFor();
    expect(await chat.page.getAttribute('html', 'lang')).toBe('vi');
    await chat.ask('quên mật khẩu');
    await chat.input.fill('còn dở');
    await openMenu(chat.page);
    expect(await chat.page.getByRole('radio', { name: 'Tiếng Việt' }).isChecked()).toBe(true);
    const refused = chat.page.waitForEvent('requestfailed');
    await chat.page.getByRole('radio', { name: 'English' }).click();
    await refused;
    expect(await chat.input.inputValue()).toBe('còn dở');
    expect(await chat.page.getAttribute('html', 'lang')).toBe('vi');

    await chat.page.unroute(ENGLISH_WORDS);
    await openMenu(chat.page);
    await chat.page.getByRole('radio', { name: 'English' }).check();
    await chat.page.getByRole('heading', { name: EN.menu }).waitFor();
    expect(await chat.page.getAttribute('html', 'lang')).toBe('en');
    expect(await chat.input.inputValue()).toBe('còn dở');
    expect(chat.complaints.splice(0)).toEqual(Array(2).fill(expect.stringContaining('net::ERR_FAILED')));
  });

  test('choose the phone that the answers are for', async () => {
    const chat = await visit();
    await openMenu(chat.page);
    await chat.page.getByRole('radio', { name: 'iPhone' }).check();
    await chat.page.keyboard.press('Escape');
    await chat.ask('tải vssid ở đâu');
    expect(await chat.page.locator('.log').textContent()).toMatch(/App Store/);
  });

  test('save the conversation as a text', async () => {
    const chat = await visit();
    await chat.ask('quên mật khẩu');
    await openMenu(chat.page);
    const [download] = await Promise.all([
      chat.page.waitForEvent('download'),
      chat.page.getByRole('button', { name: VI.settings.download }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(VI.transcript.fileName);
    expect(await readFile(await download.path(), 'utf8')).toContain('quên mật khẩu');
    await chat.page.getByText(VI.transcript.done).waitFor();
  });

  test('show it to be copied where an app shows the chat', async () => {
    const chat = await visit({
      prepare: (page) =>
        page.addInitScript(() => Reflect.set(window, 'VssidHost', { postMessage: () => undefined })),
    });
    await chat.ask('quên mật khẩu');
    await openMenu(chat.page);
    await chat.page.getByRole('button', { name: VI.settings.download }).click();
    const text = chat.page.getByRole('textbox', { name: VI.transcript.title });
    expect(await text.inputValue()).toContain('quên mật khẩu');
    expect(await text.isEditable()).toBe(false);
  });

  test('delete everything, here and at the desk, after a question', async () => {
    const chat = await visit();
    await chat.ask('quên mật khẩu');
    const tokenOf = () => chat.page.evaluate(() => localStorage.getItem('vssid-chat.token'));
    const token = await tokenOf();
    const other = await visit({ context: chat.context });
    await other.reply.waitFor();
    await chat.page.bringToFront();
    await openMenu(chat.page);
    await chat.page.getByRole('button', { name: VI.settings.erase }).click();
    await chat.page.getByRole('button', { name: VI.erase.cancel }).click();
    expect(await chat.own()).toEqual(['quên mật khẩu']);
    await openMenu(chat.page);
    await chat.page.getByRole('button', { name: VI.settings.erase }).click();
    await chat.page.getByRole('button', { name: VI.erase.confirm }).click();
    await chat.page.getByText(VI.erase.done).first().waitFor();
    await chat.page.getByRole('dialog').waitFor({ state: 'detached' });
    await chat.page.getByRole('heading', { name: VI.welcome.greeting }).waitFor();
    expect(await tokenOf()).not.toBe(token);
    await expect.poll(() => other.own()).toEqual([]);
    await chat.isOnline();
    await chat.ask('xin chào');
    await expect.poll(() => other.own()).toEqual(['xin chào']);
    const kept = await fetch(`${desk.url}/api/v1/conversation/transcript`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await kept.text()).not.toContain('quên mật khẩu');
  });
});

describe('the keyboard alone', () => {
  test('writes, reaches the choices, opens and leaves the options', async () => {
    const chat = await visit();
    await chat.isOnline();
    await chat.input.focus();
    await chat.page.keyboard.type('mật khẩu');
    await chat.page.keyboard.press('Enter');
    await chat.choices.last().waitFor();
    expect(await focused(chat.page)).toBe('message');
    await chat.page.keyboard.press('Shift+Tab');
    expect(await focused(chat.page)).toBe('choice');
    const ring = await chat.page.evaluate(() => getComputedStyle(document.activeElement!).outlineWidth);
    expect(ring).toBe('3px');
    await chat.choices.first().focus();
    await chat.page.keyboard.press('Enter');
    await chat.page.locator('.row.bot h3').first().waitFor();
    expect(await focused(chat.page)).toBe('message');
    await chat.page.getByRole('button', { name: VI.menu }).focus();
    await chat.page.keyboard.press('Enter');
    await chat.page.getByRole('dialog').waitFor();
    await chat.page.keyboard.press('Tab');
    await chat.page.keyboard.press('Escape');
    expect(await focused(chat.page)).toContain('menu');
    await chat.page.getByRole('log').focus();
    await chat.page.keyboard.press('Home');
    await expect.poll(() => chat.page.locator('.log').evaluate((box) => box.scrollTop)).toBe(0);
  });

  test('does not send while an input method is composing', async () => {
    const chat = await visit();
    await chat.input.focus();
    const devtools = await chat.context.newCDPSession(chat.page);
    await devtools.send('Input.imeSetComposition', { text: 'quên', selectionStart: 4, selectionEnd: 4 });
    await chat.input.press('Enter');
    await devtools.send('Input.insertText', { text: 'quên mật khẩu' });
    await chat.input.evaluate((target) => {
      target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true }));
    });
    expect(await chat.own()).toEqual([]);
    expect(await chat.input.inputValue()).toContain('quên mật khẩu');
    await chat.input.press('Shift+Enter');
    expect(await chat.input.inputValue()).toContain('\n');
    expect(await chat.own()).toEqual([]);
  });
});

test.each([PHONE, DESKTOP])('works without storage, at $viewport.width px', async (browser) => {
  const chat = await visit({
    browser,
    prepare: (page) =>
      page.addInitScript(() => {
        for (const name of ['localStorage', 'sessionStorage']) {
          Object.defineProperty(window, name, {
            get() {
              throw new DOMException('forbidden', 'SecurityError');
            },
          });
        }
      }),
  });
  await chat.ask('quên mật khẩu');
  expect(await chat.own()).toEqual(['quên mật khẩu']);
});

describe('in the frame of a page', () => {
  const HOST_PAGE =
    '<!doctype html><html lang="vi"><title>VssID</title><p>Trang</p><script src="/widget.js"></script>';

  test('counts what is new while it is hidden, and Escape hides it', async () => {
    const identity = await signIdentity('công-dân-6');
    const context = await desk.browser.newContext(DESKTOP);
    const page = await context.newPage();
    await page.route('**/host-page', (route) => route.fulfill({ contentType: 'text/html', body: HOST_PAGE }));
    await page.goto(`${desk.url}/host-page`);
    await page.evaluate((jwt) => {
      const heard: unknown[] = [];
      Reflect.set(window, 'heard', heard);
      for (const name of ['message', 'unread', 'close'] as const)
        window.VssidHelp?.on(name, (event) => heard.push(event));
      window.VssidHelp?.identify(jwt);
      window.VssidHelp?.open();
    }, identity);
    const frame = page.frameLocator('iframe');
    await frame.locator('.dot[data-state=online]').waitFor();
    await frame.locator('#message').fill('xin chào');
    await frame.locator('#message').press('Enter');
    await frame.locator('.row.bot[data-seq]').waitFor();
    await frame.locator('#message').press('Escape');
    const other = await visit({ at: `#identity=${identity}` });
    await other.reply.waitFor();
    await other.ask('quên mật khẩu');
    const heard = () => page.evaluate(() => Reflect.get(window, 'heard') as { name: string }[]);
    await expect.poll(heard).toContainEqual({ name: 'unread', count: 1 });
    await expect.poll(heard).toContainEqual({ name: 'close' });
    await expect.poll(heard).toContainEqual({ name: 'message', author: 'bot' });
    await page.evaluate(() => window.VssidHelp?.open());
    await expect.poll(async () => (await heard()).pop()).toEqual({ name: 'unread', count: 0 });
    expect(await frame.locator('.row.contact .bubble').allTextContents()).toEqual([
      'xin chào',
      'quên mật khẩu',
    ]);
    await frame.getByRole('button', { name: VI.close }).click();
    await expect.poll(async () => (await heard()).filter(({ name }) => name === 'close')).toHaveLength(2);
    await context.close();
  });
});
