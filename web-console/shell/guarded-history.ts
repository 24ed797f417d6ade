/** The browser's history, with a gate: whoever has something to lose is asked before another screen is opened. */
import { UNSAFE_createBrowserHistory as createBrowserHistory } from 'react-router';

export type BrowserHistory = ReturnType<typeof createBrowserHistory>;
/** true: go on. */
export type LeaveGuard = () => Promise<boolean>;

let guard: LeaveGuard | null = null;

/** Asks `next` before another screen is opened; one at a time. @returns what ends it */
export function guardLeaving(next: LeaveGuard): () => void {
  guard = next;
  return () => {
    if (guard === next) guard = null;
  };
}

/** Links, buttons and the browser's own Back all go through here. */
export function createGuardedHistory(): BrowserHistory {
  const history = createBrowserHistory({ v5Compat: true });
  /** The next change of the address is ours: one that puts back, or one that was allowed. */
  let expected: 'restored' | 'allowed' | null = null;

  function pass(to: Parameters<BrowserHistory['push']>[0], go: () => void): void {
    const pathname = typeof to === 'string' ? new URL(to, window.location.href).pathname : to.pathname;
    if (guard === null || pathname === history.location.pathname) go();
    else
      void guard().then((leaves) => {
        if (leaves) go();
      });
  }

  return {
    get action() {
      return history.action;
    },
    get location() {
      return history.location;
    },
    createHref: history.createHref,
    createURL: history.createURL,
    encodeLocation: history.encodeLocation,
    go: history.go,
    push: (to, state) => pass(to, () => history.push(to, state)),
    replace: (to, state) => pass(to, () => history.replace(to, state)),
    listen: (listener) =>
      history.listen((update) => {
        const was = expected;
        expected = null;
        if (was === 'restored') return;
        const { delta } = update;
        if (update.action !== 'POP' || was === 'allowed' || guard === null || !delta) {
          listener(update);
          return;
        }
        // Back was pressed, and the address has changed already: it is put back until the person has decided.
        expected = 'restored';
        history.go(-delta);
        void guard().then((leaves) => {
          if (!leaves) return;
          expected = 'allowed';
          history.go(delta);
        });
      }),
  };
}
