import { Badge, Button, Group, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { DraftRow } from '../../../src/contracts/curation.ts';
import { useSession } from '../../session.tsx';
import { sayDateTime } from '../../shell/dates.ts';
import { sayDone, sayFailed } from '../../shell/notices.ts';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { Empty, LoadFailed } from '../../shell/states.tsx';
import { words as curation } from './copy.ts';
import { CurationPage } from './curation-page.tsx';
import { useCurationReload, useDrafts } from './curation-queries.ts';
import { restoreDraft } from './draft-acts.ts';
import { DraftStatusBadge } from './draft-status.tsx';
import { NewDraftModal } from './new-draft.tsx';
import { words } from './release-copy.ts';
import { useWorkingDraft } from './working-draft.ts';

const { drafts: says } = words;

/** What is being prepared, and what became of what was. */
export function DraftsScreen() {
  const mayEdit = useSession().may('corpus.edit');
  const [query, setQuery] = useSearchParams();
  const status = query.get('status') === 'all' ? 'all' : 'open';
  const list = useDrafts(status);
  const { draft: working, choose } = useWorkingDraft();
  const [isCreating, setCreating] = useState(false);
  const navigate = useNavigate();
  return (
    <CurationPage
      title={says.title}
      lead={says.lead}
      width={900}
      actions={
        mayEdit && (
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setCreating(true)}>
            {curation.draft.create}
          </Button>
        )
      }
    >
      <SegmentedControl
        aria-label={says.show}
        value={status}
        onChange={(next) => setQuery(next === 'all' ? { status: 'all' } : {}, { replace: true })}
        data={[
          { value: 'open', label: says.open },
          { value: 'all', label: says.all },
        ]}
        className="curation-back"
      />
      {list.isPending && <RowsSkeleton />}
      {list.isError && <LoadFailed error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && list.data.drafts.length === 0 && (
        <Empty text={status === 'open' ? says.empty : says.emptyAll} />
      )}
      <Stack gap="sm" component="ul" className="console-plain-list">
        {list.data?.drafts.map((draft) => (
          <Row key={draft.id} draft={draft} isWorking={draft.id === working?.id} mayEdit={mayEdit} />
        ))}
      </Stack>
      {isCreating && (
        <NewDraftModal
          close={() => setCreating(false)}
          created={(draft) => {
            choose(draft);
            void navigate('/curation/entries');
          }}
        />
      )}
    </CurationPage>
  );
}

function Row(props: { readonly draft: DraftRow; readonly isWorking: boolean; readonly mayEdit: boolean }) {
  const { draft, isWorking, mayEdit } = props;
  const { id, name, changes, conflicts, comments, createdBy, createdAt, changedAt, publishAt, held } = draft;
  const reload = useCurationReload();
  const restore = async (): Promise<void> => {
    await restoreDraft(id);
    sayDone(says.restored);
    await reload();
  };
  return (
    <Paper withBorder p="md" component="li">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={6} flex="1 1 260px" miw={0}>
          <Group gap="xs">
            <Title order={2} size="h5">
              <Link to={`/curation/drafts/${id}`} className="curation-link">
                {name}
              </Link>
            </Title>
            <DraftStatusBadge draft={draft} />
            {isWorking && (
              <Badge variant="light" color="sea">
                {says.working}
              </Badge>
            )}
          </Group>
          <Group gap="sm">
            <Text size="sm">{says.changes(changes)}</Text>
            {conflicts > 0 && (
              <Badge variant="light" color="orange">
                {says.conflicts(conflicts)}
              </Badge>
            )}
            {comments > 0 && <Text size="sm">{says.comments(comments)}</Text>}
          </Group>
          <Text size="sm" c="dimmed">
            {says.by(createdBy.name, sayDateTime(createdAt))}. {says.changedAt(sayDateTime(changedAt))}.
          </Text>
          {publishAt !== null && <Text size="sm">{says.publishAt(sayDateTime(publishAt))}</Text>}
          {held !== null && (
            <Text size="sm" c="var(--mantine-color-error)">
              {says.held}: {says.heldWhy(held)}
            </Text>
          )}
        </Stack>
        {draft.status === 'discarded' && mayEdit && (
          <Button
            variant="default"
            aria-label={says.restoreOf(name)}
            onClick={() => void restore().catch(sayFailed)}
          >
            {says.restore}
          </Button>
        )}
      </Group>
    </Paper>
  );
}
