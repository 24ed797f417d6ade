/** Accounts: inviting, changing and resetting them, and what the people themselves do with their links and passwords. */
import { isDeepStrictEqual } from 'node:util';
import type { AccountChange, InviteRequest } from '../../contracts/staff.ts';
import { AppError } from '../../kernel/app-error.ts';
import {
  type Account,
  type Actor,
  endsAdmin,
  type LinkPurpose,
  linkExpiry,
  linkPurposeOf,
  type OneTimeLink,
} from './account.ts';
import type { AccountStore } from './account-store.ts';
import type { PasswordCheck } from './password-check.ts';
import type { Passwords } from './passwords.ts';
import { byActor, type WriteAudit } from './staff-audit.ts';
import { hashToken, makeToken } from './token.ts';

export interface AccountsDeps {
  readonly store: AccountStore;
  readonly passwords: Passwords;
  readonly checkPassword: PasswordCheck;
  /** Of an account, on all its devices. */
  readonly endSessions: (account: string) => Promise<void>;
  readonly audit: WriteAudit;
  readonly now: () => Date;
}

/** A link that was made: only its hash is kept. */
export interface LinkMade {
  readonly account: Account;
  readonly purpose: LinkPurpose;
  readonly token: string;
  readonly expiresAt: Date;
}

export interface Accounts {
  /** By name. */
  readonly list: () => Promise<Account[]>;
  readonly find: (id: string) => Promise<Account | null>;
  /** Makes an account without password, and the link by which its person joins. @throws AppError `account_exists` */
  readonly invite: (by: Actor, invited: InviteRequest) => Promise<LinkMade>;
  /**
   * Changes what is given. Whoever is disabled is signed out at once.
   * @throws AppError `account_not_found`, or `last_admin` when nobody would be left who can manage accounts
   */
  readonly change: (by: Actor, id: string, change: AccountChange) => Promise<Account>;
  /**
   * A link by which a person sets a new password, or joins who has not yet. It replaces an earlier link; until it is
   * used the old password holds. @throws AppError `account_not_found`
   */
  readonly reset: (by: Actor, id: string) => Promise<LinkMade>;
  /** What a link is for. @throws AppError `link_invalid` */
  readonly getByLink: (token: string) => Promise<{ account: Account; purpose: LinkPurpose }>;
  /**
   * Uses a link up: sets the password and ends all sessions. A reset takes the second factor off too: who asks for
   * one has often lost the phone, and the admin knows the person. @throws AppError `link_invalid`
   */
  readonly redeem: (token: string, password: string, address: string) => Promise<Account>;
  /**
   * Changes the actor's own password and ends all the actor's sessions, this one too.
   * @returns the account, to start a new session of
   * @throws AppError `password_wrong`, `password_unchanged`, `sign_in_throttled`
   */
  readonly changePassword: (by: Actor, current: string, next: string) => Promise<Account>;
}

/** A change that ends an admin takes milliseconds: a mark that is this old was left by a crash. */
const MARK_LIFE_MS = 30_000;
/** Each attempt fails only because another change of the same account succeeded. */
const MOST_ATTEMPTS = 5;

