import { Badge, Box, Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { useSession } from '../../session.tsx';
import { sayDone } from '../../shell/notices.ts';
import { Section } from '../../shell/section.tsx';
import { FormFault } from '../../shell/states.tsx';
import { useSubmission } from '../../shell/submission.ts';
import { TotpSetUp } from './totp-set-up.tsx';

const words = copy.totp;

/** The second factor: on or off. */
export function TotpSection() {
  const { account, refresh } = useSession();
  const [isSettingUp, setUp] = useDisclosure();
  const [isRemoving, removal] = useDisclosure();
  function endSetUp(): void {
    setUp.close();
    void refresh();
  }
  return (
    <Section title={words.title} hint={words.why}>
      <Group gap="md">
        <Badge color={account.hasTotp ? 'teal' : 'gray'} variant="light" size="lg">
          {account.hasTotp ? words.on : words.off}
        </Badge>
        {account.hasTotp ? (
          <Button variant="default" onClick={removal.open}>
            {words.remove}
          </Button>
        ) : (
          <Button onClick={setUp.open}>{words.begin}</Button>
        )}
      </Group>
      <Modal
        opened={isSettingUp}
        onClose={endSetUp}
        title={words.title}
        closeOnClickOutside={false}
        closeButtonProps={{ 'aria-label': copy.actions.close }}
        size="lg"
      >
        <TotpSetUp finish={endSetUp} />
      </Modal>
      <Modal
        opened={isRemoving}
        onClose={removal.close}
        title={words.remove}
        closeButtonProps={{ 'aria-label': copy.actions.close }}
      >
        <TotpRemoval close={removal.close} />
      </Modal>
    </Section>
  );
}

function TotpRemoval({ close }: { readonly close: () => void }) {
  const { refresh } = useSession();
  const [password, setPassword] = useState('');
  const { isBusy, faults, fault, submit, object } = useSubmission(['password'], {
    password_wrong: 'password',
  });

  function send(event: FormEvent): void {
    event.preventDefault();
    if (password === '') {
      object({ password: copy.failures.required });
      return;
    }
    void submit(async () => {
      await api.delete('totp', { password });
      sayDone(words.removed);
      close();
      await refresh();
    });
  }

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        <Text size="sm">{words.removeLead}</Text>
        <PasswordInput
          label={copy.password.current}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={faults.password}
          autoComplete="current-password"
          data-autofocus
        />
        <FormFault text={fault} />
        <Box>
          <Button type="submit" color="red" loading={isBusy}>
            {words.removeAct}
          </Button>
        </Box>
      </Stack>
    </form>
  );
}
