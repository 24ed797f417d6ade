/** What the archive's screens read over REST. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ArchivedConversation, ArchivePage } from '../../../src/contracts/archive.ts';
import { api } from '../../api.ts';
import type { ArchiveFilters } from './archive-filters.tsx';

const ARCHIVE_KEY = 'archive';

export function useArchiveSearch(filters: ArchiveFilters) {
  return useInfiniteQuery({
    queryKey: [ARCHIVE_KEY, filters],
    queryFn: ({ pageParam }) =>
      api.get<ArchivePage>('archive', { ...filters, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ cursor }) => cursor,
    // Each search is in the audit log: it is not repeated by itself.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
}

export function useArchived(id: string) {
  return useQuery({
    queryKey: [ARCHIVE_KEY, 'one', id],
    queryFn: () => api.get<ArchivedConversation>(`archive/${id}`),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    retry: false,
  });
}

export function useRestore(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<void>(`archive/${id}/restore`),
    onSuccess: () => queries.removeQueries({ queryKey: [ARCHIVE_KEY] }),
  });
}
