/** A contact and agents at once, in real browsers, each journey with the server restarted in the middle. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/contracts/desk-settings.ts';
import { copy } from '../../web-console/copy.ts';
import { VI } from '../../web-widget/copy.vi.ts';
import { type Chat, findFaults, START_WITHIN_MS } from '../support/chat-page.ts';
import { type LiveDesk, openLiveDesk, type Seat } from '../support/live-desk.ts';
import type { StaffAccount } from '../support/staff-client.ts';

const words = copy.conversations;
const ASKS = 'cho tôi gặp nhân viên';

let live: LiveDesk;
let lan: StaffAccount;
let mai: StaffAccount;
let hoa: StaffAccount;
const seats: Seat[] = [];
const chats: Chat[] = [];

beforeAll(async () => {
  live = await openLiveDesk();
  lan = await live.makeStaff('Lan');
  mai = await live.makeStaff('Mai');
  hoa = await live.makeStaff('Hoa', 'supervisor');
  // Longer than a restart takes, so that only who is really gone is missed.
  await live.set({ agentGraceSeconds: 12 });
}, START_WITHIN_MS);
afterAll(() => live?.close());
afterEach(async () => {
  const complaints = [...seats, ...chats].flatMap((one) => one.complaints.filter(isOfTheirOwn));
  await Promise.all([...seats.splice(0), ...chats.splice(0)].map(({ context }) => context.close()));
  // What a journey that broke off left behind is not to meet the next one.
  await live.closeAll();
  expect(complaints).toEqual([]);
});

/** That the desk was away for a moment is what a restart is. */
const isOfTheirOwn = (complaint: string): boolean =>
  !/ERR_CONNECTION|WebSocket connection|WebSocket is already in CLOS|Failed to load resource|ERR_NETWORK/.test(
    complaint,
  );

async function sitDown(who: StaffAccount): Promise<Seat> {
  const seat = await live.sitDown(who);
  seats.push(seat);
  return seat;
}

/** A contact who waits for a person. */
async function askForPerson(): Promise<Chat> {
  const chat = await live.arrive();
  chats.push(chat);
  await chat.ask(ASKS);
  return chat;
}

const hears = (chat: Chat, text: string): Promise<void> =>
  chat.page.locator('.log').getByText(text).first().waitFor();

async function isOnline(...all: (Seat | Chat)[]): Promise<void> {
  for (const one of all) {
    // Otherwise they would wait some seconds more before they try again.
    await one.page.evaluate(() => dispatchEvent(new Event('online')));
    if ('isOnline' in one) await one.isOnline();
    else await one.page.locator('.link-banner[data-shown=false]').waitFor({ state: 'attached' });
  }
}

async function closeBy(seat: Seat): Promise<void> {
  await seat.page.locator('.conversation-acts').getByRole('button', { name: words.act.close }).click();
  const dialog = seat.page.getByRole('dialog');
  await dialog.getByLabel(words.closeReason).waitFor();
  await dialog.locator('button[type=submit]').click();
  await seat.page.getByText(words.closed).first().waitFor();
}

test('handover: seen without a reload, taken, answered on both sides, with everything in view', async () => {
  const seat = await sitDown(lan);
  const chat = await askForPerson();
  await chat.page
    .getByText(/Anh\/Chị là người tiếp theo/)
    .first()
    .waitFor();
  await seat.rows.first().getByText(words.reasons.asked).waitFor();
  await chat.send('sổ bhxh của tôi là 7912345672');
  await seat.openWaiting();
  await seat.sees(ASKS);
  await seat.press(words.act.claim);
  await hears(chat, 'Nhân viên Lan đã vào hỗ trợ Anh/Chị.');
  await seat.say('Chào Anh/Chị, em là Lan.');
  await hears(chat, 'Chào Anh/Chị, em là Lan.');

  // What was masked is shown to the one who handles it, and nobody types it again.
  expect(await seat.transcript.allTextContents()).not.toContain('7912345672');
  await seat.page.getByRole('button', { name: new RegExp(`^${words.reveal}`) }).click();
  await seat.page.getByText('7912345672').waitFor();
  expect(await findFaults(seat.page)).toEqual([]);

  await live.desk.restart(async () => {
    await seat.say('Em đang xem hồ sơ ạ.');
    await chat.send('cảm ơn em');
  });
  await isOnline(chat, seat);
  await hears(chat, 'Em đang xem hồ sơ ạ.');
  await seat.sees('cảm ơn em');
  expect(await chat.page.locator('.row.agent').filter({ hasText: 'Em đang xem hồ sơ ạ.' }).count()).toBe(1);
  expect(await seat.transcript.filter({ hasText: 'cảm ơn em' }).count()).toBe(1);
  await seat.page.getByText(words.marks.read).last().waitFor();
  await closeBy(seat);
});

test('two claim at once: one gets it, the other is told by whom', async () => {
  const [first, second] = [await sitDown(lan), await sitDown(mai)];
  const chat = await askForPerson();
  for (const seat of [first, second]) await seat.openWaiting();
  await live.desk.restart();
  await isOnline(chat, first, second);
  const claim = ({ page }: Seat) => page.getByRole('button', { name: words.act.claim, exact: true });
  await Promise.all([first, second].map((seat) => claim(seat).waitFor()));
  await Promise.all([first, second].map((seat) => claim(seat).click()));
  const winner = await Promise.race(
    [first, second].map(async (seat) => {
      await seat.field.waitFor();
      return seat;
    }),
  );
  const loser = winner === first ? second : first;
  await loser.page.getByText(words.composer.notYours(winner.who.name)).waitFor();
  await loser.page.getByText(words.claimLost(winner.who.name)).first().waitFor();
  expect(await loser.field.count()).toBe(0);
  await winner.say('Dạ em nghe.');
  await hears(chat, 'Dạ em nghe.');
  await closeBy(winner);
});

