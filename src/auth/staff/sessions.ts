/** Who is signed in, where, and for how long. */
import { EventEmitter } from 'node:events';
import { AppError } from '../../kernel/app-error.ts';
import type { Account, Actor } from './account.ts';
import type { AccountStore } from './account-store.ts';
import { beginSession, noteUse, type Origin, type Session } from './session.ts';
import type { SessionStore } from './session-store.ts';
import { byActor, type WriteAudit } from './staff-audit.ts';
import { hashToken, makeToken } from './token.ts';

export interface SessionsDeps {
  readonly store: SessionStore;
  readonly accounts: Pick<AccountStore, 'find'>;
  readonly audit: WriteAudit;
  readonly now: () => Date;
}

/** Told on the node where it happens, so that open sockets can be cut. Listeners must not throw. */
export type SessionEvents = EventEmitter<{
  sessionEnded: [{ readonly session: string; readonly account: string }];
}>;

export interface Sessions {
  readonly events: SessionEvents;
  /** A new session; its token is known to nobody else and kept nowhere. */
  readonly start: (account: Account, origin: Origin) => Promise<{ session: Session; token: string }>;
  /** Whose session a token opens; null: nobody's. The account is looked up anew each time. */
  readonly find: (token: string) => Promise<{ session: Session; account: Account } | null>;
  /** Those that still open something, the one used last first. */
  readonly list: (account: string) => Promise<Session[]>;
  /** Signing out. */
  readonly end: (by: Actor, session: string) => Promise<void>;
  /** Ends one of the actor's own. @throws AppError `session_not_found` */
  readonly revoke: (by: Actor, session: string) => Promise<void>;
  /** Ends all of the actor's own but one. */
  readonly revokeOthers: (by: Actor, except: string) => Promise<void>;
  /** Ends all of an account. @throws AppError `account_not_found` */
  readonly revokeAll: (by: Actor, account: string) => Promise<void>;
  /** Ends all of an account as a consequence of something that is in the audit log itself. */
  readonly endAll: (account: string) => Promise<void>;
}

export function createSessions({ store, accounts, audit, now }: SessionsDeps): Sessions {
  const events: SessionEvents = new EventEmitter();
  const remove = async (account: string, session: string): Promise<void> => {
    await store.remove(account, session);
    events.emit('sessionEnded', { session, account });
  };
  const endAll = async (account: string, except?: string): Promise<void> => {
    for (const { id } of await store.list(account)) if (id !== except) await remove(account, id);
  };
  const isAlive = ({ generation, expiresAt }: Session, account: Account): boolean =>
    !account.disabled && generation === account.generation && expiresAt > now();
  const list = async (id: string): Promise<Session[]> => {
    const account = await accounts.find(id);
    return account === null ? [] : (await store.list(id)).filter((session) => isAlive(session, account));
  };

  return {
    events,
    async start(account, origin) {
      const token = makeToken();
      const session = beginSession(store.newId(), hashToken(token), account, origin, now());
      await store.insert(session);
      return { session, token };
    },
    async find(token) {
      const session = await store.findByToken(hashToken(token), now());
      if (session === null) return null;
      const account = await accounts.find(session.account);
      if (account === null || !isAlive(session, account)) return null;
      const use = noteUse(session, now());
      if (use !== null) await store.noteUse(session.id, use);
      return { session, account };
    },
    list,
    async end(by, session) {
      await audit({ ...byActor(by, by.id), action: 'session.ended', details: { session } });
      await remove(by.id, session);
    },
    async revoke(by, session) {
      if (!(await list(by.id)).some(({ id }) => id === session))
        throw new AppError({ code: 'session_not_found', message: session });
      await audit({ ...byActor(by, by.id), action: 'session.revoked', details: { session } });
      await remove(by.id, session);
    },
    async revokeOthers(by, except) {
      await audit({ ...byActor(by, by.id), action: 'session.revoked', details: { allExcept: except } });
      await endAll(by.id, except);
    },
    async revokeAll(by, account) {
      if ((await accounts.find(account)) === null)
        throw new AppError({ code: 'account_not_found', message: account });
      await audit({ ...byActor(by, account), action: 'session.revoked', details: { all: true } });
      await endAll(account);
    },
    endAll,
  };
}
