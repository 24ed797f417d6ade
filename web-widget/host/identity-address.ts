/** An app opens the chat at /widget#identity=JWT: the part of an address that no server and no log sees. */

/** For a reload of the same window; gone when that is closed. */
const KEPT_AS = 'vssid-chat.identity';
const NAME = /^#(?:.*&)?identity=([^&]*)/;

/** What the address says, else what it said before a reload. `onChange`: the app has put another one there. */
export function takeIdentityFromAddress(onChange: (identity: string) => void): string | null {
  addEventListener('hashchange', () => {
    const next = take();
    if (next !== null) onChange(next);
  });
  return take() ?? recall();
}

/** null: nobody is signed in any more. */
export function keepIdentity(identity: string | null): void {
  try {
    if (identity === null) sessionStorage.removeItem(KEPT_AS);
    else sessionStorage.setItem(KEPT_AS, identity);
  } catch {
    // The app says it again at the next opening.
  }
}

function take(): string | null {
  const identity = NAME.exec(location.hash)?.[1];
  if (!identity) return null;
  // Not to be seen, shared or kept in the history.
  history.replaceState(history.state, '', location.pathname + location.search);
  const plain = decodeURIComponent(identity);
  keepIdentity(plain);
  return plain;
}

function recall(): string | null {
  try {
    return sessionStorage.getItem(KEPT_AS);
  } catch {
    return null;
  }
}
