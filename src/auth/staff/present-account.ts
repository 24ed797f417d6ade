/** Accounts and sessions as the contract has them. */
import { permissionsOf } from '../../contracts/permissions.ts';
import type { AccountView, ActiveSession, SessionView } from '../../contracts/staff.ts';
import { type Account, statusOf } from './account.ts';
import type { Session } from './session.ts';

export function presentAccount(account: Account): AccountView {
  return {
    id: account.id,
    email: account.email,
    name: account.name,
    role: account.role,
    status: statusOf(account),
    skills: [...account.skills],
    capacity: account.capacity,
    hasTotp: account.totp !== null,
    createdAt: account.createdAt.toISOString(),
    lastSignInAt: account.lastSignInAt?.toISOString() ?? null,
  };
}

export function presentSession(account: Account, session: string): SessionView {
  return {
    account: presentAccount(account),
    permissions: permissionsOf(account.role),
    session,
    mustChangePassword: account.mustChangePassword,
  };
}

export function presentActiveSession(session: Session, current: string): ActiveSession {
  return {
    id: session.id,
    current: session.id === current,
    userAgent: session.userAgent,
    address: session.address,
    createdAt: session.createdAt.toISOString(),
    lastUsedAt: session.lastUsedAt.toISOString(),
  };
}
