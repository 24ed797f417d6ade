import { Button, Menu, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import IconTable from '@tabler/icons-react/icons/IconTable';
import IconUpload from '@tabler/icons-react/icons/IconUpload';
import { useState } from 'react';
import { Link } from 'react-router';
import { addressOf } from '../../api.ts';
import { useShortcut } from '../../keyboard.tsx';
import { sayFailed } from '../../shell/notices.ts';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { Empty, LoadFailed } from '../../shell/states.tsx';
import { words } from './copy.ts';
import { CurationPage } from './curation-page.tsx';
import { useEntries } from './curation-queries.ts';
import { useEntriesAddress } from './entries-address.ts';
import { EntryFilters } from './entry-filters.tsx';
import { EntryTable } from './entry-table.tsx';
import { NewEntryModal } from './new-entry.tsx';
import { PhraseTableModal } from './phrase-table-modal.tsx';
import { useWorkingDraft } from './working-draft.ts';

/** While somebody types the desk is not asked. */
const TYPING_MS = 200;

/** All that the bot answers. */
export function EntriesScreen() {
  const { draft, mayEdit, getDraft } = useWorkingDraft();
  const { address, change } = useEntriesAddress();
  const [wanted] = useDebouncedValue(address, TYPING_MS, { leading: true });
  const list = useEntries({ ...wanted }, draft);
  const [opened, setOpened] = useState<{ readonly what: 'entry' | 'table'; readonly draft: string } | null>(
    null,
  );
  const open = async (what: 'entry' | 'table'): Promise<void> => {
    const into = await getDraft();
    if (into !== null) setOpened({ what, draft: into });
  };
  useShortcut({
    keys: 'n',
    label: words.entries.create,
    run: () => void open('entry').catch(sayFailed),
    when: mayEdit,
  });

  return (
    <CurationPage
      title={words.entries.title}
      lead={words.entries.lead}
      actions={
        <>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" leftSection={<IconTable size={18} aria-hidden />}>
                {words.entries.table}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item component={Link} to="/curation/entries/none">
                {words.entries.outOfScope}
              </Menu.Item>
              <Menu.Item
                component="a"
                href={addressOf('curation/phrase-table', { draft: draft?.id })}
                download
                leftSection={<IconDownload size={16} aria-hidden />}
              >
                {words.entries.exportTable}
              </Menu.Item>
              {mayEdit && (
                <Menu.Item
                  leftSection={<IconUpload size={16} aria-hidden />}
                  onClick={() => void open('table').catch(sayFailed)}
                >
                  {words.entries.importTable}
                </Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
          {mayEdit && (
            <Button
              leftSection={<IconPlus size={18} aria-hidden />}
              onClick={() => void open('entry').catch(sayFailed)}
            >
              {words.entries.create}
            </Button>
          )}
        </>
      }
    >
      <EntryFilters address={address} change={change} topics={list.data?.topics ?? []} />
      {list.isPending && <RowsSkeleton />}
      {list.isError && <LoadFailed error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess &&
        (list.data.entries.length === 0 ? (
          <Empty text={words.entries.empty} />
        ) : (
          <Stack gap="md">
            <Text size="sm" c="dimmed" role="status">
              {words.entries.total(list.data.entries.length)}
            </Text>
            <EntryTable entries={list.data.entries} topics={list.data.topics} />
          </Stack>
        ))}
      {opened?.what === 'entry' && (
        <NewEntryModal draft={opened.draft} topics={list.data?.topics ?? []} close={() => setOpened(null)} />
      )}
      {opened?.what === 'table' && <PhraseTableModal draft={opened.draft} close={() => setOpened(null)} />}
    </CurationPage>
  );
}
