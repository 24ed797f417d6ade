/** How mail stands → contract. */
import type { FailedMail, MailState } from '../contracts/mail.ts';
import type { MailDesk } from './mail-desk.ts';
import { type GivenUpMail, maskAddress } from './outbox-mail.ts';

export function presentMailState({ outgoing, incoming }: Awaited<ReturnType<MailDesk['survey']>>): MailState {
  return {
    outgoing: {
      isConfigured: outgoing !== null,
      waiting: outgoing?.waiting ?? 0,
      lastFailure: outgoing?.lastFailure ?? null,
      failed: outgoing?.failed.map(presentFailedMail) ?? [],
    },
    incoming: {
      isConfigured: incoming !== null,
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
