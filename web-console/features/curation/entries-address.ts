/** The list of entries in the address bar: what is looked for, what is left out. */
import { useSearchParams } from 'react-router';
import type { EntryRow } from '../../../src/contracts/curation.ts';
import { words } from './copy.ts';

export type Show = keyof typeof words.entries.shows;
export const SHOWS = Object.keys(words.entries.shows) as Show[];

export interface EntriesAddress {
  readonly q: string;
  readonly topic: string;
  readonly show: Show;
}

export function useEntriesAddress() {
  const [query, setQuery] = useSearchParams();
  const address: EntriesAddress = {
    q: query.get('q') ?? '',
    topic: query.get('topic') ?? '',
    show: SHOWS.find((show) => show === query.get('show')) ?? 'active',
  };
  return {
    address,
    change(part: Partial<EntriesAddress>): void {
      const next = { ...address, ...part };
      setQuery(
        {
          ...(next.q === '' ? {} : { q: next.q }),
          ...(next.topic === '' ? {} : { topic: next.topic }),
          ...(next.show === 'active' ? {} : { show: next.show }),
        },
        { replace: true },
      );
    },
  };
}

/** For choosing an entry: by its title, with the id for those who know it. */
export function entryChoices(entries: readonly EntryRow[]): { value: string; label: string }[] {
  return entries.map(({ id, title }) => ({ value: id, label: `${title} (${id})` }));
}
