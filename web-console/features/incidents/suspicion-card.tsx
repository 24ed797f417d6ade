import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { SuspicionView } from '../../../src/contracts/incidents.ts';
import { sayTime } from '../../shell/dates.ts';
import { words as all } from './copy.ts';
import { DayChart } from './day-chart.tsx';

const words = all.suspicions;

/** What people ask, for a heading. */
export function nameSuspicion({ subject, samples }: SuspicionView): string {
  return subject.kind === 'intent' ? subject.title : `“${samples[0] ?? subject.words}”`;
}

export function SuspicionCard(props: {
  readonly suspicion: SuspicionView;
  readonly now: Date;
  /** null: the person may only look. */
  readonly acts: { readonly open: () => void; readonly dismiss: () => void } | null;
}) {
  const { suspicion, now, acts } = props;
  const name = nameSuspicion(suspicion);
  return (
    <Paper withBorder p="md" component="li" className="incident-suspicion">
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="sm">
          <Stack gap={4} flex="1 1 260px" miw={0}>
            <Group gap="xs">
              <Title order={3} size="h5">
                {name}
              </Title>
              {suspicion.subject.kind === 'wording' && (
                <Badge color="gray" variant="light" tt="none">
                  {words.wording}
                </Badge>
              )}
            </Group>
            <Text size="sm" fw={550}>
              {words.asked(suspicion.asked, suspicion.usual)}
            </Text>
            <Text size="sm" c="dimmed">
              {words.since(sayTime(new Date(suspicion.since)))}
            </Text>
          </Stack>
          {acts !== null && (
            <Group gap="xs">
              <Button onClick={acts.open} aria-label={words.openOf(name)}>
                {words.open}
              </Button>
              <Button variant="default" onClick={acts.dismiss} aria-label={words.dismissOf(name)}>
                {words.dismiss}
              </Button>
            </Group>
          )}
        </Group>
        <DayChart title={all.chart.lastDay} buckets={suspicion.buckets} until={now} />
        {suspicion.samples.length > 0 && (
          <Text size="sm">
            <Text span c="dimmed">
              {words.samples}:{' '}
            </Text>
            {suspicion.samples.map((sample) => `“${sample}”`).join(', ')}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
