import { Box, Button, PasswordInput, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { api } from '../../api.ts';
import { copy } from '../../copy.ts';
import { useSession } from '../../session.tsx';
import { sayDone } from '../../shell/notices.ts';
import { FormFault } from '../../shell/states.tsx';
import { useSubmission } from '../../shell/submission.ts';
import { NewPasswordFields, useNewPassword } from './new-password.tsx';

/** The current password and the next one. */
export function ChangePasswordForm({ currentLabel }: { readonly currentLabel: string }) {
  const { account, refresh } = useSession();
  const [current, setCurrent] = useState('');
  const password = useNewPassword();
  const { isBusy, faults, fault, submit, object } = useSubmission(['current', 'next', 'repeat'], {
    password_wrong: 'current',
    password_too_short: 'next',
    password_too_long: 'next',
  });

  async function change(): Promise<void> {
    await api.put('password', { current, next: password.next });
    sayDone(copy.password.done);
    setCurrent('');
    password.setNext('');
    password.setRepeat('');
    await refresh();
  }

  function send(event: FormEvent): void {
    event.preventDefault();
    const own = current === '' ? { current: copy.failures.required } : password.check();
    if (Object.keys(own).length > 0) object(own);
    else void submit(change);
  }

  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        {/* Password managers look for the name that the password belongs to. */}
        <input type="hidden" name="username" autoComplete="username" value={account.email} />
        <PasswordInput
          label={currentLabel}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          error={faults.current}
          autoComplete="current-password"
          maxLength={200}
          visibilityToggleButtonProps={{ 'aria-label': copy.signIn.show, tabIndex: 0 }}
        />
        <NewPasswordFields password={password} faults={faults} />
        <FormFault text={fault} />
        <Box>
          <Button type="submit" loading={isBusy}>
            {copy.password.act}
          </Button>
        </Box>
      </Stack>
    </form>
  );
}
