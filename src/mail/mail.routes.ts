/** Mail over REST, for those of the staff who set it up: how it stands, and how templates look. */
import { type MailPreview, type MailState, type MailTemplateGuide, mailDraft } from '../contracts/mail.ts';
import { parseBody } from '../http/parse-request.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import { AppError } from '../kernel/app-error.ts';
import type { MailDesk } from './mail-desk.ts';
import { presentMailState } from './present-mail.ts';

export interface MailRoutesDeps {
  readonly mailDesk: MailDesk;
  /** The address of somebody of the staff. */
  readonly findEmail: (account: string) => Promise<string | null>;
}

export function createMailRoutes({ mailDesk, findEmail }: MailRoutesDeps): StaffRoute[] {
  return [
    {
      method: 'get',
      path: '/mail',
      permission: 'mail.manage',
      async handle(_request, response) {
        response.json(presentMailState(await mailDesk.survey()) satisfies MailState);
      },
    },
    {
      method: 'post',
      path: '/mail/:id/retry',
      permission: 'mail.manage',
      async handle(request, response) {
        await mailDesk.retry(String(request.params['id']));
        response.json({});
      },
    },
    {
      method: 'get',
      path: '/mail/templates',
      permission: 'settings.read',
      handle(_request, response) {
        response.json(mailDesk.guide satisfies MailTemplateGuide);
      },
    },
    {
      method: 'post',
      path: '/mail/preview',
      permission: 'settings.read',
      handle(request, response) {
        const draft = parseBody(mailDraft, request);
        response.json(mailDesk.preview(draft, siteOf(request)) satisfies MailPreview);
      },
    },
    {
      method: 'post',
      path: '/mail/test',
      permission: 'settings.edit',
      async handle(request, response, staff) {
        const draft = parseBody(mailDraft, request);
        const to = await findEmail(staff.id);
        if (to === null) throw new AppError({ code: 'account_not_found', message: staff.id });
        await mailDesk.sendTest(draft, siteOf(request), to);
        response.json({});
      },
    },
  ];
}

function siteOf({ protocol, host }: { readonly protocol: string; readonly host: string }): string {
  return `${protocol}://${host}`;
}
