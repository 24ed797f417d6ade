import { Stack, UnstyledButton } from '@mantine/core';
import type { ContentNumbers, Gap, IntentNumbers } from '../../../src/contracts/analytics.ts';
import { lengthOf } from './analytics-address.ts';
import { words } from './copy.ts';
import { DefinedHead } from './definition-tip.tsx';
import { DownloadTable } from './download-table.tsx';
import { type Column, NumberTable } from './number-table.tsx';
import { ChangeLine } from './number-tile.tsx';
import type { TabProps } from './overview-tab.tsx';
import { Panel } from './panel.tsx';

/** What is asked most, how its answers fare, and what cannot be answered yet. */
export function ContentTab({ numbers, address, open }: TabProps & { readonly numbers: ContentNumbers }) {
  const { intent: only } = address;
  const isWanted = ({ intent }: { readonly intent: string }): boolean =>
    only === undefined || intent === only;
  const intents = numbers.intents.filter(isWanted);
  const most = Math.max(1, ...intents.map(({ asked }) => asked));
  const wasCounted = numbers.intents.some(({ askedBefore }) => askedBefore > 0);
  const days = wasCounted ? lengthOf(address) : null;
  const columns: readonly Column<IntentNumbers>[] = [
    {
      key: 'title',
      head: words.intent,
      isText: true,
      cell: ({ title, asked }) => (
        <span className="analytics-bar">
          <span>{title}</span>
          <i style={{ width: `${(asked / most) * 100}%` }} aria-hidden="true" />
        </span>
      ),
    },
    {
      key: 'asked',
      head: <DefinedHead name="asked" />,
      cell: ({ intent, title, asked }) =>
        open === undefined || asked === 0 ? (
          words.count(asked)
        ) : (
          <UnstyledButton
            className="analytics-open"
            aria-label={words.showBehind(title)}
            onClick={() => open({ count: 'asked', intent })}
          >
            {words.count(asked)}
          </UnstyledButton>
        ),
    },
    {
      key: 'trend',
      head: words.trend,
      isText: true,
      cell: ({ asked, askedBefore }) => <ChangeLine now={asked} before={askedBefore} days={days} />,
    },
    ...(['helpful', 'unhelpful', 'wrong', 'askedAgain'] as const).map((name) => ({
      key: name,
      head: <DefinedHead name={name} />,
      cell: (row: IntentNumbers) => words.count(row[name]),
    })),
  ];
  const gapColumns: readonly Column<Gap>[] = [
    {
      key: 'title',
      head: words.intent,
      isText: true,
      cell: ({ intent, title }) => (intent === '' ? words.noTopic : title),
    },
    ...(['unknown', 'clarified', 'abandoned'] as const).map((name) => ({
      key: name,
      head: <DefinedHead name={name === 'abandoned' ? 'leftOpen' : name} />,
      cell: ({ intent, title, [name]: count }: Gap) =>
        open === undefined || count === 0 || intent === '' ? (
          words.count(count)
        ) : (
          <UnstyledButton
            className="analytics-open"
            aria-label={words.showBehind(title)}
            onClick={() => open({ count: name, intent })}
          >
            {words.count(count)}
          </UnstyledButton>
        ),
    })),
  ];
  return (
    <Stack gap="lg">
      <Panel
        title={words.intents}
        actions={<DownloadTable table="intents" label={words.intents} address={address} />}
      >
        <NumberTable
          label={words.intents}
          rows={intents}
          keyOf={({ intent }) => intent}
          columns={columns}
          minWidth={900}
        />
      </Panel>
      <Panel
        title={words.gaps}
        hint={words.gapsHint}
        actions={<DownloadTable table="gaps" label={words.gaps} address={address} />}
      >
        <NumberTable
          label={words.gaps}
          rows={numbers.gaps.filter(isWanted)}
          keyOf={({ intent }) => intent}
          columns={gapColumns}
        />
      </Panel>
    </Stack>
  );
}
