/** The secret by which the desk knows this device again, and under whose name things are kept here. */
import type { BrowserStorage } from '../../web-sync/browser-storage.ts';
import { randomName } from '../../web-sync/random-name.ts';
import { PREFIX } from './storage-prefix.ts';

export const TOKEN_KEY = `${PREFIX}token`;
const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Made on first use. Two pages that are opened at once agree on the one that was stored last. */
export function deviceToken(storage: BrowserStorage): string {
  const stored = storage.get(TOKEN_KEY);
  if (stored !== null && TOKEN.test(stored)) return stored;
  storage.set(TOKEN_KEY, randomName(TOKEN_BYTES));
  return storage.get(TOKEN_KEY) ?? '';
}

/** Whom a text typed now belongs to. */
export type Owner = string;
export const ANONYMOUS: Owner = 'anonymous';

/**
 * Two tokens of the same person name the same owner: a JWT is signed anew again and again. The subject may be the
 * number of a person, hence only a hash of it is kept on the device.
 */
export function ownerOf(identity: string | null): Owner {
  if (identity === null) return ANONYMOUS;
  return `id-${hash(subjectOf(identity) ?? identity)}`;
}

function subjectOf(identity: string): string | null {
  try {
    const payload = (identity.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
    const { sub } = JSON.parse(new TextDecoder().decode(bytes)) as { sub?: unknown };
    return typeof sub === 'string' ? sub : null;
  } catch {
    return null;
  }
}

/** cyrb53: 53 bits are enough to tell the few people of one device apart. */
function hash(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
}
