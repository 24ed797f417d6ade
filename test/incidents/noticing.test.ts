/** The whole way of a rise over real sockets: the clock is moved by hand, all else is the desk as it runs. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { BannerView, IncidentList, IncidentView } from '../../src/contracts/incidents.ts';
import { writeSmallCorpus } from '../chaos/small-corpus.ts';
import { connectChat } from '../support/chat-client.ts';
import { type RunningDesk, startDesk } from '../support/desk.ts';
import { callStaff, connectStaff, FIRST_ADMIN, makeAccount, signIn } from '../support/staff-client.ts';
import { DRAFT, MINUTE_MS } from './incident-room.ts';

const QUESTION = 'quên mật khẩu';
const BEGINNING = new Date('2026-11-30T01:02:00Z');
const PATIENCE = { timeout: 90_000, interval: 200 };
let folder: string;
let desk: RunningDesk;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: BEGINNING });
  folder = await mkdtemp(path.join(tmpdir(), 'noticing-'));
  await writeSmallCorpus(folder);
  desk = await startDesk({ root: folder, firstAdmin: FIRST_ADMIN });
}, 120_000);
afterAll(async () => {
  await desk?.stop();
  vi.useRealTimers();
  await rm(folder, { recursive: true, force: true });
});

/** So many contacts ask the same, each from a device of their own. */
async function ask(contacts: number): Promise<void> {
  for (let one = 0; one < contacts; one += 1) {
    const contact = await connectChat(desk.url);
    await contact.open();
    await contact.ask(QUESTION);
    contact.close();
  }
}

test('what many ask at once is told to supervisors, once the desk knows what is usual; what they say to it, to all', async () => {
  const admin = await signIn(desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
  const list = async (): Promise<IncidentList> =>
    (await callStaff<IncidentList>(desk.url, admin, 'GET', '/incidents')).body;
  expect((await list()).noticing).toEqual({ isReady: false, readyAt: null });
  await ask(1);
  // Counted in buckets of five minutes: from 8:00 on, and two hours and ten minutes are enough.
  await expect
    .poll(async () => (await list()).noticing, PATIENCE)
    .toEqual({ isReady: false, readyAt: '2026-11-30T03:10:00.000Z' });

  vi.setSystemTime(BEGINNING.getTime() + 129 * MINUTE_MS);
  expect((await list()).noticing.isReady).toBe(true);
  const seats = await Promise.all(
    (['supervisor', 'agent'] as const).map(async (role) => {
      const { email, password } = await makeAccount(desk.url, admin, { name: role, role });
      const cookie = await signIn(desk.url, email, password);
      return { cookie, ...(await connectStaff(desk.url, cookie)) };
    }),
  );
  const [supervisor, agent] = seats as [(typeof seats)[0], (typeof seats)[0]];
  await ask(9);
  await expect
    .poll(() => supervisor.heard('incident:noticed'), PATIENCE)
    .toMatchObject([{ kind: 'noticed' }]);
  const [suspicion] = (await list()).suspicions;
  expect(suspicion).toMatchObject({ subject: { intent: 'password.forgot' }, asked: 9, samples: [QUESTION] });
  expect(agent.heard('incident:noticed')).toEqual([]);

  const online = await connectChat(desk.url);
  const banners: (readonly BannerView[])[] = [];
  online.socket.on('banners:changed', (shown) => banners.push(shown));
  await online.open();
  const draft = { ...DRAFT, affects: { all: false, intents: ['password.forgot'] } };
  const opened = await callStaff<IncidentView>(desk.url, supervisor.cookie, 'POST', '/incidents', {
    draft,
    suspicion: suspicion?.id,
  });
  expect(opened.status).toBe(201);
  await expect.poll(() => banners.at(-1), PATIENCE).toMatchObject([DRAFT.banner]);
  expect(JSON.stringify((await online.ask(QUESTION)).bubbles)).toContain(DRAFT.answer?.markdown);
  expect((await list()).suspicions).toEqual([]);
  online.close();
  for (const { close } of seats) close();
});
