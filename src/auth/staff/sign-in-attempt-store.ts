/** Counts of attempts to sign in, in the database: true across nodes and restarts. */
import { type Connection, Schema } from 'mongoose';
import { RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible';
import { SCHEMA_OPTIONS } from '../../storage/schema-options.ts';

const WINDOW_S = 15 * 60;
/** Enough for a person who tries all the passwords there were; 960 guesses a day for whoever guesses. */
const PER_ACCOUNT = 10;
/** Mobile networks and offices put many people behind one address. */
const PER_ADDRESS = 50;

/** The field names are the limiter's. */
interface AttemptsDocument {
  key: string;
  points: number;
  expire: Date | null;
}

const schema = new Schema<AttemptsDocument>(
  { key: { type: String, required: true }, points: Number, expire: Date },
  { ...SCHEMA_OPTIONS, collection: 'staff_sign_in_attempts' },
);
schema.index({ key: 1 }, { unique: true });
schema.index({ expire: 1 }, { expireAfterSeconds: 0 });

export type AttemptTaken =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      readonly retryAfterMs: number;
      /** The first one that is refused in its quarter of an hour. */
      readonly isFirst: boolean;
    };

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
  const { collection } = connection.model('StaffSignInAttempts', schema);
  const limit = (keyPrefix: string, points: number): RateLimiterMongo =>
    new RateLimiterMongo({
      // The limiter asks its client for a collection; this one has ours, and no connection of its own.
      storeClient: { collection: () => collection },
      tableName: collection.collectionName,
      keyPrefix,
      points,
      duration: WINDOW_S,
      disableIndexesCreation: true,
    });
  const accounts = limit('account', PER_ACCOUNT);
  const addresses = limit('address', PER_ADDRESS);

  const takeFrom = async (limiter: RateLimiterMongo, key: string): Promise<AttemptTaken> => {
    try {
      await limiter.consume(key);
      return { allowed: true };
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const { msBeforeNext, consumedPoints } = refusal;
      return { allowed: false, retryAfterMs: msBeforeNext, isFirst: consumedPoints === limiter.points + 1 };
    }
  };

  return {
    async take(email, network) {
      const taken = await takeFrom(addresses, network);
      return taken.allowed ? takeFrom(accounts, email) : taken;
    },
    async giveBack(email, network) {
      await accounts.reward(email);
      await addresses.reward(network);
    },
    async forget(email, network) {
      await accounts.delete(email);
      await addresses.reward(network);
    },
  };
}
