/** A real SMTP server for a test, which takes mails or has the faults that mail servers have. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/**
 * `busy`: not now (451). `refusing`: no such recipient (550). `dying`: the connection breaks in the middle of a mail;
 * `forgetful`: it breaks after the mail is taken, before the server says so.
 */
export type ServerMood = 'fine' | 'busy' | 'refusing' | 'dying' | 'forgetful';

export interface ReceivedMail {
  readonly to: readonly string[];
  readonly mail: ParsedMail;
  readonly source: string;
}

export interface MailServer {
  /** As SMTP_URL has it. */
  readonly url: string;
  /** In the order of arrival. */
  readonly received: ReceivedMail[];
  /** How many mails somebody began to send. */
  readonly tries: () => number;
  readonly be: (mood: ServerMood) => void;
  readonly close: () => Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  let mood: ServerMood = 'fine';
  let tries = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo(_address, _session, done) {
      tries += 1;
      if (mood === 'busy') return done(sayNo(451, 'come back later'));
      if (mood === 'refusing') return done(sayNo(550, 'no such person: lan@example.vn'));
      done(null);
    },
    onData(stream, { envelope }, done) {
      if (mood === 'dying') {
        stream.once('data', breakConnections);
        stream.resume();
        return;
      }
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        const source = Buffer.concat(chunks);
        const to = envelope.rcptTo.map(({ address }) => address);
        received.push({ to, mail: await simpleParser(source), source: source.toString() });
        if (mood === 'forgetful') breakConnections();
        else done(null);
      });
    },
  });
  // A broken connection is what is asked for.
  server.on('error', () => undefined);
  const breakConnections = (): void => {
    for (const connection of server.connections as Set<{ _socket: { destroy(): void } }>)
      connection._socket.destroy();
  };
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return {
    url: `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    received,
    tries: () => tries,
    be(next) {
      mood = next;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function sayNo(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
