import { Button, Group, Pagination, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import IconUpload from '@tabler/icons-react/icons/IconUpload';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OfficePage, OfficeRecord } from '../../../src/contracts/office-directory.ts';
import { addressOf } from '../../api.ts';
import { useShortcut } from '../../keyboard.tsx';
import { useSession } from '../../session.tsx';
import { Page } from '../../shell/page.tsx';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { Empty, LoadFailed } from '../../shell/states.tsx';
import { words } from './copy.ts';
import { ImportModal } from './import-modal.tsx';
import { OfficeDrawer } from './office-drawer.tsx';
import { OfficeFilterRow } from './office-filters.tsx';
import { OfficeTable } from './office-table.tsx';
import { OFFICES_KEY, useOfficeFilters, useOfficePage } from './offices-queries.ts';

/** The directory of offices; editors keep it, everybody looks into it. */
export function OfficesScreen() {
  const mayEdit = useSession().may('offices.edit');
  const cache = useQueryClient();
  const { filters, change } = useOfficeFilters();
  const list = useOfficePage(filters);
  const [opened, setOpened] = useState<OfficeRecord | 'new' | null>(null);
  const [isImporting, importing] = useDisclosure();
  useShortcut({ keys: 'n', label: words.create, run: () => setOpened('new'), when: mayEdit });
  const reload = (): void => void cache.invalidateQueries({ queryKey: OFFICES_KEY });

  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        <>
          <Button
            component="a"
            href={addressOf('office-table')}
            download
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden />}
          >
            {words.export}
          </Button>
          {mayEdit && (
            <>
              <Button
                variant="default"
                leftSection={<IconUpload size={18} aria-hidden />}
                onClick={importing.open}
              >
                {words.import}
              </Button>
              <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpened('new')}>
                {words.create}
              </Button>
            </>
          )}
        </>
      }
    >
      <OfficeFilterRow filters={filters} change={change} provinces={list.data?.provinces ?? []} />
      {list.isPending && <RowsSkeleton />}
      {list.isError && <LoadFailed error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && (
        <OfficePageView
          page={list.data}
          at={Number(filters.page ?? 1)}
          turnTo={(page) => change({ page: page === 1 ? '' : String(page) })}
          open={setOpened}
        />
      )}
      <OfficeDrawer
        opened={opened}
        close={() => setOpened(null)}
        provinces={list.data?.provinces ?? []}
        reload={reload}
      />
      <ImportModal isOpen={isImporting} close={importing.close} reload={reload} />
    </Page>
  );
}

function OfficePageView(props: {
  readonly page: OfficePage;
  readonly at: number;
  readonly turnTo: (page: number) => void;
  readonly open: (office: OfficeRecord) => void;
}) {
  const { page, at, turnTo, open } = props;
  const { pages } = page;
  if (page.total === 0) return <Empty text={page.all === 0 ? words.empty : words.noMatch} />;
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed" role="status">
        {words.count(page.total, page.all)}
      </Text>
      <OfficeTable offices={page.offices} open={open} />
      {pages > 1 && (
        <Group justify="center" component="nav" aria-label={words.pages}>
          <Pagination
            total={pages}
            value={at}
            onChange={turnTo}
            getItemProps={(number) => ({ 'aria-label': words.page(number) })}
            getControlProps={(control) =>
              control === 'next'
                ? { 'aria-label': words.nextPage }
                : control === 'previous'
                  ? { 'aria-label': words.previousPage }
                  : {}
            }
          />
        </Group>
      )}
    </Stack>
  );
}
