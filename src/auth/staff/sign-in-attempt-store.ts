/** Counts of attempts to sign in. */
import type { Connection } from 'mongoose';
import { STORED_LIMITS } from '../../kernel/limits.ts';
import { type AttemptTaken, createAttemptLimits } from '../../storage/attempt-limit.ts';

export type { AttemptTaken };

export interface SignInAttempts {
  /**
   * Counts an attempt before it is made, so that many at once are not more than one after the other.
   * @param network as `networkOf` names where it comes from
   */
  readonly take: (email: string, network: string) => Promise<AttemptTaken>;
  /** It was no failure: takes the attempt back. */
  readonly giveBack: (email: string, network: string) => Promise<void>;
  /** It was right: the account's failures are forgotten. */
  readonly forget: (email: string, network: string) => Promise<void>;
}

export function createSignInAttemptStore(connection: Connection): SignInAttempts {
  const limit = createAttemptLimits(connection, 'staff_sign_in_attempts');
  const accounts = limit('account', STORED_LIMITS.signInsOfAccount);
  const addresses = limit('address', STORED_LIMITS.signInsOfAddress);
  return {
    async take(email, network) {
      const taken = await addresses.take(network);
      return taken.allowed ? accounts.take(email) : taken;
    },
    async giveBack(email, network) {
      await accounts.giveBack(email);
      await addresses.giveBack(network);
    },
    async forget(email, network) {
      await accounts.forget(email);
      await addresses.giveBack(network);
    },
  };
}
