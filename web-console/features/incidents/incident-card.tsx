import { Alert, Badge, Button, Group, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle';
import type { IncidentView } from '../../../src/contracts/incidents.ts';
import { sayDateTime } from '../../shell/dates.ts';
import { words } from './copy.ts';
import { DayChart } from './day-chart.tsx';
import { useIncident } from './incident-queries.ts';
import { AnswerPreview, BannerPreview } from './previews.tsx';

const DAY_MS = 24 * 60 * 60_000;

/** One that is on, with what comes in. */
export function ActiveIncident(props: {
  readonly incident: IncidentView;
  readonly now: Date;
  /** null: the person may only look. */
  readonly acts: { readonly edit: () => void; readonly end: () => void } | null;
}) {
  const { incident, now, acts } = props;
  const detail = useIncident(incident.id);
  // Of longer ones the last day is shown.
  const isLong = now.getTime() - Date.parse(incident.startedAt) > DAY_MS;
  return (
    <Paper withBorder p="md" component="li" className="incident-active">
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="sm">
          <Stack gap={4} flex="1 1 260px" miw={0}>
            <Title order={3} size="h5">
              {incident.title}
            </Title>
            <Text size="sm" c="dimmed">
              {words.active.startedAt(sayDateTime(incident.startedAt), incident.openedBy)}
              {' · '}
              {incident.endsAt === null
                ? words.active.untilEnded
                : words.active.until(sayDateTime(incident.endsAt))}
            </Text>
            <Affected incident={incident} />
          </Stack>
          {acts !== null && (
            <Group gap="xs">
              <Button variant="default" onClick={acts.edit} aria-label={`${words.edit}: ${incident.title}`}>
                {words.edit}
              </Button>
              <Button color="red" onClick={acts.end} aria-label={`${words.active.end}: ${incident.title}`}>
                {words.active.end}
              </Button>
            </Group>
          )}
        </Group>
        {incident.isOverdue && (
          <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} py="xs">
            {words.active.overdue}
          </Alert>
        )}
        {incident.banner !== null && <BannerPreview {...incident.banner} />}
        {incident.answer !== null && <AnswerPreview {...incident.answer} />}
        <Text size="sm" fw={550} role="status">
          {words.active.touched((detail.data ?? incident).touched)}
        </Text>
        {detail.isSuccess && (
          <DayChart
            title={isLong ? words.chart.lastDay : words.chart.sinceStart}
            buckets={detail.data.buckets}
            from={new Date(incident.startedAt)}
            until={now}
          />
        )}
      </Stack>
    </Paper>
  );
}

/** One that is over, and whether those whom it concerned know. */
export function EndedIncident(props: {
  readonly incident: IncidentView;
  /** null: the person may only look. */
  readonly tell: (() => void) | null;
}) {
  const { incident, tell } = props;
  const { title, startedAt, endedAt, endedBy, told, touched } = incident;
  return (
    <Paper withBorder p="md" component="li">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={4} flex="1 1 260px" miw={0}>
          <Title order={3} size="h5">
            {title}
          </Title>
          <Text size="sm" c="dimmed">
            {words.history.ended(sayDateTime(startedAt), sayDateTime(endedAt ?? startedAt))}
            {' · '}
            {words.history.by(endedBy)}
          </Text>
          <Affected incident={incident} />
          <Text size="sm">
            {told?.isOver ? words.history.told(told.done, told.by) : words.active.touched(touched)}
          </Text>
        </Stack>
        {told === null && tell !== null && touched > 0 && (
          <Button variant="default" onClick={tell} aria-label={`${words.history.tell}: ${title}`}>
            {words.history.tell}
          </Button>
        )}
      </Group>
      {told !== null && !told.isOver && (
        <Stack gap={4} mt="sm" role="status">
          <Text size="sm">{words.history.telling(told.done, touched)}</Text>
          <Progress
            value={touched === 0 ? 100 : (told.done / touched) * 100}
            aria-label={words.history.telling(told.done, touched)}
          />
        </Stack>
      )}
    </Paper>
  );
}

function Affected({ incident: { affects } }: { readonly incident: IncidentView }) {
  const names = affects.all ? [words.active.all] : affects.intents.map(({ title }) => title);
  return (
    <Group gap={6}>
      {names.map((name) => (
        <Badge key={name} variant="light" tt="none" fw={500} maw="100%">
          {name}
        </Badge>
      ))}
    </Group>
  );
}
