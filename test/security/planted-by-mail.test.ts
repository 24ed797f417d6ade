/** Secrets planted by mail and in every field of a ticket; then the store and the log of the desk are searched. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { TicketDetail, TicketPage } from '../../src/contracts/tickets.ts';
import { SAMPLES } from '../attachments/samples.ts';
import { writeSmallCorpus } from '../chaos/small-corpus.ts';
import { newClientId } from '../support/chat-client.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { type RunningDesk, startDesk } from '../support/desk.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { type Letter, writeLetter } from '../support/letter.ts';
import { createReadableLog } from '../support/log.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { createPlanter, findPlanted, readWholeStore, type SecretKind } from '../support/planted-secrets.ts';
import { callStaff, FIRST_ADMIN, signIn } from '../support/staff-client.ts';

/** Where something is kept on purpose: docs/security.md says why and for how long. */
const KEPT: readonly RegExp[] = [
  // What a ticket is answered to.
  /^tickets: (?:phone|email) of (?:ticket contact|a sender)$/,
  // An e-mail address is no secret to the desk that answers to it: it stays in what was said.
  /: email of /,
];
const SOON = { timeout: 30_000, interval: 100 };
/** Without an address, which may stay. */
const NUMBERS: readonly SecretKind[] = ['password', 'otp', 'nationalId', 'bhxhNumber', 'phone'];

const log = createReadableLog();
const plant = createPlanter();
let root: string;
let database: TestDatabase;
let server: MailServer;
let dovecot: Dovecot;
let desk: RunningDesk;
let admin: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'planted-mail-'));
  await writeSmallCorpus(root);
  [database, server, dovecot] = await Promise.all([openDatabase(), startMailServer(), startDovecot()]);
  desk = await startDesk({
    root,
    mongodbUri: database.uri,
    smtpUrl: server.url,
    imapUrl: dovecot.url,
    mailFrom: 'Hỗ trợ VssID <hotro@bhxh.example>',
    publicUrl: 'https://hotro.bhxh.example',
    firstAdmin: FIRST_ADMIN,
    logger: log.logger,
  });
  admin = await signIn(desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
});
afterAll(async () => {
  await desk?.stop();
  await dovecot?.close();
  await server?.close();
  await database?.drop();
  await rm(root, { recursive: true, force: true });
});

const call = <Body>(method: string, at: string, body?: object) =>
  callStaff<Body>(desk.url, admin, method, at, body);
const find = async (words: string): Promise<TicketDetail> => {
  const { tickets } = (await call<TicketPage>('GET', `/tickets?view=all&q=${encodeURIComponent(words)}`))
    .body;
  expect(tickets.length).toBe(1);
  return (await call<TicketDetail>('GET', `/tickets/${tickets[0]!.code}`)).body;
};
const send = async (at: string, token: string, body: object | FormData): Promise<Response> => {
  const isFile = body instanceof FormData;
  const response = await fetch(`${desk.url}/api/v1/tickets${at}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      ...(isFile ? {} : { 'content-type': 'application/json' }),
    },
    body: isFile ? body : JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${at}: ${response.status} ${await response.text()}`);
  return response;
};
const findLeaks = async (): Promise<string[]> => {
  const found = findPlanted(plant.planted, await readWholeStore(database.client));
  return [
    ...found.filter((line) => !KEPT.some((kept) => kept.test(line))),
    ...findPlanted(plant.planted, [{ name: 'log', text: log.text() }]),
  ];
};
let letters = 0;
const deliver = (letter: Omit<Letter, 'id'>): Promise<void> => {
  letters += 1;
  return dovecot.deliver(writeLetter({ id: `<thu-${letters}@thu.example>`, ...letter }));
};
/** A mail program breaks lines wherever it likes: here before every value. */
const breakLines = (text: string): string => text.replace(/ (?=\S*\d)/g, '\n');

