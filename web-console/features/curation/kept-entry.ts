/** What was typed into an entry and not saved yet: it outlives a reload of the page and a session that ended. */
import { createBrowserStorage } from '../../../web-sync/browser-storage.ts';
import { PREFIX } from '../../sync/storage-prefix.ts';
import type { EntryForm } from './entry-form.ts';

export interface KeptEntry {
  /** Of the entry in the draft when typing began. */
  readonly revision: number;
  /** What was live then. */
  readonly release: number;
  /** As it was then. */
  readonly base: EntryForm;
  readonly form: EntryForm;
}

export interface EntryPlace {
  readonly account: string;
  readonly draft: string;
  readonly id: string;
}

const storage = createBrowserStorage(() => localStorage);
const keyOf = ({ account, draft, id }: EntryPlace): string => `${PREFIX}entry.${account}.${draft}.${id}`;

/** null: nothing is kept, or an older console kept it. */
export function readKept(place: EntryPlace): KeptEntry | null {
  const text = storage.get(keyOf(place));
  if (text === null) return null;
  const kept = JSON.parse(text) as Partial<KeptEntry>;
  return kept.form && kept.base && typeof kept.revision === 'number' && typeof kept.release === 'number'
    ? (kept as KeptEntry)
    : null;
}

export function keepEntry(place: EntryPlace, kept: KeptEntry): void {
  storage.set(keyOf(place), JSON.stringify(kept));
}

export function forgetEntry(place: EntryPlace): void {
  storage.remove(keyOf(place));
}
