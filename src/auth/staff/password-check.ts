/** Asking for the own password again, for what a stolen session must not do. */
import { AppError } from '../../kernel/app-error.ts';
import { networkOf } from '../../kernel/network.ts';
import type { Account } from './account.ts';
import { sayRetryAfter } from './copy.ts';
import type { Passwords } from './passwords.ts';
import type { SignInAttempts } from './sign-in-attempt-store.ts';

/** @throws AppError `password_wrong`, or `sign_in_throttled` when it was wrong too often */
export type PasswordCheck = (account: Account, password: string, address: string) => Promise<void>;

/** Guesses count as failures to sign in. */
export function createPasswordCheck(deps: {
  readonly passwords: Passwords;
  readonly attempts: SignInAttempts;
}): PasswordCheck {
  const { passwords, attempts } = deps;
  return async ({ email, passwordHash }, password, address) => {
    const network = networkOf(address);
    const taken = await attempts.take(email, network);
    if (!taken.allowed) {
      const details = [sayRetryAfter(taken.retryAfterMs)];
      throw new AppError({ code: 'sign_in_throttled', message: email, details });
    }
    if (!(await passwords.verify(passwordHash, password)))
      throw new AppError({ code: 'password_wrong', message: email });
    await attempts.giveBack(email, network);
  };
}
