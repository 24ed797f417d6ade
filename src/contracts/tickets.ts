/** Kinds and states of tickets, wherever they are shown. */
import { z } from 'zod';

export const ticketKind = z.enum(['complaint', 'feedback', 'callback']);
export type TicketKind = z.infer<typeof ticketKind>;

export const ticketStatus = z.enum(['new', 'in_progress', 'waiting', 'resolved', 'closed']);
export type TicketStatus = z.infer<typeof ticketStatus>;

/** What a ticket is made of, whoever asks for it. */
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
