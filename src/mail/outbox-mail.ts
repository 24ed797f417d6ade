/** A mail on its way out, and the rules of trying again. Pure. */

/** As it is handed in. */
export interface MailDraft {
  /** Names what the mail is for: with the same key it is sent once. */
  readonly key: string;
  /** One address. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string | undefined;
  /** Left out: one is made up. With angle brackets, as all Message-IDs here. */
  readonly messageId?: string | undefined;
  readonly inReplyTo?: string | undefined;
  readonly references?: readonly string[] | undefined;
  /** Written by the desk and not by a person: mailboxes are told not to answer by themselves. */
  readonly isAutomatic: boolean;
}

/** As it waits. */
export interface OutboxMail {
  readonly id: string;
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly isAutomatic: boolean;
  readonly postedAt: Date;
  /** Whether it is too late is counted from here. */
  readonly triedSince: Date;
  /** Tries that have begun, this one among them. */
  readonly attempts: number;
}

export interface GivenUpMail {
  readonly id: string;
  readonly to: string;
  readonly postedAt: Date;
  readonly failedAt: Date;
  readonly attempts: number;
  readonly reason: string;
}

/** What became of a try. */
export type Sending =
  | { readonly kind: 'sent' }
  /** It will be refused again. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** `isServerAway`: the others would meet the same. */
  | { readonly kind: 'later'; readonly reason: string; readonly isServerAway: boolean };

const FIRST_DELAY_MS = 5_000;
const LONGEST_DELAY_MS = 60 * 60_000;
/** As long as mail servers try: somebody has seen the dead server by then. */
const TRY_FOR_MS = 4 * 24 * 60 * 60_000;

/**
 * 5 s, 10 s, 20 s … up to an hour, each somewhere between half and all of it.
 * @param attempts that have failed, from 1 on
 * @param random 0 … 1
 */
export function retryDelayMs(attempts: number, random: number): number {
  const whole = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempts - 1, 20));
  return Math.round((whole / 2) * (1 + random));
}

export function isGivenUp(triedSince: Date, now: Date): boolean {
  return now.getTime() - triedSince.getTime() >= TRY_FOR_MS;
}

/** `lan@example.vn` → `l***@example.vn`. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 1 ? '***' : `${address[0]}***${address.slice(at)}`;
}

/** What a server says may name the recipient. */
export function withoutAddresses(text: string): string {
  return text
    .replace(/[^\s<>@]{1,64}@[^\s<>@]+/g, '…')
    .replace(/\s+/g, ' ')
    .slice(0, 200);
}
