import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { OneTimeLink } from '../../../src/contracts/staff.ts';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { FormFault } from '../../shell/states.tsx';
import { useSubmission } from '../../shell/submission.ts';
import { AccountFields, NEW_ACCOUNT } from './account-fields.tsx';
import { ACCOUNTS_KEY } from './accounts-key.ts';

const words = copy.accounts;

interface InviteModalProps {
  readonly isOpen: boolean;
  readonly close: () => void;
  readonly showLink: (link: OneTimeLink) => void;
}

export function InviteModal(props: InviteModalProps) {
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.close}
      title={words.invite}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': copy.actions.close }}
    >
      <InviteForm {...props} />
    </Modal>
  );
}

function InviteForm({ close, showLink }: InviteModalProps) {
  const cache = useQueryClient();
  const [email, setEmail] = useState('');
  const [values, setValues] = useState(NEW_ACCOUNT);
  const { isBusy, faults, fault, submit } = useSubmission(['email', 'name', 'role', 'skills', 'capacity'], {
    email_malformed: 'email',
    account_exists: 'email',
  });

  function send(event: FormEvent): void {
    event.preventDefault();
    void submit(async () => {
      const link = await api.post<OneTimeLink>('accounts', { email, ...values });
      close();
      showLink(link);
      await cache.invalidateQueries({ queryKey: ACCOUNTS_KEY });
    });
  }

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {words.inviteLead}
        </Text>
        <TextInput
          label={words.email}
          type="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={faults.email}
          autoComplete="off"
          maxLength={200}
          data-autofocus
        />
        <AccountFields values={values} change={setValues} faults={faults} />
        <FormFault text={fault} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {copy.actions.cancel}
          </Button>
          <Button type="submit" loading={isBusy}>
            {words.inviteAct}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
