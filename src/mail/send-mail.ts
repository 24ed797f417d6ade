/** Handing one mail to the mail server, and what its answer means. */
import { createTransport } from 'nodemailer';
import { OWN_HEADER } from './automatic-mail.ts';
import { type OutboxMail, type Sending, withoutAddresses } from './outbox-mail.ts';

export interface SendMailDeps {
  /** Such as smtps://user:password@host. Never to be logged. */
  readonly smtpUrl: string;
  /** Such as "VssID <desk@example.vn>". */
  readonly from: string;
  /** Where answers go; undefined: to the sender. */
  readonly replyTo: string | undefined;
  readonly patienceMs?: number;
}

/** What is not about trying again. */
type SentMail = Omit<OutboxMail, 'id' | 'triedSince' | 'attempts'>;

/** Slow servers look a mail through for a while before they say yes; well under the claim of the outbox. */
const PATIENCE_MS = 60_000;

/** @returns sends a mail; never throws */
export function createSendMail(deps: SendMailDeps): (mail: SentMail) => Promise<Sending> {
  const { smtpUrl, from, replyTo, patienceMs = PATIENCE_MS } = deps;
  const transport = createTransport(smtpUrl, { from });
  return async (mail) => {
    const content = {
      // An address as an object is one address, whatever commas it contains.
      to: { name: '', address: mail.to },
      ...(replyTo === undefined ? {} : { replyTo: { name: '', address: replyTo } }),
      subject: mail.subject,
      text: mail.text,
      ...(mail.html === null ? {} : { html: mail.html }),
      messageId: mail.messageId,
      date: mail.postedAt,
      ...(mail.inReplyTo === null ? {} : { inReplyTo: mail.inReplyTo }),
      ...(mail.references.length === 0 ? {} : { references: [...mail.references] }),
      headers: {
        [OWN_HEADER]: 'desk',
        ...(mail.isAutomatic
          ? { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }
          : {}),
      },
      // Nothing of a mail is read from a file or fetched.
      disableFileAccess: true,
      disableUrlAccess: true,
      signal: AbortSignal.timeout(patienceMs),
    };
    try {
      await transport.sendMail(content as Parameters<typeof transport.sendMail>[0]);
      return { kind: 'sent' };
    } catch (error) {
      return explainFailure(error as SmtpError);
    }
  };
}

interface SmtpError extends Error {
  readonly code?: string;
  /** Of SMTP, such as 550. */
  readonly responseCode?: number;
  /** What was being said to the server. */
  readonly command?: string;
  readonly response?: string;
}

/**
 * A refusal of the recipient or of what is written (5xx) stands. Everything else passes: servers are away, busy, or
 * set up wrongly, as with a password that is not right, and people mend that.
 */
function explainFailure({ code, responseCode, command, response, message }: SmtpError): Sending {
  const reason = withoutAddresses([code, response ?? message].filter((part) => part).join(': '));
  const isAboutMail = command === 'RCPT TO' || command === 'DATA';
  if (responseCode === undefined)
    return code === 'EENVELOPE' ? { kind: 'refused', reason } : { kind: 'later', reason, isServerAway: true };
  if (isAboutMail && responseCode >= 500) return { kind: 'refused', reason };
  return { kind: 'later', reason, isServerAway: !isAboutMail || responseCode === 421 };
}
