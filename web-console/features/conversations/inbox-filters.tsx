import {
  ActionIcon,
  Button,
  Indicator,
  NativeSelect,
  Popover,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core';
import IconFilter from '@tabler/icons-react/icons/IconFilter';
import { copy } from '../../copy.ts';
import { useDeskState } from '../../sync/use-desk.ts';
import { countFilters, type FilterName, REASONS, STATUSES } from './inbox-address.ts';
import { useDeskSettings } from './inbox-queries.ts';
import type { InboxAddress } from './use-inbox-address.ts';

const words = copy.conversations;

/** What the list leaves out, behind a button. */
export function InboxFilters({ address }: { readonly address: InboxAddress }) {
  const count = countFilters(address.filter);
  const label = count === 0 ? words.filters : words.filtersOn(count);
  return (
    <Popover position="bottom-end" width={320} trapFocus withinPortal shadow="md">
      <Indicator disabled={count === 0} label={count} size={16}>
        <Popover.Target>
          <ActionIcon variant="default" size={36} aria-label={label} title={label}>
            <IconFilter size={18} aria-hidden />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown aria-label={words.filters}>
        <FilterFields address={address} />
      </Popover.Dropdown>
    </Popover>
  );
}

function FilterFields({ address: { filter, setFilter, clearFilters } }: { readonly address: InboxAddress }) {
  const agents = useDeskState((state) => state.agents);
  const settings = useDeskSettings();
  const select = (
    name: FilterName,
    options: readonly { readonly value: string; readonly label: string }[],
  ) => {
    const value = filter[name] ?? '';
    const isKnown = value === '' || options.some((option) => option.value === value);
    return (
      <NativeSelect
        label={words.filter[name]}
        value={value}
        onChange={(event) => setFilter(name, event.currentTarget.value || null)}
        data={[
          { value: '', label: words.filter.any },
          ...options,
          // What the address says, though nobody is called so any more.
          ...(isKnown ? [] : [{ value, label: value }]),
        ]}
      />
    );
  };
  const day = (name: 'from' | 'to') => (
    <TextInput
      type="date"
      label={words.filter[name]}
      value={filter[name] ?? ''}
      onChange={(event) => setFilter(name, event.currentTarget.value || null)}
    />
  );
  const same = (value: string) => ({ value, label: value });
  return (
    <Stack gap="sm">
      {select(
        'status',
        STATUSES.map((value) => ({ value, label: words.statuses[value] })),
      )}
      {select('agent', [
        { value: 'none', label: words.filter.nobody },
        ...agents.map(({ id, name }) => ({ value: id, label: name })),
      ])}
      {select(
        'reason',
        REASONS.map((value) => ({ value, label: words.reasons[value] })),
      )}
      {(settings?.skills.length ?? 0) > 0 && select('skill', settings?.skills.map(same) ?? [])}
      {(settings?.tags.length ?? 0) > 0 && select('tag', settings?.tags.map(same) ?? [])}
      <SimpleGrid cols={2} spacing="sm">
        {day('from')}
        {day('to')}
      </SimpleGrid>
      <Button variant="default" disabled={countFilters(filter) === 0} onClick={clearFilters}>
        {words.filter.clear}
      </Button>
    </Stack>
  );
}