test('handed on to a colleague with a note that the contact never sees', async () => {
  const [first, second] = [await sitDown(lan), await sitDown(mai)];
  const chat = await askForPerson();
  await first.openWaiting();
  await first.press(words.act.claim);
  await first.say('Em chuyển Anh/Chị cho bạn Mai nhé.');
  await first.press(words.act.transfer);
  await first.page.getByRole('radio', { name: 'Mai' }).click();
  await first.page.getByLabel(words.transferNote).fill('Bác hỏi về sổ, đã xem xong.');
  await first.press(words.act.transfer);
  await hears(chat, 'Nhân viên Mai sẽ hỗ trợ Anh/Chị tiếp.');

  await live.desk.restart();
  await isOnline(chat, first, second);
  await second.openMine();
  await second.sees('Bác hỏi về sổ, đã xem xong.');
  await second.sees('Em chuyển Anh/Chị cho bạn Mai nhé.');
  await second.say('Chào Anh/Chị, em là Mai.');
  await hears(chat, 'Chào Anh/Chị, em là Mai.');
  expect(await chat.page.locator('.log').innerText()).not.toContain('Bác hỏi về sổ');
  await closeBy(second);
});

test('who else is writing is shown before it is sent', async () => {
  const [agent, supervisor] = [await sitDown(lan), await sitDown(hoa)];
  const chat = await askForPerson();
  await agent.openWaiting();
  await agent.press(words.act.claim);
  await agent.field.waitFor();
  await supervisor.open('/inbox?view=all');
  await supervisor.rows.first().click();
  await supervisor.press(words.act.join);
  await supervisor.field.waitFor();
  await live.desk.restart();
  await isOnline(chat, agent, supervisor);

  await supervisor.field.pressSequentially('Để chị trả lời');
  await agent.page.getByText(words.typing('Hoa')).waitFor();
  await agent.say('Em trả lời luôn ạ.');
  await agent.page.getByText(words.collision.typing('Hoa')).waitFor();
  expect(await chat.page.getByText('Em trả lời luôn ạ.').count()).toBe(0);
  await agent.press(words.collision.send);
  await hears(chat, 'Em trả lời luôn ạ.');
  await closeBy(agent);

  await supervisor.open('/board');
  await supervisor.page.getByText(copy.board.longest).waitFor();
  expect(await findFaults(supervisor.page)).toEqual([]);
});

test('an agent’s browser dies: the conversation returns in front, the contact is told, another takes it', async () => {
  const [first, second] = [await sitDown(lan), await sitDown(mai)];
  const chat = await askForPerson();
  await first.openWaiting();
  await first.press(words.act.claim);
  await first.say('Em đang xem.');
  await hears(chat, 'Em đang xem.');
  await first.context.close();
  // The deadline is in the store: who restarts in between forgets nothing.
  await live.desk.restart();
  await isOnline(chat, second);
  await hears(chat, 'Nhân viên vừa bị mất kết nối.');
  await second.rows.first().getByLabel(words.priorities[2]).waitFor();
  await second.openWaiting();
  await second.press(words.act.claim);
  await second.sees('Em đang xem.');
  await second.say('Em là Mai, em hỗ trợ tiếp ạ.');
  await hears(chat, 'Em là Mai, em hỗ trợ tiếp ạ.');
  await closeBy(second);
});

test('closed, rated, reopened: back with precedence, and nothing is told twice', async () => {
  const seat = await sitDown(lan);
  const chat = await askForPerson();
  await seat.openWaiting();
  await seat.press(words.act.claim);
  await seat.say('Xong rồi ạ.');
  await hears(chat, 'Xong rồi ạ.');
  await closeBy(seat);
  await hears(chat, 'Nhân viên đã kết thúc cuộc trò chuyện.');

  await live.desk.restart();
  await isOnline(chat, seat);
  await chat.page.locator('.satisfaction label').nth(4).click();
  await chat.page.getByLabel(VI.satisfaction.comment).fill('Tận tình');
  await chat.page.getByRole('button', { name: VI.satisfaction.send }).click();
  await chat.page.getByText(VI.satisfaction.thanks).waitFor();
  await seat.page.getByText(words.satisfaction(5)).first().waitFor();

  await chat.page.getByRole('button', { name: VI.banner.reopen }).click();
  await hears(chat, 'Cuộc trò chuyện được mở lại.');
  await seat.openWaiting();
  await seat.rows.first().getByLabel(words.priorities[1]).waitFor();
  await seat.press(words.act.claim);
  await seat.say('Em nghe tiếp ạ.');
  await hears(chat, 'Em nghe tiếp ạ.');
  await closeBy(seat);
});

describe('outside the hours of duty', () => {
  const week = DEFAULT_SETTINGS.duty.week.map(() => []);
  beforeAll(() => live.set({ duty: { ...DEFAULT_SETTINGS.duty, enabled: true, week } }));
  afterAll(() => live.set({ duty: DEFAULT_SETTINGS.duty }));

  test('nobody is made to wait: the bot says so, and takes a number to call back', async () => {
    const chat = await askForPerson();
    await hears(chat, 'hiện ngoài giờ trực');
    await chat.page.getByRole('button', { name: 'Để lại số, nhân viên gọi lại' }).last().click();
    await hears(chat, 'muốn được gọi vào số nào');
    await live.desk.restart();
    await isOnline(chat);
    await chat.ask('0912345678');
    await chat.ask('sáng mai');
    await chat.ask('cấp lại sổ');
    await chat.ask('đồng ý');
    await chat.page
      .getByText(/GL-[2-9A-Z]{6}/)
      .first()
      .waitFor();
  });
});
