/** The chat on a bad network, with a desk that goes away, and in two windows: nothing lost, nothing doubled. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { VI } from '../../web-widget/copy.vi.ts';
import {
  type Chat,
  type ChatDesk,
  openChatDesk,
  PHONE,
  START_WITHIN_MS,
  signIdentity,
  type VisitOptions,
} from '../support/chat-page.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { type DatabaseProxy, openProxy } from '../support/proxy.ts';

const SLOW = { timeout: 45_000 };

let database: TestDatabase;
let proxy: DatabaseProxy;
let desk: ChatDesk;
let chats: Chat[] = [];

beforeAll(async () => {
  database = await openDatabase();
  proxy = await openProxy(database.uri);
  desk = await openChatDesk({ mongodbUri: proxy.uri });
}, START_WITHIN_MS);
afterAll(async () => {
  await desk?.close();
  await proxy?.cut();
  await database?.drop();
});
afterEach(async () => {
  await Promise.all(chats.map(({ context }) => context.close()));
  chats = [];
});

async function visit(options: VisitOptions = {}): Promise<Chat> {
  const chat = await desk.visit(options);
  chats.push(chat);
  return chat;
}

/** What the desk has of this device, word for word. */
async function storedTexts(chat: Chat): Promise<string[]> {
  const token = await chat.page.evaluate(() => localStorage.getItem('vssid-chat.token'));
  const response = await fetch(`${desk.url}/api/v1/conversation/messages`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { messages } = (await response.json()) as { messages: { author: string; text: string }[] };
  return messages.filter(({ author }) => author === 'contact').map(({ text }) => text);
}

describe('without a network', () => {
  test('what is written waits, and is sent once and in order when it is back', async () => {
    const chat = await visit({ browser: PHONE });
    await chat.ask('xin chào');
    await chat.context.setOffline(true);
    await chat.page.locator('.banner.offline').waitFor();
    await chat.send('câu thứ nhất');
    await chat.send('câu thứ hai');
    expect(await chat.page.locator('.pending').count()).toBe(2);
    expect(await chat.page.locator('.pending').first().textContent()).toContain(VI.waitingToSend);
    await chat.context.setOffline(false);
    await expect.poll(() => storedTexts(chat), SLOW).toEqual(['xin chào', 'câu thứ nhất', 'câu thứ hai']);
    await expect.poll(() => chat.page.locator('.pending').count()).toBe(0);
    expect(await chat.own()).toEqual(['xin chào', 'câu thứ nhất', 'câu thứ hai']);
    await chat.page.locator('.banner').waitFor({ state: 'detached' });
  });

  test('also when the page was closed meanwhile', async () => {
    const chat = await visit({ browser: PHONE });
    await chat.ask('xin chào');
    await chat.context.setOffline(true);
    await chat.send('câu thứ nhất');
    await chat.send('câu thứ hai');
    await chat.input.fill('còn dở');
    await chat.page.close();
    await chat.context.setOffline(false);
    const again = await visit({ context: chat.context });
    await expect.poll(() => storedTexts(again), SLOW).toEqual(['xin chào', 'câu thứ nhất', 'câu thứ hai']);
    await expect.poll(() => again.own()).toEqual(['xin chào', 'câu thứ nhất', 'câu thứ hai']);
    expect(await again.input.inputValue()).toBe('còn dở');
    await again.page.reload();
    await again.reply.waitFor();
    expect(await storedTexts(again)).toHaveLength(3);
  });

  test('what one person typed is never sent in the name of another', async () => {
    const first = await signIdentity('công-dân-1');
    const chat = await visit({ at: `#identity=${first}` });
    await chat.ask('xin chào');
    await chat.context.setOffline(true);
    await chat.send('của người thứ nhất');
    await chat.page.evaluate((jwt) => window.VssidHelp?.identify(jwt), await signIdentity('công-dân-2'));
    await expect.poll(() => chat.own()).toEqual([]);
    await chat.context.setOffline(false);
    await chat.ask('của người thứ hai');
    expect(await chat.own()).toEqual(['của người thứ hai']);
    await chat.page.evaluate((jwt) => window.VssidHelp?.identify(jwt), await signIdentity('công-dân-1'));
    await expect.poll(() => chat.own(), SLOW).toEqual(['xin chào', 'của người thứ nhất']);
    await expect.poll(() => chat.page.locator('.pending').count(), SLOW).toBe(0);
  });

  test('a message whose acknowledgement got lost is there once', async () => {
    const chat = await visit();
    await chat.ask('xin chào');
    // The next answer of the desk does not come through any more; the message itself does.
    await chat.page.evaluate(() => {
      const { prototype } = WebSocket;
      const send = prototype.send;
      prototype.send = function (data) {
        send.call(this, data);
        if (String(data).includes('message:send')) {
          prototype.send = send;
          this.close();
        }
      };
    });
    await chat.ask('quên mật khẩu');
    await expect.poll(() => chat.page.locator('.pending').count(), SLOW).toBe(0);
    expect(await storedTexts(chat)).toEqual(['xin chào', 'quên mật khẩu']);
    expect(await chat.own()).toEqual(['xin chào', 'quên mật khẩu']);
  });
});

describe('two windows of one browser', () => {
  test('show the same, each message once, whoever sends it', async () => {
    const one = await visit();
    await one.ask('xin chào');
    const two = await visit({ context: one.context });
    await two.reply.waitFor();
    await two.ask('quên mật khẩu');
    await expect.poll(() => one.own()).toEqual(['xin chào', 'quên mật khẩu']);
    await one.context.setOffline(true);
    await one.send('từ cửa sổ một');
    await two.send('từ cửa sổ hai');
    const all = ['xin chào', 'quên mật khẩu', 'từ cửa sổ một', 'từ cửa sổ hai'];
    await expect.poll(() => one.own()).toEqual(all);
    await expect.poll(() => two.own()).toEqual(all);
    await one.context.setOffline(false);
    await expect.poll(() => storedTexts(one), SLOW).toEqual(all);
    for (const chat of [one, two]) {
      await expect.poll(() => chat.page.locator('.pending').count(), SLOW).toBe(0);
      expect(await chat.own()).toEqual(all);
    }
  });
});

describe('while the desk cannot store', () => {
  test('it answers provisionally; the message is kept, sent later, and answered for good', async () => {
    const chat = await visit({ browser: PHONE });
    await chat.ask('xin chào');
    await proxy.cut();
    try {
      await chat.send('lấy lại mật khẩu qua email');
      const provisional = chat.page.locator('.provisional');
      await provisional.waitFor(SLOW);
      expect(await provisional.textContent()).toContain(VI.provisional.title);
      expect(await provisional.locator('ol > li').count()).toBeGreaterThan(2);
      expect((await provisional.boundingBox())!.y).toBeLessThan(500);
      await chat.page.locator('.banner.degraded').waitFor();
      expect(await chat.page.locator('.pending').count()).toBe(1);
    } finally {
      await proxy.mend();
    }
    await expect.poll(() => chat.page.locator('.pending').count(), SLOW).toBe(0);
    await expect.poll(() => chat.page.locator('.provisional').count(), SLOW).toBe(0);
    await chat.page.locator('.banner').waitFor({ state: 'detached', ...SLOW });
    expect(await chat.reply.locator('ol > li').count()).toBeGreaterThan(2);
    expect(await storedTexts(chat)).toEqual(['xin chào', 'lấy lại mật khẩu qua email']);
  }, 120_000);
});

describe('a desk that is started again', () => {
  test('while somebody types finds everything it is sent', async () => {
    const chat = await visit();
    await chat.ask('xin chào');
    await desk.restart(async () => {
      await chat.page.locator('.banner.waiting').waitFor();
      await chat.send('khi máy chủ đang tắt');
      await chat.input.fill('đang gõ dở');
    });
    await chat.page.getByRole('button', { name: VI.banner.retry }).click();
    await expect.poll(() => chat.page.locator('.pending').count(), SLOW).toBe(0);
    await expect.poll(() => chat.page.locator('.row.bot[data-seq]').count(), SLOW).toBe(2);
    expect(await chat.own()).toEqual(['xin chào', 'khi máy chủ đang tắt']);
    expect(await chat.input.inputValue()).toBe('đang gõ dở');
  }, 180_000);
});
