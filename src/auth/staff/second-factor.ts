/** The optional second factor: switching it on and off, and taking its codes. */
import { AppError } from '../../kernel/app-error.ts';
import type { Account, Actor } from './account.ts';
import type { AccountStore } from './account-store.ts';
import type { PasswordCheck } from './password-check.ts';
import { byActor, type WriteAudit } from './staff-audit.ts';
import { findTotpStep, hashRecoveryCode, isTotpCode, makeRecoveryCodes, makeTotpSecret } from './totp.ts';

export interface SecondFactorDeps {
  readonly store: AccountStore;
  readonly checkPassword: PasswordCheck;
  /** Encrypts, so that whoever reads the database cannot make codes. */
  readonly openVault: () => Promise<{
    readonly seal: (text: string) => string;
    /** @throws when it was sealed with another key */
    readonly unseal: (sealed: string) => string;
  }>;
  readonly audit: WriteAudit;
  readonly now: () => Date;
}

export interface SecondFactor {
  /** Begins it with a new secret; it is in force once `confirm` was shown a code. @throws AppError `totp_active` */
  readonly begin: (by: Actor) => Promise<{ secret: string; uri: string }>;
  /** Puts it in force. @returns the recovery codes @throws AppError `totp_wrong`, `totp_active` */
  readonly confirm: (by: Actor, code: string) => Promise<string[]>;
  /** @throws AppError `password_wrong`, `sign_in_throttled` */
  readonly remove: (by: Actor, password: string) => Promise<void>;
  /** Uses a code up, of the app or for recovery; false: it is wrong, or used already. */
  readonly take: (account: Account, code: string) => Promise<boolean>;
}

export function createSecondFactor(deps: SecondFactorDeps): SecondFactor {
  const { store, checkPassword, openVault, audit, now } = deps;
  const get = async (by: Actor): Promise<Account> => {
    const account = await store.find(by.id);
    if (account === null) throw new AppError({ code: 'account_not_found', message: by.id });
    return account;
  };
  const getWithout = async (by: Actor): Promise<Account> => {
    const account = await get(by);
    if (account.totp !== null) throw new AppError({ code: 'totp_active', message: by.id });
    return account;
  };
  /** The time step that a code belongs to; null: it is wrong. */
  const findStep = async (sealedSecret: string, code: string): Promise<number | null> =>
    findTotpStep((await openVault()).unseal(sealedSecret), code, now());
  const changedMeanwhile = (by: Actor): AppError => new AppError({ code: 'totp_wrong', message: by.id });

  return {
    async begin(by) {
      const account = await getWithout(by);
      const made = makeTotpSecret(account.email);
      const { seal } = await openVault();
      if ((await store.change(by.id, account, { totpBegun: seal(made.secret) })) === null)
        throw changedMeanwhile(by);
      return made;
    },
    async confirm(by, code) {
      const { totpBegun } = await getWithout(by);
      const step = totpBegun === null ? null : await findStep(totpBegun, code);
      if (totpBegun === null || step === null) throw new AppError({ code: 'totp_wrong', message: by.id });
      const codes = makeRecoveryCodes();
      await audit({ ...byActor(by, by.id), action: 'totp.enabled', details: {} });
      const totp = { sealedSecret: totpBegun, lastStep: step };
      if (!(await store.confirmTotp(by.id, totpBegun, totp, codes.map(hashRecoveryCode))))
        throw changedMeanwhile(by);
      return codes;
    },
    async remove(by, password) {
      const account = await get(by);
      await checkPassword(account, password, by.address);
      if (account.totp === null) return;
      await audit({ ...byActor(by, by.id), action: 'totp.disabled', details: {} });
      const fields = { totp: null, totpBegun: null, recoveryHashes: [] };
      if ((await store.change(by.id, account, fields)) === null) throw changedMeanwhile(by);
    },
    async take({ id, totp }, code) {
      if (totp === null) return false;
      if (!isTotpCode(code)) return store.spendRecoveryCode(id, hashRecoveryCode(code));
      const step = await findStep(totp.sealedSecret, code);
      return step !== null && store.spendTotpStep(id, step);
    },
  };
}
