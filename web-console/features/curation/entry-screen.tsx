import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link, useLocation, useParams } from 'react-router';
import type { EntryList, EntryView } from '../../../src/contracts/curation.ts';
import { sayDateTime } from '../../shell/dates.ts';
import { sayFailed } from '../../shell/notices.ts';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { Empty, LoadFailed } from '../../shell/states.tsx';
import { words } from './copy.ts';
import { CurationPage } from './curation-page.tsx';
import { useCurationReload, useEntries, useEntry } from './curation-queries.ts';
import { restoreEntry } from './draft-acts.ts';
import { EntryEditor } from './entry-editor.tsx';
import { EntryReader } from './entry-reader.tsx';
import { PhrasesPanel } from './phrases-panel.tsx';
import { useWorkingDraft, type WorkingDraft } from './working-draft.ts';

/** One answer of the bot: as it is, and for editors to change. */
export function EntryScreen() {
  const { id = '' } = useParams();
  const working = useWorkingDraft();
  const entry = useEntry(id, working.draft);
  const { state } = useLocation();
  const list = (state as { list?: string } | null)?.list ?? '';
  const shown = entry.data?.entry ?? entry.data?.live;
  const isGone = entry.isError && /not_found$/.test((entry.error as { code?: string }).code ?? '');
  return (
    <CurationPage
      title={id === OUT_OF_SCOPE ? words.outOfScope : (shown?.title ?? id)}
      lead={id === OUT_OF_SCOPE ? words.entry.outOfScope : id}
      width={1320}
    >
      <Anchor component={Link} to={`/curation/entries${list}`} size="sm" className="curation-back">
        ← {words.entry.back}
      </Anchor>
      {entry.isPending && <RowsSkeleton />}
      {isGone && <Empty text={words.entry.goneText} />}
      {entry.isError && !isGone && <LoadFailed error={entry.error} retry={() => void entry.refetch()} />}
      {entry.isSuccess && <EntryFound id={id} view={entry.data} working={working} />}
    </CurationPage>
  );
}

/** Of no entry: what people ask and the desk does not answer. */
const OUT_OF_SCOPE = 'none';

function EntryFound(props: {
  readonly id: string;
  readonly view: EntryView;
  readonly working: WorkingDraft;
}) {
  const { id, view, working } = props;
  const { draft, isEditable, mayEdit, getDraft } = working;
  const all = useEntries({}, draft);
  if (all.isPending) return <RowsSkeleton />;
  if (all.isError) return <LoadFailed error={all.error} retry={() => void all.refetch()} />;
  const { entry } = view;
  if (id === OUT_OF_SCOPE)
    return <OutOfScope view={view} list={all.data} draft={isEditable && draft ? draft.id : null} />;
  if (entry === null)
    return draft && view.revision > 0 ? (
      <Removed id={id} view={view} draft={draft.id} isEditable={isEditable} />
    ) : (
      <Empty text={words.entry.goneText} />
    );
  return (
    <Stack gap="md">
      <Notices view={view} draft={draft?.id} />
      {draft && isEditable ? (
        <EntryEditor
          // Another draft is another text.
          key={`${draft.id} ${id}`}
          draft={draft.id}
          view={view}
          entry={entry}
          list={all.data}
        />
      ) : (
        <>
          <Alert color="blue" py="xs">
            <Group justify="space-between" gap="sm">
              <Text size="sm">{mayEdit ? words.draft.readOnly : words.draft.mayNotEdit}</Text>
              {mayEdit && (
                <Button size="compact-md" onClick={() => void getDraft().catch(sayFailed)}>
                  {words.draft.edit}
                </Button>
              )}
            </Group>
          </Alert>
          <EntryReader view={view} entry={entry} list={all.data} />
        </>
      )}
    </Stack>
  );
}

function OutOfScope(props: {
  readonly view: EntryView;
  readonly list: EntryList;
  readonly draft: string | null;
}) {
  const { view, list, draft } = props;
  const [typed, setTyped] = useState('');
  return (
    <PhrasesPanel
      intent={OUT_OF_SCOPE}
      phrases={view.phrases}
      entries={list.entries}
      draft={draft === null ? null : { id: draft, typed, setTyped }}
    />
  );
}

/** What one should know before changing it. */
function Notices({ view, draft }: { readonly view: EntryView; readonly draft: string | undefined }) {
  const { conflict, elsewhere, entry } = view;
  return (
    <>
      {entry?.archived === true && <Alert color="gray">{words.entry.archivedNotice}</Alert>}
      {elsewhere.length > 0 && (
        <Alert color="yellow" title={words.entry.elsewhere}>
          {elsewhere.map((other) => (
            <Text size="sm" key={other.draft}>
              <Anchor component={Link} to={`/curation/drafts/${other.draft}`} inherit underline="always">
                {words.entry.elsewhereRow(other.name, other.by)}
              </Anchor>
            </Text>
          ))}
        </Alert>
      )}
      {conflict && draft !== undefined && (
        <Alert color="orange" role="alert">
          <Text size="sm">
            {words.entry.conflict}{' '}
            <Anchor component={Link} to={`/curation/drafts/${draft}`} inherit underline="always">
              {words.entry.conflictLink}
            </Anchor>
            .
          </Text>
        </Alert>
      )}
    </>
  );
}

function Removed(props: {
  readonly id: string;
  readonly view: EntryView;
  readonly draft: string;
  readonly isEditable: boolean;
}) {
  const { id, view, draft, isEditable } = props;
  const { changedBy, changedAt } = view;
  const reload = useCurationReload();
  return (
    <Alert color="red" title={words.entry.removed}>
      <Stack gap="sm" align="flex-start">
        {changedBy !== null && changedAt !== null && (
          <Text size="sm">{words.entry.removedBy(changedBy, sayDateTime(changedAt))}</Text>
        )}
        {isEditable && (
          <Button
            variant="default"
            onClick={() => void restoreEntry(draft, view, id).then(reload).catch(sayFailed)}
          >
            {words.entry.revert}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
