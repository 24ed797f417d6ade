import { Button, Group, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { Board } from '../../../src/contracts/console.ts';
import { copy } from '../../copy.ts';
import { scaleOf } from './hour-scale.ts';

const words = copy.board;
/** It scrolls on a phone, so the keyboard must get there. */
const REACHABLE = { tabIndex: 0 };
const WIDTH = 760;
const HEIGHT = 200;
const LEFT = 32;
const BOTTOM = 22;
const TOP = 8;
const BAR = 11;

/** Who asked and who was answered, by the hour: as bars, or as the table that they stand for. */
export function HourChart({ hours }: Pick<Board, 'hours'>) {
  const [isTable, setTable] = useState(false);
  if (hours.every(({ requested, answered }) => requested === 0 && answered === 0))
    return <Text c="dimmed">{words.noneYet}</Text>;
  return (
    <>
      <Group justify="space-between" mb="xs">
        <Group gap="md">
          <Text size="sm" className="board-legend">
            {words.requested}
          </Text>
          <Text size="sm" className="board-legend" data-kind="answered">
            {words.answered}
          </Text>
        </Group>
        <Button variant="subtle" size="compact-sm" onClick={() => setTable(!isTable)}>
          {isTable ? words.asChart : words.asTable}
        </Button>
      </Group>
      {isTable ? (
        <HourTable hours={hours} />
      ) : (
        <section className="board-scroll" aria-label={words.byHour} {...REACHABLE}>
          <Bars hours={hours} />
        </section>
      )}
    </>
  );
}

function Bars({ hours }: Pick<Board, 'hours'>) {
  const { top, steps } = scaleOf(hours.flatMap(({ requested, answered }) => [requested, answered]));
  const ground = HEIGHT - BOTTOM;
  const heightOf = (count: number): number => (count / top) * (ground - TOP);
  const step = (WIDTH - LEFT) / Math.max(1, hours.length);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="board-chart" role="img" aria-label={words.byHourTable}>
      {steps.map((count) => (
        <g key={count}>
          <line x1={LEFT} x2={WIDTH} y1={ground - heightOf(count)} y2={ground - heightOf(count)} />
          <text x={LEFT - 6} y={ground - heightOf(count) + 4} textAnchor="end">
            {count}
          </text>
        </g>
      ))}
      {hours.map(({ hour, requested, answered }, place) => {
        const middle = LEFT + step * (place + 0.5);
        return (
          <g key={hour}>
            <title>{`${words.hourOf(hour)}: ${words.requested} ${requested}, ${words.answered} ${answered}`}</title>
            <rect
              className="board-requested"
              x={middle - BAR}
              y={ground - heightOf(requested)}
              width={BAR - 1}
              height={heightOf(requested)}
              rx={2}
            />
            <rect
              className="board-answered"
              x={middle}
              y={ground - heightOf(answered)}
              width={BAR - 1}
              height={heightOf(answered)}
              rx={2}
            />
            {hour % 2 === 0 && (
              <text x={middle} y={HEIGHT - 6} textAnchor="middle">
                {hour}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

function HourTable({ hours }: Pick<Board, 'hours'>) {
  return (
    <Table verticalSpacing="xs" maw={480}>
      <Table.Caption>{words.byHourTable}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{words.hour}</Table.Th>
          <Table.Th scope="col">{words.requested}</Table.Th>
          <Table.Th scope="col">{words.answered}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {hours
          .filter(({ requested, answered }) => requested + answered > 0)
          .map(({ hour, requested, answered }) => (
            <Table.Tr key={hour}>
              <Table.Th scope="row">{words.hourOf(hour)}</Table.Th>
              <Table.Td>{requested}</Table.Td>
              <Table.Td>{answered}</Table.Td>
            </Table.Tr>
          ))}
      </Table.Tbody>
    </Table>
  );
}
