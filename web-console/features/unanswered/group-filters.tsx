import { Group, Select, TextInput } from '@mantine/core';
import IconSearch from '@tabler/icons-react/icons/IconSearch';
import { useRef } from 'react';
import type { GroupState, UnansweredPage } from '../../../src/contracts/unanswered.ts';
import { useShortcut } from '../../keyboard.tsx';
import { words } from './copy.ts';
import type { Filters } from './unanswered-queries.ts';

const SIGNALS = Object.entries(words.signals).map(([value, label]) => ({ value, label }));
const STATES = Object.keys(words.states) as GroupState[];
const DAYS = Object.entries(words.filters.day).map(([value, label]) => ({ value, label }));

export function GroupFilters(props: {
  readonly filters: Filters;
  readonly change: (part: Filters) => void;
  readonly page: UnansweredPage | undefined;
}) {
  const { filters, change, page } = props;
  const box = useRef<HTMLInputElement>(null);
  useShortcut({ keys: 's', label: words.filters.search, run: () => box.current?.focus() });
  const states = STATES.map((value) => ({
    value,
    label: page === undefined ? words.states[value] : words.stateCount(value, page.counts[value]),
  }));
  const set = (part: Filters): void => change({ page: '', group: '', ...part });
  return (
    <Group gap="sm" align="flex-end" role="search">
      <TextInput
        ref={box}
        type="search"
        label={words.filters.search}
        leftSection={<IconSearch size={18} aria-hidden />}
        value={filters.q ?? ''}
        onChange={(event) => set({ q: event.currentTarget.value })}
        maxLength={200}
        flex="2 1 220px"
        maw={360}
      />
      <Select
        label={words.filters.state}
        data={states}
        value={filters.state ?? 'open'}
        onChange={(state) => set({ state: state === 'open' || state === null ? '' : state })}
        allowDeselect={false}
        flex="1 1 150px"
        maw={210}
      />
      <Select
        label={words.filters.signal}
        placeholder={words.filters.anySignal}
        data={SIGNALS}
        value={filters.signal ?? null}
        onChange={(signal) => set({ signal: signal ?? '' })}
        clearable
        clearButtonProps={{ 'aria-label': words.filters.anySignal }}
        flex="1 1 150px"
        maw={210}
      />
      <Select
        label={words.filters.topic}
        placeholder={words.filters.anyTopic}
        data={(page?.topics ?? []).map(({ id, title, count }) => ({
          value: id,
          label: `${title} (${count})`,
        }))}
        value={filters.topic ?? null}
        onChange={(topic) => set({ topic: topic ?? '' })}
        clearable
        clearButtonProps={{ 'aria-label': words.filters.anyTopic }}
        flex="1 1 150px"
        maw={230}
      />
      <Select
        label={words.filters.days}
        placeholder={words.filters.anyDays}
        data={DAYS}
        value={filters.days ?? null}
        onChange={(days) => set({ days: days ?? '' })}
        clearable
        clearButtonProps={{ 'aria-label': words.filters.anyDays }}
        flex="1 1 130px"
        maw={170}
      />
    </Group>
  );
}
