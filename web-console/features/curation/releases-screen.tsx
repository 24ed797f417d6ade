import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { ReleaseList, ReleaseRow } from '../../../src/contracts/corpus-releases.ts';
import { api } from '../../api.ts';
import { useSession } from '../../session.tsx';
import { confirmAct } from '../../shell/confirm.tsx';
import { sayDateTime } from '../../shell/dates.ts';
import { sayDone, sayFailed } from '../../shell/notices.ts';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { Empty, LoadFailed } from '../../shell/states.tsx';
import { TotalsBar } from './check-report.tsx';
import { CurationPage } from './curation-page.tsx';
import { CURATION_KEY, useCurationReload } from './curation-queries.ts';
import { words } from './release-copy.ts';

const { releases: says } = words;
const LOOK_EVERY_MS = 15_000;

/** Everything that ever answered, and which of it answers now. */
export function ReleasesScreen() {
  const mayPublish = useSession().may('corpus.publish');
  const pages = useInfiniteQuery({
    queryKey: [...CURATION_KEY, 'releases'],
    queryFn: ({ pageParam }) => api.get<ReleaseList>('curation/releases', { before: pageParam ?? undefined }),
    initialPageParam: null as number | null,
    // Others publish too, and the desk does by itself.
    refetchInterval: LOOK_EVERY_MS,
    getNextPageParam: ({ releases, hasMore }) => (hasMore ? (releases.at(-1)?.number ?? null) : null),
  });
  const reload = useCurationReload();
  const releases = pages.data?.pages.flatMap((page) => page.releases) ?? [];
  const live = releases.find((release) => release.live)?.number;

  async function putBack(number: number, from: number): Promise<void> {
    const question = {
      title: says.putBackTitle(number),
      text: says.putBackText(number, from),
      act: says.putBackAct,
    };
    if (!(await confirmAct(question))) return;
    try {
      await api.post(`curation/releases/${number}/live`, { live: from });
      sayDone(says.putBackDone(number));
    } finally {
      await reload();
    }
  }

  return (
    <CurationPage title={says.title} lead={says.lead} width={900}>
      {pages.isPending && <RowsSkeleton />}
      {pages.isError && <LoadFailed error={pages.error} retry={() => void pages.refetch()} />}
      {pages.isSuccess && releases.length === 0 && <Empty text={says.empty} />}
      <Stack gap="sm" component="ul" className="console-plain-list">
        {releases.map((release) => (
          <Row
            key={release.number}
            release={release}
            putBack={
              mayPublish && !release.live && live !== undefined
                ? () => void putBack(release.number, live).catch(sayFailed)
                : null
            }
          />
        ))}
      </Stack>
      {pages.hasNextPage && (
        <Button
          variant="default"
          onClick={() => void pages.fetchNextPage()}
          loading={pages.isFetchingNextPage}
          maw={260}
        >
          {says.more}
        </Button>
      )}
    </CurationPage>
  );
}

function Row({ release, putBack }: { readonly release: ReleaseRow; readonly putBack: (() => void) | null }) {
  const { number, at, by, scheduledBy, live, notes, entries, phrases, draft, answeredFor, totals } = release;
  return (
    <Paper withBorder p="md" component="li" id={`release-${number}`}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={6} flex="1 1 300px" miw={0}>
          <Group gap="xs">
            <Title order={2} size="h5">
              {says.number(number)}
            </Title>
            {live && (
              <Badge color="teal" variant="light">
                {says.live}
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            {scheduledBy === null
              ? says.by(by, sayDateTime(at))
              : says.scheduledBy(scheduledBy, sayDateTime(at))}{' '}
            · {says.size(entries, phrases)}
          </Text>
          <Text size="sm" className="curation-notes">
            {notes === '' ? says.noNotes : notes}
          </Text>
          {answeredFor !== null && (
            <Text size="sm" c="var(--mantine-color-error)">
              {says.answeredFor(answeredFor)}
            </Text>
          )}
          {totals !== null && <TotalsBar title={words.check.totals} totals={totals} />}
        </Stack>
        <Group gap="xs">
          {draft !== null && (
            <Button component={Link} to={`/curation/drafts/${draft}`} variant="subtle">
              {says.changes}
            </Button>
          )}
          {putBack !== null && (
            <Button variant="default" onClick={putBack}>
              {says.putBack}
            </Button>
          )}
        </Group>
      </Group>
    </Paper>
  );
}
