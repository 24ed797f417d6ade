/** Calling the hotline from the chat: two real browsers with microphones that beep, sound measured at the other end. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { CallLogPage } from '../../src/contracts/calls.ts';
import { callCopy } from '../../web-console/features/calls/copy.ts';
import { CALL_COPY } from '../../web-widget/call/call-copy.ts';
import { type Chat, findFaults, START_WITHIN_MS } from '../support/chat-page.ts';
import { FAKE_MICROPHONE } from '../support/chromium.ts';
import { type LiveDesk, openLiveDesk, type Seat } from '../support/live-desk.ts';
import type { StaffAccount } from '../support/staff-client.ts';

const panel = callCopy.panel;
const voice = CALL_COPY.vi;

let live: LiveDesk;
let lan: StaffAccount;
let mai: StaffAccount;
const seats: Seat[] = [];
const chats: Chat[] = [];

beforeAll(async () => {
  live = await openLiveDesk({
    flags: FAKE_MICROPHONE,
    intents: ['support.agent', 'support.callback', 'support.hotline'],
  });
  lan = await live.makeStaff('Lan');
  mai = await live.makeStaff('Mai');
}, START_WITHIN_MS);
afterAll(() => live?.close());
afterEach(async () => {
  const complaints = [...seats, ...chats].flatMap((one) => one.complaints.filter(isOfTheirOwn));
  await Promise.all([...seats.splice(0), ...chats.splice(0)].map(({ context }) => context.close()));
  expect(complaints).toEqual([]);
});

/** That the desk was away for a moment is what a restart is. */
const isOfTheirOwn = (complaint: string): boolean =>
  !/ERR_CONNECTION|WebSocket|Failed to load resource|ERR_NETWORK/.test(complaint);

/** Keeps what the page connects with within the test's reach. */
function watchPeers(): void {
  const watched = window as unknown as { peers: RTCPeerConnection[] };
  watched.peers = [];
  window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
    construct(target, given) {
      const made = new target(...(given as [RTCConfiguration]));
      watched.peers.push(made);
      return made;
    },
  });
}

async function sitDown(who: StaffAccount): Promise<Seat> {
  const seat = await live.sitDown(who);
  seats.push(seat);
  await seat.context.grantPermissions(['microphone']);
  await seat.page.evaluate(watchPeers);
  return seat;
}

async function arrive(permissions: readonly string[] = ['microphone']): Promise<Chat> {
  const chat = await live.arrive();
  chats.push(chat);
  // What is not granted is refused.
  await chat.context.grantPermissions([...permissions]);
  await chat.page.evaluate(watchPeers);
  await chat.isOnline();
  return chat;
}

const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).last().click();

async function ring(chat: Chat): Promise<void> {
  await press(chat.page, voice.title);
  await press(chat.page, voice.start);
}

async function pickUp(seat: Seat, chat: Chat): Promise<void> {
  await press(seat.page, panel.accept);
  await chat.page.getByText(voice.talkingTo(seat.who.name)).waitFor();
}

interface Heard {
  /** The sum of what came out of the speaker. */
  readonly energy: number;
  /** Of so many seconds. */
  readonly seconds: number;
}

const listen = (page: Page): Promise<Heard> =>
  page.evaluate(async () => {
    const peer = (window as unknown as { peers: RTCPeerConnection[] }).peers.at(-1);
    const heard = { energy: 0, seconds: 0 };
    (await peer?.getStats())?.forEach((part) => {
      if (part.type !== 'inbound-rtp') return;
      heard.energy = part.totalAudioEnergy;
      heard.seconds = part.totalSamplesDuration;
    });
    return heard;
  });

/** So many seconds of sound hold at least one beep. */
const LONG_ENOUGH_S = 1.5;

/** What is heard in the next seconds of sound. */
async function hearOn(page: Page): Promise<number> {
  const before = await listen(page);
  for (;;) {
    const { energy, seconds } = await listen(page);
    if (seconds - before.seconds >= LONG_ENOUGH_S) return energy - before.energy;
    await page.waitForTimeout(100);
  }
}

/** Far above the noise of an empty line, far below one beep. */
const SOMETHING = 0.01;

const readLog = async (seat: Seat): Promise<CallLogPage> =>
  seat.page.evaluate(async () => (await fetch('/api/v1/staff/calls')).json());

test('where nobody is there, a callback is offered, and the microphone is left alone', async () => {
  const chat = await arrive([]);
  await press(chat.page, voice.title);
  await chat.page.getByText(voice.hindered.nobody.text).waitFor();
  expect(await findFaults(chat.page)).toEqual([]);
  await press(chat.page, voice.callback);
  await chat.page
    .locator('.log')
    .getByText(/muốn được gọi vào số nào/)
    .waitFor();
});

