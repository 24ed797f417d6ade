import { Button, Group, Select, TextInput } from '@mantine/core';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { AccountList } from '../../../src/contracts/staff.ts';
import { api } from '../../api.ts';
import { ACCOUNTS_KEY } from '../accounts/accounts-key.ts';
import { useIncidentIntents } from '../incidents/incident-queries.ts';
import { archiveCopy as words } from './copy.ts';

const NAMES = ['q', 'from', 'to', 'agent', 'topic'] as const;

/** As they stand in the address bar; what is not set is missing. */
export type ArchiveFilters = Readonly<Partial<Record<(typeof NAMES)[number], string>>>;

export function useArchiveFilters(): {
  filters: ArchiveFilters;
  change: (part: ArchiveFilters) => void;
} {
  const [query, setQuery] = useSearchParams();
  const filters = useMemo(
    () => Object.fromEntries(NAMES.flatMap((name) => (query.get(name) ? [[name, query.get(name)!]] : []))),
    [query],
  );
  return {
    filters,
    change: (part) =>
      setQuery(Object.entries({ ...filters, ...part }).filter(([, value]) => value) as [string, string][]),
  };
}

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
