import { Button, Group, Table, Text } from '@mantine/core';
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import type { CountName, Overview } from '../../../src/contracts/analytics.ts';
import { scaleOf } from '../board/hour-scale.ts';
import { longDay, shortDay } from './analytics-address.ts';
import { words } from './copy.ts';
import { useDefinition, useLabelOf } from './definition-tip.tsx';

const chart = words.chart;
const WIDTH = 900;
const HEIGHT = 240;
const LEFT = 44;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 24;
const MOST_LABELS = 10;
/** Of a date, with room to spare. */
const HALF_LABEL = 24;
/** It scrolls on a phone, so the keyboard must get there. */
const REACHABLE = { tabIndex: 0 };

interface LineChartProps {
  readonly days: Overview['days'];
  /** Drawn one over the other, each with a dash of its own. */
  readonly names: readonly CountName[];
}

/** Days as lines, to be read day by day with the arrow keys, or as the table that they stand for. */
export function LineChart({ days, names }: LineChartProps) {
  const [isTable, setTable] = useState(false);
  return (
    <>
      <Group justify="space-between" mb="xs" gap="sm">
        <Group gap="md">
          {names.map((name, place) => (
            <Legend key={name} name={name} place={place} />
          ))}
        </Group>
        <Button
          variant="subtle"
          size="compact-sm"
          className="analytics-no-print"
          onClick={() => setTable(!isTable)}
        >
          {isTable ? chart.asChart : chart.asTable}
        </Button>
      </Group>
      {isTable ? <DayTable days={days} names={names} /> : <Lines days={days} names={names} />}
    </>
  );
}

function Legend({ name, place }: { readonly name: CountName; readonly place: number }) {
  return (
    <Text size="sm" className="analytics-legend">
      <svg width="26" height="10" aria-hidden="true">
        <line className="analytics-line" data-place={place} x1="0" x2="26" y1="5" y2="5" />
      </svg>
      {useDefinition(name).label}
    </Text>
  );
}

function Lines({ days, names }: LineChartProps) {
  const [at, setAt] = useState(days.length - 1);
  const shown = Math.min(at, days.length - 1);
  const labels = names.map(useLabelOf());
  const { top, steps } = scaleOf(days.flatMap(({ counts }) => names.map((name) => counts[name] ?? 0)));
  const ground = HEIGHT - BOTTOM;
  const xOf = (place: number): number =>
    LEFT + (days.length === 1 ? 0.5 : place / (days.length - 1)) * (WIDTH - LEFT - RIGHT);
  const yOf = (count: number): number => ground - (count / top) * (ground - TOP);
  const every = Math.max(1, Math.ceil(days.length / MOST_LABELS));
  const [from, to] = [days[0]?.day ?? '', days.at(-1)?.day ?? ''];
  const current = days[shown];
  const said =
    current === undefined
      ? ''
      : `${longDay(current.day)}: ${names
          .map((name, place) => `${labels[place]} ${words.count(current.counts[name] ?? 0)}`)
          .join(', ')}`;

  const step = (event: KeyboardEvent): void => {
    const to = { ArrowLeft: shown - 1, ArrowRight: shown + 1, Home: 0, End: days.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setAt(Math.min(days.length - 1, Math.max(0, to)));
  };
  const follow = (event: PointerEvent<SVGSVGElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - left) / width) * WIDTH;
    const share = (x - LEFT) / (WIDTH - LEFT - RIGHT);
    setAt(Math.min(days.length - 1, Math.max(0, Math.round(share * (days.length - 1)))));
  };

  return (
    <>
      <div className="analytics-scroll">
        <div
          className="analytics-lines"
          role="slider"
          aria-label={chart.describe(labels.join(', '), longDay(from), longDay(to))}
          aria-valuemin={1}
          aria-valuemax={days.length}
          aria-valuenow={shown + 1}
          aria-valuetext={said}
          tabIndex={0}
          onKeyDown={step}
        >
          <svg
            viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
            aria-hidden="true"
            onPointerMove={follow}
            onPointerDown={follow}
          >
            {steps.map((count) => (
              <g key={count}>
                <line
                  className="analytics-grid"
                  x1={LEFT}
                  x2={WIDTH - RIGHT}
                  y1={yOf(count)}
                  y2={yOf(count)}
                />
                <text x={LEFT - 8} y={yOf(count) + 4} textAnchor="end">
                  {words.count(count)}
                </text>
              </g>
            ))}
            {days.map(({ day }, place) =>
              place % every === 0 ? (
                <text
                  key={day}
                  x={xOf(place)}
                  y={HEIGHT - 6}
                  // In the middle it would be cut off at the edge.
                  textAnchor={xOf(place) > WIDTH - HALF_LABEL ? 'end' : 'middle'}
                >
                  {shortDay(day)}
                </text>
              ) : null,
            )}
            <line className="analytics-cursor" x1={xOf(shown)} x2={xOf(shown)} y1={TOP} y2={ground} />
            {names.map((name, place) => (
              <g key={name}>
                <polyline
                  className="analytics-line"
                  data-place={place}
                  points={days.map(({ counts }, x) => `${xOf(x)},${yOf(counts[name] ?? 0)}`).join(' ')}
                />
                <circle
                  className="analytics-dot"
                  data-place={place}
                  cx={xOf(shown)}
                  cy={yOf(current?.counts[name] ?? 0)}
                  r={4}
                />
              </g>
            ))}
          </svg>
        </div>
      </div>
      <Text size="sm" className="analytics-said" aria-hidden="true">
        {said}
      </Text>
    </>
  );
}

function DayTable({ days, names }: LineChartProps) {
  const labels = names.map(useLabelOf());
  return (
    <section className="analytics-scroll" data-tall aria-label={words.tableOf(chart.title)} {...REACHABLE}>
      <Table verticalSpacing="xs" stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{chart.day}</Table.Th>
            {labels.map((label) => (
              <Table.Th key={label} scope="col">
                {label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {days.map(({ day, counts }) => (
            <Table.Tr key={day}>
              <Table.Th scope="row">{longDay(day)}</Table.Th>
              {names.map((name) => (
                <Table.Td key={name}>{words.count(counts[name] ?? 0)}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