test('both hear each other; mute and hold silence it, a restart does not; it is in the log afterwards', async () => {
  const seat = await sitDown(lan);
  const chat = await arrive();
  await ring(chat);
  await chat.page.getByText(voice.ringing).waitFor();
  expect(await findFaults(chat.page)).toEqual([]);
  await seat.page.getByText(panel.incoming).waitFor();
  expect(await findFaults(seat.page)).toEqual([]);
  await pickUp(seat, chat);
  await seat.page.getByText(panel.talking).waitFor();
  expect(await hearOn(chat.page)).toBeGreaterThan(SOMETHING);
  expect(await hearOn(seat.page)).toBeGreaterThan(SOMETHING);
  expect(await findFaults(chat.page)).toEqual([]);
  expect(await findFaults(seat.page)).toEqual([]);

  await press(chat.page, voice.mute);
  expect(await silence(seat.page)).toBeLessThan(SOMETHING);
  await press(chat.page, voice.unmute);
  expect(await hearOn(seat.page)).toBeGreaterThan(SOMETHING);

  await press(seat.page, panel.hold);
  await chat.page.getByText(voice.held).waitFor();
  expect(await silence(chat.page)).toBeLessThan(SOMETHING);
  await press(seat.page, panel.unhold);
  await chat.page.getByText(voice.talkingTo('Lan')).waitFor();
  expect(await hearOn(chat.page)).toBeGreaterThan(SOMETHING);

  await live.desk.restart();
  for (const { page } of [seat, chat]) await page.evaluate(() => dispatchEvent(new Event('online')));
  await chat.isOnline();
  expect(await hearOn(chat.page)).toBeGreaterThan(SOMETHING);
  await chat.page.getByText(voice.levels.good).waitFor();
  await seat.page.getByRole('link', { name: panel.conversation }).click();
  await seat.page.locator('.conversation-name').waitFor();

  await press(chat.page, voice.hangUp);
  await seat.page.getByText(panel.over).waitFor();
  await chat.page.locator('.call').waitFor({ state: 'detached' });
  await chat.page
    .locator('.row.system')
    .getByText(/Cuộc gọi thoại .*giây với Lan/)
    .waitFor();
  await seat.sees('Cuộc gọi thoại');
  await expect
    .poll(async () => (await readLog(seat)).calls[0])
    .toMatchObject({
      status: 'ended',
      endedBy: 'contact',
      agent: { name: 'Lan' },
      quality: { level: 'good', packetsLost: expect.any(Number) },
      durationMs: expect.any(Number),
    });
  await press(seat.page, panel.note);
  await seat.page.getByLabel(callCopy.sheet.note).fill('Quên mật khẩu, đã hướng dẫn.');
  await seat.page.getByText(callCopy.sheet.saved).waitFor();
  expect((await readLog(seat)).calls[0]?.note).toBe('Quên mật khẩu, đã hướng dẫn.');
});

/** Waits until the last beep has died away, then listens. */
async function silence(page: Page): Promise<number> {
  await hearOn(page);
  return hearOn(page);
}

test('of two agents who take it at once, one has it, and the other one is told', async () => {
  const [one, other] = [await sitDown(lan), await sitDown(mai)];
  const chat = await arrive();
  await ring(chat);
  for (const { page } of [one, other]) await page.getByText(panel.incoming).waitFor();
  await Promise.all([one, other].map(({ page }) => press(page, panel.accept)));
  await chat.page.getByText(/^Đang nói chuyện với/).waitFor();
  const talking = chat.page.getByText(/^Đang nói chuyện với/);
  const [winner, loser] = (await talking.textContent())?.endsWith('Lan') ? [one, other] : [other, one];
  await loser.page.getByText(panel.taken(winner.who.name)).waitFor();
  expect(await loser.page.getByText(panel.incoming).count()).toBe(0);
  // The page goes without a word to the other one.
  await chat.context.close();
  chats.splice(0);
  await winner.page.getByText(panel.over).waitFor();
});

test('where the microphone is refused, and where nobody answers, a callback is offered', async () => {
  const [seat, other] = [await sitDown(lan), await sitDown(mai)];
  const mute = await arrive(['geolocation']);
  await ring(mute);
  await mute.page.getByText(voice.hindered.refused.text).waitFor();
  await press(mute.page, voice.callback);
  await mute.page
    .locator('.log')
    .getByText(/muốn được gọi vào số nào/)
    .waitFor();

  const unheard = await arrive();
  await ring(unheard);
  for (const { page } of [seat, other]) await press(page, panel.decline);
  await unheard.page.getByText(voice.hindered.unanswered.text).waitFor();
  await seat.open('/hotline?view=missed');
  await seat.page.getByText(callCopy.statuses.missed, { exact: true }).first().waitFor();
  expect(await findFaults(seat.page)).toEqual([]);
});
