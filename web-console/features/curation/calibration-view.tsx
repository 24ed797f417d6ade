import { Group, Stack, Table, Text, Title } from '@mantine/core';
import type { CalibrationRow, CheckReport } from '../../../src/contracts/corpus-releases.ts';
import { words } from './release-copy.ts';

const { check: says } = words;
const SIZE = 300;
const LEFT = 44;
const BOTTOM = 36;
const TOP = 8;
const RIGHT = 24;
const STEPS = [0, 0.25, 0.5, 0.75, 1];
/** By the area, so that ten times the questions do not look like a hundred. */
const LARGEST_RADIUS = 9;
const SMALLEST_RADIUS = 3;

/** What the engine says of itself beside what came true: as a chart, and as the numbers. */
export function CalibrationView({ calibration }: Pick<CheckReport, 'calibration'>) {
  const { before, after } = calibration;
  if (after.length === 0) return null;
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {says.calibration}
      </Title>
      <Text size="sm" c="dimmed">
        {says.calibrationHint}
      </Text>
      <Group gap="lg" align="flex-start">
        <Chart before={before} after={after} />
        <Table verticalSpacing={4} flex="1 1 320px" maw={520}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{says.range}</Table.Th>
              <Table.Th ta="right">{says.n}</Table.Th>
              <Table.Th ta="right">{says.said}</Table.Th>
              <Table.Th ta="right">{says.true}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {after.map(({ from, to, n, said, right }) => (
              <Table.Tr key={from}>
                <Table.Th scope="row" fw={400}>
                  {says.rangeOf(from, to)}
                </Table.Th>
                <Table.Td ta="right">{n}</Table.Td>
                <Table.Td ta="right">{n === 0 ? '–' : says.sure(said)}</Table.Td>
                <Table.Td ta="right">{n === 0 ? '–' : says.sure(right)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Group>
    </Stack>
  );
}

const x = (share: number): number => LEFT + share * (SIZE - LEFT - RIGHT);
const y = (share: number): number => SIZE - BOTTOM - share * (SIZE - BOTTOM - TOP);

function Chart({ before, after }: CheckReport['calibration']) {
  const most = Math.max(...[...before, ...after].map(({ n }) => n), 1);
  const radius = (n: number): number => Math.max(SMALLEST_RADIUS, LARGEST_RADIUS * Math.sqrt(n / most));
  const points = (rows: readonly CalibrationRow[], name: 'before' | 'after') =>
    rows
      .filter(({ n }) => n > 0)
      .map(({ from, said, right, n }) => (
        <circle key={`${name} ${from}`} className={name} cx={x(said)} cy={y(right)} r={radius(n)}>
          <title>{`${says[name]}: ${says.pointOf(said, right, n)}`}</title>
        </circle>
      ));
  return (
    <Stack gap={4} flex="1 1 280px" maw={340}>
      <svg
        viewBox={`0 0 ${SIZE} ${SIZE}`}
        className="curation-chart"
        role="img"
        aria-label={says.calibrationChart}
      >
        {STEPS.map((step) => (
          <g key={step}>
            <line x1={x(0)} x2={x(1)} y1={y(step)} y2={y(step)} />
            <text x={LEFT - 6} y={y(step) + 4} textAnchor="end">
              {says.sure(step)}
            </text>
            <text x={x(step)} y={SIZE - BOTTOM + 15} textAnchor="middle">
              {says.sure(step)}
            </text>
          </g>
        ))}
        <line className="truth" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
        {points(before, 'before')}
        {points(after, 'after')}
        <text x={x(0.5)} y={SIZE - 4} textAnchor="middle">
          {says.saidAxis}
        </text>
        <text transform={`translate(10 ${y(0.5)}) rotate(-90)`} textAnchor="middle">
          {says.trueAxis}
        </text>
      </svg>
      <Group gap="md">
        <Text size="sm">○ {says.before}</Text>
        <Text size="sm">
          <span className="curation-dot">●</span> {says.after}
        </Text>
      </Group>
    </Stack>
  );
}
