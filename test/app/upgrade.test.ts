/**
 * What the first version of the desk that had conversations stored (f12b853, no migration) goes up to today.
 * first-version/ is what that desk wrote: `store:export` of a few conversations, and what their contacts saw then.
 */
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TicketDetail, TicketPage } from '../../src/contracts/tickets.ts';
import { MIGRATIONS } from '../../src/storage/all-migrations.ts';
import { importStore } from '../../src/storage/import-store.ts';
import { findNewestMigration, listPending } from '../../src/storage/migrations.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { writeSmallCorpus } from '../chaos/small-corpus.ts';
import { connectChat } from '../support/chat-client.ts';
import { type RunningDesk, startDesk } from '../support/desk.ts';
import { callStaff, FIRST_ADMIN, signIn } from '../support/staff-client.ts';

const HOST_APP_SECRET = 'một bí mật của ứng dụng, chỉ để thử nghiệm';
const FILES = path.join(import.meta.dirname, 'first-version');

interface Seen {
  readonly token: string;
  readonly status: string;
  readonly messages: readonly { readonly seq: number }[];
}

let folder: string;
let dataDir: string;
let desk: RunningDesk;
const seen = JSON.parse(await readFile(path.join(FILES, 'transcripts.json'), 'utf8')) as Record<string, Seen>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'upgrade-'));
  dataDir = path.join(folder, 'data');
  const root = path.join(folder, 'corpus');
  await mkdir(root);
  await writeSmallCorpus(root);
  const store = await openStore({ dataDir, create: true });
  const report = await importStore({ db: store.db, file: path.join(FILES, 'store.jsonl') });
  expect(report).toMatchObject({ added: 48, refusedCount: 0 });
  expect(await findNewestMigration(store.db)).toBeNull();
  expect(await listPending(store.db, MIGRATIONS)).toHaveLength(MIGRATIONS.length);
  await store.close();
  desk = await startDesk({ root, dataDir, firstAdmin: FIRST_ADMIN, hostAppSecret: HOST_APP_SECRET });
}, 120_000);
afterAll(async () => {
  await desk?.stop();
  await rm(folder, { recursive: true, force: true });
});

it('with every transcript whole, in its order', async () => {
  const identity = await new SignJWT({ name: 'Nguyễn Văn Thử' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('nguoi-dung-thu')
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(HOST_APP_SECRET));
  for (const [name, { token, status, messages }] of Object.entries(seen)) {
    const client = await connectChat(desk.url, name === 'vouched' ? { token, identity } : { token });
    const opened = await client.open({ after: 0 });
    client.close();
    expect(opened.messages, name).toMatchObject(messages as never);
    expect(opened.messages, name).toHaveLength(messages.length);
    expect(opened.conversation.status, name).toBe(status);
  }
});

it('with its tickets, which have a history and can be worked on', async () => {
  const admin = await signIn(desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
  const { body } = await callStaff<TicketPage>(desk.url, admin, 'GET', '/tickets?view=all');
  expect(body.tickets).toMatchObject([{ kind: 'complaint', status: 'new', priority: 'normal' }]);
  const { code } = body.tickets[0]!;
  const found = await callStaff<TicketDetail>(desk.url, admin, 'GET', `/tickets/${code}`);
  expect(found.body).toMatchObject({ content: expect.stringContaining('trừ tiền bảo hiểm') });
  const noted = { key: 'upgrade-1', text: 'đã gọi, chưa nghe máy' };
  const after = await callStaff(desk.url, admin, 'POST', `/tickets/${code}/notes`, noted);
  expect(after, JSON.stringify(after.body)).toMatchObject({ status: 200 });
});

it('with those who waited for a person still in the queue', async () => {
  const admin = await signIn(desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
  const { body } = await callStaff<{ conversations: readonly { status: string }[] }>(
    desk.url,
    admin,
    'GET',
    '/conversations?view=queue',
  );
  expect(body.conversations).toMatchObject([{ status: 'queued' }]);
});

it('once: nothing is left to be done at the next start', async () => {
  const store = await openStore({ dataDir });
  expect(await listPending(store.db, MIGRATIONS)).toEqual([]);
  expect(await findNewestMigration(store.db)).toBe(MIGRATIONS.at(-1)?.number);
  await store.close();
});
