/** What the screen of numbers reads from the desk, and where it stands, kept in the address. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type {
  BehindQuery,
  ContentNumbers,
  ConversationsBehind,
  Overview,
  StaffNumbers,
} from '../../../src/contracts/analytics.ts';
import type { Definitions } from '../../../src/contracts/analytics-definitions.ts';
import { api } from '../../api.ts';
import { dayKey } from '../conversations/clock.ts';
import { type Address, findAddressFaults, rangeOf, readAddress, writeAddress } from './analytics-address.ts';

const KEY = 'analytics';
/** The desk counts about as often. */
const FRESH_MS = 30_000;

export function useAnalyticsAddress() {
  const [search, setSearch] = useSearchParams();
  const today = dayKey(Date.now());
  const address = useMemo(() => readAddress(search, today), [search, today]);
  return {
    address,
    /** What of the address is not followed. */
    faults: findAddressFaults(search),
    today,
    /** Another tab or filter; `undefined` takes one off. */
    change: (part: { readonly [Name in keyof Address]?: Address[Name] | undefined }) =>
      setSearch(writeAddress({ ...address, ...part } as Address, today), { replace: true }),
  };
}

export function useDefinitions() {
  return useQuery({
    queryKey: [KEY, 'definitions'],
    queryFn: () => api.get<Definitions>('analytics/definitions'),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useOverview(address: Address) {
  const { intent } = address;
  const query = { ...rangeOf(address), intent };
  return useQuery({
    queryKey: [KEY, 'overview', query],
    queryFn: () => api.get<Overview>('analytics/overview', query),
    staleTime: FRESH_MS,
    placeholderData: keepPreviousData,
  });
}

export function useContentNumbers(address: Address) {
  const query = rangeOf(address);
  return useQuery({
    queryKey: [KEY, 'content', query],
    queryFn: () => api.get<ContentNumbers>('analytics/content', query),
    staleTime: FRESH_MS,
    placeholderData: keepPreviousData,
  });
}

export function useStaffNumbers(address: Address, isWanted: boolean) {
  const query = rangeOf(address);
  return useQuery({
    queryKey: [KEY, 'staff', query],
    queryFn: () => api.get<StaffNumbers>('analytics/staff', query),
    staleTime: FRESH_MS,
    placeholderData: keepPreviousData,
    enabled: isWanted,
  });
}

export type BehindWhat = Pick<BehindQuery, 'count' | 'intent' | 'agent'>;

export function useBehind(address: Address, what: BehindWhat | null) {
  const { count, intent, agent } = what ?? {};
  const query = { ...rangeOf(address), count, intent, agent };
  return useInfiniteQuery({
    queryKey: [KEY, 'behind', query],
    queryFn: ({ pageParam }) =>
      api.get<ConversationsBehind>('analytics/conversations', { ...query, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cursor }) => cursor ?? undefined,
    enabled: what !== null,
    staleTime: FRESH_MS,
  });
}
