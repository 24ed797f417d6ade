/** How the desk is doing now. */
import { Badge, Box, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Board } from '../../../src/contracts/console.ts';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { Page } from '../../shell/page.tsx';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { LoadFailed } from '../../shell/states.tsx';
import { useDeskEvents } from '../../sync/use-desk.ts';
import { formatTime } from '../conversations/clock.ts';
import { AgentLoads } from './agent-loads.tsx';
import { BoardNumbers } from './board-numbers.tsx';
import { HourChart } from './hour-chart.tsx';

const words = copy.board;
const BOARD_KEY = ['board'];
const EVERY_MS = 15_000;
/** Many changes at once make one reading. */
const CHANGED_WITHIN_MS = 1_500;

export function BoardScreen() {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: BOARD_KEY,
    queryFn: () => api.get<Board>('board'),
    refetchInterval: EVERY_MS,
    staleTime: 0,
  });
  useRefreshOnFacts();
  return (
    <Page title={words.title} actions={data && <Standing board={data} />}>
      {isPending && <RowsSkeleton />}
      {!isPending && data === undefined && <LoadFailed error={error} retry={() => void refetch()} />}
      {data !== undefined && <Numbers board={data} />}
    </Page>
  );
}

function Standing({ board }: { readonly board: Board }) {
  return (
    <Group gap="sm">
      <Badge variant="light" color={board.onDuty ? 'teal' : 'gray'} tt="none" size="lg">
        {board.onDuty ? words.onDuty : words.offDuty}
      </Badge>
      <Text size="sm" c="dimmed">
        {words.updated(formatTime(board.at))}
      </Text>
    </Group>
  );
}

function Numbers({ board }: { readonly board: Board }) {
  return (
    <Stack gap="xl">
      <BoardNumbers board={board} />
      <Box component="section">
        <Title order={2} size="h4" mb="sm">
          {words.byHour}
        </Title>
        <HourChart hours={board.hours} />
      </Box>
      <Box component="section">
        <Title order={2} size="h4" mb="sm">
          {words.agents}
        </Title>
        <AgentLoads agents={board.agents} />
      </Box>
    </Stack>
  );
}

function useRefreshOnFacts(): void {
  const queries = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useDeskEvents(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void queries.invalidateQueries({ queryKey: BOARD_KEY });
    }, CHANGED_WITHIN_MS);
  });
}
