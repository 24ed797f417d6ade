import { Stack, Title, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CountName, Edition, Overview } from '../../../src/contracts/analytics.ts';
import { Empty } from '../../shell/states.tsx';
import { type Address, lengthOf } from './analytics-address.ts';
import type { BehindWhat } from './analytics-queries.ts';
import { words } from './copy.ts';
import { DefinedHead, useDefinition } from './definition-tip.tsx';
import { DownloadTable } from './download-table.tsx';
import { HeatMap } from './heat-map.tsx';
import { LineChart } from './line-chart.tsx';
import { type Column, NumberTable } from './number-table.tsx';
import { ChangeLine, type ComparedDays, CountTile, Tile, TimeTile } from './number-tile.tsx';
import { Panel } from './panel.tsx';

export interface TabProps {
  readonly address: Address;
  /** Shows the conversations behind a number; left out: the person may not see them. */
  readonly open?: ((what: BehindWhat) => void) | undefined;
}

const VISITS = [
  ['visits', null],
  ['resolved', 'visits'],
  ['unresolved', 'visits'],
  ['abandoned', 'visits'],
  ['handedOver', 'visits'],
  ['ticketed', 'visits'],
  ['noQuestion', 'visits'],
] as const satisfies readonly (readonly [CountName, CountName | null])[];
const QUESTIONS = [
  ['asked', null],
  ['answered', 'asked'],
  ['answeredByChoice', 'answered'],
  ['clarified', 'asked'],
  ['unknown', 'asked'],
  ['helpful', 'answered'],
  ['unhelpful', 'answered'],
  ['wrong', 'answered'],
  ['askedAgain', 'answered'],
] as const satisfies readonly (readonly [CountName, CountName | null])[];
const HANDOVER = [
  ['requested', null],
  ['claimed', 'requested'],
  ['lost', 'requested'],
] as const satisfies readonly (readonly [CountName, CountName | null])[];
const TIMES = ['wait', 'firstResponse', 'handling', 'resolution'] as const;

/** How people came, what became of it, and when. */
export function OverviewTab({ numbers, ...rest }: TabProps & { readonly numbers: Overview }) {
  const { address } = rest;
  const isOfIntent = address.intent !== undefined;
  const isEmpty = numbers.counts.visits.now + numbers.counts.asked.now === 0;
  const wasCounted = numbers.counts.visits.before + numbers.counts.asked.before > 0;
  if (isEmpty && !wasCounted) return <Empty text={words.empty} />;
  const days = wasCounted ? lengthOf(address) : null;
  return (
    <Stack gap="lg">
      {!isOfIntent && (
        <CountGroup title={words.groups.visits} list={VISITS} numbers={numbers} days={days} {...rest}>
          <OngoingTile counts={numbers.counts} />
        </CountGroup>
      )}
      <CountGroup title={words.groups.questions} list={QUESTIONS} numbers={numbers} days={days} {...rest} />
      {!isOfIntent && (
        <CountGroup title={words.groups.handover} list={HANDOVER} numbers={numbers} days={days} {...rest}>
          {TIMES.map((name) => (
            <TimeTile key={name} name={name} {...numbers.times[name]} days={days} />
          ))}
          <ScoreTile {...numbers.scores} days={days} />
        </CountGroup>
      )}
      <Panel
        title={words.chart.title}
        actions={<DownloadTable table="days" label={words.chart.title} address={address} />}
      >
        <LineChart
          days={numbers.days}
          names={
            isOfIntent ? ['asked', 'helpful', 'unhelpful'] : ['visits', 'resolved', 'handedOver', 'abandoned']
          }
        />
      </Panel>
      {!isOfIntent && (
        <>
          <Panel
            title={words.heat.title}
            actions={<DownloadTable table="hours" label={words.heat.title} address={address} />}
          >
            <HeatMap heat={numbers.heat} />
          </Panel>
          <Editions numbers={numbers} address={address} />
        </>
      )}
    </Stack>
  );
}

interface CountGroupProps extends TabProps {
  readonly title: string;
  readonly list: readonly (readonly [CountName, CountName | null])[];
  readonly numbers: Pick<Overview, 'counts'>;
  readonly days: ComparedDays;
  readonly children?: ReactNode;
}

function CountGroup({ title, list, numbers: { counts }, days, address, open, children }: CountGroupProps) {
  const { intent } = address;
  return (
    <section aria-label={title}>
      <Title order={2} size="h4" mb="sm">
        {title}
      </Title>
      <dl className="analytics-tiles">
        {list.map(([name, of]) => (
          <CountTile
            key={name}
            name={name}
            change={counts[name]}
            {...(of === null ? {} : { of: { name: of, count: counts[of].now } })}
            days={days}
            open={open && (() => open({ count: name, intent }))}
          />
        ))}
        {children}
      </dl>
    </section>
  );
}

const ENDS = ['resolved', 'unresolved', 'abandoned', 'handedOver', 'ticketed', 'noQuestion'] as const;

/** Visits of which nobody can say yet how they end: with them the kinds add up. */
function OngoingTile({ counts }: Pick<Overview, 'counts'>) {
  const ended = ENDS.reduce((sum, name) => sum + counts[name].now, 0);
  const ongoing = Math.max(0, counts.visits.now - ended);
  const share = words.share(ongoing, counts.visits.now, useDefinition('visits').label);
  return (
    <Tile name="ongoing" value={words.count(ongoing)}>
      {share !== null && <small>{share}</small>}
    </Tile>
  );
}

function ScoreTile({ now, before, days }: Overview['scores'] & { readonly days: ComparedDays }) {
  return (
    <Tile name="satisfaction" value={now.mean === null ? words.none : words.score(now.mean)}>
      {now.count > 0 && (
        <>
          <small>{words.scoreCount(now.count)}</small>
          <ol className="analytics-scores" aria-label={words.scoreList}>
            {now.each.map((many, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the score is the place
              <li key={place} title={words.scoreEach(place + 1, many)}>
                <i style={{ height: `${(many / Math.max(...now.each)) * 100}%` }} />
                <b aria-hidden="true">{place + 1}</b>
                <VisuallyHidden>{words.scoreEach(place + 1, many)}</VisuallyHidden>
              </li>
            ))}
          </ol>
        </>
      )}
      {now.mean !== null && (
        <ChangeLine now={now.mean} before={before.mean ?? 0} days={before.mean === null ? null : days} />
      )}
    </Tile>
  );
}

const SHOWN = ['visits', 'resolved', 'abandoned', 'handedOver', 'asked', 'unknown', 'unhelpful'] as const;

const COLUMNS: readonly Column<Edition>[] = [
  { key: 'edition', head: words.edition, isText: true, cell: (edition) => nameOf(edition) },
  ...SHOWN.map((name) => ({
    key: name,
    head: <DefinedHead name={name} />,
    cell: ({ counts }: Edition) => words.count(counts[name] ?? 0),
  })),
];

function Editions({ numbers, address }: { readonly numbers: Overview; readonly address: Address }) {
  return (
    <Panel
      title={words.editions}
      actions={<DownloadTable table="editions" label={words.editions} address={address} />}
    >
      <NumberTable
        label={words.editions}
        rows={numbers.editions}
        keyOf={({ platform, appVersion }) => `${platform}|${appVersion}`}
        columns={COLUMNS}
        minWidth={860}
      />
    </Panel>
  );
}

function nameOf({ platform, appVersion }: Edition): string {
  const name = words.platforms[platform] ?? platform;
  if (appVersion !== '') return `${name} ${appVersion}`;
  return platform === '' ? name : `${name}, ${words.noVersion}`;
}
