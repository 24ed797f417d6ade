/** A desk with three agents and a supervisor who are there, for one test file: contacts come as it wants them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import type { ConversationView, MessageView } from '../../src/contracts/chat.ts';
import type { InboxPage } from '../../src/contracts/console.ts';
import type { DeskSettings, DeskSettingsView } from '../../src/contracts/desk-settings.ts';
import type { Role } from '../../src/contracts/permissions.ts';
import { writeSmallCorpus } from '../chaos/small-corpus.ts';
import { type ChatClient, connectChat, newToken } from '../support/chat-client.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { type RunningDesk, startDesk } from '../support/desk.ts';
import {
  callStaff,
  connectStaff,
  FIRST_ADMIN,
  makeAccount,
  type StaffAccount,
  type StaffClient,
  signIn,
} from '../support/staff-client.ts';

export const WAIT = { timeout: 20_000 };
export const SECRET = 'a-secret-of-the-host-app-that-is-long-enough';
export const SKILL = 'thẻ BHYT';

let root: string;
export let database: TestDatabase;
export let desk: RunningDesk;
export let admin: string;

export type Member = StaffClient & { readonly account: StaffAccount; readonly cookie: string };
export let lan: Member;
export let hoa: Member;
export let minh: Member;
export let thuy: Member;
let contacts: ChatClient[] = [];

async function join(name: string, role: Role, skills: readonly string[] = []): Promise<Member> {
  const account = await makeAccount(desk.url, admin, { name, role, skills: [...skills], capacity: 20 });
  const cookie = await signIn(desk.url, account.email, account.password);
  return Object.assign(await connectStaff(desk.url, cookie), { account, cookie });
}

export async function openStaffedDesk(): Promise<void> {
  root = await mkdtemp(path.join(tmpdir(), 'staffed-'));
  await writeSmallCorpus(root);
  database = await openDatabase();
  desk = await startDesk({ root, mongodbUri: database.uri, hostAppSecret: SECRET, firstAdmin: FIRST_ADMIN });
  admin = await signIn(desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
  lan = await join('Lê Thị Lan', 'agent');
  hoa = await join('Trần Hòa', 'agent', [SKILL]);
  minh = await join('Vũ Minh', 'agent');
  thuy = await join('Đỗ Thủy', 'supervisor');
}

export async function closeStaffedDesk(): Promise<void> {
  for (const one of [lan, hoa, minh, thuy]) one?.close();
  await desk?.stop();
  await database?.drop();
  await rm(root, { recursive: true, force: true });
}

/** The contacts of one test go. */
export function hangUp(): void {
  for (const contact of contacts) contact.close();
  contacts = [];
}

interface Asking {
  readonly contact: ChatClient;
  readonly id: string;
  /** What the bot said to the wish for a person. */
  readonly answer: MessageView;
  /** How the contact sees the conversation now. */
  readonly view: () => Promise<ConversationView>;
  readonly transcript: () => Promise<readonly MessageView[]>;
}

export async function visit(
  shown: Parameters<typeof connectChat>[1] = { token: newToken() },
): Promise<ChatClient> {
  const contact = await connectChat(desk.url, shown);
  contacts.push(contact);
  return contact;
}

/** A contact who asks for a person. */
export async function asking(shown?: Parameters<typeof connectChat>[1]): Promise<Asking> {
  const contact = await visit(shown);
  const { conversation } = await contact.open();
  const answer = await contact.ask('Gặp nhân viên', { choice: 'agent' });
  return {
    contact,
    id: conversation.id,
    answer,
    view: async () => (await contact.open()).conversation,
    transcript: async () => (await contact.open()).messages,
  };
}

/** One whom Lan has taken. */
export async function served(): Promise<Asking> {
  const one = await asking();
  await lan.claim(one.id);
  await lan.open(one.id);
  return one;
}

export const list = async (by: Member, query: string): Promise<InboxPage> =>
  (await callStaff<InboxPage>(desk.url, by.cookie, 'GET', `/conversations?${query}`)).body;
export const ids = ({ conversations }: InboxPage): string[] => conversations.map(({ id }) => id);
export const notices = (transcript: readonly MessageView[]): string[] =>
  transcript.filter(({ author }) => author === 'system').map(({ text }) => text);
export const eventsOf = async (id: string) =>
  (await thuy.open(id)).messages.flatMap(({ event }) => (event === null ? [] : [event]));
export const saidBy = (answer: MessageView): string =>
  answer.bubbles.map((bubble) => (bubble.kind === 'text' ? bubble.markdown : '')).join('\n');
export const audited = (action: string) =>
  database.client.db().collection('audit_log').find({ action }).sort({ _id: 1 }).toArray();
export const refusedWith = (code: string, details?: readonly string[]) => ({
  ack: { code, ...(details === undefined ? {} : { details }) },
});

export async function changeSettings(change: (settings: DeskSettings) => DeskSettings): Promise<void> {
  const { body } = await callStaff<DeskSettingsView>(desk.url, admin, 'GET', '/settings');
  const next = { revision: body.revision, settings: change(body.settings) };
  expect(await callStaff(desk.url, admin, 'PUT', '/settings', next)).toMatchObject({ status: 200 });
}
