import { Badge, Box, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ActiveSession, ActiveSessionList } from '../../../src/contracts/staff.ts';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { confirmAct } from '../../shell/confirm.tsx';
import { sayDateTime } from '../../shell/dates.ts';
import { sayDone, sayFailed } from '../../shell/notices.ts';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { Section } from '../../shell/section.tsx';
import { LoadFailed } from '../../shell/states.tsx';
import { nameDevice } from './device-name.ts';

const words = copy.sessions;
const KEY = ['sessions'];

/** Where the account is signed in, and ending that. */
export function SessionsSection() {
  const list = useQuery({ queryKey: KEY, queryFn: () => api.get<ActiveSessionList>('sessions') });
  const cache = useQueryClient();
  const end = useMutation({
    mutationFn: ({ path }: { path: string; done: string }) => api.delete(path),
    onSuccess: (_answer, { done }) => {
      sayDone(done);
      return cache.invalidateQueries({ queryKey: KEY });
    },
    onError: sayFailed,
  });

  async function endOthers(): Promise<void> {
    const { revokeOthers: title, revokeOthersText: text } = words;
    if (await confirmAct({ title, text, act: words.revoke }))
      end.mutate({ path: 'sessions', done: words.revokedOthers });
  }

  return (
    <Section title={words.title} hint={words.lead}>
      {list.isPending && <RowsSkeleton rows={2} />}
      {list.isError && <LoadFailed error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && (
        <Stack gap="md">
          {list.data.sessions.map((session) => (
            <SessionRow
              key={session.id}
              session={session}
              isBusy={end.isPending}
              revoke={() => end.mutate({ path: `sessions/${session.id}`, done: words.revoked })}
            />
          ))}
          {list.data.sessions.length > 1 && (
            <Box>
              <Button variant="default" onClick={() => void endOthers()} loading={end.isPending}>
                {words.revokeOthers}
              </Button>
            </Box>
          )}
        </Stack>
      )}
    </Section>
  );
}

function SessionRow(props: {
  readonly session: ActiveSession;
  readonly isBusy: boolean;
  readonly revoke: () => void;
}) {
  const { userAgent, address, createdAt, lastUsedAt, current } = props.session;
  const device = nameDevice(userAgent) ?? words.unknownDevice;
  return (
    <Group justify="space-between" gap="sm" className="console-line">
      <Stack gap={2} flex="1 1 220px">
        <Group gap="xs">
          <Text fw={600} title={userAgent}>
            {device}
          </Text>
          {current && (
            <Badge variant="light" color="teal">
              {words.current}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {address} · {words.used(sayDateTime(lastUsedAt))} · {words.since(sayDateTime(createdAt))}
        </Text>
      </Stack>
      {!current && (
        <Button
          variant="default"
          size="xs"
          disabled={props.isBusy}
          onClick={props.revoke}
          aria-label={words.revokeOf(device)}
        >
          {words.revoke}
        </Button>
      )}
    </Group>
  );
}
