import { Button, Drawer, Group, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { IncidentView, SuspicionView } from '../../../src/contracts/incidents.ts';
import { api, isApiError } from '../../api.ts';
import { copy } from '../../copy.ts';
import { sayDone } from '../../shell/notices.ts';
import { FormFault } from '../../shell/states.tsx';
import { useSubmission } from '../../shell/submission.ts';
import { words as all } from './copy.ts';
import { IncidentFields } from './incident-fields.tsx';
import { draftOf, formOf, formOfIncident } from './incident-form.ts';

const words = all.form;
const FIELDS = ['title', 'affects', 'answer', 'banner', 'endsAt'] as const;

export type Edited =
  | { readonly kind: 'new'; readonly suspicion: SuspicionView | null }
  | { readonly kind: 'incident'; readonly incident: IncidentView };

export interface IncidentEditorProps {
  /** null: nothing is edited. */
  readonly edited: Edited | null;
  readonly close: () => void;
  readonly saved: () => void;
}

export function IncidentEditor({ edited, close, saved }: IncidentEditorProps) {
  return (
    <Drawer
      opened={edited !== null}
      onClose={close}
      position="right"
      size="lg"
      title={edited?.kind === 'incident' ? words.editTitle : words.createTitle}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': copy.actions.close }}
    >
      {edited !== null && <EditorForm edited={edited} close={close} saved={saved} />}
    </Drawer>
  );
}

function EditorForm(props: {
  readonly edited: Edited;
  readonly close: () => void;
  readonly saved: () => void;
}) {
  const { edited, close, saved } = props;
  const [form, setForm] = useState(
    edited.kind === 'incident' ? formOfIncident(edited.incident) : formOf(edited.suspicion),
  );
  const { isBusy, faults, fault, submit, object } = useSubmission(FIELDS, {
    incident_affects_nothing: 'affects',
    incident_says_nothing: 'answer',
    incident_time_wrong: 'endsAt',
  });

  function save(event: FormEvent): void {
    event.preventDefault();
    const made = draftOf(form, new Date(), copy.failures.required);
    if ('faults' in made) {
      object(made.faults);
      return;
    }
    const { draft } = made;
    void submit(async () => {
      try {
        if (edited.kind === 'incident') {
          const { id, revision } = edited.incident;
          await api.put(`incidents/${id}`, { revision, draft });
        } else await api.post('incidents', { draft, suspicion: edited.suspicion?.id ?? null });
      } catch (error) {
        if (!isApiError(error) || error.code !== 'incident_answer_unshowable') throw error;
        object({ answer: error.details.join('\n') });
        return;
      }
      sayDone(edited.kind === 'incident' ? words.saved : words.started);
      close();
      saved();
    });
  }

  return (
    <form onSubmit={save} noValidate>
      <Stack gap="lg">
        <IncidentFields
          form={form}
          change={(part) => setForm((before) => ({ ...before, ...part }))}
          faults={faults}
        />
        <FormFault text={fault} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {copy.actions.cancel}
          </Button>
          <Button type="submit" loading={isBusy}>
            {edited.kind === 'incident' ? copy.actions.save : words.start}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
