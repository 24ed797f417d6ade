import { Alert, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import type { CheckReport, OutcomeTotals } from '../../../src/contracts/corpus-releases.ts';
import { sayDateTime } from '../../shell/dates.ts';
import { CalibrationView } from './calibration-view.tsx';
import { count } from './copy.ts';
import { QuestionMoves } from './question-moves.tsx';
import { words } from './release-copy.ts';

const { check: says } = words;
export const OUTCOMES = ['right', 'offered', 'missed', 'wrong'] as const;

/** What the draft would do to the questions that releases are judged by. */
export function CheckReportView({ report }: { readonly report: CheckReport }) {
  const { at, live, phrases, totals, leftOut, calibratedAnew, trainMs, blocks } = report;
  const seconds = (trainMs / 1_000).toLocaleString('vi-VN', { maximumFractionDigits: 1 });
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {says.at(sayDateTime(at), live)} · {says.phrases(phrases.before, phrases.after)} ·{' '}
        {says.trained(seconds)}
      </Text>
      {blocks ? (
        <Alert color="red" title={says.blocks} role="alert">
          {says.blocksText}
        </Alert>
      ) : (
        <Alert color="teal">{says.fine}</Alert>
      )}
      {leftOut > 0 && <Text size="sm">{says.leftOut(leftOut)}</Text>}
      {calibratedAnew && <Text size="sm">{says.calibratedAnew}</Text>}
      <Stack gap="xs">
        <Title order={3} size="h5">
          {says.totals}
        </Title>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
          <TotalsBar title={says.before} totals={totals.before} />
          <TotalsBar title={says.after} totals={totals.after} />
        </SimpleGrid>
        <TotalsTable before={totals.before} after={totals.after} />
      </Stack>
      <QuestionMoves moves={report.moves} />
      <CalibrationView calibration={report.calibration} />
    </Stack>
  );
}

/** Right, offered, missed and wrong as one bar. */
export function TotalsBar({ title, totals }: { readonly title: string; readonly totals: OutcomeTotals }) {
  const saying = OUTCOMES.map((outcome) => `${words.outcomes[outcome]}: ${totals[outcome]}`).join(', ');
  return (
    <Stack gap={4}>
      <Text size="sm">
        <strong>{title}</strong> · {says.questions(totals.n)}
      </Text>
      <div className="curation-outcomes" role="img" aria-label={saying} title={saying}>
        {OUTCOMES.filter((outcome) => totals[outcome] > 0).map((outcome) => (
          <span
            key={outcome}
            data-outcome={outcome}
            style={{ width: `${(totals[outcome] / Math.max(1, totals.n)) * 100}%` }}
          />
        ))}
      </div>
    </Stack>
  );
}

function TotalsTable({ before, after }: CheckReport['totals']) {
  return (
    <Table verticalSpacing={6} maw={560}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{says.totals}</Table.Th>
          <Table.Th ta="right">{says.before}</Table.Th>
          <Table.Th ta="right">{says.after}</Table.Th>
          <Table.Th ta="right">{says.difference}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {OUTCOMES.map((outcome) => {
          const change = after[outcome] - before[outcome];
          return (
            <Table.Tr key={outcome}>
              <Table.Th scope="row" fw={400}>
                <span className="curation-key" data-outcome={outcome}>
                  {words.outcomes[outcome]}
                </span>
              </Table.Th>
              <Table.Td ta="right">{count(before[outcome])}</Table.Td>
              <Table.Td ta="right">{count(after[outcome])}</Table.Td>
              <Table.Td ta="right">{change > 0 ? `+${change}` : change === 0 ? '0' : `−${-change}`}</Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
