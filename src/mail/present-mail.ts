/** How mail stands → contract. */
import type { FailedMail, MailState } from '../contracts/mail.ts';
import type { IntakeDeps } from './intake.ts';
import type { Outbox } from './outbox.ts';
import { type GivenUpMail, maskAddress } from './outbox-mail.ts';

/** @param outgoing undefined: there is no mail server. @param incoming undefined: no mailbox is read */
export function presentMailState(
  outgoing: Awaited<ReturnType<Outbox['survey']>> | undefined,
  incoming: Awaited<ReturnType<IntakeDeps['store']['survey']>> | undefined,
): MailState {
  return {
    outgoing: {
      isConfigured: outgoing !== undefined,
      waiting: outgoing?.waiting ?? 0,
      lastFailure: outgoing?.lastFailure ?? null,
      failed: outgoing?.failed.map(presentFailedMail) ?? [],
    },
    incoming: {
      isConfigured: incoming !== undefined,
      lookedAt: incoming?.lookedAt?.toISOString() ?? null,
      receivedAt: incoming?.receivedAt?.toISOString() ?? null,
      lastFailure: incoming?.lastFailure ?? null,
    },
  };
}

function presentFailedMail({ id, to, postedAt, failedAt, attempts, reason }: GivenUpMail): FailedMail {
  return {
    id,
    to: maskAddress(to),
    postedAt: postedAt.toISOString(),
    failedAt: failedAt.toISOString(),
    attempts,
    reason,
  };
}
