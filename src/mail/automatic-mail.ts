/** Telling letters of people from what programs send. Pure. */
import type { AutomaticMail } from './incoming-mail.ts';

/** On every mail of a desk: two of them never write to one another for ever. */
export const OWN_HEADER = 'X-VssID-Desk';

/** Of one mail. */
export interface MailMarks {
  /** The value of a header as it stands there, without regard to capitals; undefined: it is not there. */
  readonly header: (name: string) => string | undefined;
  readonly from: string;
  readonly subject: string;
}

const SUBJECTS = [
  /^\s*(?:automatic reply|auto(?:matic)?[ -]?repl(?:y|ied)|out of (?:the )?office)\b/i,
  /^\s*(?:(?:thư )?trả lời tự động|tự động trả lời)(?=[\s:]|$)/iu,
  /^\s*vắng mặt\s*(?::|$)/iu,
];

/** @param ownAddresses in lower case */
export function classifyMail(mail: MailMarks, ownAddresses: readonly string[]): AutomaticMail | null {
  const { header, from } = mail;
  if (header(OWN_HEADER) !== undefined || ownAddresses.includes(from)) return 'own';
  if (isBounce(mail)) return 'bounce';
  if (isAutoReply(mail)) return 'auto-reply';
  return isBulk(mail) ? 'bulk' : null;
}

function isBounce({ header, from }: MailMarks): boolean {
  const type = header('content-type') ?? '';
  return (
    (/^\s*multipart\/report/i.test(type) && !/disposition-notification/i.test(type)) ||
    header('x-failed-recipients') !== undefined ||
    /^(?:mailer-daemon|postmaster)@/.test(from)
  );
}

function isAutoReply({ header, subject }: MailMarks): boolean {
  const submitted = header('auto-submitted')?.trim().toLowerCase() ?? 'no';
  return (
    /^auto-(?:replied|notified)/.test(submitted) ||
    /^\s*multipart\/report/i.test(header('content-type') ?? '') ||
    ['x-autoreply', 'x-autorespond', 'x-autoresponder'].some((name) => header(name) !== undefined) ||
    /auto[_-]?reply/i.test(header('precedence') ?? '') ||
    // Nobody to send anything back to: RFC 3834 asks programs that answer to say so.
    header('return-path')?.replace(/\s/g, '') === '<>' ||
    SUBJECTS.some((pattern) => pattern.test(subject))
  );
}

function isBulk({ header, from }: MailMarks): boolean {
  const submitted = header('auto-submitted')?.trim().toLowerCase() ?? 'no';
  return (
    !/^no\b/.test(submitted) ||
    /\b(?:all|autoreply|oof)\b/i.test(header('x-auto-response-suppress') ?? '') ||
    /\b(?:bulk|list|junk)\b/i.test(header('precedence') ?? '') ||
    ['list-id', 'list-unsubscribe', 'list-post'].some((name) => header(name) !== undefined) ||
    /^(?:no-?reply|do-?not-?reply|donotreply)\b/.test(from)
  );
}
