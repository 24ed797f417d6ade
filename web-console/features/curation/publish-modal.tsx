import { Alert, Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { CheckReport, DraftNotes, Published } from '../../../src/contracts/corpus-releases.ts';
import type { DraftView } from '../../../src/contracts/curation.ts';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { useSession } from '../../session.tsx';
import { sayDone } from '../../shell/notices.ts';
import { RowsSkeleton } from '../../shell/screen-skeleton.tsx';
import { FormFault, LoadFailed } from '../../shell/states.tsx';
import { useSubmission } from '../../shell/submission.ts';
import { useCurationReload } from './curation-queries.ts';
import { MoveTable } from './question-moves.tsx';
import { words } from './release-copy.ts';

const { publish: says, check } = words;

interface PublishProps {
  readonly draft: DraftView;
  readonly report: CheckReport;
  readonly close: () => void;
  readonly published: (release: number) => void;
}

/** The last look before a draft goes live. */
export function PublishModal(props: PublishProps) {
  const { draft, close } = props;
  const notes = useQuery({
    queryKey: ['draft-notes', draft.id, draft.revision],
    queryFn: () => api.get<DraftNotes>(`curation/drafts/${draft.id}/notes`),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Modal
      opened
      onClose={close}
      title={says.title}
      size={props.report.blocks ? 'xl' : 'lg'}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': copy.actions.close }}
    >
      {notes.isPending && <RowsSkeleton rows={3} />}
      {notes.isError && <LoadFailed error={notes.error} retry={() => void notes.refetch()} />}
      {notes.data && <PublishForm {...props} written={notes.data.notes} />}
    </Modal>
  );
}

function PublishForm(props: PublishProps & { readonly written: string }) {
  const { draft, report, close, published, written } = props;
  const { account } = useSession();
  const [notes, setNotes] = useState(written);
  const [answersFor, setAnswersFor] = useState('');
  const { isBusy, faults, fault, submit, object } = useSubmission(['notes', 'answersFor'], {
    name_differs: 'answersFor',
  });
  const reload = useCurationReload();
  const losses = report.moves.filter(({ move }) => move === 'lost');
  const isAdmin = account.role === 'admin';
  const mayNot = report.blocks && !isAdmin;

  function publish(event: FormEvent): void {
    event.preventDefault();
    if (report.blocks && answersFor.trim() !== account.name) {
      object({ answersFor: says.nameDiffers });
      return;
    }
    void submit(async () => {
      const { release } = await api.post<Published>(`curation/drafts/${draft.id}/publish`, {
        revision: draft.revision,
        notes,
        ...(report.blocks ? { answersFor: answersFor.trim() } : {}),
      });
      sayDone(says.done(release));
      published(release);
      close();
      await reload();
    });
  }

  return (
    <form onSubmit={publish} noValidate>
      <Stack gap="md">
        <Text size="sm">{says.lead(draft.name)}</Text>
        {report.blocks && (
          <>
            <Alert color="red" title={check.blocks}>
              {check.blocksText}
            </Alert>
            <Text size="sm" fw={600}>
              {says.losses(losses.length)}
            </Text>
            <MoveTable moves={losses} label={says.losses(losses.length)} />
          </>
        )}
        {mayNot ? (
          <Text size="sm" fw={600} role="alert">
            {says.adminOnly}
          </Text>
        ) : (
          <>
            <Textarea
              label={says.notes}
              description={says.notesHint}
              value={notes}
              onChange={(event) => setNotes(event.currentTarget.value)}
              error={faults.notes}
              autosize
              minRows={4}
              maxRows={14}
              maxLength={4_000}
              data-autofocus
            />
            {report.blocks && (
              <TextInput
                label={says.answersFor}
                description={says.answersForHint(account.name)}
                value={answersFor}
                onChange={(event) => setAnswersFor(event.currentTarget.value)}
                error={faults.answersFor}
                maxLength={100}
                autoComplete="off"
              />
            )}
          </>
        )}
        <FormFault text={fault} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {copy.actions.cancel}
          </Button>
          {!mayNot && (
            <Button type="submit" loading={isBusy} {...(report.blocks ? { color: 'red' } : {})}>
              {says.act}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