it('keeps none of what is written by mail', async () => {
  const from = plant.valueFor('a sender', 'email');
  const name = `Lan ${plant.valueFor('the name of a sender', 'phone')}`;
  await deliver({
    from: `"${name}" <${from}>`,
    subject: `Thư đầu ${plant.textFor('a subject', NUMBERS)}`,
    text: `Chào anh chị. ${plant.textFor('a letter')}`,
    file: {
      name: `cccd ${plant.valueFor('a file name in a mail', 'nationalId')}.png`,
      content: Buffer.from(SAMPLES['image/png']),
    },
  });
  const first = await vi.waitFor(async () => {
    const ticket = await find('thư đầu');
    expect(ticket.entries.at(-1)?.attachments.length).toBe(1);
    return ticket;
  }, SOON);
  expect(first.content).toContain('Chào anh chị');

  // An answer with what it answers below, in broken lines, and with a file that is not taken.
  await deliver({
    from,
    subject: `Re: [${first.code}] ${plant.textFor('a subject of an answer', NUMBERS)}`,
    text: `Gửi thêm. ${breakLines(plant.textFor('an answer'))}\n\nVào Th 2, 30 thg 11, 2026 vào lúc 10:00 Hỗ trợ <hotro@bhxh.example> đã viết:\n> ${breakLines(plant.textFor('a quotation')).replaceAll('\n', '\n> ')}`,
    file: {
      name: `${plant.valueFor('a file that is refused', 'bhxhNumber')}.exe`,
      content: Buffer.from('MZ no picture'),
    },
  });
  await vi.waitFor(async () => {
    const { entries } = (await call<TicketDetail>('GET', `/tickets/${first.code}`)).body;
    const added = entries.findLast(({ kind }) => kind === 'information');
    expect(added?.text).toContain('Gửi thêm');
    expect(added?.text).toContain('Tệp không nhận được');
    expect(added?.quoted).toContain('đã viết');
  }, SOON);

  await deliver({
    from: 'trang@thu.example',
    subject: 'Thư dạng trang',
    text: `<p>Xin chào.</p><p>${plant.textFor('a page').replaceAll(', ', '</p><p>')}</p>`,
    headers: ['X-Mailer: trang'],
    type: 'text/html',
  });
  // Longer than anything that is typed: to its end it is looked at.
  const filler = 'Tôi đã thử nhiều lần mà không được. '.repeat(500);
  await deliver({
    from: 'dai@thu.example',
    subject: 'Thư rất dài',
    text: `${filler}${plant.textFor('the end of a long letter')}`,
  });
  await vi.waitFor(async () => {
    expect((await find('thư dạng trang')).content).toContain('Xin chào.');
    expect((await find('thư rất dài')).content.length).toBeGreaterThan(18_000);
  }, SOON);

  // What programs send: an absence makes nothing, what comes back is noted.
  await call('POST', `/tickets/${first.code}/replies`, { key: newClientId(), text: 'Đã nhận.' });
  const sent = await vi.waitFor(() => {
    const reply = server.received.find(({ mail }) => mail.text?.includes('Đã nhận.'));
    expect(reply).toBeDefined();
    return reply!.mail;
  }, SOON);
  await deliver({
    from: 'vang@thu.example',
    subject: plant.textFor('the subject of an absence', NUMBERS),
    text: plant.textFor('an absence'),
    headers: ['Auto-Submitted: auto-replied'],
  });
  await deliver({
    from: 'MAILER-DAEMON@thu.example',
    subject: 'Undelivered Mail Returned to Sender',
    text: `Không gửi được.\n${plant.textFor('what came back')}\n\nMessage-ID: ${sent.messageId}\n`,
    headers: ['Auto-Submitted: auto-replied', 'Content-Description: Notification'],
  });
  await vi.waitFor(async () => {
    const { entries } = (await call<TicketDetail>('GET', `/tickets/${first.code}`)).body;
    expect(entries.at(-1)).toMatchObject({ kind: 'note', text: expect.stringContaining('Không gửi được.') });
  }, SOON);
  await vi.waitFor(async () => {
    const waiting = await database.client.db().collection('outbox_mails').countDocuments({ text: /\S/ });
    expect(waiting).toBe(0);
  }, SOON);

  expect(await findLeaks()).toEqual([]);
});

it('keeps none of what is written into the fields of a ticket', async () => {
  const made = await send('', '', {
    key: newClientId(),
    kind: 'complaint',
    complaintType: 'report',
    content: plant.textFor('a form'),
    name: `Lan ${plant.valueFor('the name in a form', 'nationalId')}`,
    phone: plant.valueFor('ticket contact', 'phone'),
    email: plant.valueFor('ticket contact', 'email'),
    office: `BHXH quận 1, ${plant.valueFor('the office in a form', 'bhxhNumber')}`,
  });
  const { token, ticket } = (await made.json()) as { token: string; ticket: { code: string } };
  const upload = new FormData();
  upload.append(
    'file',
    new Blob([Uint8Array.from(SAMPLES['image/png'])]),
    `${plant.valueFor('a file name on the page', 'nationalId')}.png`,
  );
  const { id } = (await (await send('/mine/attachments', token, upload)).json()) as { id: string };
  await send('/mine/information', token, {
    key: newClientId(),
    text: plant.textFor('more information'),
    attachments: [id],
  });
  const resolve = () => call('POST', `/tickets/${ticket.code}/changes`, { kind: 'resolve' });
  await resolve();
  await send('/mine/reopen', token, { reason: plant.textFor('a reason to reopen') });
  await resolve();
  await send('/mine/satisfaction', token, { score: 1, comment: plant.textFor('a rating') });
  const { entries } = (await call<TicketDetail>('GET', `/tickets/${ticket.code}`)).body;
  // All of it is there, only covered.
  expect(entries.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['information', 'rating']));

  expect(await findLeaks()).toEqual([]);
  // The search finds what is there: an empty answer above would say nothing otherwise.
  const found = findPlanted(plant.planted, await readWholeStore(database.client));
  expect(found).toContain('tickets: phone of ticket contact');
  expect(found).toContain('tickets: email of a sender');
  expect(log.lines().length).toBeGreaterThan(20);
});
