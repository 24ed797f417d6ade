import { Button, Divider, Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { AccountChange, AccountView, OneTimeLink } from '../../../src/contracts/staff.ts';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { useSession } from '../../session.tsx';
import { confirmAct } from '../../shell/confirm.tsx';
import { sayDone } from '../../shell/notices.ts';
import { FormFault } from '../../shell/states.tsx';
import { useSubmission } from '../../shell/submission.ts';
import { AccountFields, type AccountValues } from './account-fields.tsx';
import { ACCOUNTS_KEY } from './accounts-key.ts';

const words = copy.accounts;

interface AccountDrawerProps {
  readonly close: () => void;
  readonly showLink: (link: OneTimeLink) => void;
}

export function AccountDrawer(props: AccountDrawerProps & { readonly account: AccountView | null }) {
  const { account, close } = props;
  return (
    <Drawer
      opened={account !== null}
      onClose={close}
      position="right"
      title={words.editTitle}
      closeButtonProps={{ 'aria-label': copy.actions.close }}
    >
      {account !== null && <AccountEditor key={account.id} {...props} account={account} />}
    </Drawer>
  );
}

type AccountEditorProps = AccountDrawerProps & { readonly account: AccountView };

function AccountEditor({ account, close, showLink }: AccountEditorProps) {
  const cache = useQueryClient();
  const own = useSession();
  const { email, name, role, skills, capacity } = account;
  const [values, setValues] = useState<AccountValues>({ name, role, skills, capacity });
  const { isBusy, faults, fault, submit } = useSubmission(['name', 'role', 'skills', 'capacity']);
  const reload = () => cache.invalidateQueries({ queryKey: ACCOUNTS_KEY });

  function save(event: FormEvent): void {
    event.preventDefault();
    void submit(async () => {
      await api.patch(`accounts/${account.id}`, values);
      sayDone(words.saved);
      close();
      await Promise.all([reload(), account.id === own.account.id ? own.refresh() : undefined]);
    });
  }

  return (
    <Stack gap="lg">
      <form onSubmit={save} noValidate>
        <Stack gap="md">
          <Text c="dimmed" className="console-anywhere">
            {email}
          </Text>
          <AccountFields values={values} change={setValues} faults={faults} />
          <FormFault text={fault} />
          <Group>
            <Button type="submit" loading={isBusy}>
              {copy.actions.save}
            </Button>
            <Button variant="default" onClick={close}>
              {copy.actions.cancel}
            </Button>
          </Group>
        </Stack>
      </form>
      <Divider />
      <AccessActs account={account} close={close} showLink={showLink} />
    </Stack>
  );
}

/** What lets the person in, and what keeps them out. */
function AccessActs({ account, close, showLink }: AccountEditorProps) {
  const cache = useQueryClient();
  const { id, name, status } = account;
  const { isBusy, fault, submit } = useSubmission([]);
  const reload = () => cache.invalidateQueries({ queryKey: ACCOUNTS_KEY });

  async function reset(): Promise<void> {
    showLink(await api.post<OneTimeLink>(`accounts/${id}/reset`));
    close();
    await reload();
  }

  async function endSessions(): Promise<void> {
    if (
      !(await confirmAct({
        title: words.endSessions,
        text: words.endSessionsText(name),
        act: words.endSessions,
      }))
    )
      return;
    await api.delete(`accounts/${id}/sessions`);
    sayDone(words.sessionsEnded);
  }

  async function setDisabled(disabled: boolean): Promise<void> {
    if (
      disabled &&
      !(await confirmAct({ title: words.disable, text: words.disableText(name), act: words.disable }))
    )
      return;
    const change: AccountChange = { disabled };
    await api.patch(`accounts/${id}`, change);
    sayDone(disabled ? words.disabled : words.enabled);
    await reload();
  }

  return (
    <Stack gap="sm" align="flex-start">
      <Title order={3} size="h5">
        {words.access}
      </Title>
      <FormFault text={fault} />
      <Button variant="default" disabled={isBusy || status === 'disabled'} onClick={() => void submit(reset)}>
        {words.reset}
      </Button>
      <Button variant="default" disabled={isBusy} onClick={() => void submit(endSessions)}>
        {words.endSessions}
      </Button>
      {status === 'disabled' ? (
        <Button variant="default" disabled={isBusy} onClick={() => void submit(() => setDisabled(false))}>
          {words.enable}
        </Button>
      ) : (
        <Button
          variant="outline"
          color="red"
          disabled={isBusy}
          onClick={() => void submit(() => setDisabled(true))}
        >
          {words.disable}
        </Button>
      )}
    </Stack>
  );
}
