/**
 * Takes mails in: each unread one is read, handed on, and only then marked as read. A mail that was handed on already
 * and not marked, as after a crash, is handed on again: whoever takes it knows it by its Message-ID. One node at a time
 * reads the mailbox.
 */
import { randomUUID } from 'node:crypto';
import { AppError } from '../kernel/app-error.ts';
import { inTurn } from '../kernel/in-turn.ts';
import type { Logger } from '../kernel/logger.ts';
import { type Repeating, repeat } from '../kernel/repeat.ts';
import type { Inbox, UnreadMail } from './inbox.ts';
import type { IncomingMail } from './incoming-mail.ts';
import { retryDelayMs, withoutAddresses } from './outbox-mail.ts';

export interface IntakeDeps {
  readonly store: {
    /** Takes or prolongs the right to read the mailbox. @returns false: another node has it */
    readonly lease: (owner: string, now: Date, until: Date) => Promise<boolean>;
    readonly release: (owner: string, now: Date) => Promise<void>;
    readonly noteLooked: (at: Date) => Promise<void>;
    readonly noteReceived: (at: Date) => Promise<void>;
    readonly noteFailure: (failure: string) => Promise<void>;
    readonly survey: () => Promise<{
      readonly lookedAt: Date | null;
      readonly receivedAt: Date | null;
      readonly lastFailure: string | null;
    }>;
  };
  /** @throws Error when it cannot be reached or does not let the desk in */
  readonly openInbox: (onNews: () => void) => Promise<Inbox>;
  /** @throws Error when the mail cannot be made out */
  readonly readMail: (source: Buffer, receivedAt: Date) => Promise<IncomingMail>;
  /** May be called again with the same mail. @throws when it could not be taken in, and should come again */
  readonly onMail: (mail: IncomingMail) => Promise<void>;
  readonly isStoreUp: () => boolean;
  readonly isStoreAway: (error: unknown) => boolean;
  readonly logger: Logger;
  readonly now?: () => Date;
  readonly random?: () => number;
  readonly everyMs?: number;
  readonly mostBytes?: number;
}

export interface Intake {
  /** Looks through the mailbox now, and is done when all that is there is taken in. */
  readonly run: () => Promise<void>;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

/** The server tells of new mails at once; this finds what it did not tell, and keeps the connection and the lease. */
const EVERY_MS = 30_000;
/** A node that is gone holds the others up that long at most. */
const LEASE_MS = 150_000;
/** As most mail servers allow; a mail is kept in memory while it is read. */
const MOST_BYTES = 30 * 1024 * 1024;
/** So often a mail that cannot be taken in is tried, before a person has to look at it. */
const MOST_TRIES = 5;

export function createIntake(deps: IntakeDeps): Intake {
  const { store, isStoreUp, logger, now = () => new Date(), random = Math.random } = deps;
  const { mostBytes = MOST_BYTES } = deps;
  const owner = randomUUID();
  let inbox: Inbox | undefined;
  let isStopped = false;
  let failures = 0;
  let notBefore = 0;
  const tries = new Map<number, number>();

  const holdLease = (): Promise<boolean> => {
    const at = now();
    return store.lease(owner, at, new Date(at.getTime() + LEASE_MS));
  };
  const leave = async (): Promise<void> => {
    const left = inbox;
    inbox = undefined;
    await left
      ?.close()
      .catch(({ message: reason }: Error) => logger.debug({ reason }, 'the mailbox is left'));
  };

  const setAside = async (from: Inbox, { uid, bytes }: UnreadMail, reason: string): Promise<void> => {
    await ofMailbox(from.setAside(uid));
    tries.delete(uid);
    logger.error({ uid, bytes, reason }, 'a mail is not taken in: it is flagged in the mailbox');
  };

  const takeIn = async (from: Inbox, unread: UnreadMail): Promise<void> => {
    const { uid, bytes, receivedAt } = unread;
    if (bytes > mostBytes) return setAside(from, unread, 'too large');
    const source = await ofMailbox(from.read(uid));
    if (source === null) return;
    let mail: IncomingMail;
    try {
      mail = await deps.readMail(source, receivedAt);
    } catch (error) {
      return setAside(from, unread, withoutAddresses(`unreadable: ${(error as Error).message}`));
    }
    try {
      await deps.onMail(mail);
    } catch (error) {
      const isStoreGone = error instanceof AppError && error.code === 'store_unavailable';
      if (isStoreGone || deps.isStoreAway(error)) throw error;
      const count = (tries.get(uid) ?? 0) + 1;
      tries.set(uid, count);
      const reason = withoutAddresses((error as Error).message);
      if (count >= MOST_TRIES) return setAside(from, unread, reason);
      logger.warn({ uid, count, reason }, 'a mail could not be taken in, and is tried again');
      return;
    }
    await ofMailbox(from.markRead(uid));
    tries.delete(uid);
    await store.noteReceived(now());
  };

  const look = async (): Promise<void> => {
    inbox ??= await ofMailbox(deps.openInbox(() => void run()));
    for (const unread of await ofMailbox(inbox.listUnread())) {
      if (isStopped || !(await holdLease())) return;
      await takeIn(inbox, unread);
    }
    failures = 0;
    await store.noteLooked(now());
  };

  const round = async (): Promise<void> => {
    if (isStopped || !isStoreUp() || now().getTime() < notBefore) return;
    if (inbox?.isOpen() === false) await leave();
    if (!(await holdLease())) return leave();
    try {
      await look();
    } catch (error) {
      if (!isMailboxFailure(error)) throw error;
      await leave();
      failures += 1;
      notBefore = now().getTime() + retryDelayMs(failures, random());
      logger.warn({ reason: error.message, failures }, 'the mailbox cannot be read');
      await store.noteFailure(error.message);
    }
  };
  const run = inTurn(() =>
    round().catch(({ message: reason }: Error) => logger.warn({ reason }, 'mails cannot be taken in now')),
  );

  let repeating: Repeating | undefined;
  return {
    run,
    start() {
      const onError = ({ message: reason }: Error): void => logger.warn({ reason }, 'no mails are taken in');
      repeating = repeat(run, { everyMs: deps.everyMs ?? EVERY_MS, now: true, onError });
    },
    async stop() {
      isStopped = true;
      await repeating?.stop();
      await run();
      await leave();
      if (!isStoreUp()) return;
      await store
        .release(owner, now())
        .catch(({ message: reason }: Error) =>
          logger.warn({ reason }, 'other nodes read the mailbox only when the lease runs out'),
        );
    },
  };
}

const MAILBOX_FAILED = 'mailbox_failed';

/** The store's errors look alike, and mean something else: nothing is wrong with the mailbox then. */
async function ofMailbox<Result>(call: Promise<Result>): Promise<Result> {
  try {
    return await call;
  } catch (cause) {
    throw new AppError({ code: MAILBOX_FAILED, message: explain(cause as ImapError), cause });
  }
}

function isMailboxFailure(error: unknown): error is AppError {
  return error instanceof AppError && error.code === MAILBOX_FAILED;
}

interface ImapError extends Error {
  readonly code?: string;
  readonly responseText?: string;
  readonly authenticationFailed?: boolean;
}

function explain({ code, responseText, authenticationFailed, message }: ImapError): string {
  const what = authenticationFailed ? 'the mail server refuses user name or password' : message;
  return withoutAddresses([code, what, responseText].filter((part) => part).join(': '));
}
