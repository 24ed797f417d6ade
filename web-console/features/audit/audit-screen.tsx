import { Button, Center } from '@mantine/core';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { AuditPage } from '../../../src/contracts/audit.ts';
import { addressOf, api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { Page } from '../../shell/page.tsx';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { Empty, LoadFailed } from '../../shell/states.tsx';
import { AuditFilters, useAuditFilters } from './audit-filters.tsx';
import { AuditTable } from './audit-table.tsx';

const words = copy.audit;

/** Who did what, newest first. */
export function AuditScreen() {
  const { filters, change } = useAuditFilters();
  const log = useInfiniteQuery({
    queryKey: ['audit', filters],
    queryFn: ({ pageParam }) => api.get<AuditPage>('audit', { ...filters, before: pageParam }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ hasMore, entries }) => (hasMore ? entries.at(-1)?.number : undefined),
  });
  const entries = log.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        <Button
          component="a"
          href={addressOf('audit/export', filters)}
          download={words.fileName}
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden />}
        >
          {words.export}
        </Button>
      }
    >
      <AuditFilters filters={filters} change={change} />
      {log.isPending && <RowsSkeleton rows={8} />}
      {log.isSuccess && entries.length === 0 && <Empty text={words.empty} />}
      {entries.length > 0 && <AuditTable entries={entries} />}
      {log.isError && (
        <LoadFailed
          error={log.error}
          retry={() => void (entries.length > 0 ? log.fetchNextPage() : log.refetch())}
        />
      )}
      {log.hasNextPage && !log.isError && (
        <Center>
          <Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {words.more}
          </Button>
        </Center>
      )}
    </Page>
  );
}
