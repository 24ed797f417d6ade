/** Tickets as citizens send them, look them up and add to them: /api/v1/tickets… */
import { z } from 'zod';
import { satisfactionCommand } from './chat.ts';
import { complaintType, ticketFields, ticketKind, ticketOutcome, ticketStatus } from './tickets.ts';

const { phone, email, name, text, attachments } = ticketFields;

export const ticketForm = z.strictObject({
  key: z.string().regex(/^[\w-]{8,64}$/),
  kind: z.enum(['complaint', 'feedback', 'question']),
  complaintType: complaintType.nullable().default(null),
  content: text,
  name: name.default(''),
  phone: phone.or(z.literal('')).default(''),
  email: email.or(z.literal('')).default(''),
  office: z.string().trim().max(200).default(''),
});
export type TicketForm = z.infer<typeof ticketForm>;

export const ticketLookup = z.object({
  code: z.string().max(40).describe('As it was given out; small letters and a missing dash do not matter'),
  contact: z.string().max(200).describe('The phone number, or the e-mail address, that was given with it'),
});
/** What the citizen may know of a ticket. Numbers and addresses are masked. */
export const citizenTicket = z.object({
  code: z.string(),
  kind: ticketKind,
  complaintType: complaintType.nullable(),
  status: ticketStatus,
  outcome: ticketOutcome.nullable(),
  reason: z.string().nullable().describe('Why it was not taken up'),
  mergedInto: z
    .string()
    .nullable()
    .describe('The ticket that it was merged into; null: it was not, or that one is not of the same person'),
  content: z.string(),
  office: z.string().nullable(),
  contact: z.object({
    name: z.string().nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
  }),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  expectedBy: z.iso.datetime().nullable().describe('When it is to be resolved; null: not known, or over'),
  timeline: z
    .array(
      z.object({
        at: z.iso.datetime(),
        kind: z.enum(['created', 'reply', 'information', 'status', 'call', 'rating']),
        status: ticketStatus.nullable(),
        text: z.string(),
        by: z.string().nullable().describe('The name of the agent who replied'),
        attachments: z.array(
          z.object({ url: z.string(), name: z.string(), type: z.string(), size: z.int() }),
        ),
      }),
    )
    .describe('Oldest first'),
  satisfaction: z.int().min(1).max(5).nullable(),
  mayAdd: z.boolean().describe('Information may be added'),
  mayReopen: z.boolean(),
  mayRate: z.boolean(),
});
export type CitizenTicket = z.infer<typeof citizenTicket>;
/** `token`: for an hour, `Authorization: Bearer …` for this ticket. */
export const ticketFound = z.object({ ticket: citizenTicket, token: z.string() });
export type TicketFound = z.infer<typeof ticketFound>;

export const ticketInformation = z.strictObject({
  key: z.string().regex(/^[\w-]{8,64}$/),
  text,
  attachments,
});
export const ticketRating = satisfactionCommand;
export const ticketReopening = z.strictObject({ reason: z.string().trim().max(500).default('') });
