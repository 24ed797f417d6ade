/** What the list leaves out: chosen behind a button, shown as pieces that can be taken off one by one. */
import {
  ActionIcon,
  Button,
  Chip,
  Group,
  Indicator,
  Input,
  NativeSelect,
  Pill,
  Popover,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core';
import IconFilter from '@tabler/icons-react/icons/IconFilter';
import { useEffect, useState } from 'react';
import { useDeskState } from '../../sync/use-desk.ts';
import { formatDay } from '../conversations/clock.ts';
import { useDeskSettings } from '../conversations/inbox-queries.ts';
import { copy } from './copy.ts';
import {
  type FilterName,
  KINDS,
  type ManyName,
  type OneName,
  PRIORITIES,
  piecesOf,
  SOURCES,
  STATUSES,
  type TicketAddress,
  withFilter,
  withoutFilters,
  withoutPiece,
} from './ticket-address.ts';
import type { TicketAddressing } from './use-ticket-address.ts';

const names = copy.filterNames;
const TYPED_AFTER_MS = 400;
const NAMES: Readonly<Record<ManyName, Readonly<Record<string, string>>>> = {
  status: copy.statuses,
  kind: copy.kinds,
  priority: copy.priorities,
};

interface TicketFiltersProps {
  readonly addressing: TicketAddressing;
  /** Of the board, whose columns say it. */
  readonly withoutStatus?: boolean;
}

export function TicketFilters({ addressing, withoutStatus = false }: TicketFiltersProps) {
  const count = piecesOf(addressing.address).length;
  const label = count === 0 ? copy.filters : copy.filtersOn(count);
  return (
    <Popover position="bottom-end" width={360} trapFocus withinPortal shadow="md">
      <Indicator disabled={count === 0} label={count} size={16}>
        <Popover.Target>
          <ActionIcon variant="default" size={36} aria-label={label} title={label}>
            <IconFilter size={18} aria-hidden />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown aria-label={copy.filters} className="ticket-filter-fields">
        <FilterFields addressing={addressing} withoutStatus={withoutStatus} />
      </Popover.Dropdown>
    </Popover>
  );
}

function FilterFields({ addressing: { address, go }, withoutStatus }: Required<TicketFiltersProps>) {
  const agents = useDeskState((state) => state.agents);
  const settings = useDeskSettings();
  const set = (name: FilterName, value: string | readonly string[]): void =>
    go(withFilter(address, name, value));
  const many = (name: ManyName, values: readonly string[]) => (
    <Input.Wrapper label={names[name]} labelElement="div">
      <Chip.Group multiple value={(address[name] ?? []) as string[]} onChange={(chosen) => set(name, chosen)}>
        <Group gap={6} mt={4} role="group" aria-label={names[name]}>
          {values.map((value) => (
            <Chip key={value} value={value} size="xs">
              {NAMES[name][value]}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  );
  const one = (name: OneName, options: readonly { readonly value: string; readonly label: string }[]) => {
    const value = address[name] ?? '';
    const isKnown = value === '' || options.some((option) => option.value === value);
    return (
      <NativeSelect
        label={names[name]}
        value={value}
        onChange={(event) => set(name, event.currentTarget.value)}
        data={[
          { value: '', label: copy.any },
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
      label={names[name]}
      value={address[name] ?? ''}
      onChange={(event) => set(name, event.currentTarget.value)}
    />
  );
  return (
    <Stack gap="sm">
      {!withoutStatus && many('status', STATUSES)}
      {many('kind', KINDS)}
      {many('priority', PRIORITIES)}
      <SimpleGrid cols={2} spacing="sm">
        {one('assignee', [
          { value: 'none', label: copy.nobody },
          ...agents.map(({ id, name }) => ({ value: id, label: name })),
        ])}
        {one(
          'source',
          SOURCES.map((value) => ({ value, label: copy.sources[value] })),
        )}
        {one(
          'category',
          (settings?.tickets.categories ?? []).map((value) => ({ value, label: value })),
        )}
        <TypedFilter name="office" address={address} set={set} longest={200} />
        <TypedFilter name="tag" address={address} set={set} longest={40} />
        <span />
        {day('from')}
        {day('to')}
      </SimpleGrid>
      <Button
        variant="default"
        disabled={piecesOf(address).length === 0}
        onClick={() => go(withoutFilters(address))}
      >
        {copy.clearFilters}
      </Button>
    </Stack>
  );
}

interface TypedFilterProps {
  readonly name: 'office' | 'tag';
  readonly address: TicketAddress;
  readonly set: (name: FilterName, value: string) => void;
  readonly longest: number;
}

/** A text: taken over when the person stops typing. */
function TypedFilter({ name, address, set, longest }: TypedFilterProps) {
  const inAddress = address[name] ?? '';
  const [typed, setTyped] = useState(inAddress);
  useEffect(() => setTyped((before) => (before.trim() === inAddress ? before : inAddress)), [inAddress]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed starts the waiting anew
  useEffect(() => {
    if (typed.trim() === inAddress) return;
    const timer = setTimeout(() => set(name, typed.trim()), TYPED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <TextInput
      label={names[name]}
      value={typed}
      maxLength={longest}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}

/** What the list is narrowed down by, each with a way to take it off. */
export function FilterPieces({ addressing: { address, go } }: { readonly addressing: TicketAddressing }) {
  const agents = useDeskState((state) => state.agents);
  const pieces = piecesOf(address);
  if (pieces.length === 0) return null;
  const nameOf = (name: FilterName, value: string): string => {
    if (name === 'status' || name === 'kind' || name === 'priority') return NAMES[name][value] ?? value;
    if (name === 'source') return SOURCES.find((one) => one === value) ? copy.sources[value as 'bot'] : value;
    if (name === 'assignee')
      return value === 'none' ? copy.nobody : (agents.find(({ id }) => id === value)?.name ?? copy.me);
    return name === 'from' || name === 'to' ? formatDay(`${value}T00:00:00+07:00`, 0) : value;
  };
  return (
    <Group gap={6} role="group" aria-label={copy.filters}>
      {pieces.map(({ name, value }) => {
        const text = `${names[name]}: ${nameOf(name, value)}`;
        return (
          <Pill
            key={`${name} ${value}`}
            size="md"
            withRemoveButton
            removeButtonProps={{ 'aria-label': copy.dropFilter(text), 'aria-hidden': false, tabIndex: 0 }}
            onRemove={() => go(withoutPiece(address, name, value))}
          >
            {text}
          </Pill>
        );
      })}
      {pieces.length > 1 && (
        <Button variant="subtle" size="compact-sm" onClick={() => go(withoutFilters(address))}>
          {copy.clearFilters}
        </Button>
      )}
    </Group>
  );
}
