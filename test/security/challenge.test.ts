/** A flood that meets a challenge, and everybody else, who does not. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createFloodGuard } from '../../src/app/flood-guard.ts';
import type { FloodChallenge } from '../../src/challenges/flood-challenge.ts';
import { type ChallengeView, SOLUTION_HEADER } from '../../src/contracts/challenge.ts';
import { FLOOD_LIMITS, LOAD_LIMITS } from '../../src/kernel/limits.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { solveChallenge } from '../../web-widget/challenge/solve-challenge.ts';
import { writeSmallCorpus } from '../chaos/small-corpus.ts';
import { type ChatClient, connectChat, newToken } from '../support/chat-client.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { postQuestion, type RunningDesk, startDesk } from '../support/desk.ts';
import { FIRST_ADMIN } from '../support/staff-client.ts';

const SECRET = 'the host app and the desk know it, 32 bytes';
const HOUR_MS = 3_600_000;
const RULES = {
  contacts: { points: 2, windowMs: HOUR_MS },
  answers: { points: 2, windowMs: HOUR_MS },
  strainedForMs: 60_000,
  bits: 6,
  parts: 2,
  validMs: 120_000,
};

let root: string;
let database: TestDatabase;
let desk: RunningDesk;
let node: RunningDesk;
let clients: ChatClient[] = [];
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'challenge-'));
  await writeSmallCorpus(root);
  database = await openDatabase();
  const start = () =>
    startDesk({
      root,
      mongodbUri: database.uri,
      firstAdmin: FIRST_ADMIN,
      hostAppSecret: SECRET,
      trustedProxies: ['127.0.0.1'],
      floodChallenge: RULES,
    });
  desk = await start();
  node = await start();
});
afterAll(async () => {
  await desk?.stop();
  await node?.stop();
  await database?.drop();
  await rm(root, { recursive: true, force: true });
});
afterEach(() => {
  for (const client of clients) client.close();
  clients = [];
});

/** Everybody comes through the proxy; each test has addresses of its own. */
const from = (address: string) => ({ 'x-forwarded-for': address });
async function arrive(
  address: string,
  shown: object = { token: newToken() },
  at = desk,
): Promise<ChatClient> {
  const client = await connectChat(at.url, shown, from(address));
  clients.push(client);
  return client;
}
interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly challenge?: ChallengeView;
}
/** null: opened. */
const refusalOf = (opening: Promise<unknown>): Promise<Refusal | null> =>
  opening.then(
    () => null,
    ({ ack }: { ack: Refusal }) => ack,
  );
/** Uses up what is free. @returns what the next one is told */
async function exhaust(address: string, at = desk): Promise<Refusal> {
  for (let free = 0; free <= RULES.contacts.points; free++) {
    const refusal = await refusalOf((await arrive(address, undefined, at)).open());
    if (refusal !== null) return refusal;
  }
  throw new Error('nobody was asked');
}
const solve = async (challenge: ChallengeView): Promise<string> =>
  (await solveChallenge(challenge, { rest: async () => true, now: () => 0, isHidden: () => false }))!;
const isOpened = async (address: string, solution: string, at = desk): Promise<boolean> =>
  (await refusalOf((await arrive(address, { token: newToken() }, at)).open({ solution }))) === null;

describe('a new contact from an address that very much comes from', () => {
  it('solves something first, each time anew', async () => {
    const { code, message, challenge } = await exhaust('192.0.2.1');
    expect([code, challenge?.kind]).toEqual(['challenge_required', 'pow']);
    expect(message).toContain('kiểm tra kết nối');
    const solution = await solve(challenge!);
    expect(await isOpened('192.0.2.1', solution)).toBe(true);
    expect(await isOpened('192.0.2.1', solution)).toBe(false);
  });

  it('is known by its solution on every node, once', async () => {
    const { challenge } = await exhaust('192.0.2.2');
    await exhaust('192.0.2.2', node);
    const solution = await solve(challenge!);
    const tries = [desk, node, desk, node].map((at) => isOpened('192.0.2.2', solution, at));
    expect((await Promise.all(tries)).filter((opened) => opened)).toHaveLength(1);
  });

  it('cannot bring what was posed to somebody else, or made up', async () => {
    const { challenge } = await exhaust('192.0.2.3');
    await exhaust('192.0.2.4');
    const solution = await solve(challenge!);
    expect(await isOpened('192.0.2.4', solution)).toBe(false);
    expect(await isOpened('192.0.2.3', solution.replace(/:.*/, ':1,2'))).toBe(false);
    const made = await refusalOf((await arrive('192.0.2.3')).open({ solution: 'x'.repeat(500) }));
    expect(made?.code).toBe('invalid_request');
    expect(await isOpened('192.0.2.3', solution)).toBe(true);
  });
});

describe('nothing is asked of', () => {
  it('those who are known, those whom the host app vouches for, other addresses, and the staff', async () => {
    const lan = await arrive('192.0.2.10');
    await lan.open();
    expect((await exhaust('192.0.2.10')).code).toBe('challenge_required');
    expect(await refusalOf((await arrive('192.0.2.10', { token: lan.token })).open())).toBeNull();
    const identity = await new SignJWT({ name: 'Nguyễn Văn A' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('a')
      .setIssuedAt()
      .setExpirationTime('5 minutes')
      .sign(new TextEncoder().encode(SECRET));
    expect(await refusalOf((await arrive('192.0.2.10', { identity })).open())).toBeNull();
    expect(await refusalOf((await arrive('192.0.2.11')).open())).toBeNull();
    const signedIn = await fetch(`${desk.url}/api/v1/staff/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...from('192.0.2.10') },
      body: JSON.stringify(FIRST_ADMIN),
    });
    expect(signedIn.status).toBe(200);
  });
});

it('questions without a conversation beyond a burst bring a solution in a header', async () => {
  const ask = (headers: Record<string, string> = {}) =>
    postQuestion(desk.url, { text: 'quên mật khẩu' }, { ...from('192.0.2.20'), ...headers });
  expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
  const refused = await ask();
  const { error } = (await refused.json()) as { error: Refusal };
  expect([refused.status, error.code]).toEqual([429, 'challenge_required']);
  const solution = await solve(error.challenge!);
  expect((await ask({ [SOLUTION_HEADER]: solution })).status).toBe(200);
  expect((await ask({ [SOLUTION_HEADER]: solution })).status).toBe(429);
});

describe('while the load is high, and for a minute after it', () => {
  it('every new contact is asked, wherever it comes from', async () => {
    const asked: unknown[] = [];
    const challenge: FloodChallenge = {
      admit: async (_asked, _network, _solution, isStrained) => void asked.push(isStrained),
    };
    const contacts = { find: async () => null, ensure: async () => 'c1' };
    const guard = createFloodGuard({
      challenge,
      contacts,
      floodLimits: { ...FLOOD_LIMITS },
      logger: createLogger('silent'),
    });
    const arriveNew = () =>
      guard.chat.ensureContact({ kind: 'device', tokenHash: newToken() }, '198.51.100.1');
    await arriveNew();
    const ends = Array.from({ length: LOAD_LIMITS.inHand }, () => guard.load.begin());
    expect(guard.load.isHigh()).toBe(true);
    for (const end of ends) end?.();
    await arriveNew();
    guard.stop();
    expect(asked).toEqual([false, true]);
  });
});
