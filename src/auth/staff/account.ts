/** Accounts of the staff and their rules. */
import type { Role } from '../../contracts/permissions.ts';

export interface Account {
  readonly id: string;
  /** Lower case; no two accounts have the same. */
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly skills: readonly string[];
  /** Conversations at a time. */
  readonly capacity: number;
  readonly disabled: boolean;
  /** argon2id; null: invited, and has not joined yet. */
  readonly passwordHash: string | null;
  /** The password was made by the desk, to be used once. */
  readonly mustChangePassword: boolean;
  /** Rises with every new password and whenever the account is disabled: sessions of before are worth nothing. */
  readonly generation: number;
  readonly totp: Totp | null;
  /** Begun, not yet in force: the sealed secret. */
  readonly totpBegun: string | null;
  /** Of the recovery codes that are left. */
  readonly recoveryHashes: readonly string[];
  readonly link: OneTimeLink | null;
  readonly createdAt: Date;
  readonly lastSignInAt: Date | null;
}

export interface Totp {
  readonly sealedSecret: string;
  /** The step whose code was used last: neither it nor an earlier one is taken again. */
  readonly lastStep: number;
}

export type LinkPurpose = 'invite' | 'reset';

/** What a one-time link opens; the link itself is not kept. */
export interface OneTimeLink {
  readonly tokenHash: string;
  readonly purpose: LinkPurpose;
  readonly expiresAt: Date;
}

/** Who does something, as the audit log names it. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly address: string;
}

export type AccountStatus = 'invited' | 'active' | 'disabled';

const HOUR_MS = 60 * 60 * 1000;
const LINK_LIFE_MS: Readonly<Record<LinkPurpose, number>> = {
  invite: 7 * 24 * HOUR_MS,
  reset: 24 * HOUR_MS,
};

export function statusOf({
  disabled,
  passwordHash,
}: Pick<Account, 'disabled' | 'passwordHash'>): AccountStatus {
  if (disabled) return 'disabled';
  return passwordHash === null ? 'invited' : 'active';
}

/** Who has no password yet is invited again; everybody else gets a new one. */
export function linkPurposeOf({ passwordHash }: Pick<Account, 'passwordHash'>): LinkPurpose {
  return passwordHash === null ? 'invite' : 'reset';
}

export function linkExpiry(purpose: LinkPurpose, now: Date): Date {
  return new Date(now.getTime() + LINK_LIFE_MS[purpose]);
}

/** Would the account be an admin, now or when the invitation is taken, and not be one any more after the change? */
export function endsAdmin(
  { role, disabled }: Pick<Account, 'role' | 'disabled'>,
  change: { readonly role?: Role | undefined; readonly disabled?: boolean | undefined },
): boolean {
  const isAdmin = role === 'admin' && !disabled;
  return isAdmin && ((change.role ?? role) !== 'admin' || change.disabled === true);
}
