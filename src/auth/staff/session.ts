/** Sessions of the staff and how long they live. */

export interface Session {
  /** For lists; it opens nothing. */
  readonly id: string;
  readonly tokenHash: string;
  readonly account: string;
  /** Of the account when it signed in. */
  readonly generation: number;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
  /** As the browser calls itself. */
  readonly userAgent: string;
  readonly address: string;
}

/** Where somebody signs in. */
export interface Origin {
  readonly userAgent: string;
  readonly address: string;
}

const MINUTE_MS = 60 * 1000;
const HOUR_MS = 60 * MINUTE_MS;
const IDLE_MS = 12 * HOUR_MS;
export const LONGEST_SESSION_MS = 7 * 24 * HOUR_MS;
/** Noting every request would be a write for each read. */
const NOTE_USE_EVERY_MS = MINUTE_MS;
const LONGEST_USER_AGENT = 300;

export function beginSession(
  id: string,
  tokenHash: string,
  account: { readonly id: string; readonly generation: number },
  { userAgent, address }: Origin,
  now: Date,
): Session {
  return {
    id,
    tokenHash,
    account: account.id,
    generation: account.generation,
    createdAt: now,
    lastUsedAt: now,
    expiresAt: expiryOf(now, now),
    userAgent: userAgent.slice(0, LONGEST_USER_AGENT),
    address,
  };
}

/** What to write of a use; null: nothing, one was written within the minute. */
export function noteUse(
  { createdAt, lastUsedAt }: Session,
  now: Date,
): Pick<Session, 'lastUsedAt' | 'expiresAt'> | null {
  if (now.getTime() - lastUsedAt.getTime() < NOTE_USE_EVERY_MS) return null;
  return { lastUsedAt: now, expiresAt: expiryOf(createdAt, now) };
}

function expiryOf(createdAt: Date, lastUsedAt: Date): Date {
  return new Date(Math.min(createdAt.getTime() + LONGEST_SESSION_MS, lastUsedAt.getTime() + IDLE_MS));
}
