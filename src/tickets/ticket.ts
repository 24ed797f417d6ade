/** What chat could not finish: one matter with a code. */
import type { TicketDraft, TicketStatus } from '../contracts/tickets.ts';

export interface Ticket extends TicketDraft {
  readonly code: string;
  readonly status: TicketStatus;
  readonly createdAt: Date;
  /** What the contact was told last; null: nothing yet. */
  readonly latestReply: string | null;
  /** Where it was made; null: nowhere, or the contact had the conversation deleted. */
  readonly conversation: string | null;
  /** Since when the contact had waited in the queue, whose place a call back keeps; null: had not. */
  readonly waitingSince: Date | null;
}
