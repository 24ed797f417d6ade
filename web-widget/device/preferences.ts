/** How this person wants the chat to look and sound, remembered on the device. */
import type { Platform } from '../../src/contracts/answers.ts';
import type { BrowserStorage } from '../../web-sync/browser-storage.ts';
import type { Locale } from '../embed-protocol.ts';
import { PREFIX } from './storage-prefix.ts';

export interface Preferences {
  readonly locale: Locale;
  readonly largeText: boolean;
  readonly sound: boolean;
  /** null: not known. */
  readonly platform: Platform | null;
}

const KEY = `${PREFIX}preferences`;

/** The platform of a phone by its user agent; null on a computer. */
export function guessPlatform(userAgent: string): Platform | null {
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'ios';
  return /Android/.test(userAgent) ? 'android' : null;
}

/** What was chosen by hand, over what is given. */
export function readPreferences(storage: BrowserStorage, otherwise: Preferences): Preferences {
  let stored: Partial<Record<keyof Preferences, unknown>> = {};
  try {
    stored = (JSON.parse(storage.get(KEY) ?? '{}') ?? {}) as typeof stored;
  } catch {
    // Damaged: what is given holds.
  }
  const { locale, largeText, sound, platform } = stored;
  return {
    locale: locale === 'vi' || locale === 'en' ? locale : otherwise.locale,
    largeText: typeof largeText === 'boolean' ? largeText : otherwise.largeText,
    sound: typeof sound === 'boolean' ? sound : otherwise.sound,
    platform:
      platform === 'android' || platform === 'ios' || platform === null ? platform : otherwise.platform,
  };
}

export function writePreferences(storage: BrowserStorage, chosen: Partial<Preferences>): void {
  let stored: object = {};
  try {
    stored = JSON.parse(storage.get(KEY) ?? '{}') as object;
  } catch {
    // Damaged: written anew.
  }
  storage.set(KEY, JSON.stringify({ ...stored, ...chosen }));
}