export function createAccounts(deps: AccountsDeps): Accounts {
  const { store, passwords, checkPassword, endSessions, audit, now } = deps;
  const get = async (id: string): Promise<Account> => {
    const account = await store.find(id);
    if (account === null) throw new AppError({ code: 'account_not_found', message: id });
    return account;
  };
  const getByLink = async (token: string): Promise<{ account: Account; purpose: LinkPurpose }> => {
    const account = await store.findByLink(hashToken(token), now());
    if (account?.link == null) throw new AppError({ code: 'link_invalid', message: 'no such link' });
    return { account, purpose: account.link.purpose };
  };
  const makeLink = (purpose: LinkPurpose): { token: string; link: OneTimeLink } => {
    const token = makeToken();
    return { token, link: { tokenHash: hashToken(token), purpose, expiresAt: linkExpiry(purpose, now()) } };
  };
  /** Does it again with the account as it is then, for as long as another change comes between. */
  const repeat = async (
    id: string,
    attempt: (account: Account) => Promise<Account | null>,
  ): Promise<Account> => {
    for (let attempts = 0; attempts < MOST_ATTEMPTS; attempts++) {
      const done = await attempt(await get(id));
      if (done !== null) return done;
    }
    throw new Error(`account ${id} changes faster than it can be changed`);
  };

  /**
   * Ends an admin, unless it is the last one. First the account is marked, then the others are counted without marked
   * ones: of two changes at once the later count sees the earlier mark, so that never both go through. A mark only
   * ever makes the count smaller; one that was left behind is taken off, and then its change cannot be made any more.
   */
  const whileOthersStay = async (
    id: string,
    change: (mark: string) => Promise<Account | null>,
  ): Promise<Account | null> => {
    const mark = makeToken();
    await store.clearMarksBefore(new Date(now().getTime() - MARK_LIFE_MS));
    await store.markLeaving(id, mark, now());
    try {
      if ((await store.countStayingAdmins()) === 0) throw new AppError({ code: 'last_admin', message: id });
      return await change(mark);
    } finally {
      await store.unmarkLeaving(id, mark);
    }
  };

  return {
    list: store.list,
    find: store.find,

    async invite(by, { email, name, role, skills, capacity }) {
      const exists = new AppError({ code: 'account_exists', message: email });
      if ((await store.findByEmail(email)) !== null) throw exists;
      const { token, link } = makeLink('invite');
      const account: Account = {
        id: store.newId(),
        email,
        name,
        role,
        skills,
        capacity,
        disabled: false,
        passwordHash: null,
        mustChangePassword: false,
        generation: 0,
        totp: null,
        totpBegun: null,
        recoveryHashes: [],
        link,
        createdAt: now(),
        lastSignInAt: null,
      };
      await audit({
        ...byActor(by, account.id),
        action: 'account.invited',
        details: { email, name, role, skills, capacity },
      });
      if (!(await store.insert(account))) throw exists;
      return { account, purpose: link.purpose, token, expiresAt: link.expiresAt };
    },

    change: (by, id, change) =>
      repeat(id, async (account) => {
        const { before, after } = differences(account, change);
        if (Object.keys(after).length === 0) return account;
        const write = async (leaving?: string): Promise<Account | null> => {
          await audit({ ...byActor(by, id), action: 'account.changed', details: { before, after } });
          return store.change(id, account, after, {
            ...(leaving === undefined ? {} : { leaving }),
            newGeneration: after.disabled === true,
          });
        };
        const changed = endsAdmin(account, change) ? await whileOthersStay(id, write) : await write();
        if (changed?.disabled) await endSessions(id);
        return changed;
      }),

    async reset(by, id) {
      let made: LinkMade | undefined;
      await repeat(id, async (account) => {
        const { token, link } = makeLink(linkPurposeOf(account));
        await audit({
          ...byActor(by, id),
          action: 'account.reset',
          details: { purpose: link.purpose, expiresAt: link.expiresAt.toISOString() },
        });
        const changed = await store.change(id, account, { link });
        if (changed !== null)
          made = { account: changed, purpose: link.purpose, token, expiresAt: link.expiresAt };
        return changed;
      });
      return made!;
    },

    getByLink,

    async redeem(token, password, address) {
      const { account, purpose } = await getByLink(token);
      const passwordHash = await passwords.hash(password);
      await audit({
        ...byActor({ id: account.id, name: account.name, address }, account.id),
        action: purpose === 'invite' ? 'account.joined' : 'password.changed',
        details: purpose === 'invite' ? {} : { byLink: true, totpRemoved: account.totp !== null },
      });
      const fields = { passwordHash, mustChangePassword: false, totp: null, totpBegun: null };
      const redeemed = await store.spendLink(hashToken(token), { ...fields, recoveryHashes: [] }, now());
      if (redeemed === null) throw new AppError({ code: 'link_invalid', message: 'used meanwhile' });
      await endSessions(account.id);
      return redeemed;
    },

    async changePassword(by, current, next) {
      const account = await get(by.id);
      await checkPassword(account, current, by.address);
      if (await passwords.verify(account.passwordHash, next))
        throw new AppError({ code: 'password_unchanged', message: by.id });
      const passwordHash = await passwords.hash(next);
      await audit({ ...byActor(by, by.id), action: 'password.changed', details: {} });
      const fields = { passwordHash, mustChangePassword: false };
      const changed = await store.change(by.id, account, fields, { newGeneration: true });
      if (changed === null)
        throw new AppError({ code: 'signed_out', message: 'the account changed meanwhile' });
      await endSessions(by.id);
      return changed;
    },
  };
}

type Changeable = Partial<Pick<Account, 'name' | 'role' | 'skills' | 'capacity' | 'disabled'>>;

/** What a change changes, as it was and as it is to be. */
function differences(account: Account, change: AccountChange): { before: Changeable; after: Changeable } {
  const differing = (Object.keys(change) as (keyof Changeable)[]).filter(
    (field) => change[field] !== undefined && !isDeepStrictEqual(change[field], account[field]),
  );
  const pick = (from: Account | AccountChange): Changeable =>
    Object.fromEntries(differing.map((field) => [field, from[field]]));
  return { before: pick(account), after: pick(change) };
}
