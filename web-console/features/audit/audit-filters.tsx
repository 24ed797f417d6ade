import { Button, Group, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { AccountList } from '../../../src/contracts/staff.ts';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { ACCOUNTS_KEY } from '../accounts/accounts-key.ts';

const words = copy.audit;
const NAMES = ['action', 'actor', 'from', 'to'] as const;
const ACTIONS = Object.entries(words.actions).map(([value, label]) => ({ value, label }));

/** As they stand in the address bar; what is not set is missing. */
export type Filters = Readonly<Partial<Record<(typeof NAMES)[number], string>>>;

export function useAuditFilters(): { filters: Filters; change: (part: Filters) => void } {
  const [query, setQuery] = useSearchParams();
  const filters = useMemo(
    () => Object.fromEntries(NAMES.flatMap((name) => (query.get(name) ? [[name, query.get(name)!]] : []))),
    [query],
  );
  return {
    filters,
    change: (part) =>
      setQuery(
        Object.fromEntries(
          Object.entries({ ...filters, ...part }).filter((entry): entry is [string, string] =>
            Boolean(entry[1]),
          ),
        ),
      ),
  };
}

export function AuditFilters(props: { readonly filters: Filters; readonly change: (part: Filters) => void }) {
  const { filters, change } = props;
  const { data } = useQuery({ queryKey: ACCOUNTS_KEY, queryFn: () => api.get<AccountList>('accounts') });
  const actors =
    data?.accounts.map(({ id, name, email }) => ({ value: id, label: `${name} · ${email}` })) ?? [];
  return (
    <Group gap="sm" align="flex-end" role="search">
      <Select
        label={words.action}
        placeholder={words.anyAction}
        data={ACTIONS}
        value={filters.action ?? null}
        onChange={(action) => change({ action: action ?? '' })}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': words.anyAction }}
        flex="1 1 160px"
        maw={260}
      />
      <Select
        label={words.actor}
        placeholder={words.anyActor}
        data={actors}
        value={filters.actor ?? null}
        onChange={(actor) => change({ actor: actor ?? '' })}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': words.anyActor }}
        flex="1 1 160px"
        maw={300}
      />
      <TextInput
        type="date"
        label={words.from}
        value={filters.from ?? ''}
        max={filters.to}
        onChange={(event) => change({ from: event.currentTarget.value })}
        flex="1 1 140px"
        maw={180}
      />
      <TextInput
        type="date"
        label={words.to}
        value={filters.to ?? ''}
        min={filters.from}
        onChange={(event) => change({ to: event.currentTarget.value })}
        flex="1 1 140px"
        maw={180}
      />
      {Object.keys(filters).length > 0 && (
        <Button variant="subtle" onClick={() => change({ action: '', actor: '', from: '', to: '' })}>
          {words.clear}
        </Button>
      )}
    </Group>
  );
}
