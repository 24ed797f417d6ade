/**
 * Keys that do something without a field being focused. Screens register what they offer while they are shown; the
 * help sheet (`?`) lists exactly that.
 */
import { Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { copy } from './copy.ts';
import { lazily } from './shell/load-later.ts';

export interface Shortcut {
  /**
   * `c`, `?`, `Escape`, `ArrowDown`; with the command key `mod+Enter` (Ctrl, on a Mac ⌘); one after the other `g i`.
   * Several ways to do the same: `['j', 'ArrowDown']`.
   */
  readonly keys: string | readonly string[];
  /** What it does, for the help sheet. */
  readonly label: string;
  readonly run: (event: KeyboardEvent) => void;
  /** Left out: always, while the component is there. */
  readonly when?: boolean;
}

interface Registered extends Shortcut {
  readonly alternatives: readonly string[];
}

const SEQUENCE_WITHIN_MS = 1_200;
const CAPTURE = { capture: true };
const DIALOG = '[aria-modal="true"]';
const CLOSED_BY_ESCAPE = '[aria-modal="true"], [role="dialog"], [role="menu"]';

let registered: readonly Registered[] = [];
const watchers = new Set<() => void>();
/** The key that is just pressed is meant for what lies above the screen. */
let isMeantForLayer = false;
let begun: { readonly key: string; readonly at: number } | null = null;

function change(next: readonly Registered[]): void {
  registered = next;
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  if (watchers.size === 0) {
    window.addEventListener('keydown', lookForLayer, CAPTURE);
    window.addEventListener('keydown', press);
  }
  watchers.add(watcher);
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    window.removeEventListener('keydown', lookForLayer, CAPTURE);
    window.removeEventListener('keydown', press);
  };
}

/**
 * Offers a shortcut while the component is shown. Keys without Ctrl or ⌘ are left to fields that are typed in, and to
 * open dialogs.
 */
export function useShortcut({ keys, label, run, when = true }: Shortcut): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  const alternatives = typeof keys === 'string' ? keys : keys.join('\n');
  useEffect(() => {
    if (!when) return;
    const shortcut: Registered = {
      keys: alternatives,
      alternatives: alternatives.split('\n'),
      label,
      run: (event) => latest.current(event),
    };
    change([...registered, shortcut]);
    return () => change(registered.filter((other) => other !== shortcut));
  }, [alternatives, label, when]);
}

/** Before anybody takes the key: a dialog that it closes is off the page by the time the shortcuts get it. */
function lookForLayer(event: KeyboardEvent): void {
  isMeantForLayer = document.querySelector(event.key === 'Escape' ? CLOSED_BY_ESCAPE : DIALOG) !== null;
}

function press(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
  const name = nameOf(event);
  if (!name.startsWith('mod+') && (isTyping(event.target) || isMeantForLayer)) return;
  const before = begun !== null && event.timeStamp - begun.at < SEQUENCE_WITHIN_MS ? begun.key : null;
  begun = null;
  // The one registered last is on top.
  const found =
    (before === null ? undefined : findLast(`${before} ${name}`)) ??
    (startsSequence(name) ? undefined : findLast(name));
  if (found !== undefined) {
    event.preventDefault();
    found.run(event);
  } else if (startsSequence(name)) {
    begun = { key: name, at: event.timeStamp };
  }
}

function findLast(keys: string): Registered | undefined {
  return registered.findLast(({ alternatives }) => alternatives.includes(keys));
}

function startsSequence(name: string): boolean {
  return registered.some(({ alternatives }) => alternatives.some((keys) => keys.startsWith(`${name} `)));
}

function nameOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `mod+${key}` : event.altKey ? `alt+${key}` : key;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      ['TEXTAREA', 'SELECT'].includes(target.tagName) ||
      (target instanceof HTMLInputElement &&
        !['checkbox', 'radio', 'button', 'submit'].includes(target.type)))
  );
}

const KeyList = lazily(
  () => import('./shell/shown-later.ts'),
  (file) => file.KeyList,
);

/** The sheet behind `?`; to be put once into the shell. */
export function ShortcutSheet() {
  const shortcuts = useSyncExternalStore(watch, () => registered);
  const [isOpen, setOpen] = useState(false);
  useShortcut({ keys: '?', label: copy.keyboard.help, run: () => setOpen(true) });
  return isOpen ? (
    <Suspense fallback={null}>
      <KeyList shortcuts={shortcuts} close={() => setOpen(false)} />
    </Suspense>
  ) : null;
}
