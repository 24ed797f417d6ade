import { Button, Group, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AccountList } from '../../../src/contracts/staff.ts';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { PeriodFields } from '../../period-fields.tsx';
import { type AddressFilters, useAddressFilters } from '../../use-address-filters.ts';
import { ACCOUNTS_KEY } from '../accounts/accounts-key.ts';

const words = copy.audit;
const NAMES = ['action', 'actor', 'from', 'to'] as const;
const ACTIONS = Object.entries(words.actions).map(([value, label]) => ({ value, label }));

export type Filters = AddressFilters<(typeof NAMES)[number]>;

export const useAuditFilters = () => useAddressFilters(NAMES);

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
      <PeriodFields words={words} filters={filters} change={change} />
      {Object.keys(filters).length > 0 && (
        <Button variant="subtle" onClick={() => change({ action: '', actor: '', from: '', to: '' })}>
          {words.clear}
        </Button>
      )}
    </Group>
  );
}
