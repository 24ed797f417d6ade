/** What the inbox reads over REST. */
import { type QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { CannedReplyList } from '../../../src/contracts/canned.ts';
import type { InboxPage, Suggestions } from '../../../src/contracts/console.ts';
import type { DeskSettings, DeskSettingsView } from '../../../src/contracts/desk-settings.ts';
import { api } from '../../api.ts';
import type { InboxFilter } from './inbox-address.ts';

export const INBOX_KEY = 'inbox';
const RARELY_MS = 5 * 60_000;

function readPage(filter: InboxFilter, cursor: string | null): Promise<InboxPage> {
  return api.get<InboxPage>('conversations', { ...filter, ...(cursor === null ? {} : { cursor }) });
}

export function useInbox(filter: InboxFilter) {
  return useInfiniteQuery({
    queryKey: [INBOX_KEY, filter],
    queryFn: ({ pageParam }) => readPage(filter, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ cursor }) => cursor,
    // Another word to look for: what was found before stays until the new is there.
    placeholderData: (before, query) => {
      const old = query?.queryKey[1] as InboxFilter | undefined;
      return old?.view === filter.view ? before : undefined;
    },
  });
}

/** After `afterMs` of quiet the lists are read anew: many changes at once make one reading. */
export function createListRefresh(queries: QueryClient) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueAt = Number.POSITIVE_INFINITY;
  return {
    within(afterMs: number): void {
      const at = Date.now() + afterMs;
      if (at >= dueAt) return;
      clearTimeout(timer);
      dueAt = at;
      timer = setTimeout(() => {
        dueAt = Number.POSITIVE_INFINITY;
        void queries.invalidateQueries({ queryKey: [INBOX_KEY] });
      }, afterMs);
    },
    stop: () => clearTimeout(timer),
  };
}

export function useCanned() {
  return useQuery({
    queryKey: ['canned'],
    queryFn: () => api.get<CannedReplyList>('canned'),
    staleTime: RARELY_MS,
  });
}

/** What the desk is set to; null: not read yet. */
export function useDeskSettings(): DeskSettings | null {
  const { data } = useQuery({
    queryKey: ['settings'],
    queryFn: () => api.get<DeskSettingsView>('settings'),
    staleTime: RARELY_MS,
  });
  return data?.settings ?? null;
}

/** @param seq the contact's last message, so that a new one is asked about anew */
export function useSuggestions(conversation: string, seq: number | null) {
  return useQuery({
    queryKey: ['suggestions', conversation, seq],
    queryFn: () => api.get<Suggestions>('suggestions', { conversation }),
    enabled: seq !== null,
    staleTime: RARELY_MS,
  });
}
