import { Button, Group, SegmentedControl, Select } from '@mantine/core';
import { PeriodFields } from '../../period-fields.tsx';
import { type AddressFilters, useAddressFilters } from '../../use-address-filters.ts';
import { callCopy as words } from './copy.ts';

const NAMES = ['view', 'kind', 'from', 'to'] as const;
const VIEWS = ['all', 'mine', 'missed'] as const;
const KINDS = Object.entries(words.kinds).map(([value, label]) => ({ value, label }));

export type CallFilters = AddressFilters<(typeof NAMES)[number]>;

export const useCallFilters = () => useAddressFilters(NAMES);

interface CallFilterBarProps {
  readonly filters: CallFilters;
  readonly change: (part: CallFilters) => void;
  /** Missed calls that nobody has called back. */
  readonly missed: number;
}

export function CallFilterBar({ filters, change, missed }: CallFilterBarProps) {
  const { view = 'all', kind = null } = filters;
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
      <PeriodFields words={words} filters={filters} change={change} flex="1 1 130px" />
      {Object.keys(filters).length > 0 && (
        <Button variant="subtle" onClick={() => change({ view: '', kind: '', from: '', to: '' })}>
          {words.clear}
        </Button>
      )}
    </Group>
  );
}
