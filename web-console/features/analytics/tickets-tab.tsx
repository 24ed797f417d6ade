import { Stack, Text } from '@mantine/core';
import type { OfficeNumbers, StaffNumbers, TicketCountName } from '../../../src/contracts/analytics.ts';
import { Empty } from '../../shell/states.tsx';
import { lengthOf } from './analytics-address.ts';
import { words } from './copy.ts';
import { DefinedHead } from './definition-tip.tsx';
import { DownloadTable } from './download-table.tsx';
import { type Column, NumberTable } from './number-table.tsx';
import { CountTile, TimeTile } from './number-tile.tsx';
import type { TabProps } from './overview-tab.tsx';
import { Panel } from './panel.tsx';
import { SpreadCell } from './staff-tab.tsx';

const COUNTS = [
  ['created', null],
  ['closed', null],
  ['inTime', 'closed'],
  ['late', 'closed'],
  ['breached', null],
  ['reopened', null],
] as const satisfies readonly (readonly [TicketCountName, TicketCountName | null])[];

const COLUMNS: readonly Column<OfficeNumbers>[] = [
  {
    key: 'office',
    head: words.office,
    isText: true,
    cell: ({ office }) => (office === '' ? words.noOffice : office),
  },
  ...COUNTS.map(([name]) => ({
    key: name,
    head: <DefinedHead name={name} />,
    cell: ({ counts }: OfficeNumbers) => words.count(counts[name]),
  })),
  {
    key: 'resolution',
    head: <DefinedHead name="ticketResolution" />,
    cell: ({ resolution }) => <SpreadCell {...resolution} />,
  },
];

/** What became of tickets, in all and by office. */
export function TicketsTab({ numbers, address }: TabProps & { readonly numbers: StaffNumbers }) {
  const { counts, times } = numbers.tickets;
  const wasCounted = COUNTS.some(([name]) => counts[name].before > 0);
  const days = wasCounted ? lengthOf(address) : null;
  const isEmpty = COUNTS.every(([name]) => counts[name].now + counts[name].before === 0);
  if (isEmpty) return <Empty text={words.empty} />;
  return (
    <Stack gap="lg">
      {(address.platform !== undefined || address.appVersion !== undefined) && (
        <Text size="sm" c="dimmed">
          {words.filters.ticketsNote}
        </Text>
      )}
      <dl className="analytics-tiles" aria-label={words.groups.tickets}>
        {COUNTS.map(([name, of]) => (
          <CountTile
            key={name}
            name={name}
            change={counts[name]}
            {...(of === null ? {} : { of: { name: of, count: counts[of].now } })}
            days={days}
          />
        ))}
        {(['ticketFirstResponse', 'ticketResolution'] as const).map((name) => (
          <TimeTile key={name} name={name} {...times[name]} days={days} />
        ))}
      </dl>
      <Panel
        title={words.offices}
        actions={<DownloadTable table="offices" label={words.offices} address={address} />}
      >
        <NumberTable
          label={words.offices}
          rows={numbers.offices}
          keyOf={({ office }) => office}
          columns={COLUMNS}
          minWidth={900}
        />
      </Panel>
    </Stack>
  );
}
