/** What chat could not finish: one matter with a code. */
import type { TicketKind, TicketStatus } from '../contracts/tickets.ts';

export interface TicketDraft {
  readonly kind: TicketKind;
  readonly content: string;
  readonly office: string | null;
  /** National form, such as 0912345678. */
  readonly phone: string | null;
  readonly name: string | null;
  /** When to call back, in the contact's words. */
  readonly callAt: string | null;
  /** Satisfaction, 1 to 5. */
  readonly score: number | null;
}

export interface Ticket extends TicketDraft {
  readonly code: string;
  readonly status: TicketStatus;
  readonly createdAt: Date;
  /** What the contact was told last; null: nothing yet. */
  readonly latestReply: string | null;
  /** Where it was made; null: nowhere, or the contact had the conversation deleted. */
  readonly conversation: string | null;
}
