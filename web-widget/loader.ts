/**
 * The script that a host page includes (docs/embedding.md): the launcher now, the chat in a frame at the first open,
 * and `window.VssidHelp` for the page's own code. It has a budget of 3 KB gzip.
 */
import type { Platform } from '../src/contracts/answers.ts';
import type { ChatEvent, Locale, VssidHelp } from './embed-protocol.ts';
import { openBridge } from './loader-bridge.ts';
import { COPY } from './loader-copy.ts';
import type { HostPage } from './loader-queue.ts';
import { createView, type PanelState } from './loader-view.ts';

const GIVE_UP_AFTER_MS = 15_000;
/** What the chat alone can tell; the loader itself tells the rest. */
const FORWARDED = /^(message|ticket|identity-expired|erased)$/;

const page = window as unknown as HostPage;
// Known only while the script runs.
const script = document.currentScript as HTMLScriptElement;

if (document.body) start();
else document.addEventListener('DOMContentLoaded', start);

function start(): void {
  // A page may hold the script twice; one launcher is enough.
  if (page.VssidHelp) return;
  const { identity, label, locale, open: openAtOnce, platform, position } = script.dataset;
  let listeners: [name: string, listener: (event: never) => void][] = [];
  let language: Locale;
  let state: PanelState = 'failed';
  let isOpen = false;
  let unread = 0;
  let timer = 0;

  const view = createView(
    position,
    () => help.open(),
    () => help.close(),
    load,
  );
  const render = (takesFocus?: boolean): void => view.render(state, isOpen, unread, takesFocus);

  const tell = openBridge(view.frame, new URL(script.src).origin, (said) => {
    if (said.type === 'vssid:ready') {
      setState('ready');
      tell({ type: 'vssid:shown', shown: isOpen });
      emit({ name: 'ready' });
    }
    if (said.type === 'vssid:close') help.close();
    if (said.type === 'vssid:unread') {
      unread = Number(said.count) || 0;
      render();
      emit({ name: 'unread', count: unread });
    }
    if (said.type === 'vssid:event' && FORWARDED.test(said.event.name)) emit(said.event);
  });

  /** A mistake in the page's own code stays there. */
  function emit(event: ChatEvent): void {
    for (const [name, listener] of listeners) {
      if (name === event.name) queueMicrotask(() => listener(event as never));
    }
  }

  function setState(next: PanelState): void {
    clearTimeout(timer);
    state = next;
    render();
  }

  function load(): void {
    // Beside the script, so that a desk may live under a path.
    view.load(
      `${new URL(`widget?host=${encodeURIComponent(location.origin)}&locale=${language}`, script.src)}`,
    );
    setState('loading');
    timer = window.setTimeout(setState, GIVE_UP_AFTER_MS, 'failed');
  }

  function show(shown: boolean, takesFocus?: boolean): void {
    if (isOpen === shown) return;
    isOpen = shown;
    // A router may have thrown it away with the rest of the document.
    if (!view.host.isConnected) document.documentElement.append(view.host);
    if (shown && state === 'failed') load();
    render(takesFocus);
    tell({ type: 'vssid:shown', shown });
    emit({ name: shown ? 'open' : 'close' });
  }

  const help: VssidHelp = {
    open: () => show(true, true),
    close: () => show(false),
    identify: (jwt) => tell({ type: 'vssid:identify', identity: jwt }),
    setPlatform: (chosen) => tell({ type: 'vssid:set-platform', platform: chosen }),
    setLocale(chosen) {
      language = chosen === 'en' ? 'en' : 'vi';
      view.speak(COPY[language], label);
      render();
      tell({ type: 'vssid:set-locale', locale: language });
    },
    on(name, listener) {
      const entry: (typeof listeners)[0] = [name, listener];
      listeners.push(entry);
      return () => {
        listeners = listeners.filter((other) => other !== entry);
      };
    },
  };

  help.setLocale(locale as Locale);
  if (identity) help.identify(identity);
  if (platform) help.setPlatform(platform as Platform);
  // After the body: a router that swaps it leaves the chat alone.
  document.documentElement.append(view.host);
  page.VssidHelp = help;
  const waiting = page.VssidHelpQueue;
  const push = (task: (help: VssidHelp) => void): void => queueMicrotask(() => task(help));
  page.VssidHelpQueue = { push };
  if (Array.isArray(waiting)) waiting.forEach(push);
  if (openAtOnce !== undefined) show(true);
}
