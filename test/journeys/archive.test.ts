/** The archive on a running desk: the same conversation before, while it is away, and after it is back or erased. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { ObjectId } from 'mongodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPackStore } from '../../src/archive/pack-store.ts';
import type { ArchivedConversation, ArchivePage, RetentionPreview } from '../../src/contracts/archive.ts';
import type { ConversationOpened } from '../../src/contracts/console.ts';
import { DEFAULT_RETENTION_SETTINGS } from '../../src/contracts/retention-defaults.ts';
import { writeSmallCorpus } from '../chaos/small-corpus.ts';
import { type ChatClient, connectChat, newToken } from '../support/chat-client.ts';
import { ROOT } from '../support/corpus.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { type RunningDesk, startDesk } from '../support/desk.ts';
import { callStaff, connectStaff, FIRST_ADMIN, type StaffClient, signIn } from '../support/staff-client.ts';

const DAY_MS = 86_400_000;
let root: string;
let archiveDir: string;
let database: TestDatabase;
let desk: RunningDesk;
let cookie: string;
let staff: StaffClient;
let token: string;
let contact: ChatClient;
let id: string;
let before: ConversationOpened;
let counted: unknown;

const get = async <Body>(at: string) => callStaff<Body>(desk.url, cookie, 'GET', at);
const run = async (script: string, ...args: readonly string[]): Promise<string> => {
  const { scripts } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  const [, ...command] = (scripts as Record<string, string>)[script]!.split(' ');
  const env = { ...process.env, MONGODB_URI: database.uri, ARCHIVE_DIR: archiveDir };
  return (await promisify(execFile)(process.execPath, [...command, ...args], { cwd: ROOT, env })).stdout;
};
/** As if the days had passed: everything that says when is that much earlier. */
const age = async (days: number): Promise<void> => {
  const earlier = (field: string) => ({ $subtract: [field, days * DAY_MS] });
  const db = database.client.db();
  await db
    .collection('conversations')
    .updateOne({ _id: new ObjectId(id) }, [
      { $set: { openedAt: earlier('$openedAt'), activeAt: earlier('$activeAt') } },
    ]);
  await db.collection('messages').updateMany({ conversation: id }, [{ $set: { at: earlier('$at') } }]);
};
const numbers = async (): Promise<unknown> => {
  const db = database.client.db();
  const [facts, days] = await Promise.all([
    db
      .collection('analytics_facts')
      .find({}, { projection: { version: 0, dirtyHours: 0, frozen: 0 } })
      .sort({ _id: 1 })
      .toArray(),
    db.collection('analytics_days').find().sort({ _id: 1 }).toArray(),
  ]);
  return { facts, days };
};

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'archive-desk-'));
  archiveDir = path.join(root, 'kho');
  await writeSmallCorpus(root);
  database = await openDatabase();
  desk = await startDesk({ root, mongodbUri: database.uri, archiveDir, firstAdmin: FIRST_ADMIN });
  cookie = await signIn(desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
  staff = await connectStaff(desk.url, cookie);
  token = newToken();
  contact = await connectChat(desk.url, { token });
  id = (await contact.open()).conversation.id;
  await contact.ask('Gặp nhân viên', { choice: 'agent' });
  await staff.claim(id);
  await contact.send('thẻ bảo hiểm của tôi bị sai ngày sinh');
  await staff.say(id, 'Em đã nhận thông tin ạ');
  await staff.command('note:add', { id, clientId: 'n1'.repeat(8), text: 'đã đối chiếu', whisper: false });
  await staff.finish(id);
  await age(200);
  before = await staff.open(id);
});
afterAll(async () => {
  contact?.close();
  staff?.close();
  await desk?.stop();
  await database?.drop();
  await rm(root, { recursive: true, force: true });
});

