/** Codes that people write down and read out, such as PA-7K3F9Q. */
import { checkCharacter, TICKET_ALPHABET } from '../contracts/ticket-code.ts';
import type { TicketKind } from '../contracts/tickets.ts';

const RANDOM_LENGTH = 5;

export const PREFIX: Readonly<Record<TicketKind, string>> = {
  complaint: 'PA',
  feedback: 'GY',
  callback: 'GL',
  question: 'CH',
};

/**
 * A code for a ticket: five random characters (28 million) and one that checks them.
 * @param randomBelow a whole number from 0 up to, but not including, its argument
 */
export function makeTicketCode(kind: TicketKind, randomBelow: (bound: number) => number): string {
  let body = '';
  for (let at = 0; at < RANDOM_LENGTH; at++) body += TICKET_ALPHABET[randomBelow(TICKET_ALPHABET.length)];
  return `${PREFIX[kind]}-${body}${checkCharacter(body)}`;
}
