import { Button, Group, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { callCopy as words } from './copy.ts';

const NAMES = ['view', 'kind', 'from', 'to'] as const;
const VIEWS = ['all', 'mine', 'missed'] as const;
const KINDS = Object.entries(words.kinds).map(([value, label]) => ({ value, label }));

/** As they stand in the address bar; what is not set is missing. */
export type CallFilters = Readonly<Partial<Record<(typeof NAMES)[number], string>>>;

export function useCallFilters(): { filters: CallFilters; change: (part: CallFilters) => void } {
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

interface CallFilterBarProps {
  readonly filters: CallFilters;
  readonly change: (part: CallFilters) => void;
  /** Missed calls that nobody has called back. */
  readonly missed: number;
}

export function CallFilterBar({ filters, change, missed }: CallFilterBarProps) {
  const { view = 'all', kind = null, from = '', to = '' } = filters;
  const data = VIEWS.map((value) => ({
    value: value as string,
    label: value === 'missed' && missed > 0 ? words.missedCount(missed) : words.views[value],
  }));
  return (
    <Group gap="sm" align="flex-end" role="search">
      <SegmentedControl
        aria-label={words.view}
        data={data}
        value={view}
        onChange={(next) => change({ view: next === 'all' ? '' : next })}
      />
      <Select
        label={words.kind}
        placeholder={words.anyKind}
        data={KINDS}
        value={kind}
        onChange={(next) => change({ kind: next ?? '' })}
        clearable
        clearButtonProps={{ 'aria-label': words.anyKind }}
        flex="1 1 130px"
        maw={180}
      />
      <TextInput
        type="date"
        label={words.from}
        value={from}
        max={to}
        onChange={(event) => change({ from: event.currentTarget.value })}
        flex="1 1 130px"
        maw={180}
      />
      <TextInput
        type="date"
        label={words.to}
        value={to}
        min={from}
        onChange={(event) => change({ to: event.currentTarget.value })}
        flex="1 1 130px"
        maw={180}
      />
      {Object.keys(filters).length > 0 && (
        <Button variant="subtle" onClick={() => change({ view: '', kind: '', from: '', to: '' })}>
          {words.clear}
        </Button>
      )}
    </Group>
  );
}
