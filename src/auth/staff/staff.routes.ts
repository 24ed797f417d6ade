/** Accounts, signing in and sessions of the staff over REST, below /api/v1/staff. */
import type { Request, Response } from 'express';
import {
  type AccountList,
  type AccountView,
  type ActiveSessionList,
  accountChange,
  accountId,
  inviteRequest,
  type LinkView,
  linkQuery,
  type OneTimeLink,
  passwordChange,
  type RecoveryCodes,
  redeemRequest,
  type SessionView,
  signInRequest,
  type TotpBegun,
  totpConfirm,
  totpRemove,
} from '../../contracts/staff.ts';
import { parseBody, parseQuery } from '../../http/parse-request.ts';
import type { StaffRoute } from '../../http/staff-route.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { Account } from './account.ts';
import type { LinkMade } from './accounts.ts';
import { writeLinkMail } from './copy.ts';
import { presentAccount, presentActiveSession, presentSession } from './present-account.ts';
import type { Origin } from './session.ts';
import type { Staff } from './staff.ts';

export interface StaffAccountRoutesDeps {
  readonly staff: Staff;
  /** Without a slash at its end. */
  readonly publicUrl: (request: Request) => string;
  /** false: it was not sent. */
  readonly sendMail: (mail: { to: string; subject: string; text: string }) => Promise<boolean>;
}

export function createStaffAccountRoutes(deps: StaffAccountRoutesDeps): StaffRoute[] {
  const { accounts, sessions, signIn, secondFactor, cookie, findStaff } = deps.staff;

  const begin = (request: Request, response: Response, account: Account, session: string, token: string) => {
    response.set('set-cookie', cookie.write(token, request.secure));
    response.json(presentSession(account, session) satisfies SessionView);
  };
  const handOut = async (request: Request, response: Response, made: LinkMade): Promise<void> => {
    const { account, purpose, token, expiresAt } = made;
    const link = `${deps.publicUrl(request)}/console/link?token=${token}`;
    const mail = writeLinkMail({ purpose, name: account.name, url: link, expiresAt });
    const mailed = await deps.sendMail({ to: account.email, ...mail });
    response.json({
      account: presentAccount(account),
      link,
      expiresAt: expiresAt.toISOString(),
      mailed,
    } satisfies OneTimeLink);
  };

  return [
    {
      method: 'post',
      path: '/sign-in',
      permission: 'public',
      async handle(request, response) {
        const before = await findStaff(request.get('cookie'), addressOf(request));
        const { account, session, token } = await signIn(
          parseBody(signInRequest, request),
          originOf(request),
        );
        // This browser's cookie is about to be written over.
        if (before !== null) await sessions.end(before, before.session);
        begin(request, response, account, session.id, token);
      },
    },
    {
      method: 'post',
      path: '/sign-out',
      permission: 'signedIn',
      beforePasswordChange: true,
      async handle(request, response, staff) {
        await sessions.end(staff, staff.session);
        response.set('set-cookie', cookie.clear(request.secure)).json({});
      },
    },
    {
      method: 'get',
      path: '/session',
      permission: 'signedIn',
      beforePasswordChange: true,
      async handle(_request, response, staff) {
        const account = await accounts.find(staff.id);
        if (account === null) throw new AppError({ code: 'signed_out', message: staff.id });
        response.json(presentSession(account, staff.session) satisfies SessionView);
      },
    },
    {
      method: 'get',
      path: '/sessions',
      permission: 'signedIn',
      async handle(_request, response, staff) {
        const active = await sessions.list(staff.id);
        response.json({
          sessions: active.map((session) => presentActiveSession(session, staff.session)),
        } satisfies ActiveSessionList);
      },
    },
    {
      method: 'delete',
      path: '/sessions/:id',
      permission: 'signedIn',
      async handle(request, response, staff) {
        await sessions.revoke(staff, String(request.params['id']));
        response.json({});
      },
    },
    {
      method: 'delete',
      path: '/sessions',
      permission: 'signedIn',
      async handle(_request, response, staff) {
        await sessions.revokeOthers(staff, staff.session);
        response.json({});
      },
    },
    {
      method: 'put',
      path: '/password',
      permission: 'signedIn',
      beforePasswordChange: true,
      async handle(request, response, staff) {
        const { current, next } = parseBody(passwordChange, request);
        const account = await accounts.changePassword(staff, current, next);
        const { session, token } = await sessions.start(account, originOf(request));
        begin(request, response, account, session.id, token);
      },
    },
    {
      method: 'post',
      path: '/totp',
      permission: 'signedIn',
      async handle(_request, response, staff) {
        response.json((await secondFactor.begin(staff)) satisfies TotpBegun);
      },
    },
    {
      method: 'put',
      path: '/totp',
      permission: 'signedIn',
      async handle(request, response, staff) {
        const { code } = parseBody(totpConfirm, request);
        response.json({ codes: await secondFactor.confirm(staff, code) } satisfies RecoveryCodes);
      },
    },
    {
      method: 'delete',
      path: '/totp',
      permission: 'signedIn',
      async handle(request, response, staff) {
        await secondFactor.remove(staff, parseBody(totpRemove, request).password);
        response.json({});
      },
    },
    {
      method: 'get',
      path: '/link',
      permission: 'public',
      async handle(request, response) {
        const { account, purpose } = await accounts.getByLink(parseQuery(linkQuery, request).token);
        response.json({ email: account.email, name: account.name, purpose } satisfies LinkView);
      },
    },
    {
      method: 'post',
      path: '/link',
      permission: 'public',
      async handle(request, response) {
        const { token, password } = parseBody(redeemRequest, request);
        const { email } = await accounts.redeem(token, password, addressOf(request));
        response.json({ email });
      },
    },
    {
      method: 'get',
      path: '/accounts',
      permission: 'accounts.read',
      async handle(_request, response) {
        response.json({ accounts: (await accounts.list()).map(presentAccount) } satisfies AccountList);
      },
    },
    {
      method: 'post',
      path: '/accounts',
      permission: 'accounts.manage',
      async handle(request, response, staff) {
        await handOut(request, response, await accounts.invite(staff, parseBody(inviteRequest, request)));
      },
    },
    {
      method: 'patch',
      path: '/accounts/:id',
      permission: 'accounts.manage',
      async handle(request, response, staff) {
        const changed = await accounts.change(staff, accountOf(request), parseBody(accountChange, request));
        response.json(presentAccount(changed) satisfies AccountView);
      },
    },
    {
      method: 'post',
      path: '/accounts/:id/reset',
      permission: 'accounts.manage',
      async handle(request, response, staff) {
        await handOut(request, response, await accounts.reset(staff, accountOf(request)));
      },
    },
    {
      method: 'delete',
      path: '/accounts/:id/sessions',
      permission: 'accounts.manage',
      async handle(request, response, staff) {
        await sessions.revokeAll(staff, accountOf(request));
        response.json({});
      },
    },
  ];
}

function addressOf(request: Request): string {
  return request.ip ?? '';
}

function originOf(request: Request): Origin {
  return { userAgent: request.get('user-agent') ?? '', address: addressOf(request) };
}

function accountOf(request: Request): string {
  const { success, data } = accountId.safeParse(request.params['id']);
  if (success) return data;
  throw new AppError({ code: 'account_not_found', message: String(request.params['id']) });
}
