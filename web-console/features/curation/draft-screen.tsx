import { Alert, Anchor, Button, Group, Stack, Tabs, Text } from '@mantine/core';
import { Link, useParams, useSearchParams } from 'react-router';
import type { DraftView } from '../../../src/contracts/curation.ts';
import { sayDateTime } from '../../shell/dates.ts';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { LoadFailed } from '../../shell/states.tsx';
import { useNow } from '../conversations/use-now.ts';
import { CheckPanel } from './check-panel.tsx';
import { CurationPage } from './curation-page.tsx';
import { useCheck, useDraft } from './curation-queries.ts';
import { DraftActs } from './draft-act-buttons.tsx';
import { DraftChanges } from './draft-changes.tsx';
import { isDue, isOver, nameUnit, sayScheduled } from './draft-rules.ts';
import { DraftStatusBadge } from './draft-status.tsx';
import { DraftTalk } from './draft-talk.tsx';
import { words } from './release-copy.ts';
import { useWorkingDraft } from './working-draft.ts';

const { draft: says } = words;
const TABS = ['changes', 'talk', 'check'] as const;
type TabName = (typeof TABS)[number];

/** One draft: what it changes, what people say about it, whether it may go live. */
export function DraftScreen() {
  const { id = '' } = useParams();
  const draft = useDraft(id);
  return (
    <CurationPage
      title={draft.data?.name ?? words.drafts.title}
      actions={draft.data && <DraftActs draft={draft.data} />}
    >
      <Anchor component={Link} to="/curation/drafts" size="sm" className="curation-back">
        ← {says.back}
      </Anchor>
      {draft.isPending && <RowsSkeleton />}
      {draft.isError && <LoadFailed error={draft.error} retry={() => void draft.refetch()} />}
      {draft.data && <DraftFound draft={draft.data} />}
    </CurationPage>
  );
}

function DraftFound({ draft }: { readonly draft: DraftView }) {
  const { id, createdBy, createdAt, changedAt, approvedBy, publishAt, held, release, status } = draft;
  const { draft: working, mayEdit, choose } = useWorkingDraft();
  const [query, setQuery] = useSearchParams();
  const tab = TABS.find((name) => name === query.get('tab')) ?? 'changes';
  const open = (name: TabName): void => setQuery(name === 'changes' ? {} : { tab: name }, { replace: true });
  const general = draft.remarks.length;
  const counts: Readonly<Record<TabName, string>> = {
    changes: ` (${draft.list.length})`,
    talk: general === 0 ? '' : ` (${general})`,
    check: '',
  };
  return (
    <Stack gap="md">
      <Group gap="sm">
        <DraftStatusBadge draft={draft} />
        <Text size="sm" c="dimmed">
          {words.drafts.by(createdBy.name, sayDateTime(createdAt))}.{' '}
          {words.drafts.changedAt(sayDateTime(changedAt))}.
          {approvedBy !== null && ` ${says.approvedBy(approvedBy.name)}.`}
        </Text>
        {!isOver(draft) && mayEdit && working?.id !== id && (
          <Button variant="light" size="compact-md" onClick={() => choose(id)}>
            {says.work}
          </Button>
        )}
      </Group>
      {publishAt !== null && <ScheduleNote draft={draft} publishAt={publishAt} />}
      {held !== null && (
        <Alert color="red" title={words.drafts.held}>
          {words.drafts.heldWhy(held)}
        </Alert>
      )}
      {status === 'discarded' && <Alert color="gray">{says.discardedNotice}</Alert>}
      {status === 'published' && release !== null && (
        <Alert color="teal">
          {says.publishedNotice(release)}{' '}
          <Anchor component={Link} to="/curation/releases" inherit underline="always">
            {says.toRelease}
          </Anchor>
        </Alert>
      )}
      <Problems draft={draft} />
      <Tabs value={tab} onChange={(name) => open((name ?? 'changes') as TabName)} keepMounted={false}>
        <Tabs.List>
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {says.tabs[name]}
              {counts[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="changes" pt="md">
          <DraftChanges draft={draft} />
        </Tabs.Panel>
        <Tabs.Panel value="talk" pt="md">
          <DraftTalk draft={draft} />
        </Tabs.Panel>
        <Tabs.Panel value="check" pt="md">
          <CheckPanel draft={draft} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

/** When it is to go live by itself, and what has become of that. */
function ScheduleNote({ draft, publishAt }: { readonly draft: DraftView; readonly publishAt: string }) {
  const now = useNow();
  const check = useCheck(draft.id, isDue(draft, now));
  const note = sayScheduled(draft, publishAt, check.data?.state === 'running', now);
  return (
    <Alert color={note.isLate ? 'yellow' : 'blue'} role="status">
      {note.text}
    </Alert>
  );
}

function Problems({ draft: { problems, list } }: { readonly draft: DraftView }) {
  if (problems.length === 0) return null;
  const titles = new Map(list.map(({ unit, title }) => [unit, title]));
  return (
    <Alert color="red" title={says.problems} role="alert">
      <ul className="console-plain-list">
        {problems.map(({ unit, message, remedy }) => (
          <li key={`${unit} ${message}`}>
            <Text size="sm">
              <strong>{titles.get(unit) ?? nameUnit(unit)}</strong>: {message} {remedy}
            </Text>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
