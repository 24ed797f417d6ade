/** The desk's mail put together: what it writes, the outbox, and the mailbox it reads. */
import type { MailKind, MailSettings } from '../contracts/mail.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import type { Logger } from '../kernel/logger.ts';
import { dayAt } from '../kernel/vietnam-time.ts';
import { openInbox, parseImapUrl } from './inbox.ts';
import type { IncomingMail } from './incoming-mail.ts';
import { createIntake, type IntakeDeps } from './intake.ts';
import type { AnswerCountStore } from './intake-store.ts';
import { createMailRoutes } from './mail.routes.ts';
import { createOutbox, type OutboxDeps } from './outbox.ts';
import type { MailDraft } from './outbox-mail.ts';
import { readMail } from './read-mail.ts';
import { createSendMail } from './send-mail.ts';
import { type MailValues, writeMail } from './templates.ts';

export interface MailDeskDeps {
  /** Such as smtps://user:password@host; undefined: nothing is sent. Never to be logged. */
  readonly smtpUrl: string | undefined;
  /** Such as imaps://user:password@host/INBOX; undefined: nothing is read. Never to be logged. */
  readonly imapUrl: string | undefined;
  /** Such as "VssID <desk@example.vn>". */
  readonly from: string;
  readonly outboxStore: OutboxDeps['store'];
  readonly intakeStore: IntakeDeps['store'] & AnswerCountStore;
  readonly settings: () => MailSettings;
  /** Takes a mail that came in; the same one may come again. @throws when it should come again */
  readonly onMail: (mail: IncomingMail) => Promise<void>;
  /** The address of somebody of the staff, for a test mail. */
  readonly findEmail: (account: string) => Promise<string | null>;
  readonly isStoreUp: () => boolean;
  readonly isStoreAway: (error: unknown) => boolean;
  readonly logger: Logger;
  readonly now?: () => Date;
}

/** The thread a mail belongs to. */
export interface MailThread {
  /** With angle brackets, as in IncomingMail. */
  readonly inReplyTo?: string | undefined;
  readonly references?: readonly string[] | undefined;
}

export type MailPosted = { readonly messageId: string };

export interface MailDesk {
  /** false: there is no mail server. */
  readonly isConfigured: boolean;
  /** Stored when it resolves, sent in the background. @returns null: there is no mail server, and nothing is kept */
  readonly post: (draft: MailDraft) => Promise<MailPosted | null>;
  /**
   * Writes a mail by its template and posts it.
   * @returns null: mails of this kind are switched off, or there is no mail server
   */
  readonly notify: (
    mail: {
      /** With the same key it is sent once, such as `receipt:PA-7K3F9Q`. */
      readonly key: string;
      readonly kind: MailKind;
      readonly to: string;
      readonly values: MailValues;
      /** Left out: one is made up. */
      readonly messageId?: string | undefined;
    } & MailThread,
  ) => Promise<MailPosted | null>;
  /**
   * May the desk answer this sender by itself once more today? Asking counts. Whoever answers an incoming mail without
   * a person behind it asks before, and never answers one that is `automatic`.
   */
  readonly mayAnswer: (address: string) => Promise<boolean>;
  readonly routes: readonly StaffRoute[];
  readonly start: () => void;
  /** To be called before the store is closed. */
  readonly stop: () => Promise<void>;
}

/** Two programs that answer one another stop there; a person who writes more often is read all the same. */
const MOST_ANSWERS_A_DAY = 6;
const DAY_MS = 24 * 60 * 60_000;
/** Kinds that a person has written. */
const BY_PEOPLE: readonly MailKind[] = ['reply'];

export function createMailDesk(deps: MailDeskDeps): MailDesk {
  const { smtpUrl, imapUrl, from, settings, intakeStore, isStoreUp, logger, now = () => new Date() } = deps;
  const ownAddress = addressIn(from);
  const mailbox = imapUrl === undefined ? undefined : parseImapUrl(imapUrl);
  const mailboxAddress = mailbox?.user.includes('@') ? mailbox.user.toLowerCase() : undefined;
  const ownAddresses = [ownAddress, ...(mailboxAddress === undefined ? [] : [mailboxAddress])];

  const send =
    smtpUrl === undefined
      ? undefined
      : createSendMail({
          smtpUrl,
          from,
          replyTo: mailboxAddress === ownAddress ? undefined : mailboxAddress,
        });
  const outbox =
    send === undefined
      ? undefined
      : createOutbox({
          store: deps.outboxStore,
          send,
          domain: ownAddress.slice(ownAddress.indexOf('@') + 1),
          isStoreUp,
          logger,
          now,
        });
  const intake =
    mailbox === undefined
      ? undefined
      : createIntake({
          store: intakeStore,
          openInbox: (onNews) => openInbox(mailbox, onNews),
          readMail: (source, receivedAt) => readMail(source, { receivedAt, ownAddresses }),
          onMail: deps.onMail,
          isStoreUp,
          isStoreAway: deps.isStoreAway,
          logger,
          now,
        });
  const canAnswer = mailbox !== undefined;
  const post = async (draft: MailDraft): Promise<MailPosted | null> => outbox?.post(draft) ?? null;

  return {
    isConfigured: outbox !== undefined,
    post,
    async notify({ key, kind, to, values, messageId, inReplyTo, references }) {
      const { enabled, templates, signature } = settings();
      if (outbox === undefined || !enabled[kind]) return null;
      const written = writeMail({ kind, template: templates[kind], values, signature, canAnswer });
      const isAutomatic = !BY_PEOPLE.includes(kind);
      return post({ key, to, ...written, messageId, inReplyTo, references, isAutomatic });
    },
    async mayAnswer(address) {
      if (address === '' || ownAddresses.includes(address.toLowerCase())) return false;
      const at = now();
      const forgetAt = new Date(at.getTime() + 2 * DAY_MS);
      return (await intakeStore.count(address.toLowerCase(), dayAt(at), forgetAt)) <= MOST_ANSWERS_A_DAY;
    },
    routes: createMailRoutes({
      canAnswer,
      send,
      outbox,
      surveyIntake: intake === undefined ? undefined : intakeStore.survey,
      findEmail: deps.findEmail,
      domain: ownAddress.slice(ownAddress.indexOf('@') + 1),
      now,
    }),
    start() {
      outbox?.start();
      intake?.start();
    },
    async stop() {
      await Promise.all([outbox?.stop(), intake?.stop()]);
    },
  };
}

/** `VssID <Desk@example.vn>` → `desk@example.vn`. */
function addressIn(from: string): string {
  const [, inBrackets] = /<([^<>\s]+@[^<>\s]+)>/.exec(from) ?? [];
  return (inBrackets ?? from.trim()).toLowerCase();
}
