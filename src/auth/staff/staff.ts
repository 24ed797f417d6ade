/** The staff part of the room, put together: accounts, sessions, signing in. */
import type { StaffMember } from '../../contracts/permissions.ts';
import type { AccountStore } from './account-store.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import { createEnsureFirstAdmin, type EnsureFirstAdmin } from './first-admin.ts';
import { createPasswordCheck } from './password-check.ts';
import { createPasswords, type HashCost } from './passwords.ts';
import { createSecondFactor, type SecondFactor, type SecondFactorDeps } from './second-factor.ts';
import { createSessionCookie, type SessionCookie } from './session-cookie.ts';
import type { SessionStore } from './session-store.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createSignIn, type SignIn } from './sign-in.ts';
import type { SignInAttempts } from './sign-in-attempt-store.ts';
import type { WriteAudit } from './staff-audit.ts';

export interface StaffDeps {
  readonly accountStore: AccountStore;
  readonly sessionStore: SessionStore;
  readonly attempts: SignInAttempts;
  readonly audit: WriteAudit;
  /** Encrypts what the database is not to show. */
  readonly openVault: SecondFactorDeps['openVault'];
  /** The desk's public address begins with https. */
  readonly isPublicHttps: boolean;
  readonly now?: () => Date;
  readonly hashCost?: HashCost;
}

export interface Staff {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly secondFactor: SecondFactor;
  readonly cookie: SessionCookie;
  readonly ensureFirstAdmin: EnsureFirstAdmin;
  /**
   * Who shows this `Cookie` header, of a request or of a socket's handshake; null: nobody. Looked up anew each time,
   * so that what was ended or changed counts at once; it is also what keeps a session alive.
   */
  readonly findStaff: (cookieHeader: string | undefined, address: string) => Promise<StaffMember | null>;
}

export function createStaff(deps: StaffDeps): Staff {
  const { accountStore, sessionStore, attempts, audit, openVault, now = () => new Date() } = deps;
  const passwords = createPasswords(deps.hashCost);
  const checkPassword = createPasswordCheck({ passwords, attempts });
  const sessions = createSessions({ store: sessionStore, accounts: accountStore, audit, now });
  const cookie = createSessionCookie(deps.isPublicHttps);
  const secondFactor = createSecondFactor({ store: accountStore, checkPassword, openVault, audit, now });
  return {
    accounts: createAccounts({
      store: accountStore,
      passwords,
      checkPassword,
      endSessions: sessions.endAll,
      audit,
      now,
    }),
    sessions,
    signIn: createSignIn({ store: accountStore, sessions, passwords, attempts, secondFactor, audit }),
    secondFactor,
    cookie,
    ensureFirstAdmin: createEnsureFirstAdmin({ store: accountStore, passwords, audit, now }),
    async findStaff(cookieHeader, address) {
      const token = cookie.read(cookieHeader);
      const found = token === null ? null : await sessions.find(token);
      if (found === null) return null;
      const { id, name, role, mustChangePassword } = found.account;
      return { id, name, role, session: found.session.id, address, mustChangePassword };
    },
  };
}
