/** Counting attempts in the database: true across nodes and restarts. */
import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import { RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible';
import { SCHEMA_OPTIONS } from './schema-options.ts';

/** The field names are the limiter's. */
interface AttemptsDocument {
  key: string;
  points: number;
  expire: Date | null;
}

export type AttemptTaken =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      readonly retryAfterMs: number;
      /** The first one that is refused in its window. */
      readonly isFirst: boolean;
    };

export interface AttemptLimit {
  /** Counts an attempt before it is made, so that many at once are not more than one after the other. */
  readonly take: (key: string) => Promise<AttemptTaken>;
  readonly giveBack: (key: string) => Promise<unknown>;
  readonly forget: (key: string) => Promise<unknown>;
}

/** @param name of the limit: each counts for itself */
export type AttemptLimits = (
  name: string,
  limit: { readonly points: number; readonly windowMs: number },
) => AttemptLimit;

/** Limits whose counts stand in one collection; to be asked for before the store opens. */
export function createAttemptLimits(connection: Connection, collectionName: string): AttemptLimits {
  const schema = new Schema<AttemptsDocument>(
    { key: { type: String, required: true }, points: Number, expire: Date },
    { ...SCHEMA_OPTIONS, collection: collectionName },
  );
  schema.index({ key: 1 }, { unique: true });
  schema.index({ expire: 1 }, { expireAfterSeconds: 0 });
  const { collection } = connection.model(`Attempts ${collectionName}`, schema);
  return (name, { points, windowMs }) => {
    const limiter = new RateLimiterMongo({
      // The limiter asks its client for a collection; this one has ours, and no connection of its own.
      storeClient: { collection: () => collection },
      tableName: collectionName,
      keyPrefix: name,
      points,
      duration: windowMs / 1_000,
      disableIndexesCreation: true,
    });
    return {
      async take(key) {
        try {
          await limiter.consume(key);
          return { allowed: true };
        } catch (refusal) {
          if (!(refusal instanceof RateLimiterRes)) throw refusal;
          const { msBeforeNext, consumedPoints } = refusal;
          return { allowed: false, retryAfterMs: msBeforeNext, isFirst: consumedPoints === points + 1 };
        }
      },
      giveBack: (key) => limiter.reward(key),
      forget: (key) => limiter.delete(key),
    };
  };
}
