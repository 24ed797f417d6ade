import { Button, Tabs } from '@mantine/core';
import IconArrowLeft from '@tabler/icons-react/icons/IconArrowLeft';
import { useShortcut } from '../../keyboard.tsx';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { Empty, LoadFailed } from '../../shell/states.tsx';
import { CurationPage } from '../curation/curation-page.tsx';
import { useWorkingDraft } from '../curation/working-draft.ts';
import { ConfirmedTab } from './confirmed-tab.tsx';
import { words } from './copy.ts';
import { GroupDetail } from './group-detail.tsx';
import { GroupFilters } from './group-filters.tsx';
import { GroupList } from './group-list.tsx';
import { type Filters, useFilters, useGroup, useGroups } from './unanswered-queries.ts';

/** What the bot did not serve well, to be made good. */
export function UnansweredScreen() {
  const { filters, change } = useFilters();
  const tab = filters.tab === 'confirmed' ? 'confirmed' : 'groups';
  return (
    <CurationPage title={words.title} lead={words.lead} width={1400}>
      <Tabs
        value={tab}
        onChange={(next) =>
          change({ tab: next === 'confirmed' ? 'confirmed' : '', q: '', page: '', group: '' })
        }
        keepMounted={false}
      >
        <Tabs.List aria-label={words.tabsTitle} mb="md">
          <Tabs.Tab value="groups">{words.tabs.groups}</Tabs.Tab>
          <Tabs.Tab value="confirmed">{words.tabs.confirmed}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="groups">
          <Groups filters={filters} change={change} />
        </Tabs.Panel>
        <Tabs.Panel value="confirmed">
          <ConfirmedTab filters={filters} change={change} />
        </Tabs.Panel>
      </Tabs>
    </CurationPage>
  );
}

function Groups(props: {
  readonly filters: Filters;
  readonly change: (part: Filters, replace?: boolean) => void;
}) {
  const { filters, change } = props;
  const list = useGroups(filters);
  const open = filters.group ?? null;
  const ids = list.data?.groups.map(({ id }) => id) ?? [];
  const move = (step: 1 | -1): void => {
    const from = open === null ? -1 : ids.indexOf(open);
    const next = ids[from < 0 ? 0 : Math.min(ids.length - 1, Math.max(0, from + step))];
    if (next !== undefined) change({ group: next });
  };
  useShortcut({ keys: 'j', label: words.keys.next, run: () => move(1) });
  useShortcut({ keys: 'k', label: words.keys.previous, run: () => move(-1) });
  const isFiltered = Boolean(filters.q || filters.signal || filters.topic || filters.days || filters.state);

  return (
    <div className="unanswered" data-open={open !== null || undefined}>
      <div className="unanswered-filters">
        <GroupFilters filters={filters} change={change} page={list.data} />
      </div>
      <div className="unanswered-left">
        {list.isPending && <RowsSkeleton />}
        {list.isError && <LoadFailed error={list.error} retry={() => void list.refetch()} />}
        {list.isSuccess &&
          (list.data.total === 0 ? (
            <Empty text={isFiltered ? words.noMatch : words.none} />
          ) : (
            <GroupList
              page={list.data}
              at={Number(filters.page ?? 1)}
              turnTo={(page) => change({ page: page === 1 ? '' : String(page), group: '' })}
              open={open}
              choose={(id) => change({ group: id }, open !== null)}
            />
          ))}
      </div>
      <div className="unanswered-right">
        {open === null ? (
          list.data !== undefined && list.data.total > 0 && <Empty text={words.choose} />
        ) : (
          <>
            <Button
              className="unanswered-back"
              variant="subtle"
              leftSection={<IconArrowLeft size={18} aria-hidden />}
              onClick={() => change({ group: '' })}
            >
              {words.back}
            </Button>
            <OpenGroup key={open} id={open} />
          </>
        )}
      </div>
    </div>
  );
}

function OpenGroup({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch } = useGroup(id);
  // One that was closed meanwhile is none any more.
  const draft = useWorkingDraft().draft?.id;
  if (isPending) return <RowsSkeleton />;
  if (data === undefined) return <LoadFailed error={error!} retry={() => void refetch()} />;
  return <GroupDetail group={data} draft={draft} />;
}
