/** Which draft a person works in: remembered by the browser, the same on all screens and in all its tabs. */
import { useSyncExternalStore } from 'react';
import { createBrowserStorage } from '../../../web-sync/browser-storage.ts';
import { PREFIX } from '../../sync/storage-prefix.ts';

const storage = createBrowserStorage(() => localStorage);
const watchers = new Set<() => void>();
const keyOf = (account: string): string => `${PREFIX}curation.${account}.draft`;

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  window.addEventListener('storage', watcher);
  return () => {
    watchers.delete(watcher);
    window.removeEventListener('storage', watcher);
  };
}

/** null: none, or none any more. */
export function useChosenDraft(account: string): string | null {
  return useSyncExternalStore(watch, () => storage.get(keyOf(account)));
}

export function chooseDraft(account: string, draft: string | null): void {
  if (draft === null) storage.remove(keyOf(account));
  else storage.set(keyOf(account), draft);
  for (const watcher of watchers) watcher();
}
