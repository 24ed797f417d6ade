import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMail } from '../../src/mail/mail.ts';
import { createReadableLog } from '../support/log.ts';

const MAIL = { to: 'buoi@bhxh.gov.vn', subject: 'Mời tham gia', text: 'Chào Bưởi' };

let server: SMTPServer;
let smtpUrl: string;
const received: { from: string; to: string[]; text: string }[] = [];
beforeAll(async () => {
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, done) {
      done(address.startsWith('gone') ? new Error('no such person') : null);
    },
    onData(stream, { envelope }, done) {
      let text = '';
      stream.on('data', (chunk) => {
        text += chunk;
      });
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        received.push({ from, to: envelope.rcptTo.map(({ address }) => address), text });
        done(null);
      });
    },
  });
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  smtpUrl = `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`;
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

const open = (url: string | undefined) => {
  const log = createReadableLog();
  const mail = createMail({ smtpUrl: url, from: 'VssID <desk@bhxh.gov.vn>', logger: log.logger });
  return { mail, log };
};

it('a mail reaches the server, in Vietnamese', async () => {
  expect(await open(smtpUrl).mail.send(MAIL)).toBe(true);
  const [{ from, to, text } = { from: '', to: [], text: '' }] = received;
  expect({ from, to }).toEqual({ from: 'desk@bhxh.gov.vn', to: [MAIL.to] });
  expect(text).toContain('From: VssID <desk@bhxh.gov.vn>');
  expect(text).toContain(`Subject: =?UTF-8?`);
  expect(text).toContain('Ch=C3=A0o B=C6=B0=E1=BB=9Fi');
});

it('no server, no mail', async () => {
  const { mail, log } = open(undefined);
  expect(await mail.send(MAIL)).toBe(false);
  expect(log.lines()).toEqual([]);
});

it('a server that is away or refuses is told to the log, without the address', async () => {
  for (const [url, to] of [
    ['smtp://127.0.0.1:1', MAIL.to],
    [smtpUrl, 'gone@bhxh.gov.vn'],
  ] as const) {
    const { mail, log } = open(url);
    expect(await mail.send({ ...MAIL, to })).toBe(false);
    expect(log.lines()).toMatchObject([{ level: 40, msg: 'a mail could not be sent' }]);
    expect(log.text()).not.toContain('@');
  }
});

it('an address with a comma is one recipient', async () => {
  const before = received.length;
  await open(smtpUrl).mail.send({ ...MAIL, to: 'a@bhxh.gov.vn,b@evil.example' });
  expect(received.slice(before).flatMap(({ to }) => to)).not.toContain('b@evil.example');
});
