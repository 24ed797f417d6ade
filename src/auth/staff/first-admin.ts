/** The account that a new desk begins with. */
import { email as emailSchema, newPassword } from '../../contracts/staff.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { AccountStore } from './account-store.ts';
import type { Passwords } from './passwords.ts';
import type { WriteAudit } from './staff-audit.ts';
import { makeTypedCode } from './token.ts';

const DEFAULT_EMAIL = 'admin@vssid.local';
const NAME = 'Quản trị viên';
/** Nobody is to remember it: 99 bits. */
const PASSWORD_GROUPS = 5;

/** As the operator sets it; what is missing is made up. */
export interface FirstAdmin {
  readonly email?: string | undefined;
  readonly password?: string | undefined;
}

/**
 * Makes an admin where there is no account at all; two nodes that start at once make one.
 * @returns what to print, once: there is no other way to learn the password; null: nothing was made up
 * @throws AppError `email_malformed`, `password_too_short`, `password_too_long`
 */
export type EnsureFirstAdmin = (
  wanted: FirstAdmin,
) => Promise<{ readonly email: string; readonly oneTimePassword: string } | null>;

export function createEnsureFirstAdmin(deps: {
  readonly store: AccountStore;
  readonly passwords: Passwords;
  readonly audit: WriteAudit;
  readonly now: () => Date;
}): EnsureFirstAdmin {
  const { store, passwords, audit, now } = deps;
  return async (wanted) => {
    if ((await store.list()).length > 0) return null;
    const email = check(emailSchema, wanted.email ?? DEFAULT_EMAIL, 'email_malformed');
    const oneTimePassword = wanted.password === undefined ? makeTypedCode(PASSWORD_GROUPS) : null;
    const password = check(newPassword, wanted.password ?? oneTimePassword, 'password_too_short');
    const passwordHash = await passwords.hash(password);
    await audit({
      actor: null,
      action: 'account.joined',
      subject: `account:${store.firstId}`,
      details: { email, role: 'admin', firstAccount: true },
      address: null,
    });
    const isMade = await store.insert({
      id: store.firstId,
      email,
      name: NAME,
      role: 'admin',
      skills: [],
      capacity: 4,
      disabled: false,
      passwordHash,
      mustChangePassword: oneTimePassword !== null,
      generation: 0,
      totp: null,
      totpBegun: null,
      recoveryHashes: [],
      link: null,
      createdAt: now(),
      lastSignInAt: null,
    });
    return isMade && oneTimePassword !== null ? { email, oneTimePassword } : null;
  };
}

function check(
  schema: typeof emailSchema | typeof newPassword,
  value: string | null,
  otherwise: string,
): string {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  throw new AppError({ code: error.issues[0]?.message ?? otherwise, message: 'ADMIN_EMAIL, ADMIN_PASSWORD' });
}
