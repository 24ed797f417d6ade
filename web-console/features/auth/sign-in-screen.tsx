import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { SessionView, SignInRequest } from '../../../src/contracts/staff.ts';
import { api, isApiError } from '../../api.ts';
import { copy } from '../../copy.ts';
import { FormFault } from '../../shell/states.tsx';
import { useSubmission } from '../../shell/submission.ts';
import { AuthCard } from './auth-card.tsx';

const words = copy.signIn;

/** E-mail and password, then, where the account wants it, the second factor. */
export function SignInScreen(props: {
  /** Somebody was signed in here, and the desk ended it. */
  readonly wasLost: boolean;
  readonly enter: (view: SessionView) => void;
}) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [totp, setTotp] = useState('');
  const [needsTotp, setNeedsTotp] = useState(false);
  const { isBusy, faults, fault, submit, object } = useSubmission(['email', 'password', 'totp'], {
    email_malformed: 'email',
    totp_wrong: 'totp',
  });

  async function signIn(): Promise<void> {
    const request: SignInRequest = { email, password, ...(needsTotp ? { totp: totp.trim() } : {}) };
    try {
      props.enter(await api.post<SessionView>('sign-in', request));
    } catch (error) {
      if (!isApiError(error) || error.code !== 'totp_required') throw error;
      setNeedsTotp(true);
    }
  }

  function send(event: FormEvent): void {
    event.preventDefault();
    const missing = copy.failures.required;
    if (needsTotp && totp.trim() === '') object({ totp: missing });
    else if (email.trim() === '') object({ email: missing });
    else if (password === '') object({ password: missing });
    else void submit(signIn);
  }

  function startOver(): void {
    setNeedsTotp(false);
    setTotp('');
    object({});
  }

  return needsTotp ? (
    <AuthCard title={words.totpTitle} lead={words.totpHint}>
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          <TextInput
            key="totp"
            label={words.totp}
            value={totp}
            onChange={(event) => setTotp(event.currentTarget.value)}
            error={faults.totp}
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={20}
            data-autofocus
            autoFocus
          />
          <FormFault text={fault} />
          <Button type="submit" loading={isBusy} size="md" fullWidth>
            {words.totpAct}
          </Button>
          <Button variant="subtle" onClick={startOver} fullWidth>
            {copy.actions.back}
          </Button>
        </Stack>
      </form>
    </AuthCard>
  ) : (
    <AuthCard title={words.title} lead={words.lead}>
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          {props.wasLost && (
            <Alert color="yellow" role="status">
              {words.lost}
            </Alert>
          )}
          <TextInput
            label={words.email}
            type="email"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            error={faults.email}
            autoComplete="username"
            maxLength={200}
            autoFocus
          />
          <PasswordInput
            label={words.password}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={faults.password}
            autoComplete="current-password"
            maxLength={200}
            visibilityToggleButtonProps={{ 'aria-label': words.show, tabIndex: 0 }}
          />
          <FormFault text={fault} />
          <Button type="submit" loading={isBusy} size="md" fullWidth>
            {words.act}
          </Button>
          <Text size="sm" c="dimmed" ta="center">
            {words.forgotten}
          </Text>
        </Stack>
      </form>
    </AuthCard>
  );
}
