/** A thread of mails in and out, with a real mail server and a real mailbox: by headers, by code, and never in a loop. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ParsedMail } from 'mailparser';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { TicketDetail, TicketPage } from '../../src/contracts/tickets.ts';
import { SAMPLES } from '../attachments/samples.ts';
import { writeSmallCorpus } from '../chaos/small-corpus.ts';
import { type RunningDesk, startDesk } from '../support/desk.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { writeLetter } from '../support/letter.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { callStaff, FIRST_ADMIN, signIn } from '../support/staff-client.ts';

const SOON = { timeout: 30_000, interval: 200 };
let root: string;
let server: MailServer;
let dovecot: Dovecot;
let desk: RunningDesk;
let cookie: string;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'ticket-mail-'));
  await writeSmallCorpus(root);
  [server, dovecot] = await Promise.all([startMailServer(), startDovecot()]);
  desk = await startDesk({
    root,
    smtpUrl: server.url,
    imapUrl: dovecot.url,
    mailFrom: 'Hỗ trợ VssID <hotro@bhxh.example>',
    publicUrl: 'https://hotro.bhxh.example',
    firstAdmin: FIRST_ADMIN,
  });
  cookie = await signIn(desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
});
afterAll(async () => {
  await desk?.stop();
  await dovecot?.close();
  await server?.close();
  await rm(root, { recursive: true, force: true });
});

const call = <Body>(method: string, at: string, body?: object) =>
  callStaff<Body>(desk.url, cookie, method, at, body);
const listTickets = async (): Promise<TicketPage['tickets']> =>
  (await call<TicketPage>('GET', '/tickets?view=all&sort=created')).body.tickets;
const read = async (code: string): Promise<TicketDetail> =>
  (await call<TicketDetail>('GET', `/tickets/${code}`)).body;
const mailsTo = (to: string) => server.received.filter((one) => one.to.includes(to)).map(({ mail }) => mail);
const isAutomatic = (mail: ParsedMail | undefined): boolean =>
  mail?.headers.get('auto-submitted') !== undefined;
const waitForMails = (to: string, count: number) =>
  vi.waitFor(() => {
    expect(mailsTo(to).length).toBe(count);
    return mailsTo(to);
  }, SOON);

it('goes from a first letter to an answer and back, each mail once, in one thread', async () => {
  const citizen = 'an.le@thu.example';
  const first = {
    id: '<thu-1@thu.example>',
    from: `"Lê Văn An" <${citizen}>`,
    subject: 'Hỏi về thẻ BHYT',
    text: 'Thẻ BHYT của tôi ghi sai ngày sinh.\nMật khẩu: Abc@12345\nMong được giúp.',
    file: { name: 'thẻ.png', content: SAMPLES['image/png'] },
  };
  await dovecot.deliver(writeLetter(first));
  await dovecot.deliver(writeLetter(first));

  const [receipt] = await waitForMails(citizen, 1);
  const [row] = await listTickets();
  expect(row).toMatchObject({
    kind: 'question',
    source: 'email',
    contact: { name: 'Lê Văn An', email: 'an•••@thu.example' },
  });
  const { code } = row!;
  expect(receipt?.subject).toContain(code);
  expect(receipt?.text).toContain(`https://hotro.bhxh.example/ticket?code=${code}`);
  expect([isAutomatic(receipt), receipt?.inReplyTo]).toEqual([true, first.id]);
  const made = await vi.waitFor(async () => {
    const ticket = await read(code);
    expect(ticket.entries.at(-1)?.attachments.length).toBe(1);
    return ticket;
  }, SOON);
  expect(made.content).toContain('ghi sai ngày sinh');
  expect(made.content).not.toContain('Abc@12345');
  expect((await listTickets()).length).toBe(1);

  await call('POST', `/tickets/${code}/replies`, {
    key: 'reply-to-an',
    text: 'Anh vui lòng gửi ảnh căn cước.',
    next: 'waiting',
  });
  const [, reply] = await waitForMails(citizen, 2);
  expect(reply?.text).toContain('Anh vui lòng gửi ảnh căn cước.');
  expect(isAutomatic(reply)).toBe(false);

  // As a mail program answers: by its headers, with what it answers below.
  await dovecot.deliver(
    writeLetter({
      id: '<thu-2@thu.example>',
      from: citizen,
      subject: 'Re: không có mã trong tiêu đề',
      text: `Tôi gửi ảnh ạ.\n\nVào Th 2, 30 thg 11, 2026 vào lúc 10:00 Hỗ trợ <hotro@bhxh.example> đã viết:\n> Anh vui lòng gửi ảnh căn cước.`,
      headers: [`In-Reply-To: ${reply?.messageId}`],
    }),
  );
  const answered = await vi.waitFor(async () => {
    const ticket = await read(code);
    expect(ticket.status).toBe('in_progress');
    return ticket;
  }, SOON);
  const added = answered.entries.findLast(({ kind }) => kind === 'information');
  expect(added).toMatchObject({ text: 'Tôi gửi ảnh ạ.', via: 'email' });
  expect(added?.quoted).toContain('đã viết');
  expect(answered.unanswered).toBe(true);

  // By the code in the subject, from the same address.
  await dovecot.deliver(
    writeLetter({
      id: '<thu-3@thu.example>',
      from: citizen,
      subject: `Bổ sung ${code}`,
      text: 'Số nhà đã đổi.',
    }),
  );
  await vi.waitFor(async () => expect((await read(code)).entries.at(-1)?.text).toBe('Số nhà đã đổi.'), SOON);
  await call('POST', `/tickets/${code}/changes`, { kind: 'resolve' });
  const all = await waitForMails(citizen, 3);
  expect(all.at(-1)?.text).toContain('Đã giải quyết');
  expect(new Set(all.map(({ messageId }) => messageId)).size).toBe(3);
  expect((await listTickets()).length).toBe(1);
});

it('lets nobody else into a ticket, whatever code or name of a mail they write', async () => {
  const [ticket] = await listTickets();
  const before = (await read(ticket!.code)).entries.length;
  const madeUp = `<${ticket!.code}.2.${'A'.repeat(24)}@bhxh.example>`;
  await dovecot.deliver(
    writeLetter({
      id: '<la-1@la.example>',
      from: 'nguoi.la@la.example',
      subject: `Re: [${ticket!.code}]`,
      text: 'Cho tôi xem phiếu này.',
      headers: [`In-Reply-To: ${madeUp}`, `References: ${madeUp}`],
    }),
  );
  await waitForMails('nguoi.la@la.example', 1);
  expect((await listTickets()).length).toBe(2);
  expect((await read(ticket!.code)).entries.length).toBe(before);
});

it.each([
  ['an absence', 'vang@thu.example', ['Auto-Submitted: auto-replied']],
  ['a list', 'ban-tin@thu.example', ['List-Unsubscribe: <mailto:x@thu.example>', 'Precedence: bulk']],
])('makes no ticket of %s, and answers nothing', async (name, from, headers) => {
  const count = (await listTickets()).length;
  await dovecot.deliver(writeLetter({ id: `<${from}>`, from, subject: name, text: name, headers }));
  // The one behind it is there: so this one was looked at.
  const behind = `sau.${from}`;
  await dovecot.deliver(
    writeLetter({ id: `<${behind}>`, from: behind, subject: 'Hỏi', text: 'Tôi quên mật khẩu.' }),
  );
  await waitForMails(behind, 1);
  expect((await listTickets()).length).toBe(count + 1);
  expect(mailsTo(from)).toEqual([]);
});

it('stops answering an address that writes again and again', async () => {
  const from = 'lap.lai@thu.example';
  for (let at = 0; at < 9; at++)
    await dovecot.deliver(
      writeLetter({ id: `<lap-${at}@thu.example>`, from, subject: `Lần ${at}`, text: `Thư ${at}` }),
    );
  await vi.waitFor(async () => {
    const found = await call<TicketPage>('GET', `/tickets?view=all&q=${from}`);
    expect(found.body.tickets.length).toBe(9);
  }, SOON);
  await waitForMails(from, 6);
});
