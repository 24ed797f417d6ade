/** Signing in. */
import type { SignInRequest } from '../../contracts/staff.ts';
import { AppError } from '../../kernel/app-error.ts';
import { networkOf } from '../../kernel/network.ts';
import type { Account } from './account.ts';
import type { AccountStore } from './account-store.ts';
import { sayRetryAfter } from './copy.ts';
import type { Passwords } from './passwords.ts';
import type { SecondFactor } from './second-factor.ts';
import type { Origin, Session } from './session.ts';
import type { Sessions } from './sessions.ts';
import type { SignInAttempts } from './sign-in-attempt-store.ts';
import type { WriteAudit } from './staff-audit.ts';

export interface SignInDeps {
  readonly store: AccountStore;
  readonly sessions: Pick<Sessions, 'start'>;
  readonly passwords: Passwords;
  readonly attempts: SignInAttempts;
  readonly secondFactor: Pick<SecondFactor, 'take'>;
  readonly audit: WriteAudit;
}

/**
 * Starts a session. An unknown email, a wrong password and a disabled account get the same answer for the same work;
 * that a code is missing is only said to who knows the password.
 * @throws AppError `sign_in_failed`, `sign_in_throttled`, `totp_required`, `totp_wrong`
 */
export type SignIn = (
  shown: SignInRequest,
  origin: Origin,
) => Promise<{ account: Account; session: Session; token: string }>;

export function createSignIn(deps: SignInDeps): SignIn {
  const { store, sessions, passwords, attempts, secondFactor, audit } = deps;
  return async ({ email, password, totp }, origin) => {
    const network = networkOf(origin.address);
    const account = await store.findByEmail(email);
    const refuse = async (code: string, reason: string, details: string[] = []): Promise<never> => {
      await audit({
        actor: null,
        action: 'session.failed',
        subject: account === null ? `email:${email}` : `account:${account.id}`,
        details: { email, reason },
        address: origin.address,
      });
      throw new AppError({ code, message: reason, details });
    };

    const taken = await attempts.take(email, network);
    if (!taken.allowed) {
      const details = [sayRetryAfter(taken.retryAfterMs)];
      // One entry tells it: whoever goes on guessing is not to fill the log.
      if (taken.isFirst) return refuse('sign_in_throttled', 'throttled', details);
      throw new AppError({ code: 'sign_in_throttled', message: 'throttled', details });
    }
    const isRight = await passwords.verify(account?.passwordHash ?? null, password);
    if (account === null) return refuse('sign_in_failed', 'unknown email');
    if (!isRight) return refuse('sign_in_failed', 'wrong password');
    if (account.disabled) return refuse('sign_in_failed', 'disabled');
    if (account.totp !== null) {
      if (totp === undefined) {
        // No failure, and no success either: failures with codes go on counting.
        await attempts.giveBack(email, network);
        throw new AppError({ code: 'totp_required', message: account.id });
      }
      if (!(await secondFactor.take(account, totp))) return refuse('totp_wrong', 'wrong code');
    }
    await attempts.forget(email, network);
    await audit({
      actor: { id: account.id, name: account.name },
      action: 'session.started',
      subject: `account:${account.id}`,
      details: { userAgent: origin.userAgent },
      address: origin.address,
    });
    const started = await sessions.start(account, origin);
    const lastSignInAt = started.session.createdAt;
    await store.noteSignIn(account.id, lastSignInAt);
    return { account: { ...account, lastSignInAt }, ...started };
  };
}
