/** Secrets planted through every door of a desk that logs everything; then its store and its log are searched. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SAMPLES } from '../attachments/samples.ts';
import { writeSmallCorpus } from '../chaos/small-corpus.ts';
import { connectChat, newClientId } from '../support/chat-client.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { postQuestion, type RunningDesk, startDesk } from '../support/desk.ts';
import { createReadableLog } from '../support/log.ts';
import { createPlanter, findPlanted, readWholeStore } from '../support/planted-secrets.ts';
import { callStaff, connectStaff, FIRST_ADMIN, signIn } from '../support/staff-client.ts';

/** Where something is kept on purpose: docs/security.md says why and for how long. */
const KEPT: readonly RegExp[] = [
  // What a ticket is answered to, and what a form of the chat asked for.
  /^tickets: (?:phone|email) of ticket contact$/,
  // An e-mail address is no secret to the desk that answers to it: it stays in what was said.
  /: email of /,
  // What the staff write is theirs; the console says so.
  /of (?:a staff message|a note|a canned reply|a draft|a reason)$/,
];

const log = createReadableLog();
const plant = createPlanter();
let root: string;
let database: TestDatabase;
let desk: RunningDesk;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'planted-'));
  await writeSmallCorpus(root, ['support.agent']);
  database = await openDatabase();
  desk = await startDesk({ root, mongodbUri: database.uri, firstAdmin: FIRST_ADMIN, logger: log.logger });
});
afterAll(async () => {
  await desk?.stop();
  await database?.drop();
  await rm(root, { recursive: true, force: true });
});

const post = async (at: string, body: object, headers: Record<string, string> = {}): Promise<Response> => {
  const response = await fetch(`${desk.url}/api/v1${at}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${at}: ${response.status} ${await response.text()}`);
  return response;
};

it('keeps none of them where it must not be', async () => {
  const admin = await signIn(desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
  const staff = await connectStaff(desk.url, admin);
  const contact = await connectChat(desk.url);
  const { conversation } = await contact.open();

  // The chat, to the bot and to a person.
  await contact.ask(plant.textFor('a message to the bot'));
  await contact.ask(plant.textFor('a message in lines').replace(/ (?=\S*\d)/g, '\n'));
  for (const kind of ['password', 'otp', 'nationalId', 'bhxhNumber', 'phone'] as const)
    await contact.ask(plant.textFor(`a message with one ${kind}`, [kind]));
  const upload = new FormData();
  const name = `${plant.valueFor('a file name', 'nationalId')} ${plant.valueFor('a file name', 'phone')}.png`;
  upload.append('file', new Blob([Uint8Array.from(SAMPLES['image/png'])]), name);
  const uploaded = await fetch(`${desk.url}/api/v1/conversation/attachments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${contact.token}` },
    body: upload,
  });
  const { id: file } = (await uploaded.json()) as { id: string };
  await contact.send('ảnh chụp màn hình đây', { attachments: [file] });
  await contact.send('cho tôi gặp nhân viên');
  await staff.hear('conversation:changed', ({ id, status }) => id === conversation.id && status === 'queued');
  await staff.claim(conversation.id);
  await contact.send(plant.textFor('a message to a person'));
  await staff.say(conversation.id, plant.textFor('a staff message'));
  await staff.command('note:add', {
    id: conversation.id,
    clientId: newClientId(),
    text: plant.textFor('a note'),
  });
  await staff
    .command('draft:save', { id: conversation.id, text: plant.textFor('a draft') })
    .catch(() => null);
  await staff.finish(conversation.id);
  await contact.command('satisfaction:give', {
    score: 2,
    comment: plant.textFor('a comment on the conversation'),
  });

  // Without a conversation.
  await postQuestion(desk.url, { text: plant.textFor('a question over REST') });
  await fetch(`${desk.url}/api/v1/offices?q=${encodeURIComponent(plant.textFor('a search').slice(0, 190))}`);
  await callStaff(
    desk.url,
    admin,
    'GET',
    `/conversations?view=all&q=${plant.valueFor('a search of the staff', 'phone')}`,
  );

  // Tickets.
  const phone = plant.valueFor('ticket contact', 'phone');
  const made = await post('/tickets', {
    key: newClientId(),
    kind: 'complaint',
    complaintType: 'report',
    content: plant.textFor('a ticket'),
    name: 'Lan',
    phone,
    email: plant.valueFor('ticket contact', 'email'),
  });
  const { token, ticket } = (await made.json()) as { token: string; ticket: { code: string } };
  const bearer = { authorization: `Bearer ${token}` };
  await post(
    '/tickets/mine/information',
    { key: newClientId(), text: plant.textFor('more information'), attachments: [] },
    bearer,
  );
  await post('/tickets/lookup', {
    code: ticket.code,
    contact: plant.valueFor('a wrong lookup', 'phone'),
  }).catch(() => null);

  // The staff.
  await callStaff(desk.url, admin, 'POST', '/canned', {
    shortcut: 'bi-mat',
    title: 'Mẫu',
    text: plant.textFor('a canned reply'),
  });
  const wrong = plant.valueFor('a wrong password', 'password');
  await callStaff(desk.url, '', 'POST', '/sign-in', { email: FIRST_ADMIN.email, password: wrong });
  await callStaff(desk.url, admin, 'PUT', '/password', {
    current: wrong,
    next: plant.valueFor('a new password', 'password'),
  });

  // Where it goes wrong: what is refused is in no log either.
  await contact.command('message:send', { text: plant.textFor('a refused message') }).catch(() => null);
  await fetch(`${desk.url}/api/v1/answers?q=${encodeURIComponent(plant.textFor('an address'))}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': plant.textFor('a header', ['phone']).replace(/[^\x20-\x7e]/g, ''),
    },
    body: `{"text": "${plant.textFor('a broken body')}"`,
  });
  contact.close();
  staff.close();
  // What is written in batches is written at the end.
  await new Promise((resolve) => setTimeout(resolve, 1_500));

  const found = findPlanted(plant.planted, await readWholeStore(database.client));
  expect(found.filter((line) => !KEPT.some((kept) => kept.test(line)))).toEqual([]);
  expect(findPlanted(plant.planted, [{ name: 'log', text: log.text() }])).toEqual([]);
  // The search finds what is there: an empty answer above would say nothing otherwise.
  expect(found).toContain('tickets: phone of ticket contact');
  expect(log.lines().length).toBeGreaterThan(20);
});
