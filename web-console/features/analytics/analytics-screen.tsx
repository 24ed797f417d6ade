import { Alert, Button, Stack, Tabs, Text } from '@mantine/core';
import IconPrinter from '@tabler/icons-react/icons/IconPrinter';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useSession } from '../../session.tsx';
import { Page } from '../../shell/page.tsx';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { LoadFailed } from '../../shell/states.tsx';
import { formatDayAndTime } from '../conversations/clock.ts';
import { longDay, TABS, type TabName } from './analytics-address.ts';
import { AnalyticsFilters } from './analytics-filters.tsx';
import {
  type BehindWhat,
  useAnalyticsAddress,
  useContentNumbers,
  useDefinitions,
  useOverview,
  useStaffNumbers,
} from './analytics-queries.ts';
import { BehindDrawer } from './behind-drawer.tsx';
import { ContentTab } from './content-tab.tsx';
import { words } from './copy.ts';
import { DefinitionsContext } from './definition-tip.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { StaffTab } from './staff-tab.tsx';
import { TicketsTab } from './tickets-tab.tsx';

const STAFF_TABS: readonly TabName[] = ['staff', 'tickets'];

/** How the desk is doing, over any days. */
export function AnalyticsScreen() {
  const { may } = useSession();
  const maySeeStaff = may('analytics.staff');
  const { address, faults, today, change } = useAnalyticsAddress();
  const tabs = TABS.filter((name) => maySeeStaff || !STAFF_TABS.includes(name));
  const tab = tabs.includes(address.tab) ? address.tab : 'overview';
  const at = { ...address, tab };
  const definitions = useDefinitions();
  const overview = useOverview(at);
  const content = useContentNumbers(at);
  const staff = useStaffNumbers(at, maySeeStaff && STAFF_TABS.includes(tab));
  const [behind, setBehind] = useState<BehindWhat | null>(null);
  const rest = { address: at, ...(maySeeStaff && may('conversations.read') ? { open: setBehind } : {}) };
  const updatedAt = overview.data?.updatedAt ?? null;

  return (
    <DefinitionsContext value={definitions.data ?? null}>
      <Page
        title={words.title}
        lead={<span className="analytics-no-print">{words.lead}</span>}
        actions={
          <Stack gap={4} align="flex-end" className="analytics-no-print">
            <Button
              variant="default"
              visibleFrom="sm"
              leftSection={<IconPrinter size={18} aria-hidden />}
              onClick={() => window.print()}
            >
              {words.print}
            </Button>
            <Text size="sm" c="dimmed">
              {updatedAt === null ? words.neverUpdated : words.updated(formatDayAndTime(updatedAt))}
            </Text>
          </Stack>
        }
      >
        <Text className="analytics-print-only">{`${longDay(at.from)} – ${longDay(at.to)}`}</Text>
        {faults.map((name) => (
          <Alert key={name} color="orange" role="status" className="analytics-no-print">
            {words.addressFaults[name]}
          </Alert>
        ))}
        <AnalyticsFilters
          address={at}
          today={today}
          change={change}
          editions={overview.data?.editions ?? []}
          intents={content.data?.intents ?? []}
          staff={staff.data}
        />
        <Tabs
          value={tab}
          onChange={(name) => change({ tab: TABS.find((one) => one === name) ?? 'overview' })}
          keepMounted={false}
        >
          <Tabs.List aria-label={words.tabList} className="analytics-no-print">
            {tabs.map((name) => (
              <Tabs.Tab key={name} value={name}>
                {words.tabs[name]}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {definitions.isError && (
            <LoadFailed error={definitions.error} retry={() => void definitions.refetch()} />
          )}
          {tabs.map((name) => (
            <Tabs.Panel key={name} value={name} pt="lg">
              {definitions.isSuccess && name === 'overview' && (
                <Loaded query={overview} show={(numbers) => <OverviewTab numbers={numbers} {...rest} />} />
              )}
              {definitions.isSuccess && name === 'content' && (
                <Loaded query={content} show={(numbers) => <ContentTab numbers={numbers} {...rest} />} />
              )}
              {definitions.isSuccess && name === 'staff' && (
                <Loaded query={staff} show={(numbers) => <StaffTab numbers={numbers} {...rest} />} />
              )}
              {definitions.isSuccess && name === 'tickets' && (
                <Loaded query={staff} show={(numbers) => <TicketsTab numbers={numbers} {...rest} />} />
              )}
              {definitions.isPending && <RowsSkeleton />}
            </Tabs.Panel>
          ))}
        </Tabs>
        <BehindDrawer address={at} what={behind} close={() => setBehind(null)} />
      </Page>
    </DefinitionsContext>
  );
}

/** Numbers that are there; else why not. While others are on their way, the ones before stay. */
function Loaded<Numbers>({
  query,
  show,
}: {
  readonly query: UseQueryResult<Numbers>;
  readonly show: (numbers: Numbers) => ReactNode;
}) {
  if (query.data !== undefined)
    return (
      <div aria-busy={query.isPlaceholderData} className="analytics-numbers">
        {show(query.data)}
      </div>
    );
  if (query.isError) return <LoadFailed error={query.error} retry={() => void query.refetch()} />;
  return <RowsSkeleton />;
}
