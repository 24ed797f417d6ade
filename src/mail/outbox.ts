/**
 * Mails that leave in the background: stored first, then tried until a server takes them. Any node may send any mail,
 * one at a time has it. A mail keeps the Message-ID it was posted with, so that one that is sent again after a crash is
 * the same mail for every mailbox.
 */
import { randomUUID } from 'node:crypto';
import { inTurn } from '../kernel/in-turn.ts';
import type { Logger } from '../kernel/logger.ts';
import { type Repeating, repeat } from '../kernel/repeat.ts';
import {
  type GivenUpMail,
  isGivenUp,
  type MailDraft,
  type OutboxMail,
  retryDelayMs,
  type Sending,
} from './outbox-mail.ts';

export interface OutboxDeps {
  readonly store: {
    /** @returns the Message-ID of the mail with this key, whoever posted it first */
    readonly insert: (
      draft: MailDraft,
      posted: { readonly messageId: string; readonly at: Date },
    ) => Promise<string>;
    /** Takes a mail that is due; until then it is due for nobody else. */
    readonly claim: (claim: string, now: Date, until: Date) => Promise<OutboxMail | null>;
    /** What was written goes. @returns false: the claim has run out, as for the next two */
    readonly markSent: (
      mail: OutboxMail,
      claim: string,
      ended: { readonly at: Date; readonly forgetAt: Date },
    ) => Promise<boolean>;
    readonly markForLater: (
      mail: OutboxMail,
      claim: string,
      next: { readonly dueAt: Date; readonly failure: string; readonly metServerAway: boolean },
    ) => Promise<boolean>;
    readonly markGivenUp: (
      mail: OutboxMail,
      claim: string,
      ended: { readonly at: Date; readonly forgetAt: Date; readonly failure: string },
    ) => Promise<boolean>;
    /** Makes what waits for a server that was away due at once. */
    readonly hasten: (now: Date) => Promise<void>;
    /** @returns false: there is no such mail that was given up */
    readonly retry: (id: string, now: Date) => Promise<boolean>;
    readonly countWaiting: () => Promise<number>;
    readonly findLastFailure: () => Promise<string | null>;
    readonly listGivenUp: (most: number) => Promise<readonly GivenUpMail[]>;
  };
  /** Hands a mail to the mail server. Never throws. */
  readonly send: (mail: OutboxMail) => Promise<Sending>;
  /** The part of Message-IDs behind the @. */
  readonly domain: string;
  readonly isStoreUp: () => boolean;
  readonly logger: Logger;
  readonly now?: () => Date;
  readonly random?: () => number;
  readonly everyMs?: number;
  /** How long it is known that a mail was sent, or given up; left out: 30 days. */
  readonly keepMs?: () => number;
}

export interface Outbox {
  /** Stored when it resolves, and sent soon. With a key that was posted before nothing happens. */
  readonly post: (draft: MailDraft) => Promise<{ readonly messageId: string }>;
  /** Sends everything that is due, and is done then. */
  readonly run: () => Promise<void>;
  /** Tries a mail again that was given up. @returns false: there is none */
  readonly retry: (id: string) => Promise<boolean>;
  readonly survey: () => Promise<{
    readonly waiting: number;
    readonly lastFailure: string | null;
    readonly failed: readonly GivenUpMail[];
  }>;
  readonly start: () => void;
  /** Resolves when the mail that is under way is. */
  readonly stop: () => Promise<void>;
}

const EVERY_MS = 5_000;
/** Longer than a try may take (send-mail.ts): a node that dies in one holds the mail up that long. */
const CLAIM_MS = 5 * 60_000;
const KEEP_MS = 30 * 24 * 60 * 60_000;
const MOST_SHOWN = 20;

export function createOutbox(deps: OutboxDeps): Outbox {
  const { store, isStoreUp, logger, now = () => new Date(), random = Math.random } = deps;
  const { keepMs = () => KEEP_MS } = deps;
  const ahead = (ms: number): Date => new Date(now().getTime() + ms);
  /** Nobody knows how the server was before this node came. */
  let wasServerAway = true;
  let isStopped = false;
  /** Taken by a server while the store could not be told. */
  const untold = new Map<string, { readonly mail: OutboxMail; readonly claim: string }>();

  const tellSent = async (mail: OutboxMail, claim: string): Promise<void> => {
    untold.set(mail.id, { mail, claim });
    const isTold = await store.markSent(mail, claim, { at: now(), forgetAt: ahead(keepMs()) });
    untold.delete(mail.id);
    if (!isTold) logger.warn({ mail: mail.id }, 'a mail was under way for so long that it may be sent again');
  };

  /** @returns false: the others would fare no better */
  const settle = async (mail: OutboxMail, claim: string, sending: Sending): Promise<boolean> => {
    if (sending.kind === 'sent') {
      await tellSent(mail, claim);
      if (wasServerAway) await store.hasten(now());
      wasServerAway = false;
      return true;
    }
    const { reason: failure } = sending;
    const metServerAway = sending.kind === 'later' && sending.isServerAway;
    wasServerAway ||= metServerAway;
    if (sending.kind === 'refused' || isGivenUp(mail.triedSince, now())) {
      await store.markGivenUp(mail, claim, { at: now(), forgetAt: ahead(keepMs()), failure });
      logger.warn({ mail: mail.id, attempts: mail.attempts }, 'a mail is given up');
    } else {
      const dueAt = ahead(retryDelayMs(mail.attempts, random()));
      await store.markForLater(mail, claim, { dueAt, failure, metServerAway });
    }
    return !metServerAway;
  };

  const round = async (): Promise<void> => {
    if (!isStoreUp()) return;
    for (const { mail, claim } of [...untold.values()]) await tellSent(mail, claim);
    while (!isStopped) {
      const claim = randomUUID();
      const mail = await store.claim(claim, now(), ahead(CLAIM_MS));
      if (mail === null || !(await settle(mail, claim, await deps.send(mail)))) return;
    }
  };
  const run = inTurn(() =>
    round().catch(({ message: reason }: Error) => logger.warn({ reason }, 'mails cannot be sent now')),
  );

  let repeating: Repeating | undefined;
  return {
    async post(draft) {
      const messageId = await store.insert(draft, {
        messageId: draft.messageId ?? `<${randomUUID()}@${deps.domain}>`,
        at: now(),
      });
      if (repeating !== undefined) void run();
      return { messageId };
    },
    run,
    async retry(id) {
      const isThere = await store.retry(id, now());
      if (isThere && repeating !== undefined) void run();
      return isThere;
    },
    async survey() {
      const [waiting, lastFailure, failed] = await Promise.all([
        store.countWaiting(),
        store.findLastFailure(),
        store.listGivenUp(MOST_SHOWN),
      ]);
      return { waiting, lastFailure, failed };
    },
    start() {
      const onError = ({ message: reason }: Error): void => logger.warn({ reason }, 'mails cannot be sent');
      repeating = repeat(run, { everyMs: deps.everyMs ?? EVERY_MS, now: true, onError });
    },
    async stop() {
      isStopped = true;
      await repeating?.stop();
      repeating = undefined;
      await run();
    },
  };
}
