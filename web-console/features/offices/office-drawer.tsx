import { Button, Drawer, Group, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { OfficeRecord } from '../../../src/contracts/office-directory.ts';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { useSession } from '../../session.tsx';
import { confirmAct } from '../../shell/confirm.tsx';
import { sayDone, sayFailed } from '../../shell/notices.ts';
import { FormFault } from '../../shell/states.tsx';
import { useSubmission } from '../../shell/submission.ts';
import { words } from './copy.ts';
import { OfficeFacts } from './office-facts.tsx';
import { OfficeFields } from './office-fields.tsx';
import { type FormField, NEW_FORM, readForm, toForm } from './office-form.ts';

interface OfficeDrawerProps {
  readonly close: () => void;
  readonly provinces: readonly string[];
  readonly reload: () => void;
}
type Opened = OfficeRecord | 'new';

/** An office: to look at, and for editors to change. */
export function OfficeDrawer(props: OfficeDrawerProps & { readonly opened: Opened | null }) {
  const { opened, close } = props;
  const mayEdit = useSession().may('offices.edit');
  const edit = opened === 'new' ? words.createTitle : words.editTitle;
  return (
    <Drawer
      opened={opened !== null}
      onClose={close}
      position="right"
      size="lg"
      title={mayEdit ? edit : words.viewTitle}
      closeOnClickOutside={!mayEdit}
      closeButtonProps={{ 'aria-label': copy.actions.close }}
    >
      {opened !== null &&
        (mayEdit ? (
          <OfficeEditor {...props} opened={opened} />
        ) : (
          opened !== 'new' && <OfficeFacts office={opened} />
        ))}
    </Drawer>
  );
}

const FIELDS: readonly FormField[] = [
  'code',
  'name',
  'level',
  'province',
  'address',
  'phones',
  'hours',
  'location',
  'parent',
  'aliases',
  'active',
];

function OfficeEditor(props: OfficeDrawerProps & { readonly opened: Opened }) {
  const { opened, close, provinces, reload } = props;
  /** As it was when the fields were filled: what is saved builds on it. */
  const [base, setBase] = useState(opened === 'new' ? null : opened);
  const [form, setForm] = useState(base === null ? NEW_FORM : toForm(base));
  const [isOutdated, setOutdated] = useState(false);
  const { isBusy, faults, fault, submit, object } = useSubmission(FIELDS, {
    office_exists: 'code',
    office_parent: 'parent',
  });

  async function send(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      setOutdated((error as { code?: unknown }).code === 'office_changed');
      throw error;
    }
  }

  function save(event: FormEvent): void {
    event.preventDefault();
    const read = readForm(form);
    if ('faults' in read) {
      object(read.faults);
      return;
    }
    void submit(() =>
      send(async () => {
        const { code, ...office } = read.office;
        if (base === null) await api.post('offices', read.office);
        else await api.put(addressIn(code), { revision: base.revision, office });
        sayDone(base === null ? words.created : words.saved);
        close();
        reload();
      }),
    );
  }

  async function reloadFields({ code }: OfficeRecord): Promise<void> {
    const fresh = await api.get<OfficeRecord>(addressIn(code));
    setBase(fresh);
    setForm(toForm(fresh));
    setOutdated(false);
    object({});
    reload();
  }

  async function remove({ code, name, revision }: OfficeRecord): Promise<void> {
    const { removeTitle: title, removeText } = words;
    if (!(await confirmAct({ title, text: removeText(name), act: copy.actions.remove }))) return;
    await submit(() =>
      send(async () => {
        await api.delete(addressIn(code), { revision });
        sayDone(words.removed);
        close();
        reload();
      }),
    );
  }

  return (
    <form onSubmit={save} noValidate>
      <Stack gap="md">
        <OfficeFields
          form={form}
          change={setForm}
          faults={faults}
          provinces={provinces}
          isNew={base === null}
        />
        <FormFault text={fault} />
        {isOutdated && base !== null && (
          <Button
            variant="default"
            onClick={() => void reloadFields(base).catch(sayFailed)}
            style={{ alignSelf: 'flex-start' }}
          >
            {words.reload}
          </Button>
        )}
        <Group justify="space-between" gap="sm">
          <Group gap="sm">
            <Button type="submit" loading={isBusy}>
              {copy.actions.save}
            </Button>
            <Button variant="default" onClick={close}>
              {copy.actions.cancel}
            </Button>
          </Group>
          {base !== null && (
            <Button variant="outline" color="red" disabled={isBusy} onClick={() => void remove(base)}>
              {words.remove}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

const addressIn = (code: string): string => `offices/${encodeURIComponent(code)}`;
