import { Button, Group, Select, TextInput } from '@mantine/core';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AccountList } from '../../../src/contracts/staff.ts';
import { api } from '../../api.ts';
import { PeriodFields } from '../../period-fields.tsx';
import { type AddressFilters, useAddressFilters } from '../../use-address-filters.ts';
import { ACCOUNTS_KEY } from '../accounts/accounts-key.ts';
import { useIncidentIntents } from '../incidents/incident-queries.ts';
import { archiveCopy as words } from './copy.ts';

const NAMES = ['q', 'from', 'to', 'agent', 'topic'] as const;

export type ArchiveFilters = AddressFilters<(typeof NAMES)[number]>;

export const useArchiveFilters = () => useAddressFilters(NAMES);

interface ArchiveFilterBarProps {
  readonly filters: ArchiveFilters;
  readonly change: (part: ArchiveFilters) => void;
}

/** Words are looked for when they are sent off: reading packs is no work for each letter that is typed. */
export function ArchiveFilterBar({ filters, change }: ArchiveFilterBarProps) {
  const [q, setQ] = useState(filters.q ?? '');
  const accounts = useQuery({
    queryKey: ACCOUNTS_KEY,
    queryFn: () => api.get<AccountList>('accounts'),
  });
  const intents = useIncidentIntents();
  const topics = (intents.data?.topics ?? []).map((group) => ({
    group: group.topic,
    items: group.intents.map(({ id, title }) => ({ value: id, label: title })),
  }));
  return (
    <search>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change({ q: q.trim() });
        }}
      >
        <Group gap="sm" align="flex-end">
          <TextInput
            label={words.words}
            placeholder={words.wordsHint}
            value={q}
            onChange={(event) => setQ(event.currentTarget.value)}
            maxLength={200}
            flex="2 1 280px"
          />
          <Button type="submit" leftSection={<IconSearch size={18} aria-hidden />}>
            {words.search}
          </Button>
        </Group>
        <Group gap="sm" align="flex-end" mt="sm">
          <PeriodFields words={words} filters={filters} change={change} />
          <Select
            label={words.agent}
            placeholder={words.anyAgent}
            data={accounts.data?.accounts.map(({ id, name }) => ({ value: id, label: name })) ?? []}
            value={filters.agent ?? null}
            onChange={(agent) => change({ agent: agent ?? '' })}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': words.anyAgent }}
            flex="1 1 160px"
            maw={240}
          />
          <Select
            label={words.topic}
            placeholder={words.anyTopic}
            data={topics}
            value={filters.topic ?? null}
            onChange={(topic) => change({ topic: topic ?? '' })}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': words.anyTopic }}
            nothingFoundMessage={words.noTopic}
            flex="1 1 180px"
            maw={300}
          />
          {Object.keys(filters).length > 0 && (
            <Button
              variant="subtle"
              onClick={() => {
                setQ('');
                change({ q: '', from: '', to: '', agent: '', topic: '' });
              }}
            >
              {words.clear}
            </Button>
          )}
        </Group>
      </form>
    </search>
  );
}
