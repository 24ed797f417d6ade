/** What the tickets' screens read over REST. */
import { type QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type {
  SavedFilterList,
  TicketCounts,
  TicketDetail,
  TicketPage,
  TicketRow,
  TicketStatus,
} from '../../../src/contracts/tickets.ts';
import { api } from '../../api.ts';
import { queryOf, type TicketAddress } from './ticket-address.ts';
import { patchPages, placeInColumn, type TicketPages } from './ticket-pages.ts';

export const LIST_KEY = ['tickets', 'list'] as const;
const COLUMN_KEY = ['tickets', 'column'] as const;
export const COUNTS_KEY = ['tickets', 'counts'] as const;
export const SAVED_KEY = ['tickets', 'saved'] as const;
export const ticketKey = (code: string) => ['tickets', 'one', code] as const;
/** Working time goes on without anybody changing a thing. */
const TICK_MS = 60_000;

function usePages(key: readonly unknown[], query: Record<string, string>) {
  return useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) =>
      api.get<TicketPage>('tickets', { ...query, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ cursor }) => cursor,
    refetchOnMount: 'always',
  });
}

/** The rows of a list; read page by page. */
export function useTicketList(address: TicketAddress) {
  const query = queryOf(address);
  return usePages([...LIST_KEY, query], query);
}

/** Where a column stands in the cache: the same filters, one state. */
const columnKey = (address: TicketAddress, status: TicketStatus) =>
  [...COLUMN_KEY, status, columnQuery(address, status)] as const;

function columnQuery(address: TicketAddress, status: TicketStatus): Record<string, string> {
  return { ...queryOf({ ...address, view: 'all', sort: 'updated' }), status };
}

/** One state of the board. */
export function useTicketColumn(address: TicketAddress, status: TicketStatus) {
  return usePages(columnKey(address, status), columnQuery(address, status));
}

export function useTicketCounts() {
  return useQuery({
    queryKey: COUNTS_KEY,
    queryFn: () => api.get<TicketCounts>('tickets/counts'),
    refetchInterval: TICK_MS,
  });
}

export function useTicket(code: string) {
  return useQuery({
    queryKey: ticketKey(code),
    queryFn: () => api.get<TicketDetail>(`tickets/${code}`),
    refetchInterval: TICK_MS,
  });
}

export function useSavedFilters() {
  return useQuery({ queryKey: SAVED_KEY, queryFn: () => api.get<SavedFilterList>('ticket-filters') });
}

/** Puts a row that has changed into every list and column that was read. */
export function takeRow(
  queries: QueryClient,
  row: TicketRow,
  fitsColumn: (row: TicketRow) => boolean = () => true,
): void {
  queries.setQueriesData<TicketPages>({ queryKey: LIST_KEY }, (data) => data && patchPages(data, row));
  for (const [key, data] of queries.getQueriesData<TicketPages>({ queryKey: COLUMN_KEY }))
    if (data !== undefined)
      queries.setQueryData(key, placeInColumn(data, row, key[2] === row.status && fitsColumn(row)));
}

/** The same of a ticket that was read as a whole. */
export function takeDetail(queries: QueryClient, detail: TicketDetail): void {
  queries.setQueryData<TicketDetail>(ticketKey(detail.code), (known) =>
    known !== undefined && known.revision > detail.revision ? known : detail,
  );
  takeRow(queries, detail);
  void queries.invalidateQueries({ queryKey: COUNTS_KEY });
}
