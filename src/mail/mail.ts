/** Sending e-mail, where there is a server for it. */
import { createTransport } from 'nodemailer';
import type { Logger } from '../kernel/logger.ts';

export interface MailDeps {
  /** Such as smtps://user:password@host; undefined: nothing is sent. Never to be logged. */
  readonly smtpUrl: string | undefined;
  /** Such as "VssID <desk@example.vn>". */
  readonly from: string;
  readonly logger: Logger;
}

export interface Mail {
  /** Whether a server took it; why not is in the log. Never throws. */
  readonly send: (mail: {
    readonly to: string;
    readonly subject: string;
    readonly text: string;
  }) => Promise<boolean>;
}

/** Somebody is waiting for the answer, and can hand the link over otherwise. */
const PATIENCE_MS = 10_000;

export function createMail({ smtpUrl, from, logger }: MailDeps): Mail {
  if (smtpUrl === undefined) return { send: async () => false };
  const transport = createTransport(smtpUrl, { from });
  return {
    async send({ to, subject, text }) {
      try {
        // An address as an object is one address, whatever commas it contains.
        await transport.sendMail({
          to: { name: '', address: to },
          subject,
          text,
          signal: AbortSignal.timeout(PATIENCE_MS),
        } as Parameters<typeof transport.sendMail>[0]);
        return true;
      } catch (error) {
        // The server's sentence may name the recipient.
        const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
        logger.warn({ code, responseCode }, 'a mail could not be sent');
        return false;
      }
    },
  };
}
