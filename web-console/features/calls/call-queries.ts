/** What the hotline reads over REST. */
import { skipToken, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CallerFound, CallLogPage, CallRow } from '../../../src/contracts/calls.ts';
import type { AnswersFound } from '../../../src/contracts/console.ts';
import { api } from '../../api.ts';
import { useSession } from '../../session.tsx';
import { useDeskEvents } from '../../sync/use-desk.ts';
import type { CallFilters } from './call-filters.tsx';

const CALLS_KEY = 'calls';
const CALL_KEY = 'call';

export function useCallLog(filters: CallFilters) {
  return useInfiniteQuery({
    queryKey: [CALLS_KEY, filters],
    queryFn: ({ pageParam }) =>
      api.get<CallLogPage>('calls', { ...filters, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ cursor }) => cursor,
    placeholderData: (before) => before,
  });
}

export function useCall(id: string) {
  return useQuery({ queryKey: [CALL_KEY, id], queryFn: () => api.get<CallRow>(`calls/${id}`) });
}

/** The telephone call that this person is noting; null: none. */
export function useOwnNote(): CallRow | null {
  const { account } = useSession();
  const { data } = useCallLog({ view: 'mine', kind: 'phone' });
  const newest = data?.pages[0]?.calls ?? [];
  return newest.find(({ status, agent }) => status === 'accepted' && agent?.id === account.id) ?? null;
}

const WHOLE_NUMBER = /^\+?\d{9,15}$/;

/** What is known of whoever has a number; asked once it is whole. */
export function useCaller(number: string) {
  const bare = number.replace(/[\s.\-()]/g, '');
  const isWhole = WHOLE_NUMBER.test(bare);
  const found = useQuery({
    queryKey: ['caller', bare],
    queryFn: () => api.get<CallerFound>('calls/caller', { number: bare }),
    enabled: isWhole,
  });
  return { ...found, isWhole };
}

const typedNumberKey = (call: string) => ['typedNumber', call] as const;

/**
 * The number of a call as it was typed when its note was begun, so that what is known of it can be shown beside the
 * note; null: the call was not begun on this page. It is nowhere but in memory.
 */
export function useTypedNumber(call: string): string | null {
  const { data } = useQuery({
    queryKey: typedNumberKey(call),
    queryFn: skipToken as typeof skipToken | (() => string),
    gcTime: Number.POSITIVE_INFINITY,
  });
  return data ?? null;
}

export function useAnswerSearch(q: string) {
  return useQuery({
    queryKey: ['answers', q],
    queryFn: () => api.get<AnswersFound>('answers', { q }),
    enabled: q.trim() !== '',
    placeholderData: (before) => before,
  });
}

/** Lists and open calls are as they are now. */
export function useCallUpdates(): {
  readonly take: (call: CallRow) => void;
  readonly keepNumber: (call: string, number: string) => void;
} {
  const queries = useQueryClient();
  const take = (call: CallRow): void => {
    queries.setQueryData([CALL_KEY, call.id], call);
    void queries.invalidateQueries({ queryKey: [CALLS_KEY] });
  };
  useDeskEvents((event) => {
    if (event.kind === 'call') take(event.call);
    if (event.kind === 'entered') {
      void queries.invalidateQueries({ queryKey: [CALLS_KEY] });
      void queries.invalidateQueries({ queryKey: [CALL_KEY] });
    }
  });
  return { take, keepNumber: (call, number) => void queries.setQueryData(typedNumberKey(call), number) };
}
