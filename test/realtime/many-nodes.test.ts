import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from 'redis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLogger } from '../../src/kernel/logger.ts';
import { createRedisLink } from '../../src/realtime/redis-link.ts';
import { createSocketServer } from '../../src/realtime/socket-server.ts';
import { writeSmallCorpus } from '../chaos/small-corpus.ts';
import { type ChatClient, connectChat } from '../support/chat-client.ts';
import { openDatabase } from '../support/database.ts';
import { type RunningDesk, startDesk } from '../support/desk.ts';
import { type Redis, startRedis } from '../support/redis.ts';
import { connectStaff, FIRST_ADMIN, makeAccount, type StaffClient, signIn } from '../support/staff-client.ts';

let folder: string;
let database: Awaited<ReturnType<typeof openDatabase>>;
let redis: Redis;
let here: RunningDesk;
let there: RunningDesk;
let agent: StaffClient;
let contact: ChatClient;
let conversation: string;
let tries = 0;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'many-nodes-'));
  await writeSmallCorpus(folder, ['support.agent']);
  database = await openDatabase();
  redis = await startRedis();
  const options = {
    root: folder,
    mongodbUri: database.uri,
    redisUrl: redis.url,
    firstAdmin: FIRST_ADMIN,
  };
  here = await startDesk(options);
  there = await startDesk(options);
  const admin = await signIn(there.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
  const account = await makeAccount(there.url, admin, { name: 'Nguyễn Trực', role: 'agent' });
  agent = await connectStaff(there.url, await signIn(there.url, account.email, account.password));
  contact = await connectChat(here.url);
  conversation = (await contact.open()).conversation.id;
});
afterAll(async () => {
  contact?.close();
  agent?.close();
  await here?.stop();
  await there?.stop();
  await redis?.stop();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

const heardBy = async (client: ChatClient, text: string): Promise<void> => {
  await expect.poll(() => client.heard.map((message) => message.text), { timeout: 20_000 }).toContain(text);
};

it('a contact on one node and an agent on another are one conversation', async () => {
  await contact.ask('cho tôi gặp nhân viên');
  const row = await agent.hear(
    'conversation:changed',
    ({ id, status }) => id === conversation && status === 'queued',
  );
  await agent.claim(row.id);
  await agent.open(row.id);
  await agent.say(row.id, 'Dạ em nghe ạ.');
  await heardBy(contact, 'Dạ em nghe ạ.');
  await contact.send('tôi quên mật khẩu');
  const { message } = await agent.hear('message:sent', (fact) => fact.message.text === 'tôi quên mật khẩu');
  expect(message.author).toBe('contact');
});

it('the agent sees that the contact, on another node, is there, and goes', async () => {
  const opened = await agent.open(conversation);
  expect(opened.contactOnline).toBe(true);
  const token = contact.token;
  contact.close();
  await agent.hear('contact:online', (fact) => fact.conversation === conversation && !fact.online);
  contact = await connectChat(there.url, { token });
  const after = await contact.open();
  expect(after.messages.map(({ text }) => text)).toContain('Dạ em nghe ạ.');
  contact.close();
  contact = await connectChat(here.url, { token });
  await contact.open();
});

it('who waits on one node hears soon that somebody on another was taken from in front', async () => {
  const [first, second] = [await connectChat(there.url), await connectChat(here.url)];
  const inFront = (await first.open()).conversation.id;
  await first.ask('cho tôi gặp nhân viên');
  const waiting = (await second.open()).conversation.id;
  const places: unknown[] = [];
  second.socket.on('conversation:changed', ({ queue }) => places.push(queue?.position));
  await second.ask('cho tôi gặp nhân viên');
  expect((await second.open()).conversation).toMatchObject({ id: waiting, queue: { position: 2 } });
  // What this node tells of its own event is told by then.
  await pause(1_500);
  expect(places).not.toContain(1);
  await agent.claim(inFront);
  // Without being told of it this node looks every twenty seconds.
  await expect.poll(() => places, { timeout: 4_000 }).toContain(1);
  await agent.finish(inFront);
  await agent.claim(waiting);
  await agent.finish(waiting);
  first.close();
  second.close();
});

it('with Redis away nothing is lost: clients are told to look into the database, and facts come again when it is back', async () => {
  await redis.stop();
  const before = agent.heard('sync:needed').length;
  const lastSeq = (await agent.open(conversation)).conversation.lastSeq;
  await contact.send('anh còn đó không');
  await expect.poll(() => agent.heard('sync:needed').length, { timeout: 20_000 }).toBeGreaterThan(before);
  const missed = await agent.open(conversation, lastSeq);
  expect(missed.messages.map(({ text }) => text)).toContain('anh còn đó không');
  const told = new Promise((resolve) => contact.socket.once('sync:needed', () => resolve(true)));
  await agent.say(conversation, 'Em vẫn ở đây ạ.');
  await told;
  await redis.start();
  const say = async (): Promise<boolean> => {
    tries += 1;
    const text = `thử lần ${tries}`;
    await contact.send(text);
    await new Promise((resolve) => setTimeout(resolve, 300));
    return agent.heard('message:sent').some((fact) => fact.message.text === text);
  };
  await expect.poll(say, { timeout: 20_000 }).toBe(true);
});

it('two devices with the bot, on two nodes: what one said while Redis was away the other looks for when it is back', async () => {
  const phone = await connectChat(here.url);
  await phone.open();
  const tablet = await connectChat(there.url, { token: phone.token });
  await tablet.open();
  await phone.ask('xin chào');
  await heardBy(tablet, 'xin chào');
  await redis.stop();
  await phone.ask('cảm ơn');
  const told = new Promise((resolve) => tablet.socket.once('sync:needed', () => resolve(true)));
  await redis.start();
  await told;
  const { messages } = await tablet.open();
  expect(messages.map(({ text }) => text)).toContain('cảm ơn');
  expect(tablet.heard.map(({ text }) => text)).not.toContain('cảm ơn');
  phone.close();
  tablet.close();
});

it('a Redis that hangs holds up nobody for long', async () => {
  redis.freeze();
  try {
    const sent = await contact.send('có ai không');
    expect(sent.text).toBe('có ai không');
    const answered = agent.heard('sync:needed').length;
    await expect.poll(() => agent.heard('sync:needed').length, { timeout: 20_000 }).toBeGreaterThan(answered);
  } finally {
    redis.thaw();
  }
  const say = async (): Promise<boolean> => {
    tries += 1;
    const text = `nghe rõ không ${tries}`;
    await agent.say(conversation, text);
    await new Promise((resolve) => setTimeout(resolve, 300));
    return contact.heard.some((message) => message.text === text);
  };
  await expect.poll(say, { timeout: 20_000 }).toBe(true);
});

it('a node that goes loses nothing: its contacts go on elsewhere, and the transcript is whole', async () => {
  await contact.send('tin cuối ở nút này');
  await here.stop();
  const { token } = contact;
  contact = await connectChat(there.url, { token });
  const { messages } = await contact.open();
  expect(messages.at(-1)?.text).toBe('tin cuối ở nút này');
  await agent.say(conversation, 'Em thấy rồi ạ.');
  await heardBy(contact, 'Em thấy rồi ạ.');
  here = await startDesk({ root: folder, mongodbUri: database.uri, redisUrl: redis.url });
});

it('a link that is given up while it connects leaves no failure unheard', async () => {
  const unheard: unknown[] = [];
  const hear = (error: unknown): void => void unheard.push(error);
  process.on('unhandledRejection', hear);
  // Before it reached the server, and while they greet each other.
  for (const afterMs of [0, 1, 2, 4, 8]) {
    const link = createRedisLink({ url: redis.url, logger: createLogger('silent') });
    createSocketServer(createServer(), link).of('/staff');
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    await link.close();
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  process.off('unhandledRejection', hear);
  expect(unheard).toEqual([]);
});

it('a link that can tell but not hear is down until it hears again: what it missed is looked for', async () => {
  const link = createRedisLink({ url: redis.url, logger: createLogger('silent') });
  const turns: string[] = [];
  link.events.on('up', () => turns.push('up')).on('down', () => turns.push('down'));
  createSocketServer(createServer(), link).of('/staff');
  await expect.poll(() => turns, { timeout: 20_000 }).toEqual(['up']);
  const other = await createClient({ url: redis.url }).connect();
  await other.sendCommand(['CLIENT', 'KILL', 'TYPE', 'pubsub']);
  await expect.poll(() => turns, { timeout: 20_000 }).toEqual(['up', 'down', 'up']);
  await other.close();
  await link.close();
});
