import { Button, Group, Loader, Text } from '@mantine/core';
import { Page } from '../../shell/page.tsx';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { Empty, LoadFailed } from '../../shell/states.tsx';
import { ArchiveFilterBar, useArchiveFilters } from './archive-filters.tsx';
import { useArchiveSearch } from './archive-queries.ts';
import { ArchiveTable } from './archive-table.tsx';
import { archiveCopy as words } from './copy.ts';

/** Conversations that are not in the database any more, newest first. */
export function ArchiveScreen() {
  const { filters, change } = useArchiveFilters();
  const search = useArchiveSearch(filters);
  const pages = search.data?.pages ?? [];
  const conversations = pages.flatMap((page) => page.conversations);
  const searched = pages.reduce((sum, page) => sum + page.searched, 0);
  const total = pages[0]?.total ?? 0;
  const hasWords = (filters.q ?? '') !== '';
  return (
    <Page title={words.title} lead={words.lead}>
      <ArchiveFilterBar key={filters.q ?? ''} filters={filters} change={change} />
      {search.isPending && <RowsSkeleton rows={8} />}
      {search.isSuccess && (
        <Text size="sm" c="dimmed" role="status">
          {hasWords
            ? `${words.found(conversations.length)} · ${words.searched(searched, total)}`
            : words.all(total)}
        </Text>
      )}
      {conversations.length > 0 && <ArchiveTable conversations={conversations} />}
      {search.isSuccess && conversations.length === 0 && (
        <Empty
          text={
            Object.keys(filters).length === 0
              ? words.empty
              : search.hasNextPage
                ? words.nothingYet
                : words.none
          }
        />
      )}
      {search.isError && (
        <LoadFailed
          error={search.error}
          retry={() => void (pages.length > 0 ? search.fetchNextPage() : search.refetch())}
        />
      )}
      {search.hasNextPage && !search.isError && (
        <Group justify="center" gap="sm">
          <Button
            variant="default"
            onClick={() => void search.fetchNextPage()}
            disabled={search.isFetchingNextPage}
            leftSection={search.isFetchingNextPage ? <Loader size={16} aria-hidden /> : undefined}
          >
            {search.isFetchingNextPage ? words.searching : hasWords ? words.goOn : words.more}
          </Button>
        </Group>
      )}
    </Page>
  );
}
