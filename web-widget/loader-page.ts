/** The host page while the chat covers it. */

interface CloseWatcher {
  onclose: () => void;
  destroy(): void;
}

/**
 * Holds the page still, and out of reach of Tab and of screen readers.
 * @param close for the back button of Android, where the browser can say it without an entry in the page's history
 * @returns the function that lets the page go again
 */
export function holdPage(close: () => void): () => void {
  const { body, documentElement } = document;
  const { style } = documentElement;
  const { overflow } = style;
  const { inert } = body;
  const { CloseWatcher } = window as { CloseWatcher?: new () => CloseWatcher };
  const watcher = CloseWatcher && new CloseWatcher();
  if (watcher) watcher.onclose = close;
  style.setProperty('overflow', 'hidden', 'important');
  body.inert = true;
  return () => {
    style.overflow = overflow;
    body.inert = inert;
    watcher?.destroy();
  };
}
