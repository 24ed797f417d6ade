import { useMemo } from 'react';
import { useSearchParams } from 'react-router';

/** As they stand in the address bar; what is not set is missing. */
export type AddressFilters<Name extends string> = Readonly<Partial<Record<Name, string>>>;

/** Filters of a list, kept in the address bar. @param names always the same array */
export function useAddressFilters<Name extends string>(
  names: readonly Name[],
): {
  filters: AddressFilters<Name>;
  /** What is empty is no longer set. */
  change: (part: AddressFilters<Name>) => void;
} {
  const [query, setQuery] = useSearchParams();
  const filters = useMemo(
    () =>
      Object.fromEntries(
        names.flatMap((name) => (query.get(name) ? [[name, query.get(name)!]] : [])),
      ) as AddressFilters<Name>,
    [query, names],
  );
  return {
    filters,
    change: (part) =>
      setQuery(Object.entries({ ...filters, ...part }).filter(([, value]) => value) as [string, string][]),
  };
}
