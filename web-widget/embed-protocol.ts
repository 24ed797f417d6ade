/**
 * What the host page (loader.ts) and the chat in its frame tell each other by postMessage. Both check the other's
 * origin and window; a message of another shape is not for them.
 */
import type { Platform } from '../src/contracts/answers.ts';

export type Locale = 'vi' | 'en';

/** Host page → chat. */
export type ToChat =
  /** JWT that the host app signed; null: nobody is signed in any more. */
  | { readonly type: 'vssid:identify'; readonly identity: string | null }
  | { readonly type: 'vssid:set-platform'; readonly platform: Platform }
  | { readonly type: 'vssid:set-locale'; readonly locale: Locale }
  /** The frame is on screen, or hidden behind the launcher. */
  | { readonly type: 'vssid:shown'; readonly shown: boolean };

/** Chat → host page. */
export type ToHost =
  /** The chat listens: what the host has to say may come now. */
  | { readonly type: 'vssid:ready' }
  /** The contact wants the chat closed; the conversation stays. */
  | { readonly type: 'vssid:close' }
  | { readonly type: 'vssid:unread'; readonly count: number }
  /** A public event of window.VssidHelp. Never the text of a message. */
  | { readonly type: 'vssid:event'; readonly event: ChatEvent };

/** Events for the host's own code: `VssidHelp.on(name, listener)`. */
export type ChatEvent =
  | { readonly name: 'ready' }
  | { readonly name: 'open' }
  | { readonly name: 'close' }
  | { readonly name: 'message'; readonly author: 'contact' | 'bot' | 'agent' }
  | { readonly name: 'unread'; readonly count: number }
  | { readonly name: 'ticket'; readonly code: string }
  /** The JWT is not valid any more: sign a new one and call identify() again. */
  | { readonly name: 'identity-expired' }
  | { readonly name: 'erased' };

/** `window.VssidHelp`, on the host page and in the full-screen chat alike. */
export interface VssidHelp {
  open(): void;
  close(): void;
  /** JWT that the host app signed for the person who is signed in; null after signing out. */
  identify(identity: string | null): void;
  setPlatform(platform: Platform): void;
  setLocale(locale: Locale): void;
  /** @returns the function that takes the listener away again */
  on<Name extends ChatEvent['name']>(
    name: Name,
    listener: (event: Extract<ChatEvent, { name: Name }>) => void,
  ): () => void;
}
