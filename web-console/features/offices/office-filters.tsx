import { Group, Select, TextInput } from '@mantine/core';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import { useRef } from 'react';
import { useShortcut } from '../../keyboard.tsx';
import { words } from './copy.ts';
import type { OfficeFilters } from './offices-queries.ts';

const LEVELS = Object.entries(words.levels).map(([value, label]) => ({ value, label }));
const STATES = [
  { value: 'yes', label: words.filters.yes },
  { value: 'no', label: words.filters.no },
];

export function OfficeFilterRow(props: {
  readonly filters: OfficeFilters;
  readonly change: (part: OfficeFilters) => void;
  readonly provinces: readonly string[];
}) {
  const { filters, change, provinces } = props;
  const box = useRef<HTMLInputElement>(null);
  useShortcut({ keys: 's', label: words.search, run: () => box.current?.focus() });
  return (
    <Group gap="sm" align="flex-end" role="search">
      <TextInput
        ref={box}
        type="search"
        label={words.search}
        leftSection={<IconSearch size={18} aria-hidden />}
        value={filters.q ?? ''}
        onChange={(event) => change({ q: event.currentTarget.value })}
        maxLength={200}
        flex="2 1 260px"
        maw={420}
      />
      <Select
        label={words.filters.province}
        placeholder={words.filters.anyProvince}
        data={[...provinces]}
        value={filters.province ?? null}
        onChange={(province) => change({ province: province ?? '' })}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': words.filters.anyProvince }}
        flex="1 1 180px"
        maw={240}
      />
      <Select
        label={words.filters.level}
        placeholder={words.filters.anyLevel}
        data={LEVELS}
        value={filters.level ?? null}
        onChange={(level) => change({ level: level ?? '' })}
        clearable
        clearButtonProps={{ 'aria-label': words.filters.anyLevel }}
        flex="1 1 140px"
        maw={200}
      />
      <Select
        label={words.filters.active}
        placeholder={words.filters.anyActive}
        data={STATES}
        value={filters.active ?? null}
        onChange={(active) => change({ active: active ?? '' })}
        clearable
        clearButtonProps={{ 'aria-label': words.filters.anyActive }}
        flex="1 1 140px"
        maw={200}
      />
    </Group>
  );
}
