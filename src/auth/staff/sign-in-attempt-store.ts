/** Counts of attempts to sign in. */
import type { Connection } from 'mongoose';
import { type AttemptTaken, createAttemptLimits } from '../../storage/attempt-limit.ts';

export type { AttemptTaken };

const WINDOW_MS = 15 * 60 * 1_000;
/** Enough for a person who tries all the passwords there were; 960 guesses a day for whoever guesses. */
const PER_ACCOUNT = 10;
/** Mobile networks and offices put many people behind one address. */
const PER_ADDRESS = 50;

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
  const accounts = limit('account', { points: PER_ACCOUNT, windowMs: WINDOW_MS });
  const addresses = limit('address', { points: PER_ADDRESS, windowMs: WINDOW_MS });
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
