import { Button, Group, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ContentNumbers, Edition, StaffNumbers } from '../../../src/contracts/analytics.ts';
import {
  type Address,
  daysOf,
  lengthOf,
  MOST_DAYS,
  PRESETS,
  type Preset,
  presetOf,
} from './analytics-address.ts';
import { words } from './copy.ts';

const filters = words.filters;
const OWN = 'own';
const isPreset = (name: string): name is Preset => name in PRESETS;

interface AnalyticsFiltersProps {
  readonly address: Address;
  readonly today: string;
  readonly change: (part: { readonly [Name in keyof Address]?: Address[Name] | undefined }) => void;
  readonly editions: readonly Edition[];
  readonly intents: ContentNumbers['intents'];
  readonly staff: StaffNumbers | undefined;
}

/** Which days, and what narrows the numbers down. Which filters there are depends on the tab. */
export function AnalyticsFilters(props: AnalyticsFiltersProps) {
  const { address, today, change, editions, intents, staff } = props;
  const { tab, platform, appVersion, intent, agent, office } = address;
  const versions = [...new Set(editions.map((edition) => edition.appVersion))].filter((one) => one !== '');
  const isNarrowed = [platform, appVersion, intent, agent, office].some((value) => value !== undefined);
  return (
    <Group gap="sm" align="flex-end" role="search" className="analytics-no-print">
      <Period address={address} today={today} change={change} />
      {tab !== 'tickets' && (
        <>
          <Filter
            label={filters.platform}
            any={filters.anyPlatform}
            data={['android', 'ios', 'none'].map((value) => ({
              value,
              label: words.platforms[value === 'none' ? '' : value] ?? value,
            }))}
            value={platform}
            change={(value) => change({ platform: value })}
          />
          {versions.length > 0 && (
            <Filter
              label={filters.appVersion}
              any={filters.anyVersion}
              data={versions.sort().map((value) => ({ value, label: value }))}
              value={appVersion}
              change={(value) => change({ appVersion: value })}
            />
          )}
        </>
      )}
      {(tab === 'overview' || tab === 'content') && (
        <Filter
          label={filters.intent}
          any={filters.anyIntent}
          data={intents.map(({ intent: value, title }) => ({ value, label: title }))}
          value={intent}
          change={(value) => change({ intent: value })}
        />
      )}
      {tab === 'staff' && (
        <Filter
          label={filters.agent}
          any={filters.anyAgent}
          data={staff?.agents.map(({ agent: value, name }) => ({ value, label: name })) ?? []}
          value={agent}
          change={(value) => change({ agent: value })}
        />
      )}
      {tab === 'tickets' && (
        <Filter
          label={filters.office}
          any={filters.anyOffice}
          data={
            staff?.offices.flatMap(({ office: value }) => (value === '' ? [] : [{ value, label: value }])) ??
            []
          }
          value={office}
          change={(value) => change({ office: value })}
        />
      )}
      {isNarrowed && (
        <Button
          variant="subtle"
          onClick={() =>
            change({
              platform: undefined,
              appVersion: undefined,
              intent: undefined,
              agent: undefined,
              office: undefined,
            })
          }
        >
          {filters.clear}
        </Button>
      )}
    </Group>
  );
}

function Period({ address, today, change }: Pick<AnalyticsFiltersProps, 'address' | 'today' | 'change'>) {
  const preset = presetOf(address, today);
  const [isOwn, setOwn] = useState(preset === null);
  const value = isOwn || preset === null ? OWN : preset;
  const { from, to } = address;
  /** The other end follows where the two would not go together. */
  const setDays = (part: { from?: string; to?: string }): void => {
    const next = { from, to, ...part };
    if (next.from === '' || next.to === '') return;
    if (next.from > next.to) Object.assign(next, part.from ? { to: next.from } : { from: next.to });
    if (lengthOf(next) <= MOST_DAYS) change(next);
  };
  return (
    <>
      <SegmentedControl
        aria-label={filters.period}
        value={value}
        onChange={(name) => {
          setOwn(name === OWN);
          if (isPreset(name)) change(daysOf(name, today));
        }}
        data={[...Object.keys(PRESETS).filter(isPreset), OWN].map((name) => ({
          value: name,
          label: filters.presets[name as Preset | typeof OWN],
        }))}
        className="analytics-presets"
      />
      {value === OWN && (
        <>
          <TextInput
            type="date"
            label={filters.from}
            value={from}
            max={today}
            onChange={(event) => setDays({ from: event.currentTarget.value })}
            flex="1 1 140px"
            maw={170}
          />
          <TextInput
            type="date"
            label={filters.to}
            value={to}
            max={today}
            onChange={(event) => setDays({ to: event.currentTarget.value })}
            flex="1 1 140px"
            maw={170}
          />
        </>
      )}
    </>
  );
}

function Filter(props: {
  readonly label: string;
  readonly any: string;
  readonly data: readonly { readonly value: string; readonly label: string }[];
  readonly value: string | undefined;
  readonly change: (value: string | undefined) => void;
}) {
  const { label, any, data, value, change } = props;
  // What the address names may have no number in this period.
  const isKnown = value === undefined || data.some((one) => one.value === value);
  return (
    <Select
      label={label}
      placeholder={any}
      data={isKnown ? data : [...data, { value, label: value }]}
      value={value ?? null}
      onChange={(chosen) => change(chosen ?? undefined)}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': any }}
      flex="1 1 150px"
      maw={230}
    />
  );
}
