/** Whoever has opened the chat: a page that holds it in a frame, or an app that shows it in a web view. */
import type { Platform } from '../../src/contracts/answers.ts';
import type { ChatEvent, Locale, ToChat, ToHost, VssidHelp } from '../embed-protocol.ts';

export interface HostCommands {
  readonly identify: (identity: string | null) => void;
  readonly setPlatform: (platform: Platform) => void;
  readonly setLocale: (locale: Locale) => void;
  readonly show: (shown: boolean) => void;
}

export interface Host {
  /** In the frame of a page that answers. */
  readonly embedded: boolean;
  readonly emit: (event: ChatEvent) => void;
  readonly sayReady: () => void;
  readonly sayUnread: (count: number) => void;
  readonly close: () => void;
}

declare global {
  interface Window {
    VssidHelp?: VssidHelp;
    /** Android: addJavascriptInterface(…, "VssidHost"). */
    VssidHost?: { postMessage(json: string): void };
    /** iOS: WKUserContentController.add(…, name: "vssid"). */
    webkit?: { messageHandlers?: { vssid?: { postMessage(message: unknown): void } } };
  }
}

export function hasNativeHost(): boolean {
  return window.VssidHost !== undefined || window.webkit?.messageHandlers?.vssid !== undefined;
}

/** @param origin of the page that holds the frame, as it said itself in the address */
export function connectHost(origin: string | null, commands: HostCommands): Host {
  return window.parent !== window && origin !== null ? connectPage(origin, commands) : connectApp(commands);
}

/** Nothing is said to another origin than the one named, and nothing is heard from another window. */
function connectPage(origin: string, commands: HostCommands): Host {
  const tell = (message: ToHost): void => {
    try {
      window.parent.postMessage(message, origin);
    } catch {
      // Not an origin: whoever wrote the address gets nothing.
    }
  };
  addEventListener('message', (event) => {
    if (event.source !== window.parent || event.origin !== origin) return;
    const message = event.data as Partial<ToChat> | null;
    switch (message?.type) {
      case 'vssid:identify':
        return commands.identify(identityOf(message.identity));
      case 'vssid:set-platform':
        return platformOf(message.platform, commands.setPlatform);
      case 'vssid:set-locale':
        return localeOf(message.locale, commands.setLocale);
      case 'vssid:shown':
        return commands.show(message.shown === true);
    }
  });
  return {
    embedded: true,
    emit: (event) => tell({ type: 'vssid:event', event }),
    // The loader makes public events of these two itself.
    sayReady: () => tell({ type: 'vssid:ready' }),
    sayUnread: (count) => tell({ type: 'vssid:unread', count }),
    close: () => tell({ type: 'vssid:close' }),
  };
}

type Listener = (event: ChatEvent) => void;

/** Full screen: the app calls window.VssidHelp, and hears of events through its bridge. */
function connectApp(commands: HostCommands): Host {
  const listeners = new Map<string, Set<Listener>>();
  const emit = (event: ChatEvent): void => {
    for (const listener of listeners.get(event.name) ?? []) listener(event);
    window.VssidHost?.postMessage(JSON.stringify(event));
    window.webkit?.messageHandlers?.vssid?.postMessage(event);
  };
  window.VssidHelp = {
    open: () => emit({ name: 'open' }),
    close: () => emit({ name: 'close' }),
    identify: (identity) => commands.identify(identityOf(identity)),
    setPlatform: (platform) => platformOf(platform, commands.setPlatform),
    setLocale: (locale) => localeOf(locale, commands.setLocale),
    on(name, listener) {
      const heard = listeners.get(name) ?? new Set();
      listeners.set(name, heard.add(listener as Listener));
      return () => void heard.delete(listener as Listener);
    },
  };
  return {
    embedded: false,
    emit,
    sayReady: () => emit({ name: 'ready' }),
    sayUnread: (count) => emit({ name: 'unread', count }),
    close: () => emit({ name: 'close' }),
  };
}

/** What comes from outside may be anything. */
function identityOf(given: unknown): string | null {
  return typeof given === 'string' && given !== '' ? given : null;
}

function platformOf(given: unknown, set: (platform: Platform) => void): void {
  if (given === 'android' || given === 'ios') set(given);
}

function localeOf(given: unknown, set: (locale: Locale) => void): void {
  if (given === 'vi' || given === 'en') set(given);
}
