import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { CommentView, DraftView } from '../../../src/contracts/curation.ts';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { sayDateTime } from '../../shell/dates.ts';
import { FormFault } from '../../shell/states.tsx';
import { useSubmission } from '../../shell/submission.ts';
import { useCurationReload } from './curation-queries.ts';
import { isOver } from './draft-rules.ts';
import { words } from './release-copy.ts';

const { draft: says } = words;

/** All that is said about a draft. */
export function DraftTalk({ draft }: { readonly draft: DraftView }) {
  const titles = new Map(draft.list.map(({ unit, title }) => [unit, title]));
  return (
    <Stack gap="md" maw={720}>
      {draft.remarks.length === 0 && <Text c="dimmed">{says.noComments}</Text>}
      <CommentThread
        draft={draft}
        unit={null}
        label={says.commentOnAll}
        remarks={draft.remarks}
        about={(unit) => titles.get(unit) ?? unit}
      />
    </Stack>
  );
}

export function CommentThread(props: {
  readonly draft: DraftView;
  /** null: about the draft as a whole. */
  readonly unit: string | null;
  readonly label: string;
  readonly remarks: readonly CommentView[];
  /** Names what a remark is about, where they are mixed. */
  readonly about?: (unit: string) => string;
}) {
  const { draft, unit, label, remarks, about } = props;
  const [text, setText] = useState('');
  const { isBusy, faults, fault, submit, object } = useSubmission(['text']);
  const reload = useCurationReload();

  function send(event: FormEvent): void {
    event.preventDefault();
    if (text.trim() === '') {
      object({ text: copy.failures.required });
      return;
    }
    void submit(async () => {
      await api.post<CommentView>(`curation/drafts/${draft.id}/comments`, { unit, text });
      setText('');
      await reload();
    });
  }

  return (
    <Stack gap="sm">
      {remarks.length > 0 && (
        <ul className="console-plain-list curation-remarks">
          {remarks.map((remark) => (
            <li key={remark.id}>
              <Text size="sm" c="dimmed">
                <strong>{remark.by.name}</strong>, {sayDateTime(remark.at)}
                {about !== undefined && remark.unit !== null && ` · ${about(remark.unit)}`}
              </Text>
              <Text size="sm" className="console-lines">
                {remark.text}
              </Text>
            </li>
          ))}
        </ul>
      )}
      {!isOver(draft) && (
        <form onSubmit={send} noValidate>
          <Stack gap="xs">
            <Textarea
              label={label}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              error={faults.text}
              autosize
              minRows={2}
              maxLength={2_000}
            />
            <FormFault text={fault} />
            <Group justify="flex-end">
              <Button type="submit" variant="default" size="compact-md" loading={isBusy}>
                {says.send}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Stack>
  );
}
