/** Mail over REST, for those of the staff who set it up: how it stands, and how templates look. */
import { randomUUID } from 'node:crypto';
import {
  findUnknownVariables,
  MAIL_VARIABLES,
  type MailDraft,
  type MailPreview,
  type MailState,
  type MailTemplateGuide,
  mailDraft,
} from '../contracts/mail.ts';
import { DEFAULT_MAIL_SETTINGS } from '../contracts/mail-defaults.ts';
import { parseBody } from '../http/parse-request.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import { AppError } from '../kernel/app-error.ts';
import { MAIL_COPY, SAMPLE_VALUES } from './copy.ts';
import type { IntakeDeps } from './intake.ts';
import type { Outbox } from './outbox.ts';
import type { OutboxMail, Sending } from './outbox-mail.ts';
import { presentMailState } from './present-mail.ts';
import { writeMail } from './templates.ts';

export interface MailRoutesDeps {
  /** Whether an answer to a mail reaches the desk. */
  readonly canAnswer: boolean;
  /** undefined, as the outbox: there is no mail server. */
  readonly send: ((mail: Omit<OutboxMail, 'id'>) => Promise<Sending>) | undefined;
  readonly outbox: Outbox | undefined;
  /** undefined: no mailbox is read. */
  readonly surveyIntake: IntakeDeps['store']['survey'] | undefined;
  readonly findEmail: (account: string) => Promise<string | null>;
  readonly domain: string;
  readonly now: () => Date;
}

export function createMailRoutes(deps: MailRoutesDeps): StaffRoute[] {
  const { canAnswer, send, outbox, surveyIntake, now } = deps;
  const write = ({ kind, subject, body, signature }: MailDraft, link: string) =>
    writeMail({
      kind,
      template: { subject, body },
      values: { ...SAMPLE_VALUES, duong_dan: link },
      signature,
      canAnswer,
    });
  return [
    {
      method: 'get',
      path: '/mail',
      permission: 'mail.manage',
      async handle(_request, response) {
        const [outgoing, incoming] = await Promise.all([outbox?.survey(), surveyIntake?.()]);
        response.json(presentMailState(outgoing, incoming) satisfies MailState);
      },
    },
    {
      method: 'post',
      path: '/mail/:id/retry',
      permission: 'mail.manage',
      async handle(request, response) {
        const id = String(request.params['id']);
        if (!(await outbox?.retry(id))) throw new AppError({ code: 'mail_not_found', message: id });
        response.json({});
      },
    },
    {
      method: 'get',
      path: '/mail/templates',
      permission: 'settings.read',
      handle(_request, response) {
        response.json({
          variables: MAIL_VARIABLES,
          defaults: DEFAULT_MAIL_SETTINGS,
          isConfigured: outbox !== undefined,
        } satisfies MailTemplateGuide);
      },
    },
    {
      method: 'post',
      path: '/mail/preview',
      permission: 'settings.read',
      handle(request, response) {
        const draft = parseBody(mailDraft, request);
        const unknown = findUnknownVariables(draft.kind, `${draft.subject}\n${draft.body}`);
        const written = write(draft, exampleLink(request.protocol, request.host));
        response.json({ ...written, unknown } satisfies MailPreview);
      },
    },
    {
      method: 'post',
      path: '/mail/test',
      permission: 'settings.edit',
      async handle(request, response, staff) {
        const draft = parseBody(mailDraft, request);
        if (send === undefined) throw new AppError({ code: 'mail_not_configured', message: 'SMTP_URL' });
        const to = await deps.findEmail(staff.id);
        if (to === null) throw new AppError({ code: 'account_not_found', message: staff.id });
        const { subject, text, html } = write(draft, exampleLink(request.protocol, request.host));
        const at = now();
        // Whoever asks wants to know now: not by the outbox, which would try for days.
        const sending = await send({
          messageId: `<test-${randomUUID()}@${deps.domain}>`,
          to,
          subject: MAIL_COPY.testSubject(subject),
          text,
          html,
          inReplyTo: null,
          references: [],
          isAutomatic: true,
          postedAt: at,
          triedSince: at,
          attempts: 1,
        });
        if (sending.kind !== 'sent')
          throw new AppError({ code: 'mail_not_sent', message: sending.kind, details: [sending.reason] });
        response.json({});
      },
    },
  ];
}

/** Where the desk is, at a ticket that does not exist. */
function exampleLink(protocol: string, host: string): string {
  return `${protocol}://${host}/ticket/${SAMPLE_VALUES.ma_phieu}`;
}