it('says what would be moved before anything is, and moves it with one command beside the desk', async () => {
  expect(
    (
      await callStaff<RetentionPreview>(
        desk.url,
        cookie,
        'POST',
        '/retention/preview',
        DEFAULT_RETENTION_SETTINGS,
      )
    ).body,
  ).toMatchObject({ archive: 1, deleteArchived: 0, hasArchive: true });
  await run('analytics:rebuild');
  counted = await numbers();
  expect(await run('archive', '--dry-run')).toContain('1 conversations would go');
  expect(await run('archive')).toContain('1 conversations went into');
  expect(await database.client.db().collection('messages').countDocuments({ conversation: id })).toBe(0);
  await expect(staff.open(id)).rejects.toMatchObject({ ack: { code: 'conversation_archived' } });
});

it('is found by what was said, and reads as it did before', async () => {
  const { body: page } = await get<ArchivePage>(`/archive?q=${encodeURIComponent('sai ngay sinh')}`);
  expect(page.conversations).toMatchObject([
    { id, found: 'thẻ bảo hiểm của tôi bị sai ngày sinh', agents: [{ name: expect.any(String) }] },
  ]);
  const { body: one } = await get<ArchivedConversation>(`/archive/${id}`);
  expect(one.messages).toEqual(before.messages);
  expect(one.notes).toEqual(before.notes);
  expect(one.conversation).toEqual(before.conversation);
  const audited = await database.client
    .db()
    .collection('audit_log')
    .find({ action: /^archive/ })
    .sort({ _id: 1 })
    .toArray();
  expect(audited.map(({ action }) => action)).toEqual(['archive.searched', 'archive.opened']);
  expect(JSON.stringify(audited)).not.toContain('sinh');
});

it('counts the same when all numbers are made anew without it', async () => {
  await run('analytics:rebuild');
  expect(await numbers()).toEqual(counted);
});

it('gives who returns a new conversation, shows the staff the old one, and the contact all of the own', async () => {
  contact.close();
  contact = await connectChat(desk.url, { token });
  const { conversation, messages } = await contact.open();
  expect(conversation.id).not.toBe(id);
  expect(messages).toEqual([]);
  await contact.ask('Gặp nhân viên', { choice: 'agent' });
  const opened = await staff.open(conversation.id);
  expect(opened.contact.conversations).toMatchObject([{ id, archived: true }]);
  const response = await fetch(`${desk.url}/api/v1/conversation/transcript?all=true`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const text = await response.text();
  expect(text.indexOf('sai ngày sinh')).toBeGreaterThan(0);
  expect(text.indexOf('Gặp nhân viên')).toBeGreaterThan(0);
});

it('is back where it was when somebody brings it back', async () => {
  expect(await callStaff(desk.url, cookie, 'POST', `/archive/${id}/restore`, {})).toMatchObject({
    status: 204,
  });
  const { messages, notes } = await staff.open(id);
  expect({ messages, notes }).toEqual({ messages: before.messages, notes: before.notes });
  expect(await get(`/archive/${id}`)).toMatchObject({ status: 404 });
});

it('leaves nothing in database, index and packs when the contact has everything deleted', async () => {
  const db = database.client.db();
  await db.collection('conversations').updateOne({ _id: new ObjectId(id) }, { $unset: { restoredAt: '' } });
  expect(await run('archive')).toContain('1 conversations went into');
  await contact.command('contact:erase', {});
  expect(await get<ArchivePage>('/archive')).toMatchObject({ body: { conversations: [], total: 0 } });
  for (const name of ['archived_conversations', 'messages', 'conversation_notes', 'conversations'])
    expect([name, await db.collection(name).countDocuments()]).toEqual([name, 0]);
  const packs = await createPackStore(archiveDir).list();
  const texts = await Promise.all(packs.map((name) => readFile(path.join(archiveDir, `${name}.jsonl.gz`))));
  expect(texts.map((bytes) => gunzipSync(bytes).toString()).join('')).not.toContain('ngày sinh');
});
