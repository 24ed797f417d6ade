import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ChatClient, connectChat, newClientId, newToken } from '../support/chat-client.ts';
import { ROOT } from '../support/corpus.ts';
import { findFreePort } from '../support/free-port.ts';
import { connectStaff, FIRST_ADMIN, type StaffClient, signIn } from '../support/staff-client.ts';

const PATIENCE_MS = 100_000;

let folder: string;
let url: string;
let desk: ChildProcess;
let said = '';
let chats: ChatClient[] = [];
const seats: StaffClient[] = [];

const says = async (words: string): Promise<void> => {
  for (const deadline = Date.now() + PATIENCE_MS; !said.includes(words); await pause(50))
    if (Date.now() > deadline) throw new Error(`nobody said “${words}”:\n${said}`);
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cluster-'));
  const port = await findFreePort();
  url = `http://127.0.0.1:${port}`;
  execFileSync('npm', ['run', '--silent', 'build:server'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  desk = spawn(process.execPath, ['dist/server/cluster.mjs'], {
    cwd: ROOT,
    env: {
      ...process.env,
      MONGODB_URI: '',
      DATA_DIR: folder,
      HOST: '127.0.0.1',
      PORT: String(port),
      WORKERS: '2',
      LOG_LEVEL: 'info',
      FLOOD_LIMITS: 'off',
      ADMIN_EMAIL: FIRST_ADMIN.email,
      ADMIN_PASSWORD: FIRST_ADMIN.password,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const output of [desk.stdout, desk.stderr])
    output?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
  await says('all workers listen');
});
afterAll(async () => {
  for (const one of [...chats, ...seats]) one.close();
  if (desk.exitCode === null) desk.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

it('each line of the log names the worker that wrote it', async () => {
  const lines = said.split('\n').filter((line) => line.includes('"msg":"listening"'));
  expect(lines.map((line) => (JSON.parse(line) as { worker: number }).worker).sort()).toEqual([1, 2]);
});

it('contacts and agents are one desk, whichever worker they came to', async () => {
  const cookie = await signIn(url, FIRST_ADMIN.email, FIRST_ADMIN.password);
  // Connections go round: of two one is elsewhere.
  seats.push(await connectStaff(url, cookie), await connectStaff(url, cookie));
  chats = await Promise.all(Array.from({ length: 4 }, () => connectChat(url)));
  for (const chat of chats) {
    const { conversation } = await chat.open();
    await chat.ask('cho tôi gặp nhân viên');
    for (const seat of seats)
      await seat.hear(
        'conversation:changed',
        ({ id, status }) => id === conversation.id && status === 'queued',
      );
    await seats[0]!.claim(conversation.id);
    await seats[0]!.say(conversation.id, 'Dạ em nghe ạ.');
    await expect.poll(() => chat.heard.map(({ text }) => text)).toContain('Dạ em nghe ạ.');
  }
});

it('a network that lets no WebSocket through is served, whichever worker its requests come to', async () => {
  for (let visit = 0; visit < 40; visit++) {
    const socket = io(`${url}/chat`, {
      auth: { token: newToken() },
      transports: ['polling'],
      forceNew: true,
      reconnection: false,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    const answered = new Promise((resolve) =>
      socket.on('message:sent', ({ replyTo }) => replyTo !== null && resolve(replyTo)),
    );
    expect((await socket.emitWithAck('conversation:open', {})).ok).toBe(true);
    const sent = await socket.emitWithAck('message:send', { clientId: newClientId(), text: 'quên mật khẩu' });
    expect(await answered).toBe(sent.data.message.seq);
    socket.disconnect();
  }
});

it('a worker that dies is replaced, and its conversations go on', async () => {
  const [, pid] = /"pid":(\d+),"msg":"a worker listens"/.exec(said) ?? [];
  said = '';
  process.kill(Number(pid), 'SIGKILL');
  await says('another takes its place');
  await says('a worker listens');
  const { token } = chats[0]!;
  const again = await connectChat(url, { token });
  expect((await again.open()).messages.map(({ text }) => text)).toContain('Dạ em nghe ạ.');
  await again.send('em ơi');
  again.close();
});

it('all workers are replaced without a request refused', async () => {
  said = '';
  let isOver = false;
  const refused: unknown[] = [];
  const asking = (async () => {
    while (!isOver) {
      await fetch(`${url}/healthz`).then(
        ({ status }) => status === 200 || refused.push(status),
        (error: Error) => refused.push(error.cause),
      );
      await pause(10);
    }
  })();
  desk.kill('SIGHUP');
  await says('all workers are replaced');
  isOver = true;
  await asking;
  expect(refused).toEqual([]);
});

it('told to stop it ends in order, with all its workers', async () => {
  const exited = once(desk, 'exit');
  desk.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
});
