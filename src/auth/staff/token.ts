/** What is random: tokens of sessions and one-time links, and codes that people type. */
import { createHash, randomBytes, randomInt } from 'node:crypto';

const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;
/** Without 0, 1, I, L, O, which look alike. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const GROUP = 4;

/** To be shown once; what is kept is its hash. */
export function makeToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

export function hashToken(token: string): string {
  // The token is 256 random bits: a slow hash would add nothing.
  return createHash('sha256').update(token).digest('base64url');
}

/** A code such as 7K3F-9QAB-XC2D-M4PT, 20 bits a group. */
export function makeTypedCode(groups: number): string {
  const group = (): string =>
    Array.from({ length: GROUP }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return Array.from({ length: groups }, group).join('-');
}
