/** Kinds and states of tickets, wherever they are shown. */
import { z } from 'zod';

export const ticketKind = z.enum(['complaint', 'feedback', 'callback']);
export type TicketKind = z.infer<typeof ticketKind>;

export const ticketStatus = z.enum(['new', 'in_progress', 'waiting', 'resolved', 'closed']);
export type TicketStatus = z.infer<typeof ticketStatus>;
