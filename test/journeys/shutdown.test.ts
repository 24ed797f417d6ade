/** A desk that is told to stop while everybody writes: a real process, real sockets, a real signal. */
import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { HistoryPage } from '../../src/contracts/chat.ts';
import { type DeskProcess, prepareDesk } from '../chaos/desk-process.ts';
import { type ChatClient, connectChat, newClientId } from '../support/chat-client.ts';

/** More than are sent away at once. */
const CONTACTS = 24;
const WAIT = { timeout: 30_000 };
/** What is told again within a second is told once. */
const ONE_WISH_MS = 1_100;

interface Writer {
  readonly chat: ChatClient;
  /** By clientId. */
  readonly acknowledged: Set<string>;
  /** Why the connection ended, once it has. */
  readonly ended: Promise<string>;
  readonly isGone: () => boolean;
}

let desk: DeskProcess;
beforeAll(async () => {
  desk = await prepareDesk({ SHUTDOWN_DELAY_MS: '1500' });
  await desk.start();
});
afterAll(async () => desk?.remove());

async function startWriting(): Promise<Writer> {
  const chat = await connectChat(desk.url);
  await chat.open();
  const acknowledged = new Set<string>();
  let gone = false;
  const ended = new Promise<string>((resolve) => {
    chat.socket.once('disconnect', (reason) => {
      gone = true;
      resolve(reason);
    });
  });
  const write = async (): Promise<void> => {
    while (!gone) {
      const clientId = newClientId();
      // What was not acknowledged when the connection ended, a page sends again elsewhere.
      await chat.send('xem thẻ bhyt ở đâu', { clientId }).then(
        () => acknowledged.add(clientId),
        () => undefined,
      );
      await pause(100);
    }
  };
  void write();
  return { chat, acknowledged, ended, isGone: () => gone };
}

/** A question over HTTP of which the last word is yet to come. */
async function beginQuestion(): Promise<{ readonly end: () => Promise<number | undefined> }> {
  const body = JSON.stringify({ text: 'xem thẻ bhyt ở đâu' });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const asking: ClientRequest = request(`${desk.url}/api/v1/answers`, { method: 'POST', headers });
  const answered = once(asking, 'response');
  await new Promise((resolve) => asking.write(body.slice(0, 5), resolve));
  return {
    async end() {
      asking.end(body.slice(5));
      const [response] = (await answered) as [IncomingMessage];
      response.resume();
      return response.statusCode;
    },
  };
}

const readyReasons = async (): Promise<string[]> => {
  const response = await fetch(`${desk.url}/readyz`);
  const { reasons } = (await response.json()) as { reasons: { code: string }[] };
  return reasons.map(({ code }) => code);
};
const countAcknowledged = (writers: readonly Writer[]): number =>
  writers.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);

it('says that it stops, serves until it is known, sends everybody on, and keeps all that was acknowledged', async () => {
  const writers = await Promise.all(Array.from({ length: CONTACTS }, startWriting));
  await expect.poll(() => writers.every(({ acknowledged }) => acknowledged.size > 0), WAIT).toBe(true);

  const question = await beginQuestion();
  const stopping = desk.stop();
  await expect.poll(readyReasons, { ...WAIT, interval: 20 }).toEqual(['draining']);
  const whenKnown = countAcknowledged(writers);
  expect(new Set(await Promise.all(writers.map(({ ended }) => ended)))).toEqual(
    new Set(['io server disconnect']),
  );
  expect(countAcknowledged(writers)).toBeGreaterThan(whenKnown);
  expect(await question.end()).toBe(200);
  expect(await stopping).toBe(0);
  expect(desk.complaints().filter((line) => line.includes('"level":50'))).toEqual([]);

  await desk.start();
  for (const { chat, acknowledged } of writers) {
    const stored = new Set<string>();
    for (let before: number | undefined; ; ) {
      const address = `${desk.url}/api/v1/conversation/messages${before === undefined ? '' : `?before=${before}`}`;
      const response = await fetch(address, { headers: { authorization: `Bearer ${chat.token}` } });
      const { messages, hasMore } = (await response.json()) as HistoryPage;
      for (const { clientId } of messages) stored.add(String(clientId));
      if (!hasMore) break;
      before = messages[0]?.seq;
    }
    expect([...acknowledged].filter((clientId) => !stored.has(clientId))).toEqual([]);
  }
});

it('ends at once when it is told a second time, but for what a terminal and its programs say in one breath', async () => {
  const stopping = desk.stop();
  await expect.poll(readyReasons, { ...WAIT, interval: 20 }).toEqual(['draining']);
  desk.urge();
  await pause(ONE_WISH_MS);
  expect(await readyReasons()).toEqual(['draining']);
  desk.urge();
  expect(await stopping).toBe(1);
});
