/**
 * The codes of tickets, such as PA-7K3F9Q, as people write them down and type them again. Pure, and without zod:
 * pages judge a code before they send anything.
 */

/** Without 0, 1, I, L, O, which look alike. Its length is a prime, which the check character needs. */
export const TICKET_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** Is it a code that can have been given out? One wrong character, or two neighbours exchanged, makes it none. */
export function isTicketCode(code: string): boolean {
  const [, body = '', check] = /^(?:PA|GY|GL|CH)-(\w{5})(\w)$/.exec(code) ?? [];
  return isOfAlphabet(body) && check === checkCharacter(body);
}

/** Weighted sum modulo a prime (as in ISO 7064): sees every single error and every exchange of neighbours. */
export function checkCharacter(body: string): string | undefined {
  let sum = 0;
  [...body].forEach((character, at) => {
    sum += (at + 2) * TICKET_ALPHABET.indexOf(character);
  });
  return TICKET_ALPHABET[sum % TICKET_ALPHABET.length];
}

/** What was typed into a field for a code. */
export type TypedTicketCode =
  | { readonly kind: 'code'; readonly code: string }
  /** Not a code, but one exchange of characters that look alike makes it one, and only one. */
  | { readonly kind: 'likely'; readonly code: string }
  /** Too few or too many characters, or other letters in front. */
  | { readonly kind: 'malformed' }
  /** A character that no code has. */
  | { readonly kind: 'no-such-character'; readonly character: string }
  /** It looks right, and the check character says that something is wrong. */
  | { readonly kind: 'slip' };

/** An input method for Vietnamese makes one letter of two: these are taken apart again. */
const COMPOSED: Readonly<Record<string, string>> = { Â: 'AA', Ê: 'EE', Đ: 'DD', Ă: 'AW', Ư: 'UW' };
/** How the letters in front are mistyped. */
const PREFIXES: Readonly<Record<string, string>> = { G1: 'GL', GI: 'GL', '6L': 'GL', '6Y': 'GY' };
/** What a character may have been meant for. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  ...{ '0': 'DQ', O: 'DQ', '1': '7JT', I: '7JT', L: '7JT' },
  ...{ S: '5', '5': 'S', B: '8', '8': 'B', Z: '2', '2': 'Z', G: '6', '6': 'G', U: 'V', V: 'U' },
};

/** Reads a code whatever its case, blanks and dashes. */
export function readTicketCode(typed: string): TypedTicketCode {
  const written = typed
    .normalize('NFC')
    .toUpperCase()
    .replace(/[ÂÊĐĂƯ]/g, (letter) => COMPOSED[letter] ?? letter);
  const characters = written.normalize('NFD').replace(/[^A-Z0-9]/g, '');
  const front = characters.slice(0, 2);
  const prefix = PREFIXES[front] ?? front;
  const body = characters.slice(2);
  if (!/^(?:PA|GY|GL|CH)$/.test(prefix) || body.length !== 6) return { kind: 'malformed' };
  const code = `${prefix}-${body}`;
  if (isTicketCode(code)) return { kind: 'code', code };
  const likely = listNear(body).filter((other) => isTicketCode(`${prefix}-${other}`));
  if (likely.length === 1) return { kind: 'likely', code: `${prefix}-${likely[0]}` };
  const strange = [...body].find((character) => !isOfAlphabet(character));
  return strange === undefined ? { kind: 'slip' } : { kind: 'no-such-character', character: strange };
}

const isOfAlphabet = (characters: string): boolean =>
  [...characters].every((character) => TICKET_ALPHABET.indexOf(character) >= 0);

/** With every character replaced that no code has, or else with one that looks like another. */
function listNear(body: string): string[] {
  const wrong = [...body].findIndex((character) => !isOfAlphabet(character));
  if (wrong < 0) return [...body].flatMap((_, at) => replaceAt(body, at));
  return replaceAt(body, wrong).flatMap((other) => (isOfAlphabet(other) ? [other] : listNear(other)));
}

const replaceAt = (body: string, at: number): string[] =>
  [...(LOOK_ALIKES[body.charAt(at)] ?? '')].map((other) => body.slice(0, at) + other + body.slice(at + 1));
