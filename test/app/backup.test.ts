/** The rehearsal: a desk is backed up while people write, and another one starts from the file. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageView } from '../../src/contracts/chat.ts';
import type { TicketDetail } from '../../src/contracts/tickets.ts';
import { SAMPLES } from '../attachments/samples.ts';
import { writeSmallCorpus } from '../chaos/small-corpus.ts';
import { type ChatClient, connectChat, newToken } from '../support/chat-client.ts';
import { ROOT } from '../support/corpus.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { type DeskOptions, type RunningDesk, startDesk } from '../support/desk.ts';
import { callStaff, FIRST_ADMIN, signIn } from '../support/staff-client.ts';

const SESSION_SECRET = 'một bí mật đủ dài để niêm phong các con số';
const WRITERS = 4;
const NUMBER = '7912345678';
/** The command beside them is to have its turn on a small machine. */
const PAUSE_MS = 50;

let folder: string;
let source: Store;
let desk: RunningDesk;
let file: string;
let said: string;
let ticket: string;
let attachment: string;
/** What was acknowledged before the backup began, and what was there when all was over, by the contact's token. */
const before = new Map<string, readonly MessageView[]>();
const after = new Map<string, readonly MessageView[]>();

interface Store {
  readonly options: Pick<DeskOptions, 'mongodbUri' | 'dataDir'>;
  readonly env: Record<string, string>;
  readonly drop: () => Promise<void>;
}

/** An empty store: at MONGODB_URI where that is set, else a folder. */
async function openStore(name: string): Promise<Store> {
  if (process.env['MONGODB_URI']) {
    const database: TestDatabase = await openDatabase();
    const options = { mongodbUri: database.uri };
    return { options, env: { MONGODB_URI: database.uri }, drop: database.drop };
  }
  const dataDir = path.join(folder, name);
  return { options: { dataDir }, env: { DATA_DIR: dataDir, MONGODB_URI: '' }, drop: async () => undefined };
}

const startOn = (store: Store): Promise<RunningDesk> =>
  startDesk({
    root: path.join(folder, 'corpus'),
    firstAdmin: FIRST_ADMIN,
    sessionSecret: SESSION_SECRET,
    ...store.options,
  });

interface Run {
  readonly code: number;
  readonly output: string;
}

async function npm(script: string, args: readonly string[], env: Record<string, string>): Promise<Run> {
  const { scripts } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const [, ...command] = scripts[script]!.split(' ');
  const options = { cwd: ROOT, env: { ...process.env, SESSION_SECRET, ...env } };
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [...command, ...args], options);
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

async function readTranscript(url: string, token: string): Promise<readonly MessageView[]> {
  const client = await connectChat(url, { token });
  const all: MessageView[] = [];
  try {
    for (let hasMore = true; hasMore; ) {
      const page = await client.open({ after: all.at(-1)?.seq ?? 0 });
      all.push(...page.messages);
      hasMore = page.hasMore;
    }
    return all;
  } finally {
    client.close();
  }
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'backup-'));
  await mkdir(path.join(folder, 'corpus'));
  await writeSmallCorpus(path.join(folder, 'corpus'));
  source = await openStore('source');
  desk = await startOn(source);
  const admin = await signIn(desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
  const made = await callStaff<TicketDetail>(desk.url, admin, 'POST', '/tickets', {
    key: 'rehearsal',
    kind: 'complaint',
    complaintType: 'report',
    content: 'không đăng nhập được',
    phone: '0912345678',
    name: 'Nguyễn Văn Thử',
  });
  ticket = made.body.code;

  const clients = await Promise.all(
    Array.from({ length: WRITERS }, () => connectChat(desk.url, { token: newToken() })),
  );
  for (const client of clients) {
    await client.open();
    await client.ask('quen mk vssid lm sao lay lai qua mail');
    await client.ask(`mã số bhxh của tôi là ${NUMBER}`);
  }
  attachment = await upload(clients[0]!);
  for (const { token } of clients) before.set(token, await readTranscript(desk.url, token));

  // They write until the backup is there.
  let isOver = false;
  const writing = clients.map(async (client) => {
    for (let n = 0; !isOver; n++) {
      await client.ask(`xem thẻ bhyt lần ${n}`);
      await delay(PAUSE_MS);
    }
  });
  file = path.join(folder, 'backups', 'desk.jsonl.gz');
  await mkdir(path.dirname(file));
  const run = await npm('backup', [file], source.env);
  isOver = true;
  await Promise.all(writing);
  said = run.output;
  expect(run).toMatchObject({ code: 0 });
  for (const client of clients) {
    after.set(client.token, await readTranscript(desk.url, client.token));
    client.close();
  }
}, 120_000);
afterAll(async () => {
  await desk?.stop();
  await source?.drop();
  await rm(folder, { recursive: true, force: true });
});

async function upload({ token, send }: ChatClient): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(SAMPLES['image/png'])]), 'ảnh thẻ.png');
  const headers = { authorization: `Bearer ${token}` };
  const url = `${desk.url}/api/v1/conversation/attachments`;
  const posted = (await (await fetch(url, { method: 'POST', headers, body: form })).json()) as { id: string };
  await send('ảnh của tôi', { attachments: [posted.id] });
  return `/api/v1/attachments/${posted.id}`;
}

describe('a backup that was made while people wrote', () => {
  it('says what is in it and what it takes to use it, and leaves nothing beside it', async () => {
    expect(said).toMatch(/numbers of persons are sealed with the SESSION_SECRET of fingerprint \w{12}/);
    expect(said).toMatch(/messages +\d+ +[0-9a-f]{64}/);
    expect(said).toMatch(/attachments\.chunks +1 /);
    expect(said).toContain('Written and read back');
    expect(await readdir(path.dirname(file))).toEqual(['desk.jsonl.gz']);
    expect((await stat(file)).mode & 0o077).toBe(0);
    if (!process.env['MONGODB_URI']) expect(said).toContain('as it was at ');
  });

  it('gives a desk with every message that was acknowledged before, and no gap in those after', async () => {
    const target = await openStore('target');
    const restored = await npm('restore', [file], target.env);
    expect(restored).toMatchObject({ code: 0, output: expect.stringContaining('Restored, and read back.') });
    expect(restored.output).not.toContain('SESSION_SECRET is');
    const again = await startOn(target);
    try {
      for (const [token, whole] of after) {
        const there = await readTranscript(again.url, token);
        const known = before.get(token)!;
        expect(there.slice(0, known.length)).toEqual(known);
        expect(there.map(({ seq }) => seq)).toEqual(there.map((_, at) => at + 1));
        // The bot answers at the start what the moment left unanswered.
        const common = Math.min(there.length, whole.length) - 1;
        expect(there.slice(0, common)).toEqual(whole.slice(0, common));
      }
      const admin = await signIn(again.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
      const { body } = await callStaff<TicketDetail>(again.url, admin, 'GET', `/tickets/${ticket}`);
      expect(body).toMatchObject({ code: ticket, content: 'không đăng nhập được' });
      const bytes = await fetch(`${again.url}${attachment}`);
      expect(Buffer.from(await bytes.arrayBuffer()).equals(SAMPLES['image/png'])).toBe(true);
    } finally {
      await again.stop();
    }
    await target.drop();
  });

  it.skipIf(Boolean(process.env['MONGODB_URI']))(
    'is not restored into a folder that a desk runs on',
    async () => {
      expect(await npm('restore', [file, '--replace', '--confirm', 'vssid'], source.env)).toMatchObject({
        code: 1,
        output: expect.stringContaining('Another desk runs on the folder'),
      });
    },
  );
});
