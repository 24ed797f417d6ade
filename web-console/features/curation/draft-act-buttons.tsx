import { Button, Group, Menu, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { DraftView } from '../../../src/contracts/curation.ts';
import { isApiError } from '../../api.ts';
import { copy } from '../../copy.ts';
import { useSession } from '../../session.tsx';
import { confirmAct } from '../../shell/confirm.tsx';
import { sayDone, sayFailed } from '../../shell/notices.ts';
import { FormFault } from '../../shell/states.tsx';
import { useSubmission } from '../../shell/submission.ts';
import { words as curation } from './copy.ts';
import { useCurationReload } from './curation-queries.ts';
import { instantOf, localOf } from './days.ts';
import { changeDraft, type DraftPart, discardDraft, restoreDraft } from './draft-acts.ts';
import { words } from './release-copy.ts';

const { draft: says } = words;

/** What is done to a draft as a whole, short of publishing it. */
export function DraftActs({ draft }: { readonly draft: DraftView }) {
  const { may } = useSession();
  const reload = useCurationReload();
  const [dialog, setDialog] = useState<'name' | 'time' | null>(null);
  const { id, name, status } = draft;
  if (!may('corpus.edit') || status === 'published') return null;

  const run = (act: () => Promise<void>, done: string): void => {
    void act()
      .then(() => sayDone(done))
      .catch((error: unknown) =>
        sayFailed(isApiError(error) && error.code === 'edited_meanwhile' ? new Error(says.meanwhile) : error),
      )
      .finally(reload);
  };
  const change = (part: DraftPart, done: string): void => run(() => changeDraft(draft, part), done);
  async function discard(): Promise<void> {
    const { discardTitle: title, discardText, discard: act } = says;
    if (await confirmAct({ title, text: discardText(name, draft.list.length), act }))
      run(() => discardDraft(id), says.discarded);
  }

  if (status === 'discarded')
    return (
      <Button variant="default" onClick={() => run(() => restoreDraft(id), words.drafts.restored)}>
        {words.drafts.restore}
      </Button>
    );
  return (
    <>
      {status === 'open' && (
        <Button variant="default" onClick={() => change({ review: 'ask' }, says.asked)}>
          {says.ask}
        </Button>
      )}
      {status === 'inReview' && (
        <Button onClick={() => change({ review: 'approve' }, says.approved)}>{says.approve}</Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default">{says.more}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {status !== 'open' && (
            <Menu.Item onClick={() => change({ review: 'back' }, says.sentBack)}>{says.sendBack}</Menu.Item>
          )}
          <Menu.Item onClick={() => setDialog('name')}>{says.rename}</Menu.Item>
          {may('corpus.publish') && <Menu.Item onClick={() => setDialog('time')}>{says.schedule}</Menu.Item>}
          {draft.publishAt !== null && (
            <Menu.Item onClick={() => change({ publishAt: null }, says.unscheduled)}>
              {says.unschedule}
            </Menu.Item>
          )}
          <Menu.Item color="red" onClick={() => void discard()}>
            {says.discard}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog !== null && <DraftDialog draft={draft} what={dialog} close={() => setDialog(null)} />}
    </>
  );
}

/** Another name, or a time to be published at. */
function DraftDialog(props: {
  readonly draft: DraftView;
  readonly what: 'name' | 'time';
  readonly close: () => void;
}) {
  const { draft, what, close } = props;
  const [value, setValue] = useState(
    what === 'name' ? draft.name : draft.publishAt === null ? '' : localOf(draft.publishAt),
  );
  const { isBusy, faults, fault, submit, object } = useSubmission(['name', 'publishAt']);
  const reload = useCurationReload();
  const isName = what === 'name';

  function save(): void {
    if (value.trim() === '') {
      object(isName ? { name: copy.failures.required } : { publishAt: copy.failures.required });
      return;
    }
    if (!isName && Date.parse(instantOf(value)) <= Date.now()) {
      object({ publishAt: says.schedulePast });
      return;
    }
    void submit(async () => {
      await changeDraft(draft, isName ? { name: value } : { publishAt: instantOf(value) });
      sayDone(isName ? says.renamed : says.scheduled);
      close();
      await reload();
    });
  }

  return (
    <Modal
      opened
      onClose={close}
      title={isName ? says.rename : says.schedule}
      closeButtonProps={{ 'aria-label': copy.actions.close }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
        noValidate
      >
        <Stack gap="md">
          {!isName && <Text size="sm">{says.scheduleHint}</Text>}
          <TextInput
            type={isName ? 'text' : 'datetime-local'}
            label={isName ? curation.draft.name : says.scheduleAt}
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
            error={isName ? faults.name : faults.publishAt}
            {...(isName ? { maxLength: 80 } : {})}
            data-autofocus
          />
          <FormFault text={fault} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {copy.actions.cancel}
            </Button>
            <Button type="submit" loading={isBusy}>
              {copy.actions.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
