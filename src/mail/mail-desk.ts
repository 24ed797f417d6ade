/** The desk's mail put together: what it writes, the outbox, and the mailbox it reads. */
import { randomUUID } from 'node:crypto';
import {
  findUnknownVariables,
  MAIL_VARIABLES,
  type MailKind,
  type MailPreview,
  type MailSettings,
  type MailTemplateGuide,
  type MailDraft as TemplateDraft,
} from '../contracts/mail.ts';
import { DEFAULT_MAIL_SETTINGS } from '../contracts/mail-defaults.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Logger } from '../kernel/logger.ts';
import { dayAt } from '../kernel/vietnam-time.ts';
import { MAIL_COPY } from './copy.ts';
import { openInbox, parseImapUrl } from './inbox.ts';
import type { IncomingMail } from './incoming-mail.ts';
import { createIntake, type IntakeDeps } from './intake.ts';
import type { AnswerCountStore } from './intake-store.ts';
import { createOutbox, type Outbox, type OutboxDeps } from './outbox.ts';
import type { MailDraft } from './outbox-mail.ts';
import { readMail } from './read-mail.ts';
import { SAMPLE_VALUES } from './sample-values.ts';
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
  readonly isStoreUp: () => boolean;
  readonly isStoreAway: (error: unknown) => boolean;
  /** How long it is known that a mail was sent. */
  readonly keepSentMs?: () => number;
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
  /** Of the desk's own address. */
  readonly domain: string;
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
  /** How sending and reading stand; null: it is not set up. */
  readonly survey: () => Promise<{
    readonly outgoing: Awaited<ReturnType<Outbox['survey']>> | null;
    readonly incoming: Awaited<ReturnType<IntakeDeps['store']['survey']>> | null;
  }>;
  /** Tries a mail again that was given up. @throws AppError `mail_not_found` */
  readonly retry: (id: string) => Promise<void>;
  /** What an editor of templates needs to know. */
  readonly guide: MailTemplateGuide;
  /** With made-up values. @param site where the desk is, for the link */
  readonly preview: (draft: TemplateDraft, site: string) => MailPreview;
  /**
   * Sends such a mail, now or never: somebody waits for the answer.
   * @throws AppError `mail_not_configured`, `mail_not_sent` with the reason
   */
  readonly sendTest: (draft: TemplateDraft, site: string, to: string) => Promise<void>;
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
  const domain = ownAddress.slice(ownAddress.indexOf('@') + 1);
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
          domain,
          isStoreUp,
          logger,
          now,
          ...(deps.keepSentMs === undefined ? {} : { keepMs: deps.keepSentMs }),
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

  const writeSample = ({ kind, subject, body, signature }: TemplateDraft, site: string) => {
    const values = { ...SAMPLE_VALUES, duong_dan: `${site}/ticket?code=${SAMPLE_VALUES.ma_phieu}` };
    return writeMail({ kind, template: { subject, body }, values, signature, canAnswer });
  };

  return {
    isConfigured: outbox !== undefined,
    domain,
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
    async survey() {
      const [outgoing, incoming] = await Promise.all([
        outbox?.survey() ?? null,
        intake === undefined ? null : intakeStore.survey(),
      ]);
      return { outgoing, incoming };
    },
    async retry(id) {
      if (!(await outbox?.retry(id))) throw new AppError({ code: 'mail_not_found', message: id });
    },
    guide: {
      variables: MAIL_VARIABLES,
      defaults: DEFAULT_MAIL_SETTINGS,
      isConfigured: outbox !== undefined,
    },
    preview(draft, site) {
      const unknown = findUnknownVariables(draft.kind, `${draft.subject}\n${draft.body}`);
      return { ...writeSample(draft, site), unknown };
    },
    async sendTest(draft, site, to) {
      if (send === undefined) throw new AppError({ code: 'mail_not_configured', message: 'SMTP_URL' });
      const { subject, text, html } = writeSample(draft, site);
      const sending = await send({
        messageId: `<test-${randomUUID()}@${domain}>`,
        to,
        subject: MAIL_COPY.testSubject(subject),
        text,
        html,
        inReplyTo: null,
        references: [],
        isAutomatic: true,
        postedAt: now(),
      });
      if (sending.kind !== 'sent')
        throw new AppError({ code: 'mail_not_sent', message: sending.kind, details: [sending.reason] });
    },
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
