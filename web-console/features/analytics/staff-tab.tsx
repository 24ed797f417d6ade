import { Text, UnstyledButton } from '@mantine/core';
import type { AgentNumbers, Spread, StaffNumbers } from '../../../src/contracts/analytics.ts';
import { formatSpan } from '../conversations/clock.ts';
import { words } from './copy.ts';
import { DefinedHead } from './definition-tip.tsx';
import { DownloadTable } from './download-table.tsx';
import { type Column, NumberTable } from './number-table.tsx';
import type { TabProps } from './overview-tab.tsx';
import { Panel } from './panel.tsx';

export function SpreadCell({ medianSeconds, p95Seconds }: Spread) {
  if (medianSeconds === null || p95Seconds === null) return <>{words.none}</>;
  return (
    <>
      {formatSpan(medianSeconds * 1_000)}
      <Text size="xs" c="dimmed">
        {words.p95(formatSpan(p95Seconds * 1_000))}
      </Text>
    </>
  );
}

/** How much each of the staff did. */
export function StaffTab({ numbers, address, open }: TabProps & { readonly numbers: StaffNumbers }) {
  const columns: readonly Column<AgentNumbers>[] = [
    { key: 'name', head: words.agent, isText: true, cell: ({ name }) => name },
    {
      key: 'handled',
      head: <DefinedHead name="handled" />,
      cell: ({ agent, name, handled }) =>
        open === undefined ? (
          words.count(handled)
        ) : (
          <UnstyledButton
            className="analytics-open"
            aria-label={words.showBehind(name)}
            onClick={() => open({ count: 'handled', agent })}
          >
            {words.count(handled)}
          </UnstyledButton>
        ),
    },
    { key: 'active', head: words.active, cell: ({ activeSeconds }) => formatSpan(activeSeconds * 1_000) },
    {
      key: 'first',
      head: <DefinedHead name="firstResponse" />,
      cell: ({ firstResponse }) => <SpreadCell {...firstResponse} />,
    },
    {
      key: 'handling',
      head: <DefinedHead name="handling" />,
      cell: ({ handling }) => <SpreadCell {...handling} />,
    },
    {
      key: 'scores',
      head: <DefinedHead name="satisfaction" />,
      cell: ({ scores }) =>
        scores.mean === null ? (
          words.none
        ) : (
          <>
            {words.score(scores.mean)}
            <Text size="xs" c="dimmed">
              {words.scoreCount(scores.count)}
            </Text>
          </>
        ),
    },
  ];
  const isWanted = ({ agent }: AgentNumbers): boolean =>
    address.agent === undefined || agent === address.agent;
  return (
    <Panel
      title={words.agents}
      actions={<DownloadTable table="agents" label={words.agents} address={address} />}
    >
      <NumberTable
        label={words.agents}
        rows={numbers.agents.filter(isWanted)}
        keyOf={({ agent }) => agent}
        columns={columns}
        minWidth={780}
      />
    </Panel>
  );
}
