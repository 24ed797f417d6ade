/** What the loader puts on the host page: the launcher, and the panel that holds the frame of the chat. */
import type { LoaderCopy } from './loader-copy.ts';
import { holdPage } from './loader-page.ts';
import { SMALL_SCREEN, STYLES } from './loader-styles.ts';

export type PanelState = 'loading' | 'ready' | 'failed';

export interface View {
  readonly host: HTMLElement;
  readonly frame: HTMLIFrameElement;
  /** Loads the chat, anew where it was tried before. */
  readonly load: (url: string) => void;
  /** @param ownLabel of the launcher, where the host page has one */
  readonly speak: (copy: LoaderCopy, ownLabel: string | undefined) => void;
  /** @param takesFocus even from the page */
  readonly render: (state: PanelState, isOpen: boolean, unread: number, takesFocus?: boolean) => void;
}

export function createView(
  position: string | undefined,
  open: () => void,
  close: () => void,
  retry: () => void,
): View {
  const host = make('vssid-help' as 'div');
  const root = host.attachShadow({ mode: 'open' });
  const label = make('span');
  const badge = make('b');
  const launcher = make('button', 'launcher', label, badge);
  const frame = make('iframe');
  const loading = make('output', 'loading');
  const failed = make('output', 'failed');
  const again = make('button', 'failed');
  const leave = make('button');
  const panel = make('div', 'panel', make('div', 'cover', loading, failed, again, leave));
  const section = make('section', '', launcher, panel);
  const small = matchMedia(SMALL_SCREEN);
  const seen = window.visualViewport;
  let wasOpen = false;
  let opener: Element | null = null;
  let releasePage: (() => void) | undefined;
  let unreadMessages = '';

  root.append(section);
  dress(root);
  frame.allow = 'clipboard-write; microphone; geolocation';
  panel.setAttribute('role', 'dialog');
  launcher.onclick = open;
  again.onclick = retry;
  leave.onclick = close;
  panel.onkeydown = ({ key }) => key === 'Escape' && close();
  if (seen) seen.onresize = seen.onscroll = fill;

  /** On a small screen the page behind neither scrolls nor takes the focus, and the keyboard covers nothing. */
  function fill(): void {
    const covers = wasOpen && small.matches;
    if (covers && !releasePage) releasePage = holdPage(close);
    if (!covers && releasePage) releasePage = releasePage() as undefined;
    const follows = covers && seen && seen.scale < 1.01;
    panel.style.top = follows ? `${seen.offsetTop}px` : '';
    panel.style.height = follows ? `${seen.height}px` : '';
  }

  const pageHasFocus = (): boolean =>
    ![null, host, document.body].includes(document.activeElement as HTMLElement);

  return {
    host,
    frame,
    load(url) {
      // A frame that goes elsewhere makes an entry in the page's history; one that comes anew does not.
      frame.remove();
      frame.src = url;
      panel.prepend(frame);
    },
    speak(copy, ownLabel) {
      label.textContent = ownLabel || copy.launcher;
      loading.textContent = copy.loading;
      failed.textContent = copy.failed;
      again.textContent = copy.retry;
      leave.textContent = copy.close;
      unreadMessages = copy.unread;
      frame.title = copy.launcher;
      for (const named of [section, panel]) named.setAttribute('aria-label', copy.launcher);
    },
    render(state, isOpen, unread, takesFocus) {
      // Whoever has gone on with the page is not called back.
      const callsBack = wasOpen && !isOpen && !pageHasFocus();
      if (isOpen && !wasOpen) opener = document.activeElement;
      wasOpen = isOpen;
      section.className = `${position} ${state}${isOpen ? ' open' : ''}`;
      badge.textContent = unread > 9 ? '9+' : unread > 0 ? `${unread}` : '';
      launcher.setAttribute(
        'aria-label',
        label.textContent + (unread > 0 ? `, ${unread} ${unreadMessages}` : ''),
      );
      fill();
      if (isOpen && (takesFocus || root.activeElement)) (state === 'ready' ? frame : leave).focus();
      if (callsBack) {
        if (opener) (opener as HTMLElement).focus();
        if (!pageHasFocus()) launcher.focus();
      }
    },
  };
}

function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className = '',
  ...children: Node[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
}

/** A constructed style sheet is allowed by any content security policy; a style element is for Safari before 16.4. */
function dress(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const style = make('style');
    style.textContent = STYLES;
    root.append(style);
  }
}
