/** What the screens of the directory read from the desk, and where the list stands, kept in the address. */
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import type { OfficeNames, OfficePage } from '../../../src/contracts/office-directory.ts';
import { api } from '../../api.ts';

/** Lists and names of offices alike. */
export const OFFICES_KEY = ['offices'];
/** While somebody types the desk is not asked. */
const TYPING_MS = 200;
const NAMES = ['q', 'province', 'level', 'active', 'page'] as const;

export type OfficeFilters = Readonly<Partial<Record<(typeof NAMES)[number], string>>>;

export function useOfficeFilters(): {
  readonly filters: OfficeFilters;
  /** Another filter begins on the first page. */
  readonly change: (part: OfficeFilters) => void;
} {
  const [query, setQuery] = useSearchParams();
  const filters: OfficeFilters = Object.fromEntries(
    NAMES.flatMap((name) => (query.get(name) ? [[name, query.get(name)!]] : [])),
  );
  return {
    filters,
    change(part) {
      const next = Object.entries({ ...filters, page: '', ...part });
      setQuery(Object.fromEntries(next.filter((entry): entry is [string, string] => Boolean(entry[1]))), {
        replace: true,
      });
    },
  };
}

export function useOfficePage(filters: OfficeFilters) {
  const [wanted] = useDebouncedValue(filters, TYPING_MS, { leading: true });
  return useQuery({
    queryKey: [...OFFICES_KEY, wanted],
    queryFn: () => api.get<OfficePage>('offices', wanted),
    placeholderData: keepPreviousData,
  });
}

export function useOfficeNames(isWanted: boolean) {
  return useQuery({
    queryKey: [...OFFICES_KEY, 'names'],
    queryFn: () => api.get<OfficeNames>('office-names'),
    enabled: isWanted,
  });
}
