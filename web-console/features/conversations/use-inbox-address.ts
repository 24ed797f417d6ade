import { useMemo } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { type FilterName, type InboxFilter, readAddress, writeAddress } from './inbox-address.ts';

export interface InboxAddress {
  readonly filter: InboxFilter;
  /** Of the list alone. */
  readonly listAddress: string;
  readonly addressOf: (conversation: string) => string;
  readonly viewAddress: (view: InboxFilter['view']) => string;
  readonly setFilter: (name: FilterName, value: string | null) => void;
  readonly clearFilters: () => void;
  /** Does not fill the history with every letter that was typed. */
  readonly setWords: (words: string) => void;
}

/** What the address bar says of the inbox, and how to change it. */
export function useInboxAddress(): InboxAddress {
  const [search] = useSearchParams();
  const { id } = useParams();
  const navigate = useNavigate();
  const filter = useMemo(() => readAddress(search), [search]);
  return useMemo(() => {
    const go = (next: InboxFilter, replace: boolean): void => {
      navigate(
        { pathname: id === undefined ? '/inbox' : `/inbox/${id}`, search: writeAddress(next) },
        { replace },
      );
    };
    return {
      filter,
      listAddress: `/inbox${writeAddress(filter)}`,
      addressOf: (conversation) => `/inbox/${conversation}${writeAddress(filter)}`,
      // The other lists begin without the filters of this one, but look for the same words.
      viewAddress: (view) =>
        `/inbox${id === undefined ? '' : `/${id}`}${writeAddress({ view, ...(filter.q ? { q: filter.q } : {}) })}`,
      setFilter(name, value) {
        const { [name]: _, ...others } = filter;
        go((value === null ? others : { ...others, [name]: value }) as InboxFilter, false);
      },
      clearFilters() {
        go({ view: filter.view, ...(filter.q ? { q: filter.q } : {}) }, false);
      },
      setWords(words) {
        const { q: _, ...others } = filter;
        go(words.trim() === '' ? others : { ...others, q: words.trim() }, true);
      },
    };
  }, [filter, id, navigate]);
}
