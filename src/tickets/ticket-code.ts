/** Codes that people write down and read out, such as PA-7K3F9Q. */
import type { TicketKind } from '../contracts/tickets.ts';

/** Without 0, 1, I, L, O, which look alike. Its length is a prime, which the check character needs. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
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
  for (let at = 0; at < RANDOM_LENGTH; at++) body += ALPHABET[randomBelow(ALPHABET.length)];
  return `${PREFIX[kind]}-${body}${checkCharacter(body)}`;
}

/** Is it a code that can have been given out? One wrong character, or two neighbours exchanged, makes it none. */
export function isTicketCode(code: string): boolean {
  const [, body = '', check] = /^(?:PA|GY|GL|CH)-(\w{5})(\w)$/.exec(code) ?? [];
  return [...body].every((character) => ALPHABET.includes(character)) && check === checkCharacter(body);
}

/** Weighted sum modulo a prime (as in ISO 7064): sees every single error and every exchange of neighbours. */
function checkCharacter(body: string): string | undefined {
  let sum = 0;
  [...body].forEach((character, at) => {
    sum += (at + 2) * ALPHABET.indexOf(character);
  });
  return ALPHABET[sum % ALPHABET.length];
}

/** What somebody typed, as a code: small letters, blanks and a missing dash do not matter. null: it can be none. */
export function readTicketCode(typed: string): string | null {
  const [, prefix, body] = /^(PA|GY|GL|CH)(\w{6})$/.exec(typed.toUpperCase().replace(/[\s.–-]/g, '')) ?? [];
  const code = `${prefix}-${body}`;
  return prefix !== undefined && isTicketCode(code) ? code : null;
}
